"""Cash taken to the bank is found on the bank's line, and is in the books once, whoever tells it first."""

import asyncio
import json
from collections import defaultdict
from typing import Any

import asyncpg
import pytest

from service.settings import Settings
from tests.billing.bank_files import balances, entry, imported, statement, with_account
from tests.billing.builders import Books
from tests.billing.test_bank_cash import accepted, banked, confirmed, deposit
from tests.billing.test_close_period import close
from tests.billing.test_match_bank_line import act, only_line, steps, suggested
from tests.proofs.soundness import offences
from tests.world import World


@pytest.fixture(autouse=True)
async def account(world: World) -> str:
    """The account that all files here are of."""
    return await with_account(world)


async def on_its_way(world: World, books: Books, amount: int = 1_500, slip: str = "E-4711") -> str:
    """A deposit that nobody has told the arrival of."""
    return str((await banked(world, deposit(await accepted(world, books, amount), slip=slip))).json()["deposit_id"])


async def told(world: World, deposit_id: str) -> dict[str, Any]:
    deposits = (await world.done("GET", "/v1/cash/deposits", role="back_office"))["items"]
    return next(one for one in deposits if one["id"] == deposit_id)


async def in_books(world: World) -> tuple[int, int, int, int]:
    """What lies in the bank, on its way there, unmatched, and among differences."""
    found = defaultdict(int, await balances(world))
    return found["bank"], found["cash_in_transit:bank"], found["unmatched"], found["cash_difference"]


@pytest.mark.parametrize("words", ["Bareinzahlung E-4711", "BAREINZAHLUNG E 4711/FIL 12", "SB-EINZAHLUNG e4711"])
async def test_the_line_that_names_the_slip_is_the_deposit(
    world: World, books: Books, owner: asyncpg.Connection, settings: Settings, words: str
) -> None:
    deposit_id = await on_its_way(world, books)
    await imported(world, statement(0, 1_500, entry(1_500, words, reference="NTRF-1")))
    line = await only_line(world, "matched")
    assert await steps(world, line["id"]) == [("deposit", "deposit_slip")]
    assert await in_books(world) == (1_500, 0, 0, 0)
    arrived = await told(world, deposit_id)
    assert (arrived["bank_reference"], arrived["arrived_minor"], arrived["bank_line_id"]) == ("NTRF-1", 1_500, line["id"])
    assert (await confirmed(world, deposit_id, 1_500, "NTRF-1")).status_code == 200
    assert (await confirmed(world, deposit_id, 1_500, "NTRF-2")).json()["code"] == "DEPOSIT_ARRIVED"
    assert await offences(owner, settings, world) == {}


async def test_a_deposit_confirmed_by_hand_shows_its_line_without_being_booked_twice(world: World, books: Books) -> None:
    deposit_id = await on_its_way(world, books)
    await confirmed(world, deposit_id, 1_500, "NTRF-1")
    await imported(world, statement(0, 1_500, entry(1_500, "Bareinzahlung", reference="NTRF-1")))
    line = await only_line(world, "matched")
    assert await steps(world, line["id"]) == [("deposit", "told_before")]
    assert await in_books(world) == (1_500, 0, 0, 0)
    assert (await world.done("GET", "/v1/bank/reconciliation"))["not_seen"] == [{"currency": "EUR", "amount_minor": 0}]
    assert (await act(world, line, "undo")).status_code == 200
    assert ((await told(world, deposit_id))["arrived_minor"], await in_books(world)) == (1_500, (3_000, 0, -1_500, 0))
    assert (await act(world, line, "match", {"deposit_id": deposit_id})).status_code == 200
    assert await in_books(world) == (1_500, 0, 0, 0)


async def test_a_line_of_the_amount_alone_is_suggested_and_undone(world: World, books: Books) -> None:
    deposit_id = await on_its_way(world, books)
    await imported(world, statement(0, 1_500, entry(1_500, "Bareinzahlung")))
    line = await only_line(world)
    [one] = await suggested(world, line)
    assert (one["rule"], one["posts"], one["deposit_id"], one["name"]) == ("deposit_amount", False, deposit_id, "E-4711")
    for _ in "12":
        assert (await act(world, line, "match", {"deposit_id": deposit_id, "rule": "deposit_amount"})).status_code == 200
        assert ((await told(world, deposit_id))["arrived_minor"], await in_books(world)) == (1_500, (1_500, 0, 0, 0))
        assert (await act(world, line, "undo")).status_code == 200
        assert ((await told(world, deposit_id))["arrived_minor"], await in_books(world)) == (None, (1_500, 1_500, -1_500, 0))
    assert (await confirmed(world, deposit_id, 1_500)).status_code == 201


@pytest.mark.parametrize("arrived, reason", [(1_400, "counterfeit"), (1_700, "over")])
async def test_what_the_bank_counts_otherwise_has_its_reason(world: World, books: Books, arrived: int, reason: str) -> None:
    deposit_id = await on_its_way(world, books)
    await imported(world, statement(0, arrived, entry(arrived, "E-4711")))
    line = await only_line(world)
    [one] = await suggested(world, line)
    assert (one["rule"], one["posts"], one["amount_minor"]) == ("deposit_slip", False, 1_500)
    asked = {"deposit_id": deposit_id}
    assert (await act(world, line, "match", asked)).json()["code"] == "DIFFERENCE_UNEXPLAINED"
    wrong = {"counterfeit": "over", "over": "short"}[reason]
    assert (await act(world, line, "match", {**asked, "reason": wrong})).json()["code"] == "REASON_DOES_NOT_FIT"
    assert (await act(world, line, "match", {**asked, "reason": "other"})).json()["code"] == "REASON_DOES_NOT_FIT"
    assert await in_books(world) == (arrived, 1_500, -arrived, 0)
    assert (await act(world, line, "match", {**asked, "reason": reason, "note": "Two notes"})).status_code == 200
    assert await in_books(world) == (arrived, 0, 0, 1_500 - arrived)
    assert {key: (await told(world, deposit_id))[key] for key in ("reason", "note")} == {"reason": reason, "note": "Two notes"}
    await act(world, line, "undo")
    assert await in_books(world) == (arrived, 1_500, -arrived, 0)


async def test_two_deposits_of_the_amount_are_a_persons_choice_and_each_is_seen_once(world: World, books: Books) -> None:
    one, other = [await on_its_way(world, books, slip=slip) for slip in ("A-1", "B-1")]
    await imported(world, statement(0, 3_000, entry(1_500, "first"), entry(1_500, "second")))
    waiting = (await world.done("GET", "/v1/bank/lines?state=waiting"))["items"]
    assert {it["deposit_id"] for it in await suggested(world, waiting[0])} == {one, other}
    answers = await asyncio.gather(*(act(world, line, "match", {"deposit_id": one}) for line in waiting))
    assert sorted(it.status_code for it in answers) == [200, 422]
    assert await in_books(world) == (3_000, 1_500, -1_500, 0)


async def test_a_period_stays_open_while_cash_is_on_its_way_to_the_bank(world: World, books: Books) -> None:
    deposit_id = await on_its_way(world, books)
    world.clock.forward(days=30)
    [why] = (await close(world, "2026-03-31")).json()["unexplained"]
    assert (why["reason"], why["subject_id"], why["amount_minor"]) == ("DEPOSIT_ON_ITS_WAY", deposit_id, 1_500)
    await confirmed(world, deposit_id, 1_500)
    assert (await close(world, "2026-03-31")).status_code == 201


async def test_a_deposit_of_which_nothing_arrived_is_on_no_line(world: World, books: Books) -> None:
    gone, other = await on_its_way(world, books, 1_500, "A-1"), await on_its_way(world, books, 2_500, "B-1")
    await confirmed(world, gone, 0, reason="counterfeit")
    await imported(world, statement(0, 2_500, entry(2_500, "Bareinzahlung")))
    line = await only_line(world)
    for some in ([gone, other], [gone]):
        assert (await act(world, line, "match", {"deposit_ids": some})).json()["code"] == "BANK_MATCH_DIFFERS"
    assert (await act(world, line, "match", {"deposit_ids": [other]})).status_code == 200


async def test_several_deposits_on_one_line_arrive_each_by_its_slip_and_the_rest_waits(
    world: World, books: Books, owner: asyncpg.Connection, settings: Settings
) -> None:
    one, told_by_hand, other = [
        await on_its_way(world, books, amount, slip) for amount, slip in ((1_500, "A-1"), (700, "B-1"), (900, "C-1"))
    ]
    await confirmed(world, told_by_hand, 600, "NTRF-9", reason="short")
    await imported(world, statement(0, 2_500, entry(2_500, "Tagesbareinzahlungen", reference="NTRF-1")))
    line = await only_line(world)
    both = {"deposit_ids": [one, told_by_hand]}
    for wrong in ({"deposit_ids": [one, told_by_hand, other]}, {**both, "reason": "short"}):
        assert (await act(world, line, "match", wrong)).json()["code"] == "BANK_MATCH_DIFFERS"
    assert (await told(world, one))["arrived_minor"] is None
    moved = (await act(world, line, "match", both)).json()
    assert [one["open_minor"] for one in moved["lines"]] == [400]
    assert await in_books(world) == (2_500, 900, -400, 100)
    assert (await act(world, line, "match", both)).json()["code"] == "BANK_MATCH_DIFFERS", "no more of it is open"
    assert await offences(owner, settings, world) == {}
    assert (await act(world, line, "undo")).is_success
    assert await in_books(world) == (3_100, 2_400, -2_500, 100)
    assert ((await told(world, one))["arrived_minor"], (await told(world, told_by_hand))["arrived_minor"]) == (None, 600)
    assert await offences(owner, settings, world) == {}


@pytest.mark.parametrize(
    "changes, constraint",
    [
        ({"step": 1}, "cash_arrival_pkey"),
        ({"step": 3}, "arrival_follows"),
        ({"step": 2}, "arrival_told_or_shown"),
        ({"step": 2, "bank_reference": None, "line_id": "line", "arrived_minor": 1_400}, "arrival_taken_back_as_it_was"),
        ({"step": 2, "bank_reference": None, "line_id": "line"}, "arrival_is_posted"),
    ],
)
async def test_no_raw_sql_lets_a_deposit_arrive_again(world: World, books: Books, changes: dict[str, Any], constraint: str) -> None:
    await on_its_way(world, books)
    await imported(world, statement(0, 1_500, entry(1_500, "E-4711")))
    line = await only_line(world, "matched")
    changes = {**changes, **({"line_id": line["id"]} if "line_id" in changes else {"line_id": None, "bank_reference": "NTRF-9"})}
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=constraint):
        await world.sql(
            "insert into billing.cash_arrival (organisation_id, deposit_id, step, amount_minor, currency, banked_by, arrival_id, bank_reference, line_id, arrived_minor, confirmed_by,"
            " arrived_at, undoes) select organisation_id, deposit_id, step, amount_minor, currency, banked_by, $3, bank_reference, line_id, arrived_minor, confirmed_by, arrived_at, case when step % 2 = 0 then arrival_id end"
            " from (select to_jsonb(c) || $2::jsonb as row from billing.cash_arrival c where c.organisation_id = $1) c, jsonb_populate_record(null::billing.cash_arrival, c.row)",
            world.organisation_id, json.dumps(changes), world.id(),
        )  # fmt: skip


async def test_no_raw_sql_takes_more_from_what_is_on_its_way(world: World, books: Books) -> None:
    deposit_id = await on_its_way(world, books)
    await confirmed(world, deposit_id, 1_500)
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="deposit_arrives_once"):
        await world.sql(
            "insert into billing.account_entry (organisation_id, posting_id, ordinal, side, debit_kind, debit_holder, credit_kind, credit_holder, currency, amount_minor, strand, version,"
            " balance_before, balance_after) values ($1, $2, 1, 'credit', 'bank', '', 'cash_in_transit', 'bank', 'EUR', 1, $3, 3, 0, -1)",
            world.organisation_id, world.id(), deposit_id,
        )  # fmt: skip
