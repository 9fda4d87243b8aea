"""A period closes only when all that was posted in it is explained, and then takes no posting."""

from datetime import date
from typing import Any

import asyncpg
import httpx
import pytest

from tests.billing.bank_files import entry, imported, lines, statement, with_account
from tests.billing.builders import Books, carry, pay
from tests.files import leaves_whole
from tests.world import World

PERIODS = "/v1/ledger/periods"


async def close(world: World, last_on: str, **options: Any) -> httpx.Response:
    return await world.post(PERIODS, {"last_on": last_on}, key=str(world.id()), **options)


async def in_april(world: World, books: Books) -> str:
    """An invoice and its payment by bank in March, and now it's the third of April: the customer."""
    customer_id = await books.customer()
    invoice_id = await books.invoice(customer_id, 1_000)
    transfer = {"amount": {"amount": 600, "currency": "EUR"}, "invoice_id": str(invoice_id), "bank_reference": str(world.id())}
    await world.done("POST", "/v1/payments/bank-transfers", transfer, key=str(world.id()))
    world.clock.forward(days=30)
    return str(customer_id)


async def test_a_month_is_closed_with_its_accounts_which_read_the_same_for_ever(world: World, books: Books) -> None:
    await in_april(world, books)
    closed = await close(world, "2026-03-31")
    assert (closed.status_code, closed.json()) == (201, {"number": 1, "first_on": None, "last_on": "2026-03-31"})
    first = (await world.get(f"{PERIODS}/2026-03-31")).content
    accounts = {one["kind"]: one for one in await leaves_whole(world, f"{PERIODS}/2026-03-31", rows_in="accounts", files_at="/accounts")}
    assert {kind: one["closing_minor"] for kind, one in accounts.items()} == {
        "bank": 600,
        "customer_credit": 0,
        "receivable": 400,
        "revenue": -1_000,
    }
    assert (accounts["receivable"]["debit_minor"], accounts["receivable"]["credit_minor"]) == (1_000, 600)
    await pay(world, 400, customer_id=await books.customer())
    world.clock.forward(days=40)
    await carry(world)
    assert (await world.get(f"{PERIODS}/2026-03-31")).content == first


async def test_the_next_period_begins_where_the_last_one_ended(world: World, books: Books) -> None:
    await in_april(world, books)
    await close(world, "2026-03-31")
    await books.invoice(await books.customer(), 70)
    world.clock.forward(days=1)
    assert (await close(world, "2026-04-03")).json() == {"number": 2, "first_on": "2026-04-01", "last_on": "2026-04-03"}
    accounts = {one["kind"]: one for one in (await world.done("GET", f"{PERIODS}/2026-04-03"))["accounts"]}
    receivable = accounts["receivable"]
    assert (receivable["opening_minor"], receivable["debit_minor"], receivable["closing_minor"]) == (400, 70, 470)
    listed = await leaves_whole(world, PERIODS)
    assert [(one["number"], one["last_on"]) for one in listed] == [(1, "2026-03-31"), (2, "2026-04-03")]
    assert len({one["balances_hash"] for one in listed}) == 2


@pytest.mark.parametrize("last_on", ["2026-04-03", "2026-04-30"])
async def test_days_that_are_not_over_stay_open(world: World, books: Books, last_on: str) -> None:
    await in_april(world, books)
    assert (await close(world, last_on)).json()["code"] == "PERIOD_NOT_OVER"


async def test_a_closed_day_is_not_closed_again_and_nothing_closes_before_the_books_begin(world: World, books: Books) -> None:
    await in_april(world, books)
    assert (await close(world, "2026-03-31")).status_code == 201
    assert (await close(world, "2026-03-31")).json()["code"] == "PERIOD_CLOSED"
    assert (await close(world, "2026-03-15")).json()["code"] == "PERIOD_CLOSED"


async def test_nothing_closes_before_the_books_begin(world: World, books: Books) -> None:
    await in_april(world, books)
    assert (await close(world, "2026-03-03")).status_code == 422


async def test_cash_on_its_way_and_a_refund_on_its_way_keep_it_open_until_they_are_explained(world: World, books: Books) -> None:
    customer_id = await books.customer()
    await pay(world, 900, role="agent", customer_id=customer_id)
    refund = {"amount": {"amount": 100, "currency": "EUR"}, "via": "bank_transfer", "reason": "Paid twice"}
    refund_id = (await world.done("POST", f"/v1/customers/{customer_id}/refunds", refund, key=str(world.id())))["refund_id"]
    counted = {"counted": {"amount": 900, "currency": "EUR"}}
    hand_in_id = (await world.done("POST", "/v1/cash/hand-ins", counted, role="agent", key=str(world.id())))["hand_in_id"]
    world.clock.forward(days=30)
    refused = await close(world, "2026-03-31")
    assert (refused.status_code, refused.json()["code"]) == (409, "PERIOD_UNEXPLAINED")
    told = {one["reason"]: (one["subject_id"], one["amount_minor"]) for one in refused.json()["unexplained"]}
    assert told == {"CASH_IN_TRANSIT": (hand_in_id, None), "REFUND_ON_ITS_WAY": (refund_id, 100)}
    assert {one["reason"] for one in refused.json()["remedies"]} == told.keys()
    assert (await world.done("GET", "/v1/ledger/unexplained"))["items"] == refused.json()["unexplained"]
    assert (await world.done("GET", PERIODS))["items"] == []
    await world.done("POST", f"/v1/refunds/{refund_id}/pay", key=str(world.id()))
    assert [one["reason"] for one in (await close(world, "2026-03-31")).json()["unexplained"]] == ["CASH_IN_TRANSIT"]
    await world.done("POST", f"/v1/cash/hand-ins/{hand_in_id}/accept", counted, key=str(world.id()))
    assert (await close(world, "2026-03-31")).status_code == 201


async def test_a_line_of_the_bank_keeps_it_open_until_somebody_says_what_it_is(world: World) -> None:
    await with_account(world)
    await imported(world, statement(0, 500, entry(500, "nobody knows")))
    world.clock.forward(days=30)
    [line] = await lines(world)
    told = (await close(world, "2026-03-31")).json()["unexplained"]
    assert [(one["reason"], one["subject_id"], one["amount_minor"]) for one in told] == [("BANK_LINE_WAITING", line["id"], 500)]
    await world.done("POST", f"/v1/bank/lines/{line['id']}/dismiss", {"reason": "interest"}, key=str(world.id()))
    assert (await close(world, "2026-03-31")).status_code == 201


async def test_what_is_unexplained_later_keeps_no_earlier_day_open(world: World, books: Books) -> None:
    await pay(world, 900, role="agent", customer_id=await books.customer())
    world.clock.forward(days=30)
    await world.done("POST", "/v1/cash/hand-ins", {"counted": {"amount": 900, "currency": "EUR"}}, role="agent", key=str(world.id()))
    assert (await close(world, "2026-03-31")).status_code == 201


async def test_cash_told_late_is_booked_in_the_open_period_with_the_day_it_happened_on(world: World, books: Books) -> None:
    await in_april(world, books)
    await close(world, "2026-03-31")
    before = (await world.get(f"{PERIODS}/2026-03-31")).content
    captured = {"captured_at": "2026-03-31T10:00:00Z"}
    await world.done(
        "POST",
        "/v1/payments/cash",
        {"amount": {"amount": 7, "currency": "EUR"}, "customer_id": str(await books.customer()), **captured},
        role="agent",
        key=str(world.id()),
    )
    (entry,) = (await world.done("GET", "/v1/ledger/journal?from_on=2026-04-01"))["items"]
    assert (entry["booked_on"], entry["occurred_at"]) == ("2026-04-03", "2026-03-31T10:00:00Z")
    assert (await world.get(f"{PERIODS}/2026-03-31")).content == before


async def test_a_correction_of_a_closed_month_goes_into_the_open_one_and_names_what_it_corrects(world: World, books: Books) -> None:
    paid = await pay(world, 600, customer_id=await books.customer())
    world.clock.forward(days=30)
    assert (await close(world, "2026-03-31")).status_code == 201
    await world.done("POST", f"/v1/payments/{paid['payment_id']}/reverse", {"reason": "Mistyped"}, role="manager", key=str(world.id()))
    (entry,) = (await world.done("GET", "/v1/ledger/journal?from_on=2026-04-01"))["items"]
    assert (entry["kind"], entry["subject_kind"], entry["subject_id"]) == ("reversal", "payment", paid["payment_id"])


async def test_no_clock_set_back_and_no_raw_sql_posts_into_days_that_are_carried_forward(world: World, books: Books) -> None:
    await in_april(world, books)
    customer_id = await books.customer()
    assert await carry(world) == 30
    world.clock.forward(days=-2)
    refused = await world.post(
        "/v1/payments/cash",
        {"amount": {"amount": 7, "currency": "EUR"}, "customer_id": str(customer_id)},
        role="agent",
        key=str(world.id()),
    )
    assert (refused.status_code, refused.json()["code"]) == (503, "BUSY")
    columns = "organisation_id, posting_id, ordinal, kind, debit_kind, debit_holder, credit_kind, credit_holder, currency, amount_minor, strand, subject_kind, subject_id, occurred_at"
    copied = columns.replace("posting_id", "gen_random_uuid()", 1)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await world.sql(
            f"insert into billing.transfer ({columns}, recorded_at) select {copied}, '2026-03-30' from billing.transfer where organisation_id = $1 limit 1",
            world.organisation_id,
        )
    async with world.database.pool.acquire() as connection, connection.transaction():
        await connection.execute(f"set local sayso.organisation = '{world.organisation_id}'; set local sayso.at = '2026-04-01'")
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="carried_forward_takes_no_posting"):
            await connection.execute(f"insert into billing.transfer ({columns}) select {copied} from billing.transfer limit 1")


@pytest.mark.parametrize("role", ["agent", "dispatcher", "back_office"])
async def test_only_a_manager_closes(world: World, role: Any) -> None:
    assert (await close(world, "2026-03-31", role=role)).status_code == 403


async def test_the_same_request_again_closes_once(world: World, books: Books) -> None:
    await in_april(world, books)
    first, again = [await world.post(PERIODS, {"last_on": "2026-03-31"}, key="the-same-key") for _ in "12"]
    assert (first.content, again.headers["idempotency-replayed"]) == (again.content, "true")


async def test_a_period_is_of_the_days_of_the_organisations_zone(world: World, books: Books) -> None:
    """At half past eleven in the evening of the 31st in London it is April in Berlin."""
    await in_april(world, books)
    world.clock.now = world.clock.now.replace(month=3, day=31, hour=22, minute=30)
    await books.invoice(await books.customer(), 5)
    world.clock.forward(days=1)
    await close(world, "2026-03-31")
    period = (await world.done("GET", f"{PERIODS}/2026-03-31"))["period"]
    assert (period["zone"], period["until_at"]) == ("Europe/Berlin", "2026-03-31T22:00:00Z")
    receivable = next(one for one in (await world.done("GET", f"{PERIODS}/2026-03-31"))["accounts"] if one["kind"] == "receivable")
    assert receivable["debit_minor"] == 1_000
    assert date.fromisoformat((await world.done("GET", "/v1/ledger/journal?from_on=2026-04-01"))["items"][0]["booked_on"]) == date(
        2026, 4, 1
    )
