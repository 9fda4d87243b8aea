"""Accepted cash goes to the bank once, by a slip, and arrives by the bank's own line."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from tests.billing.builders import EUR, Books, pay
from tests.files import leaves_whole
from tests.world import World


async def accepted(world: World, books: Books, amount: int, *, currency: str = EUR) -> str:
    """A hand-in that lies in the office."""
    await pay(world, amount, customer_id=await books.customer(), **({"currency": currency} if currency != EUR else {}))
    counted = {"counted": {"amount": amount, "currency": currency}}
    handed = await world.done("POST", "/v1/cash/hand-ins", counted, role="agent", key=str(world.id()))
    await world.done("POST", f"/v1/cash/hand-ins/{handed['hand_in_id']}/accept", counted, role="back_office", key=str(world.id()))
    return str(handed["hand_in_id"])


def deposit(*hand_ins: str, slip: str = "E-4711", **more: Any) -> dict[str, Any]:
    return {"slip": slip, "bank_account": "Main account", "hand_ins": [{"hand_in_id": one} for one in hand_ins], **more}


async def banked(world: World, body: dict[str, Any]) -> Any:
    return await world.post("/v1/cash/deposits", body, role="back_office", key=str(world.id()))


async def confirmed(world: World, deposit_id: str, amount: int, reference: str = "NTRF-1", currency: str = EUR, **more: str) -> Any:
    body = {"arrived": {"amount": amount, "currency": currency}, "bank_reference": reference, **more}
    return await world.post(f"/v1/cash/deposits/{deposit_id}/confirm", body, role="back_office", key=str(world.id()))


async def balances(world: World) -> dict[str, int]:
    accounts = (await world.done("GET", "/v1/ledger/trial-balance"))["accounts"]
    return {f"{one['kind']} {one['holder']}".strip(): one["balance_minor"] for one in accounts if one["holder"] in ("", "bank")}


async def test_hand_ins_go_to_the_bank_under_a_slip_and_arrive_by_its_line(world: World, books: Books) -> None:
    one, other = [await accepted(world, books, amount) for amount in (1_000, 500)]
    made = await banked(world, deposit(one, other))
    assert (made.status_code, made.json()["amount"]) == (201, {"amount": 1_500, "currency": EUR})
    places = {one["place"]: one["held_minor"] for one in (await world.done("GET", "/v1/reports/cash-held"))["items"]}
    assert places == {"to_bank": 1_500}
    [told] = await leaves_whole(world, "/v1/cash/deposits?slip=E-4711&arrived=false", role="back_office")
    assert [(bag["hand_in_id"], bag["amount_minor"]) for bag in told["hand_ins"]] == [(one, 1_000), (other, 500)]
    first, again = [await confirmed(world, told["id"], 1_500) for _ in "12"]
    assert (first.status_code, again.status_code, again.json()["difference_minor"]) == (201, 200, 0)
    assert (await confirmed(world, told["id"], 1_500, "NTRF-2")).json()["code"] == "DEPOSIT_ARRIVED"
    after = await balances(world)
    assert (after["bank"], after["cash_in_transit bank"], after["cash_office"]) == (1_500, 0, 0)


@pytest.mark.parametrize("arrived, difference, reason", [(1_400, 100, "short"), (1_700, -200, "over")])
async def test_what_the_bank_counts_otherwise_is_a_difference_of_whoever_banked_it(
    world: World, books: Books, arrived: int, difference: int, reason: str
) -> None:
    made = (await banked(world, deposit(await accepted(world, books, 1_500)))).json()
    assert (await confirmed(world, made["deposit_id"], arrived)).json()["code"] == "DIFFERENCE_UNEXPLAINED"
    assert (await confirmed(world, made["deposit_id"], arrived, reason=reason)).json()["difference_minor"] == -difference
    clerk = world._staff["back_office",]["id"]
    statement = await world.done("GET", f"/v1/cash/statements/{clerk}?currency=EUR")
    assert statement["closing_missing_minor"] == difference
    assert (await balances(world))["bank"] == arrived


async def test_a_hand_in_is_banked_in_parts_but_never_twice(world: World, books: Books) -> None:
    hand_in = await accepted(world, books, 1_000)
    part = {"hand_ins": [{"hand_in_id": hand_in, "amount_minor": 400}]}
    assert (await banked(world, deposit(slip="A") | part)).status_code == 201
    assert (await banked(world, deposit(slip="B") | {"hand_ins": [{"hand_in_id": hand_in, "amount_minor": 601}]})).json()[
        "code"
    ] == "BANKED_BEFORE"
    answers = await asyncio.gather(*(banked(world, deposit(hand_in, slip=f"C{n}")) for n in range(4)))
    assert sorted(one.status_code for one in answers) == [201, 409, 409, 409]
    assert {one.json()["code"] for one in answers if one.status_code == 409} == {"BANKED_BEFORE"}
    assert (await balances(world))["cash_office"] == 0


async def test_what_cannot_be_banked_is_refused(world: World, books: Books) -> None:
    hand_in = await accepted(world, books, 1_000)
    body = deposit(hand_in, id=str(world.id()))
    first, again = [await banked(world, body) for _ in "12"]
    assert (first.status_code, again.status_code, first.json()) == (201, 200, again.json())
    assert (await banked(world, {**body, "slip": "Other"})).json()["code"] == "ID_TAKEN"
    more = await accepted(world, books, 500)
    assert (await banked(world, deposit(more))).json()["code"] == "SLIP_TAKEN"
    assert (await banked(world, deposit(more, str(world.id()), slip="B"))).json()["code"] == "NOT_IN_OFFICE"
    assert (await banked(world, deposit(more, more, slip="B"))).json()["code"] == "INVALID_DOCUMENT"
    yen = await accepted(world, books, 500, currency="JPY")
    assert (await banked(world, deposit(more, yen, slip="B"))).json()["code"] == "CURRENCIES_MIXED"
    assert (await confirmed(world, first.json()["deposit_id"], 1_000, currency="JPY")).json()["code"] == "CURRENCY_DIFFERS"


@pytest.mark.parametrize(
    "constraint, figures",
    [
        ("banked_within_accepted", "accepted_minor, currency, 0, accepted_minor + 1, 0, accepted_minor + 1"),
        ("banked_of_acceptance", "accepted_minor + 9, currency, 0, accepted_minor + 9, 0, accepted_minor + 9"),
        ("banked_begins_with_nothing", "accepted_minor, currency, 5, accepted_minor, 0, accepted_minor - 5"),
        ("banked_adds", "accepted_minor, currency, 0, accepted_minor, 0, accepted_minor + 1"),
        ("banked_is_posted", "accepted_minor, currency, 0, accepted_minor, 0, accepted_minor"),
    ],
)
async def test_no_raw_sql_banks_what_is_not_there(world: World, books: Books, constraint: str, figures: str) -> None:
    hand_in = await accepted(world, books, 1_000)
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=constraint):
        await world.sql(
            "insert into billing.cash_banked (organisation_id, hand_in_id, step, deposit_id, position, accepted_minor, currency, banked_before, banked_after, total_before,"
            f" total_after) select organisation_id, hand_in_id, 1, $2, 1, {figures} from billing.cash_acceptance where organisation_id = $1 and hand_in_id = $3",
            world.organisation_id, world.id(), UUID(hand_in),
        )  # fmt: skip
