"""What the provider pays out is found on the bank's line, leaves card clearing once, and comes back by the line that sends it back."""

import csv
import io
from datetime import date
from typing import Any

import asyncpg
import pytest

from service.billing.provider.payouts import Move, record_payout
from service.billing.records.payouts import PayoutStatus
from service.settings import Settings
from tests.billing.bank_files import balances, entry, imported, statement, with_account
from tests.billing.builders import Books
from tests.billing.test_close_period import close
from tests.billing.test_match_bank_line import act, only_line, steps, suggested
from tests.files import leaves_whole
from tests.proofs.soundness import offences
from tests.world import World

PO = "po_1RkXx2Ab"


@pytest.fixture(autouse=True)
async def account(world: World) -> str:
    """The account that all files here are of."""
    return await with_account(world)


def move(world: World, name: str, amount: int, fee: int) -> Move:
    return Move(
        name=name,
        type="charge",
        source=f"ch_{name}",
        intent_id=None,
        refund_name=None,
        dispute_name=None,
        amount=amount,
        fee=fee,
        created=world.clock.now,
    )


async def told(
    world: World,
    amount: int = 9_700,
    *,
    name: str = PO,
    status: PayoutStatus = "in_transit",
    moves: tuple[Move, ...] = (),
    trace_id: str | None = None,
    arrives_on: date = date(2026, 3, 4),
) -> str:
    """What the provider says of a payout: its id here."""
    done = await world.database.perform(
        record_payout,
        principal=world.principal(),
        at=world.clock.now,
        request_id=world.id(),
        remember=None,
        values={
            "provider_payout_id": name, "amount_minor": amount, "currency": "EUR", "status": status, "arrives_on": arrives_on,
            "descriptor": None, "trace_id": trace_id, "itemised": True, "moves": moves,
        },
    )  # fmt: skip
    return str(done.record.payout_id)


async def in_books(world: World) -> tuple[int, ...]:
    """What lies in the bank, in card clearing, unmatched, and what went for fees."""
    found = await balances(world)
    return tuple(found.get(one, 0) for one in ("bank", "card_clearing", "unmatched", "card_fees"))


async def on_line(world: World) -> tuple[str | None, bool]:
    """Which line the only payout is told with, and whether it is in the bank."""
    [payout] = (await world.done("GET", "/v1/payouts"))["items"]
    return payout["bank_line_id"], payout["in_bank"]


async def against_bank(world: World) -> list[tuple[Any, ...]]:
    told = await world.done("GET", "/v1/reports/payouts-against-bank?from_on=2026-02-20&until_on=2026-04-20")
    return [(one["provider_payout_id"], one["state"], one["line_minor"]) for one in told["items"]]


@pytest.mark.parametrize("words", [f"STRIPE {PO}", "Sammelgutschrift PO 1RKXX2AB", "SAYSO-TRACE 77 GUTSCHRIFT"])
async def test_the_line_that_names_the_payout_is_it(world: World, words: str) -> None:
    payout_id = await told(world, trace_id="SAYSOTRACE77")
    await imported(world, statement(0, 9_700, entry(9_700, words)))
    line = await only_line(world, "matched")
    assert await steps(world, line["id"]) == [("payout", "payout_reference")]
    assert await in_books(world) == (9_700, -9_700, 0, 0)
    [payout] = await leaves_whole(world, "/v1/payouts")
    assert (payout["id"], payout["bank_line_id"], payout["in_bank"]) == (payout_id, line["id"], True)
    assert await against_bank(world) == [(PO, "matched", 9_700)]


@pytest.mark.parametrize(
    "name, others, outcome", [("Stripe Technology Europe", 0, "matched"), ("Somebody", 0, "waiting"), ("Stripe", 1, "waiting")]
)
async def test_an_amount_alone_posts_where_it_is_the_providers_and_the_only_one(world: World, name: str, others: int, outcome: str) -> None:
    payout_id = await told(world)
    for n in range(others):
        await told(world, name=f"po_other{n}")
    await imported(world, statement(0, 9_700, entry(9_700, "Gutschrift", name=name)))
    line = await only_line(world, outcome)
    if outcome == "waiting":
        found = await suggested(world, line)
        assert {(one["rule"], one["posts"]) for one in found} == {("payout_amount", False)}
        assert payout_id in {one["payout_id"] for one in found}
        assert (await act(world, line, "match", {"payout_id": payout_id})).status_code == 200
    assert await in_books(world) == (9_700, -9_700, 0, 0)


async def test_a_payout_that_the_bank_sends_back_is_in_card_clearing_again(
    world: World, owner: asyncpg.Connection, settings: Settings
) -> None:
    payout_id = await told(world, status="paid")
    await imported(world, statement(0, 9_700, entry(9_700, PO)))
    first = await only_line(world, "matched")
    await told(world, status="failed")
    assert await against_bank(world) == [(PO, "differs", 9_700)]
    await imported(world, statement(9_700, 0, entry(-9_700, PO, on="2026-03-04"), on="2026-03-04", name="S2"))
    lines = {one["amount_minor"]: one for one in (await world.done("GET", "/v1/bank/lines?state=matched"))["items"]}
    assert await steps(world, lines[-9_700]["id"]) == [("payout", "payout_reference")]
    assert (await in_books(world), await against_bank(world)) == ((0, 0, 0, 0), [(PO, "sent_back", -9_700)])
    assert (await act(world, first, "undo")).json()["code"] == "PAYOUT_SENT_BACK"
    assert (await act(world, lines[-9_700], "undo")).status_code == 200
    assert (await in_books(world), await against_bank(world)) == ((0, -9_700, 9_700, 0), [(PO, "differs", 9_700)])
    assert await on_line(world) == (first["id"], True)
    assert (await act(world, first, "undo")).status_code == 200
    assert (await in_books(world), await against_bank(world)) == ((0, 0, 0, 0), [(PO, "never_sent", None)])
    assert await on_line(world) == (None, False)
    assert (await act(world, lines[-9_700], "match", {"payout_id": payout_id})).json()["code"] == "BANK_MATCH_UNCLEAR"
    assert await offences(owner, settings, world) == {}


async def test_what_a_payout_is_made_of_may_be_told_later_and_its_fees_are_posted_once(
    world: World, owner: asyncpg.Connection, settings: Settings
) -> None:
    await told(world, status="pending")
    one, other = move(world, "txn_1", 5_000, 100), move(world, "txn_2", 5_000, 200)
    for moves in ((one,), (one, other), (one, other)):
        await told(world, moves=moves, trace_id="T-1")
    [payout] = (await world.done("GET", "/v1/payouts"))["items"]
    assert [payout[key] for key in ("status", "line_count", "fee_minor", "difference_minor", "trace_id")] == [
        "in_transit",
        2,
        300,
        0,
        "T-1",
    ]
    assert await in_books(world) == (0, -300, 0, 300)
    await told(world, status="pending")
    assert (await world.done("GET", "/v1/payouts"))["items"][0]["status"] == "in_transit"
    assert await offences(owner, settings, world) == {}


async def test_payouts_against_the_bank_tell_what_is_missing_and_what_nobody_knows(world: World) -> None:
    await told(world, status="paid")
    await told(world, 500, name="po_never", status="canceled")
    await imported(world, statement(0, 70, entry(70, "STRIPE, an old one")))
    await act(world, await only_line(world), "dismiss", {"reason": "payout"})
    world.clock.forward(days=3)
    await told(world, 800, name="po_coming", arrives_on=date(2026, 3, 9))
    assert sorted(await against_bank(world), key=str) == sorted(
        [(None, "unknown", 70), ("po_coming", "on_its_way", None), ("po_never", "never_sent", None), (PO, "missing", None)], key=str
    )
    span = "from_on=2026-02-20&until_on=2026-04-20"
    rows = list(csv.DictReader(io.StringIO((await world.get(f"/v1/reports/payouts-against-bank.csv?{span}")).text)))
    assert {row["state"] for row in rows} == {"unknown", "on_its_way", "never_sent", "missing"}
    assert (await world.get(f"/v1/reports/payouts-against-bank.jsonl?{span}")).text.count("\n") == 4
    paged = await world.done("GET", f"/v1/reports/payouts-against-bank?{span}&limit=3")
    rest = await world.done("GET", f"/v1/reports/payouts-against-bank?{span}&limit=3&cursor={paged['next']}")
    assert (len(paged["items"]), len(rest["items"]), rest["next"]) == (3, 1, None)


async def test_a_period_stays_open_while_a_payout_is_on_its_way(world: World) -> None:
    payout_id = await told(world)
    world.clock.forward(days=30)
    [why] = (await close(world, "2026-03-31")).json()["unexplained"]
    assert (why["reason"], why["subject_id"], why["amount_minor"]) == ("PAYOUT_ON_ITS_WAY", payout_id, 9_700)
    await told(world, status="paid")
    assert (await close(world, "2026-03-31")).status_code == 201


@pytest.mark.parametrize(
    "sight, constraint",
    [
        ("sight + 2", "sights_follow"),
        ("sight", "own_money_seen_once"),
        ("sight + 1", "payout_in_and_out_by_turns"),
    ],
)
async def test_no_raw_sql_lets_a_payout_arrive_again(world: World, sight: str, constraint: str) -> None:
    await told(world)
    await imported(world, statement(0, 19_400, entry(9_700, PO), entry(9_700, "another", on="2026-03-03")))
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=constraint):
        await world.sql(
            "insert into billing.bank_step (organisation_id, line_id, kind, step, sight, size_minor, incoming, currency, open_before, open_after, posting_id, ordinal, strand, debit_kind,"
            " debit_holder, credit_kind, credit_holder, payout_id, payout_minor, shows, rule, made_by)"
            f" select organisation_id, (select line_id from billing.bank_waiting where organisation_id = $1), kind, 1, {sight}, size_minor, incoming, currency, open_before, open_after,"
            " $2, 1, strand, debit_kind, debit_holder, credit_kind, credit_holder, payout_id, payout_minor, (select line_id from billing.bank_waiting where organisation_id = $1), rule, made_by"
            " from billing.bank_step where organisation_id = $1",
            world.organisation_id, world.id(),
        )  # fmt: skip


async def test_a_payout_of_which_the_bank_kept_a_fee_leaves_card_clearing_whole_and_comes_back_whole(
    world: World, owner: asyncpg.Connection, settings: Settings
) -> None:
    payout_id = await told(world, 10_000, status="paid")
    await imported(world, statement(0, 9_950, entry(9_950, "Gutschrift abzgl. Entgelt")))
    line, kept = await only_line(world), {"payout_id": payout_id, "kept_minor": 50}
    for wrong in ({"payout_id": payout_id}, {**kept, "kept_minor": 49}):
        assert (await act(world, line, "match", wrong)).json()["code"] == "BANK_MATCH_DIFFERS"
    paid = {"parts": [{"amount_minor": 9_950, "customer_id": str(await Books(world).customer())}], "kept_minor": 50}
    assert (await act(world, line, "match", paid)).json()["code"] == "BANK_MATCH_UNCLEAR", "a fee is kept of a payout alone"
    before = await offences(owner, settings, world)
    assert (await act(world, line, "match", kept)).is_success
    assert await in_books(world) == (9_950, -10_000, 0, 0)
    assert (await balances(world))["other:bank_fees"] == 50
    assert await on_line(world) == (line["id"], True)
    assert await against_bank(world) == [(PO, "matched", 9_950)]
    assert await offences(owner, settings, world) == before
    assert (await act(world, line, "undo")).is_success
    assert await in_books(world) == (9_950, 0, -9_950, 0)
    assert (await balances(world)).get("other:bank_fees", 0) == 0
    assert await offences(owner, settings, world) == before


@pytest.mark.parametrize(
    "constraint, figures",
    [
        ("payout_shown_whole", "payout_minor, 0"),
        ("kept_of_a_payout_that_arrives", "-payout_minor, 50"),
        ("bank_keeps_a_fee", "payout_minor, -50"),
        ("kept_is_posted", "payout_minor, 50"),
    ],
)
async def test_no_raw_sql_puts_another_fee_back(world: World, constraint: str, figures: str) -> None:
    payout_id = await told(world, 10_000, status="paid")
    await imported(world, statement(0, 9_950, entry(9_950, "Gutschrift")))
    assert (await act(world, await only_line(world), "match", {"payout_id": payout_id, "kept_minor": 50})).is_success
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=constraint):
        await world.sql(
            "insert into billing.bank_step (organisation_id, line_id, kind, step, sight, size_minor, incoming, currency, open_before, open_after, undoes, undoes_kind, posting_id, ordinal,"
            " strand, debit_kind, debit_holder, credit_kind, credit_holder, shows, rule, made_by, payout_id, payout_minor, kept_minor)"
            " select organisation_id, line_id, 'undo', 2, 2, size_minor, incoming, currency, 0, open_before, 1, 'payout', $2, 1, strand, credit_kind, '', debit_kind, '', shows, rule, made_by,"
            f" payout_id, {figures} from billing.bank_step where organisation_id = $1",
            world.organisation_id, world.id(),
        )  # fmt: skip
