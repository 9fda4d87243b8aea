from typing import Any
from uuid import UUID

import asyncpg
import pytest

from service.settings import Settings
from tests.billing.builders import Books, cash, pay
from tests.billing.dunning import in_arrears, live, taken
from tests.billing.test_refund_credit import balances
from tests.proofs.soundness import offences
from tests.world import World

BAD = {"reason": "insolvent", "note": "Court case 7 IN 12/26 was closed for want of assets"}


async def propose(world: World, invoice_id: UUID | str, *, role: Any = "back_office", **more: Any) -> Any:
    return await world.post(f"/v1/invoices/{invoice_id}/write-off", BAD | more, role=role, key=str(world.id()))


async def decide(world: World, write_off_id: str, verdict: str = "approve", *, role: Any = "manager") -> Any:
    return await world.post(f"/v1/write-offs/{write_off_id}/{verdict}", role=role, key=str(world.id()))


async def written_off(world: World, invoice_id: UUID | str) -> str:
    """The invoice, given up by two people: the write-off's id."""
    write_off_id = (await propose(world, invoice_id)).json()["write_off_id"]
    assert (await decide(world, write_off_id)).json()["state"] == "approved"
    return str(write_off_id)


async def account(world: World, customer_id: UUID) -> dict[str, int]:
    (one,) = (await world.done("GET", f"/v1/customers/{customer_id}/account"))["balances"]
    return {name: one.get(f"{name}_minor", 0) for name in ("owed", "credit", "written_off")}


async def test_what_one_person_proposes_another_writes_off_and_the_books_stay_whole(
    world: World, books: Books, owner: Any, settings: Settings
) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 1_000)
    await pay(world, 400, invoice_id=invoice_id)
    proposed = await propose(world, invoice_id)
    assert (proposed.status_code, proposed.json()["state"], proposed.json()["amount_minor"]) == (201, "proposed", 600)
    assert await account(world, customer_id) == {"owed": 600, "credit": 0, "written_off": 0}
    assert (await propose(world, invoice_id)).json()["code"] == "WRITE_OFF_PROPOSED"
    assert (await decide(world, proposed.json()["write_off_id"])).json()["state"] == "approved"
    after = await balances(world)
    assert (after["receivable"], after["bad_debt"], sum(after.values())) == (0, 600, 0)
    assert await account(world, customer_id) == {"owed": 0, "credit": 0, "written_off": 600}
    (line,) = (await world.done("GET", "/v1/write-offs"))["items"]
    assert (line["state"], line["amount_minor"], line["still_written_off_minor"], line["reason"]) == ("approved", 600, 600, "insolvent")
    assert line["proposed_by"] != line["decided_by"]
    (told,) = (await world.done("GET", f"/v1/invoices?customer_id={customer_id}"))["items"]
    assert (told["open_minor"], told["written_off_minor"]) == (0, 600)
    assert (await propose(world, invoice_id)).json()["code"] == "NOTHING_OPEN"
    assert await offences(owner, settings, world) == {}


async def test_nobody_writes_off_what_they_proposed_and_no_key_does(world: World, books: Books) -> None:
    invoice_id = await books.invoice(await books.customer(), 1_000)
    write_off_id = (await propose(world, invoice_id, role="manager")).json()["write_off_id"]
    refused = await decide(world, write_off_id)
    assert (refused.status_code, refused.json()["code"]) == (403, "WRITTEN_OFF_BY_SOMEBODY_ELSE")
    assert (await decide(world, write_off_id, role="back_office")).status_code == 403
    assert (await decide(world, write_off_id, "decline", role="back_office")).json()["state"] == "declined"
    assert (await decide(world, write_off_id)).json()["code"] == "WRITE_OFF_DECIDED"


async def test_only_what_is_open_as_proposed_is_written_off_and_credit_pays_first(world: World, books: Books) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 1_000)
    write_off_id = (await propose(world, invoice_id)).json()["write_off_id"]
    await pay(world, 1, invoice_id=invoice_id)
    refused = await decide(world, write_off_id)
    assert (refused.json()["code"], refused.json()["open_minor"]) == ("WRITE_OFF_OUTDATED", 999)
    await pay(world, 1_000, customer_id=customer_id)
    other = await books.invoice(customer_id, 500)
    refused = await decide(world, (await propose(world, other)).json()["write_off_id"])
    assert (refused.json()["code"], refused.json()["credit_minor"]) == ("CREDIT_PAYS_FIRST", 1)


@pytest.mark.parametrize("amount, paid, left", [(600, [600], 0), (200, [200], 400), (900, [600], 0)])
async def test_a_payment_for_what_was_written_off_recovers_it_in_the_same_commit(
    world: World, books: Books, owner: Any, settings: Settings, amount: int, paid: list[int], left: int
) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 600)
    await written_off(world, invoice_id)
    answer = await pay(world, amount, invoice_id=invoice_id, key="key-of-the-late-money")
    assert [one["paid_minor"] for one in answer["paid"]] == paid
    assert answer.get("credit_minor", 0) == max(0, amount - 600)
    assert await pay(world, amount, invoice_id=invoice_id, key="key-of-the-late-money") == answer
    assert await account(world, customer_id) == {"owed": 0, "credit": max(0, amount - 600), "written_off": left}
    assert (await balances(world)).get("bad_debt", 0) == left
    assert await offences(owner, settings, world) == {}


async def test_money_without_a_name_pays_what_is_open_before_it_recovers(world: World, books: Books) -> None:
    gone = await books.invoice(customer_id := await books.customer(), 600)
    await written_off(world, gone)
    open_id = await books.invoice(customer_id, 500, due_on="2026-03-19")
    assert [one["invoice_id"] for one in (await pay(world, 500, customer_id=customer_id))["paid"]] == [str(open_id)]
    open_id = await books.invoice(customer_id, 500, due_on="2026-03-19")
    answer = await pay(world, 700, customer_id=customer_id)
    assert {one["invoice_id"]: (one["paid_minor"], one["open_minor"]) for one in answer["paid"]} == {
        str(open_id): (500, 0), str(gone): (200, 0)
    }  # fmt: skip
    assert await account(world, customer_id) == {"owed": 0, "credit": 0, "written_off": 400}


async def test_a_payment_that_names_it_recovers_it_before_others_are_paid(world: World, books: Books) -> None:
    gone = await books.invoice(customer_id := await books.customer(), 600)
    await written_off(world, gone)
    await books.invoice(customer_id, 500, due_on="2026-03-19")
    answer = await pay(world, 300, invoice_id=gone)
    assert [(one["invoice_id"], one["paid_minor"]) for one in answer["paid"]] == [(str(gone), 300)]
    assert await account(world, customer_id) == {"owed": 500, "credit": 0, "written_off": 300}


async def test_what_was_paid_of_it_may_still_bounce(world: World, books: Books, owner: Any, settings: Settings) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 1_000)
    paid = (await pay(world, 400, invoice_id=invoice_id))["payment_id"]
    await written_off(world, invoice_id)
    await world.done("POST", f"/v1/payments/{paid}/reverse", {"reason": "Never arrived", "cause": "bounced_cheque"}, key=str(world.id()))
    assert await account(world, customer_id) == {"owed": 400, "credit": 0, "written_off": 600}
    answer = await pay(world, 1_000, invoice_id=invoice_id)
    assert [(one["paid_minor"], one["open_minor"]) for one in answer["paid"]] == [(1_000, 0)]
    assert await account(world, customer_id) == {"owed": 0, "credit": 0, "written_off": 0}
    assert await offences(owner, settings, world) == {}


async def test_what_a_payment_brought_back_and_lost_again_is_proposed_to_somebody_else_who_decides(
    world: World, books: Books, owner: Any, settings: Settings
) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 1_000)
    undone = await books.invoice(customer_id, 300)
    await written_off(world, invoice_id)
    await world.done("POST", f"/v1/write-offs/{await written_off(world, undone)}/undo", {"note": "They are back"}, key=str(world.id()))
    paid = [(await pay(world, amount, invoice_id=of))["payment_id"] for amount, of in ((400, invoice_id), (600, invoice_id), (300, undone))]
    back = {"reason": "Never arrived", "cause": "bounced_cheque"}
    for payment_id in paid:
        await world.done("POST", f"/v1/payments/{payment_id}/reverse", back, role="back_office", key=str(world.id()))
    assert await account(world, customer_id) == {"owed": 1_300, "credit": 0, "written_off": 0}
    listed = (await world.done("GET", "/v1/write-offs"))["items"]
    proposals = sorted((one for one in listed if one["state"] == "proposed"), key=lambda one: one["amount_minor"])
    assert [(one["invoice_id"], one["amount_minor"], one["reason"]) for one in proposals] == [
        (str(invoice_id), 400, "insolvent"),
        (str(invoice_id), 1_000, "insolvent"),
    ]
    assert (await decide(world, proposals[0]["id"])).json()["code"] == "WRITE_OFF_OUTDATED"
    assert (await decide(world, proposals[1]["id"])).json()["state"] == "approved"
    assert await account(world, customer_id) == {"owed": 300, "credit": 0, "written_off": 1_000}
    assert await offences(owner, settings, world) == {}


async def test_what_is_paid_and_lost_time_and_again_is_proposed_once_until_somebody_decides(world: World, books: Books) -> None:
    invoice_id = await books.invoice(await books.customer(), 1_000)
    await written_off(world, invoice_id)
    for verdict in ("decline", "approve"):
        for _ in range(3):
            paid = (await pay(world, 1_000, invoice_id=invoice_id))["payment_id"]
            back = {"reason": "Never arrived", "cause": "bounced_cheque"}
            await world.done("POST", f"/v1/payments/{paid}/reverse", back, role="back_office", key=str(world.id()))
        listed = (await world.done("GET", "/v1/write-offs"))["items"]
        [proposed] = [one for one in listed if one["state"] == "proposed"]
        assert (await decide(world, proposed["id"], verdict)).status_code == 200


async def test_a_payment_that_names_it_pays_all_of_it_before_others_where_a_part_is_open_again(world: World, books: Books) -> None:
    gone = await books.invoice(customer_id := await books.customer(), 600)
    paid = (await pay(world, 200, invoice_id=gone))["payment_id"]
    await written_off(world, gone)
    await world.done("POST", f"/v1/payments/{paid}/reverse", {"reason": "Never arrived", "cause": "bounced_cheque"}, key=str(world.id()))
    await books.invoice(customer_id, 500, due_on="2026-03-19")
    answer = await pay(world, 600, invoice_id=gone)
    assert [(one["invoice_id"], one["paid_minor"], one["open_minor"]) for one in answer["paid"]] == [(str(gone), 600, 0)]
    assert await account(world, customer_id) == {"owed": 500, "credit": 0, "written_off": 0}


async def test_what_is_undone_is_the_write_off_of_that_invoice(world: World, books: Books, owner: asyncpg.Connection) -> None:
    customer_id = await books.customer()
    undone, other = [await written_off(world, await books.invoice(customer_id, 1_000)) for _ in range(2)]
    await world.done("POST", f"/v1/write-offs/{undone}/undo", {"note": "They are back"}, key=str(world.id()))
    declined = (await propose(world, await books.invoice(customer_id, 1_000))).json()["write_off_id"]
    await decide(world, declined, "decline")
    for forged in (other, declined):
        with pytest.raises(asyncpg.ForeignKeyViolationError) as caught:
            await owner.execute("update billing.recovery set write_off_id = $1 where write_off_id = $2", UUID(forged), UUID(undone))
        assert caught.value.constraint_name == "recovery_of_write_off"


async def test_undone_it_is_owed_again_once(world: World, books: Books, owner: Any, settings: Settings) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 600)
    path = f"/v1/write-offs/{await written_off(world, invoice_id)}/undo"
    for _ in range(2):
        assert (await world.done("POST", path, {"note": "They are back"}, key=str(world.id())))["state"] == "undone"
    assert await account(world, customer_id) == {"owed": 600, "credit": 0, "written_off": 0}
    assert [one["state"] for one in (await world.done("GET", "/v1/write-offs"))["items"]] == ["undone"]
    second = await written_off(world, invoice_id)
    await pay(world, 600, invoice_id=invoice_id)
    refused = await world.post(f"/v1/write-offs/{second}/undo", {"note": "Too late"}, key=str(world.id()))
    assert refused.json()["code"] == "NOTHING_WRITTEN_OFF"
    assert await offences(owner, settings, world) == {}


async def listed(world: World) -> list[tuple[str, int]]:
    """Each write-off's state, and how much of it still stands."""
    return [(one["state"], one["still_written_off_minor"]) for one in (await world.done("GET", "/v1/write-offs"))["items"]]


async def bounced(world: World, payment: dict[str, Any]) -> None:
    """A payment whose cheque bounced."""
    body = {"reason": "Never arrived", "cause": "bounced_cheque"}
    await world.done("POST", f"/v1/payments/{payment['payment_id']}/reverse", body, role="back_office", key=str(world.id()))


async def test_a_write_off_that_was_paid_after_all_is_not_the_one_that_stands_now(
    world: World, books: Books, owner: Any, settings: Settings
) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 600)
    first = await written_off(world, invoice_id)
    world.clock.forward(minutes=1)
    await bounced(world, await pay(world, 600, invoice_id=invoice_id))
    assert await listed(world) == [("recovered", 0), ("proposed", 0)]
    second = (await world.done("GET", "/v1/write-offs"))["items"][-1]["id"]
    assert (await decide(world, second)).json()["state"] == "approved"
    assert await listed(world) == [("recovered", 0), ("approved", 600)]
    refused = await world.post(f"/v1/write-offs/{first}/undo", {"note": "They are back"}, key=str(world.id()))
    assert refused.json()["code"] == "NOTHING_WRITTEN_OFF"
    await world.done("POST", f"/v1/write-offs/{second}/undo", {"note": "They are back"}, key=str(world.id()))
    assert await listed(world) == [("recovered", 0), ("undone", 0)]
    assert await account(world, customer_id) == {"owed": 600, "credit": 0, "written_off": 0}
    assert await offences(owner, settings, world) == {}


async def test_of_two_that_stand_what_is_paid_takes_from_the_older_and_each_is_undone_alone(world: World, books: Books) -> None:
    invoice_id = await books.invoice(customer_id := await books.customer(), 1_000)
    part = await pay(world, 400, invoice_id=invoice_id)
    older = await written_off(world, invoice_id)
    world.clock.forward(minutes=1)
    await bounced(world, part)
    newer = await written_off(world, invoice_id)
    assert await listed(world) == [("approved", 600), ("approved", 400)]
    await pay(world, 250, invoice_id=invoice_id)
    assert await listed(world) == [("approved", 350), ("approved", 400)]
    await world.done("POST", f"/v1/write-offs/{newer}/undo", {"note": "They are back"}, key=str(world.id()))
    assert await listed(world) == [("approved", 350), ("undone", 0)]
    assert await account(world, customer_id) == {"owed": 400, "credit": 0, "written_off": 350}
    await world.done("POST", f"/v1/write-offs/{older}/undo", {"note": "They are back"}, key=str(world.id()))
    assert await account(world, customer_id) == {"owed": 750, "credit": 0, "written_off": 0}


async def test_it_is_neither_charged_to_a_card_nor_credited(world: World, books: Books) -> None:
    invoice_id = await books.invoice(await books.customer(), 600)
    await written_off(world, invoice_id)
    credit = {"reason": "A mistake", "lines": [{"line_number": 1, "quantity": "1"}]}
    assert (await world.post(f"/v1/invoices/{invoice_id}/credit-notes", credit, key=str(world.id()))).json()[
        "code"
    ] == "INVOICE_WRITTEN_OFF"


async def test_receivables_tell_it_in_a_column_of_its_own(world: World, books: Books) -> None:
    gone = await books.invoice(customer_id := await books.customer(), 600)
    await books.invoice(customer_id, 500)
    await written_off(world, gone)
    told = await world.done("GET", "/v1/reports/receivables")
    assert [(one["open_minor"], one["written_off_minor"]) for one in told["totals"]] == [(500, 600)]
    assert [(one["invoices"], one["written_off_minor"]) for one in told["items"]] == [(1, 600)]


async def test_bank_money_recovers_as_cash_does(world: World, books: Books) -> None:
    invoice_id = await books.invoice(await books.customer(), 600)
    await written_off(world, invoice_id)
    transfer = {**cash(600, invoice_id=invoice_id), "bank_reference": "E2E-1"}
    answer = await world.done("POST", "/v1/payments/bank-transfers", transfer, key=str(world.id()))
    assert [one["paid_minor"] for one in answer["paid"]] == [600]


async def test_a_list_of_them_leaves_as_files(world: World, books: Books) -> None:
    await written_off(world, await books.invoice(await books.customer(), 600))
    assert (await world.get("/v1/write-offs.jsonl")).text.count("\n") == 1
    text = (await world.get("/v1/write-offs.csv")).text
    assert text.splitlines()[0].startswith("id,recorded_at,state,customer_id")
    assert ",approved," in text


async def test_dunning_ends_with_it_and_service_stays_off_until_it_is_paid_after_all(world: World, owner: Any, settings: Settings) -> None:
    subscription = await in_arrears(world)
    await live(world, 22)
    done = await taken(world, subscription)
    assert done[-1] == "suspend"
    await written_off(world, subscription["invoice"]["id"])
    await live(world, 7)
    assert await taken(world, subscription) == done
    money = {"currency": subscription["invoice"]["currency"], "customer_id": subscription["customer_id"]}
    most = await pay(world, subscription["invoice"]["total_minor"] - 1, **money)
    assert "services" not in most
    assert (await world.done("GET", f"/v1/subscriptions/{subscription['id']}"))["state"] == "suspended"
    assert await offences(owner, settings, world) == {}
    (answer,) = (await pay(world, 1, **money))["services"]
    assert (answer["from_state"], answer["to_state"]) == ("suspended", "active")
    assert await offences(owner, settings, world) == {}


@pytest.mark.parametrize(
    "changes, by",
    [
        ({"decided_by": None}, "written_off_by_somebody_else"),
        ({"decided_by": "key:somebody"}, "written_off_by_somebody_else"),
        ({"amount_minor": 599}, "decision_of_write_off"),
        ({"proposed_by": "staff:nobody"}, "decision_of_write_off"),
    ],
)
async def test_raw_sql_decides_nothing_that_people_may_not(world: World, books: Books, changes: dict[str, Any], by: str) -> None:
    write_off_id = UUID((await propose(world, await books.invoice(await books.customer(), 600))).json()["write_off_id"])
    proposal = dict((await world.sql("select * from billing.write_off where write_off_id = $1", write_off_id))[0])
    row = proposal | {"verdict": "approved", "decided_by": "staff:another"} | changes
    row["decided_by"] = row["decided_by"] or proposal["proposed_by"]
    columns = (
        "organisation_id",
        "write_off_id",
        "invoice_id",
        "customer_id",
        "currency",
        "amount_minor",
        "proposed_by",
        "verdict",
        "decided_by",
    )
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as caught:
        await world.sql(
            f"insert into billing.write_off_decision ({', '.join(columns)}) values ({', '.join(f'${n}' for n in range(1, 10))})",
            *(row[name] for name in columns),
        )
    assert caught.value.constraint_name == by
