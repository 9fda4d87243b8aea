"""A cheque is a payment at once, its money on its way until it clears, and owed again when it bounces."""

import asyncio
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from service.settings import Settings
from tests.billing.bank_files import balances
from tests.billing.builders import Books, cash
from tests.billing.test_close_period import close
from tests.files import leaves_whole
from tests.proofs.soundness import offences
from tests.world import World

CHEQUE = {"amount": {"amount": 5_000, "currency": "EUR"}, "number": "00-4711", "bank": "First Bank"}
BOUNCED = {"reason": "No funds", "cause": "bounced_cheque"}


async def in_books(world: World) -> tuple[int, int, int]:
    """What lies in cheques, in the bank, and is owed."""
    found = await balances(world)
    return found.get("cheques", 0), found.get("bank", 0), found["receivable"]


async def received(world: World, invoice_id: object = None, *, role: Any = "back_office", **other: Any) -> Any:
    pays = {} if invoice_id is None else {"invoice_id": str(invoice_id)}
    dated = {"dated_on": str(world.clock.now.date() - timedelta(days=2))}
    return await world.post("/v1/payments/cheques", CHEQUE | dated | pays | other, role=role, key=str(world.id()))


async def acted(world: World, payment_id: str, verb: str, body: Any = None) -> Any:
    return await world.post(f"/v1/payments/{payment_id}/{verb}", body, role="back_office", key=str(world.id()))


async def on_its_way(world: World, books: Books, **other: Any) -> str:
    """A cheque that paid an invoice: its payment."""
    answer = await received(world, await books.invoice(await books.customer(), 5_000), **other)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["payment_id"])


async def cheques(world: World, state: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await world.done("GET", f"/v1/payments/cheques{state and f'?state={state}'}", role="back_office"))[
        "items"
    ]
    return found


async def test_a_cheque_pays_at_once_and_is_in_the_bank_once_it_cleared(
    world: World, books: Books, owner: asyncpg.Connection, settings: Settings
) -> None:
    invoice_id = await books.invoice(await books.customer(), 5_000)
    first, again = await received(world, invoice_id), await received(world, invoice_id, number="004711", bank="FIRST bank")
    assert (first.status_code, again.status_code, again.json()) == (201, 200, first.json())
    assert await in_books(world) == (5_000, 0, 0)
    other = await received(world, invoice_id, amount={"amount": 4_000, "currency": "EUR"})
    assert (other.status_code, other.json()["code"]) == (409, "PAYMENT_DIFFERS")
    paid = first.json()["payment_id"]
    for status in (201, 200):
        assert (await acted(world, paid, "clear", {"bank_reference": "B1"})).status_code == status
    assert (await acted(world, paid, "clear", {"bank_reference": "B2"})).json()["code"] == "CHEQUE_CLEARED"
    assert await in_books(world) == (0, 5_000, 0)
    [listed] = await leaves_whole(world, "/v1/payments/cheques")
    assert (listed["number"], listed["bank"], listed["state"], listed["bank_reference"]) == ("00-4711", "First Bank", "cleared", "B1")
    assert await offences(owner, settings, world) == {}


async def test_a_cheque_clears_no_sooner_than_it_was_received(world: World, books: Books) -> None:
    paid = await on_its_way(world, books)
    received_at = world.clock.now
    world.clock.forward(days=2)
    for told, status in ((received_at - timedelta(hours=1), 422), (received_at + timedelta(hours=1), 201)):
        answer = await acted(world, paid, "clear", {"bank_reference": "B1", "cleared_at": told.isoformat()})
        assert (answer.status_code, answer.json().get("code")) == (status, "CLEARED_BEFORE_RECEIVED" if status == 422 else None)


async def test_a_clearing_told_by_mistake_is_taken_back(world: World, books: Books) -> None:
    paid = await on_its_way(world, books)
    assert (await acted(world, paid, "clear/undo")).json()["code"] == "CHEQUE_NOT_CLEARED"
    await acted(world, paid, "clear", {"bank_reference": "B1"})
    assert (await acted(world, paid, "clear/undo")).status_code == 201
    assert (await in_books(world), [one["state"] for one in await cheques(world, "on_its_way")]) == ((5_000, 0, 0), ["on_its_way"])
    assert (await acted(world, paid, "clear", {"bank_reference": "B2"})).status_code == 201


@pytest.mark.parametrize("cleared", [False, True])
async def test_a_bounced_cheque_is_owed_again_and_is_not_taken_again(
    world: World, books: Books, owner: asyncpg.Connection, settings: Settings, cleared: bool
) -> None:
    invoice_id = await books.invoice(await books.customer(), 5_000)
    paid = (await received(world, invoice_id)).json()["payment_id"]
    if cleared:
        await acted(world, paid, "clear", {"bank_reference": "B1"})
    assert (await acted(world, paid, "reverse", BOUNCED)).status_code == 201
    assert await in_books(world) == (0, 0, 5_000)
    for verb, body in (("clear", {"bank_reference": "B1"}), ("clear/undo", None)):
        assert (await acted(world, paid, verb, body)).json()["code"] == "CHEQUE_BOUNCED"
    again = await received(world, invoice_id, number="004711")
    assert (again.status_code, again.json()["code"], again.json()["payment_id"]) == (409, "CHEQUE_BOUNCED", paid)
    assert [(one["state"], one["payment_id"]) for one in await cheques(world, "bounced")] == [("bounced", paid)]
    assert await offences(owner, settings, world) == {}


@pytest.mark.parametrize("cause", ["mistyped", "other"])
async def test_a_mistyped_cheque_is_told_again_as_the_right_one(
    world: World, books: Books, owner: asyncpg.Connection, settings: Settings, cause: str
) -> None:
    invoice_id = await books.invoice(await books.customer(), 5_000)
    wrong = (await received(world, invoice_id, amount={"amount": 500, "currency": "EUR"})).json()["payment_id"]
    await acted(world, wrong, "reverse", {"reason": "A zero too few", "cause": cause})
    assert [(one["state"], one["payment_id"]) for one in await leaves_whole(world, "/v1/payments/cheques?state=taken_back")] == [
        ("taken_back", wrong)
    ]
    assert await cheques(world, "bounced") == []
    for verb, body in (("clear", {"bank_reference": "B1"}), ("clear/undo", None)):
        assert (await acted(world, wrong, verb, body)).json()["code"] == "CHEQUE_TAKEN_BACK"
    answers = await asyncio.gather(*(received(world, invoice_id, number=number) for number in ("00-4711", "004711")))
    assert sorted(one.status_code for one in answers) == [200, 201]
    [right] = {one.json()["payment_id"] for one in answers}
    assert (await world.done("GET", f"/v1/payments/{right}", role="back_office"))["corrects"] == wrong
    assert (await in_books(world), [one["payment_id"] for one in await cheques(world, "on_its_way")]) == ((5_000, 0, 0), [right])
    await acted(world, right, "reverse", BOUNCED)
    assert (await received(world, invoice_id)).json()["payment_id"] == right
    assert await offences(owner, settings, world) == {}


async def test_what_a_cheque_left_over_goes_back_to_nobody_before_it_cleared(world: World, books: Books) -> None:
    customer_id = await books.customer()
    answer = await received(world, await books.invoice(customer_id, 3_000))
    path, paid = f"/v1/customers/{customer_id}/refunds", answer.json()["payment_id"]
    await world.done("POST", "/v1/payments/cash", cash(500, customer_id=customer_id), role="agent", key=str(world.id()))

    async def refunded(amount: int) -> Any:
        refund = {"amount": {"amount": amount, "currency": "EUR"}, "via": "bank_transfer", "reason": "Too much"}
        return await world.post(path, refund, role="back_office", key=str(world.id()))

    assert (await refunded(501)).json()["code"] == "CREDIT_NOT_CLEARED"
    assert (await refunded(500)).status_code == 201
    await acted(world, paid, "clear", {"bank_reference": "B1"})
    assert (await refunded(2_000)).status_code == 201
    assert (await refunded(1)).json()["code"] == "CREDIT_ALREADY_USED"


async def test_a_cheque_is_taken_at_the_door_by_whoever_goes_there(world: World, books: Books) -> None:
    visit_id = str(await books.visit(customer_id := await books.customer()))
    for n, role in enumerate(("agent", "technician")):
        invoice_id = await books.invoice(customer_id, 5_000)
        paid = (await received(world, invoice_id, role=role, visit_id=visit_id, number=f"A {n}")).json()["payment_id"]
        payment = await world.done("GET", f"/v1/payments/{paid}", role="back_office")
        assert (payment["method"], payment["visit_id"], payment["taken_by"] is not None) == ("cheque", visit_id, True)
        assert (await world.post(f"/v1/payments/{paid}/clear", {"bank_reference": "B"}, role=role, key=str(world.id()))).status_code == 403


@pytest.mark.parametrize(
    "wrong", [{"number": "- -"}, {"number": "47/11"}, {"bank": "\u200b"}, {"dated_on": "2026-02-30"}, {"number": "4711\n"}]
)
async def test_a_cheque_nobody_can_read_is_refused(world: World, books: Books, wrong: dict[str, str]) -> None:
    assert (await received(world, world.id(), **wrong)).status_code == 422


async def test_two_who_tell_the_same_cheque_at_once_tell_one_payment(world: World, books: Books) -> None:
    invoice_id = await books.invoice(await books.customer(), 5_000)
    answers = await asyncio.gather(
        *(received(world, invoice_id, role=role) for role in ("agent", "back_office", "technician", "back_office"))
    )
    assert sorted(one.status_code for one in answers) == [200, 200, 200, 201]
    assert len({one.json()["payment_id"] for one in answers}) == 1
    paid = answers[0].json()["payment_id"]
    cleared = await asyncio.gather(
        acted(world, paid, "reverse", BOUNCED), *(acted(world, paid, "clear", {"bank_reference": f"B{n}"}) for n in "12")
    )
    assert cleared[0].status_code == 201
    assert await in_books(world) == (0, 0, 5_000)


async def test_a_period_stays_open_while_a_cheque_is_on_its_way(world: World, books: Books) -> None:
    paid = await on_its_way(world, books)
    world.clock.forward(days=30)
    [why] = (await close(world, "2026-03-31")).json()["unexplained"]
    assert (why["reason"], why["subject_id"], why["amount_minor"]) == ("CHEQUE_ON_ITS_WAY", paid, 5_000)
    await acted(world, paid, "clear", {"bank_reference": "B1"})
    assert (await close(world, "2026-03-31")).status_code == 201


@pytest.mark.parametrize("dated_on", ["0202-03-04", "2025-03-02", "2027-03-06", "9999-12-31"])
async def test_a_cheque_dated_by_a_slip_of_the_pen_is_refused(world: World, books: Books, dated_on: str) -> None:
    refused = await received(world, await books.invoice(await books.customer(), 5_000), dated_on=dated_on)
    assert (refused.status_code, refused.json()["code"]) == (422, "CHEQUE_DATE_UNLIKELY")


async def test_one_paper_is_one_payment_also_where_it_is_told_for_two_customers(world: World, books: Books) -> None:
    first = await on_its_way(world, books)
    other = await books.invoice(await books.customer(), 5_000)
    refused = await received(world, other, number="004711", bank="first BANK", amount={"amount": 4_000, "currency": "EUR"})
    assert (refused.status_code, refused.json()["code"], refused.json()["payment_id"]) == (409, "CHEQUE_OF_ANOTHER", first)
    assert (await received(world, other, another_than=str(world.id()))).json()["code"] == "CHEQUE_OF_ANOTHER"
    world.clock.forward(minutes=1)
    second = await received(world, other, another_than=first)
    assert second.status_code == 201
    assert (await received(world, other)).json()["payment_id"] == second.json()["payment_id"]
    third = await books.invoice(await books.customer(), 5_000)
    assert (await received(world, third, another_than=first)).json()["payment_id"] == second.json()["payment_id"]
    assert await in_books(world) == (10_000, 0, 5_000)


async def test_a_cheque_told_for_the_wrong_customer_is_told_for_the_right_one_once_it_was_taken_back(world: World, books: Books) -> None:
    wrong = await on_its_way(world, books)
    right = await books.invoice(await books.customer(), 5_000)
    assert (await received(world, right)).json()["code"] == "CHEQUE_OF_ANOTHER"
    assert (await acted(world, wrong, "reverse", {"reason": "Another customer's", "cause": "mistyped"})).status_code in {200, 201}
    assert (await received(world, right)).status_code == 201
    assert (await received(world, await books.invoice(await books.customer(), 5_000))).json()["code"] == "CHEQUE_OF_ANOTHER"


async def test_two_who_tell_one_paper_for_two_customers_at_the_same_moment_make_one_payment(world: World, books: Books) -> None:
    owed = [await books.invoice(await books.customer(), 5_000) for _ in "1234"]
    answers = await asyncio.gather(*(received(world, invoice_id) for invoice_id in owed))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert {answer.json().get("code") for answer in answers} == {None, "CHEQUE_OF_ANOTHER"}
