"""A bank's file is taken in whole or not at all, once, and each statement begins where the last one ended."""

import asyncio

import asyncpg
import pytest

from tests.billing.bank_files import OURS, balances, entry, imported, lines, report, sent, statement, with_account
from tests.billing.builders import Books
from tests.files import leaves_whole
from tests.world import World

NEXT_STATEMENT = (
    "insert into billing.bank_statement (organisation_id, statement_id, bank_account_id, currency, file_id, kind, step, carried_minor, opening_minor, closing_minor,"
    " balances_told, name, until_on, line_count, in_minor, out_minor, confirmed_in_minor, confirmed_out_minor, content_hash)"
    " select organisation_id, gen_random_uuid(), bank_account_id, currency, file_id, kind, 2, {carried}, closing_minor + 1, closing_minor + 1, true, '', until_on, 0,"
    " 0, 0, 0, 0, sha256('x') from billing.bank_statement"
)


async def test_the_account_that_invoices_are_paid_to_is_known_and_any_other_is_not(world: World) -> None:
    content = statement(0, 500, entry(500))
    refused = await sent(world, content)
    assert (refused.status_code, refused.json()["code"], refused.json()["number"]) == (422, "BANK_ACCOUNT_UNKNOWN", OURS)
    await world.changed("/v1/organisation", iban=OURS, account_holder="Northwind")
    assert (await sent(world, content)).status_code == 201
    [account] = (await world.done("GET", "/v1/bank/accounts"))["items"]
    assert (account["number"], account["closing_minor"], account["until_on"]) == (OURS, 500, "2026-03-03")


async def test_the_same_file_and_the_same_statement_again_change_nothing(world: World) -> None:
    await with_account(world)
    content = statement(100, 600, entry(500, "a"))
    first = await imported(world, content)
    before = await balances(world)
    assert (before["bank"], before["unmatched"], before["other:opening_balance"]) == (600, -500, -100)
    again, spaced = await sent(world, content), await sent(world, content.replace(b"<Stmt>", b"<Stmt >"))
    assert (again.json()["file_id"], again.json()["already_imported"], spaced.json()["already_imported"]) == (first["file_id"], True, True)
    assert spaced.json()["lines"] == 0
    assert await balances(world) == before
    assert len(await lines(world)) == 1


async def test_the_same_file_sent_many_times_at_once_is_taken_in_once(world: World) -> None:
    await with_account(world)
    content = statement(0, 500, entry(500, "a"))
    answers = await asyncio.gather(*(sent(world, content) for _ in range(5)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len(await lines(world)) == 1


async def test_a_gap_is_refused_and_taken_with_its_reason_alone(world: World) -> None:
    await with_account(world)
    await imported(world, statement(0, 500, entry(500)))
    after_gap = statement(700, 900, entry(200, on="2026-03-05"), on="2026-03-05")
    refused = await sent(world, after_gap)
    assert (refused.status_code, refused.json()["code"]) == (409, "BANK_STATEMENT_GAP")
    assert (refused.json()["closing_minor"], refused.json()["opening_minor"], refused.json()["last_on"]) == (500, 700, "2026-03-03")
    assert len(await lines(world)) == 1
    await imported(world, after_gap, gap_reason="The bank lost the fourth of March")
    after = await balances(world)
    assert (after["bank"], after["unmatched"], after["other:gap"]) == (900, -700, -200)
    [told] = [one for one in await leaves_whole(world, "/v1/bank/statements") if one["step"] == 2]
    assert (told["gap_minor"], told["gap_reason"]) == (200, "The bank lost the fourth of March")


async def test_a_statement_from_before_is_refused(world: World) -> None:
    await with_account(world)
    await imported(world, statement(0, 500, entry(500)))
    old = await sent(world, statement(0, 300, entry(300, on="2026-03-02"), on="2026-03-02"))
    assert (old.status_code, old.json()["code"]) == (409, "BANK_STATEMENT_TOO_OLD")


async def test_a_file_that_cant_be_read_is_refused_whole_with_its_line(world: World) -> None:
    await with_account(world)
    broken = await sent(world, statement(0, 499, entry(500)))
    assert (broken.status_code, broken.json()["code"]) == (422, "BANK_FILE_UNREADABLE")
    assert broken.json()["line"] == 1
    assert await lines(world) == []


async def test_what_came_within_the_day_is_paid_at_once_and_confirmed_by_the_statement(world: World, books: Books) -> None:
    await with_account(world)
    invoice = await world.done("GET", f"/v1/invoices/{await books.invoice(await books.customer(), 1_000)}")
    early = [entry(1_000, invoice["number"], reference="A1"), entry(250, "later", reference="A2")]
    assert (await imported(world, report(early[0])))["lines"] == 1
    assert (await imported(world, report(*early, name="R2")))["lines"] == 1
    assert [line["steps"][0]["kind"] for line in await lines(world, "matched")] == ["payment"]
    within = await balances(world)
    assert (within["bank"], within["unmatched"]) == (1_250, -250)
    told = await imported(world, statement(0, 1_300, *early, entry(50, "new", reference="A3")))
    assert (told["statements"][0]["lines"], told["statements"][0]["known_lines"]) == (1, 2)
    assert sorted(line["amount_minor"] for line in await lines(world)) == [50, 250]
    assert len(await lines(world, "confirming")) == 2
    after = await balances(world)
    assert (after["bank"], after["unmatched"]) == (1_300, -300)
    assert (await world.done("GET", "/v1/bank/reconciliation"))["not_seen"] == [{"currency": "EUR", "amount_minor": 0}]
    assert (await sent(world, report(*early, name="R3"))).json()["already_imported"]


@pytest.mark.parametrize(
    "edit, promise",
    [
        ("update billing.bank_line set amount_minor = 1", None),
        ("delete from billing.bank_step", None),
        (NEXT_STATEMENT.format(carried="closing_minor + 1"), "bank_statement_follows"),
        (NEXT_STATEMENT.format(carried="closing_minor"), "bank_gap_has_its_reason"),
        (
            (
                "insert into billing.bank_step (organisation_id, line_id, step, kind, size_minor, incoming, currency, open_before, open_after, posting_id, ordinal, strand, debit_kind,"
                " debit_holder, credit_kind, credit_holder, shows, rule, reason, made_by) select l.organisation_id, l.line_id, 1, 'other', 500, true, 'EUR', 500, 0, t.posting_id, t.ordinal,"
                " t.strand, 'unmatched', '', 'other', 'bank_fees', l.line_id, 'hand', 'bank_fees', 'x' from billing.bank_line l, billing.transfer t"
            ),
            "bank_step_is_posted",
        ),
    ],
)
async def test_the_chain_holds_against_raw_sql(world: World, edit: str, promise: str | None) -> None:
    await with_account(world)
    await imported(world, statement(0, 500, entry(500)))
    with pytest.raises(asyncpg.PostgresError) as refused:
        await world.sql(edit)
    assert getattr(refused.value, "constraint_name", None) == promise
