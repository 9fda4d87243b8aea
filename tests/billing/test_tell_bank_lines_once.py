"""No euro of the bank's is counted twice, however often, under whatever name and in whatever parts the bank tells it."""

import asyncio
from decimal import Decimal
from typing import Any

import asyncpg
import pytest

from tests.billing.bank_files import balances, entry, imported, lines, report, sent, statement, with_account
from tests.billing.builders import Books
from tests.world import World


@pytest.fixture(autouse=True)
async def account(world: World) -> str:
    return await with_account(world)


async def owing(world: World, books: Books, amount: int) -> tuple[str, str]:
    """A customer who owes that: their id and the reference printed on the invoice."""
    customer_id = await books.customer()
    invoice = await world.done("GET", f"/v1/invoices/{await books.invoice(customer_id, amount)}")
    return str(customer_id), invoice["payment_reference"]


async def credit_of(world: World) -> int:
    return -(await balances(world)).get("customer_credit", 0)


async def dismissed(world: World, line: dict[str, Any]) -> None:
    await world.done("POST", f"/v1/bank/lines/{line['id']}/dismiss", {"reason": "told_before"}, key=str(world.id()))


def batch(reference: str | None, *parts: tuple[int, str], on: str = "2026-03-03") -> str:
    """One booking in one sum, with its payments and the references that they name."""
    total = Decimal(sum(amount for amount, _ in parts)).scaleb(-2)
    told = f"<AcctSvcrRef>{reference}</AcctSvcrRef>" if reference else ""
    details = "".join(
        f'<TxDtls><Amt Ccy="EUR">{Decimal(amount).scaleb(-2)}</Amt><CdtDbtInd>CRDT</CdtDbtInd><RmtInf><Ustrd>{words}</Ustrd></RmtInf></TxDtls>'
        for amount, words in parts
    )
    return (
        f'<Ntry><Amt Ccy="EUR">{total}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>{on}</Dt></BookgDt>{told}'
        f"<NtryDtls>{details}</NtryDtls></Ntry>"
    )


async def test_a_day_that_is_told_anew_under_another_name_changes_nothing(world: World, books: Books) -> None:
    _, reference = await owing(world, books, 1_000)
    entries = (entry(1_000, creditor=reference, reference="A"), entry(-1_000, "rent", reference="B"))
    await imported(world, statement(0, 0, *entries, name="S1"))
    told = await imported(world, statement(0, 0, *entries, name="S2"))
    assert (told["lines"], told["known_lines"], told["already_imported"]) == (0, 2, True)
    assert (await credit_of(world), len(await lines(world)), (await balances(world))["bank"]) == (0, 1, 0)


@pytest.mark.parametrize("opening", [0, 777], ids=["sums to nil", "with a gap"])
async def test_a_day_of_which_all_is_told_before_is_refused_whatever_its_balances_and_words_say(world: World, opening: int) -> None:
    await imported(world, statement(0, 0, entry(1_000, "x", reference="A"), entry(-1_000, "y", reference="B")))
    anew = statement(opening, opening, entry(1_000, "in other words", reference="A"), entry(-1_000, reference="B"), name="S2")
    for query in ({}, {"gap_reason": "The bank has another numbering"}):
        refused = await sent(world, anew, **query)
        assert (refused.status_code, refused.json()["code"], refused.json()["line"]) == (409, "BANK_STATEMENT_TOLD_BEFORE", 1)
    assert len(await lines(world)) == 2


async def test_without_references_a_person_says_that_it_is_other_money_and_each_line_waits_for_one(world: World, books: Books) -> None:
    _, reference = await owing(world, books, 1_000)
    entries = (entry(1_000, creditor=reference), entry(-1_000, "rent"))
    await imported(world, statement(0, 0, *entries, name="S1"))
    anew = statement(0, 0, *entries, name="S2")
    assert (await sent(world, anew)).json()["code"] == "BANK_STATEMENT_TOLD_BEFORE"
    await imported(world, anew, gap_reason="The bank booked it twice")
    waiting = await lines(world)
    assert [(line["amount_minor"], line["doubt"]) for line in waiting if line["doubt"]] == [
        (1_000, "another_statement"),
        (-1_000, "another_statement"),
    ]
    assert await credit_of(world) == 0
    [again] = [line for line in waiting if line["amount_minor"] > 0]
    [first, *_] = (await world.done("GET", f"/v1/bank/lines/{again['id']}/suggestions"))["items"]
    assert (first["rule"], first["posts"]) == ("creditor_reference", False)


async def test_what_a_gap_tells_again_waits_for_a_person_whose_word_evens_it_out(world: World, books: Books) -> None:
    _, reference = await owing(world, books, 1_000)
    told = entry(1_000, creditor=reference, reference="A")
    await imported(world, statement(0, 1_000, told))
    await imported(world, statement(0, 1_500, told, entry(500, "new", reference="B"), name="S2"), gap_reason="Corrected by the bank")
    assert await credit_of(world) == 0
    [again] = [line for line in await lines(world) if line["doubt"]]
    assert (again["amount_minor"], again["doubt"]) == (1_000, "another_statement")
    await dismissed(world, again)
    after = await balances(world)
    assert (after["bank"], after["unmatched"], after["other:gap"]) == (1_500, -500, 0)


async def test_equal_entries_told_in_one_report_and_two_statements_are_the_same_money(world: World, books: Books) -> None:
    _, reference = await owing(world, books, 2_000)
    same = entry(1_000, creditor=reference)
    await imported(world, report(same, same))
    await imported(world, statement(0, 1_000, same, name="S1"))
    await imported(world, statement(1_000, 2_000, same, name="S2"))
    after = await balances(world)
    assert (after["bank"], after["receivable"], after["customer_credit"], after["unmatched"]) == (2_000, 0, 0, 0)
    assert (await world.done("GET", "/v1/bank/reconciliation"))["not_seen"] == [{"currency": "EUR", "amount_minor": 0}]
    assert (await imported(world, report(same, same, name="R2")))["known_lines"] == 2


@pytest.mark.parametrize("reference", ["R1", None])
async def test_a_batch_itemised_within_the_day_is_confirmed_by_its_sum(world: World, books: Books, reference: str | None) -> None:
    (_, one), (_, other) = await owing(world, books, 2_000), await owing(world, books, 2_990)
    await imported(world, report(batch(reference, (2_000, one), (2_990, other))))
    of_the_day = {} if reference is None else {"reference": reference}
    told = await imported(world, statement(0, 4_990, entry(4_990, "in one sum", **of_the_day)))
    assert (told["lines"], told["known_lines"]) == (0, 2)
    after = await balances(world)
    assert (after["bank"], after["receivable"], after["customer_credit"], after["unmatched"]) == (4_990, 0, 0, 0)
    assert await lines(world) == []
    assert (await world.done("GET", "/v1/bank/reconciliation"))["not_seen"] == [{"currency": "EUR", "amount_minor": 0}]
    again = await sent(world, statement(0, 4_990, entry(4_990, "in one sum", **of_the_day), name="S2"), gap_reason="x")
    assert (again.status_code, again.json()["already_imported"]) == (201, reference is not None)
    assert [line["doubt"] for line in await lines(world)] == ([] if reference else ["another_statement"])


async def test_a_sum_within_the_day_is_confirmed_by_the_batch_that_the_day_itemises(world: World, books: Books) -> None:
    (_, one), (_, other) = await owing(world, books, 2_000), await owing(world, books, 2_990)
    await imported(world, report(entry(4_990, "in one sum", reference="R1")))
    told = await imported(world, statement(0, 4_990, batch("R1", (2_000, one), (2_990, other))))
    assert told["lines"] == 0
    [waiting] = await lines(world)
    assert (waiting["amount_minor"], waiting["interim"]) == (4_990, True)
    after = await balances(world)
    assert (after["bank"], after["unmatched"], after["receivable"]) == (4_990, -4_990, 4_990)


async def test_a_batch_that_is_itemised_after_its_sum_waits_and_is_matched_once(world: World, books: Books) -> None:
    (_, one), (_, other) = await owing(world, books, 2_000), await owing(world, books, 2_990)
    itemised = report(batch("R1", (2_000, one), (2_990, other)), name="R2")
    await imported(world, statement(0, 4_990, entry(4_990, "in one sum", reference="R1")))
    await imported(world, itemised)
    waiting = {line["amount_minor"]: line for line in await lines(world)}
    assert {amount: line["doubt"] for amount, line in waiting.items()} == {4_990: None, 2_000: "told_otherwise", 2_990: "told_otherwise"}
    await dismissed(world, waiting[4_990])
    for amount in (2_000, 2_990):
        [part] = (await world.done("GET", f"/v1/bank/lines/{waiting[amount]['id']}/suggestions"))["items"][0]["parts"]
        match = {"parts": [{"amount_minor": amount, "invoice_id": part["invoice_id"]}]}
        await world.done("POST", f"/v1/bank/lines/{waiting[amount]['id']}/match", match, key=str(world.id()))
    after = await balances(world)
    assert (after["bank"], after["receivable"], after["customer_credit"], after["unmatched"]) == (4_990, 0, 0, 0)


async def test_what_the_day_names_otherwise_than_the_report_waits_for_a_person(world: World, books: Books) -> None:
    _, reference = await owing(world, books, 1_000)
    await imported(world, report(entry(1_000, creditor=reference)))
    await imported(world, statement(0, 1_000, entry(1_000, creditor=reference, reference="BANK-7")))
    [waiting] = await lines(world)
    assert (waiting["doubt"], await credit_of(world)) == ("told_otherwise", 0)
    await dismissed(world, waiting)
    after = await balances(world)
    assert (after["bank"], after["receivable"], after["unmatched"]) == (1_000, 0, 0)
    assert (await world.done("GET", "/v1/bank/reconciliation"))["not_seen"] == [{"currency": "EUR", "amount_minor": 0}]


async def test_a_report_that_comes_after_its_day_with_other_words_pays_nothing_by_itself(world: World, books: Books) -> None:
    _, reference = await owing(world, books, 1_000)
    await imported(world, statement(0, 1_000, entry(1_000, creditor=reference)))
    await imported(world, report(entry(1_000, f"late {reference}")))
    [waiting] = await lines(world)
    assert (waiting["doubt"], await credit_of(world)) == ("told_otherwise", 0)


async def test_two_equal_payments_of_different_people_on_one_day_are_two(world: World, books: Books) -> None:
    (_, one), (_, other) = await owing(world, books, 1_000), await owing(world, books, 1_000)
    await imported(world, report(entry(1_000, creditor=one, name="Ada")))
    await imported(world, statement(0, 2_000, entry(1_000, creditor=other, name="Bob"), entry(1_000, creditor=one, name="Ada")))
    assert ((await balances(world))["receivable"], await lines(world)) == (0, [])


async def test_several_files_of_the_same_money_at_once_are_taken_once(world: World) -> None:
    told = (entry(50, "i"), entry(50, "i"))
    files = [report(*told, name=f"R{n}") for n in range(4)] + [statement(0, 100, *told, name=f"S{n}") for n in range(3)]
    answers = await asyncio.gather(*(sent(world, file, key=str(world.id())) for file in files))
    assert {answer.status_code for answer in answers} <= {201, 409}
    after = await balances(world)
    assert (after["bank"], after["unmatched"]) == (100, -100)


COPY = (
    "insert into billing.bank_line (organisation_id, line_id, statement_id, number, bank_account_id, currency, interim, opening_minor, entry, detail, amount_minor, balance_before,"
    " balance_after, booked_on, entry_key, batch_key, nth, before_statement, before_on, before_repeated, doubtful, reference, end_to_end_id, creditor_references, party_name,"
    " party_account, remittance, booking_text, reversal) select l.organisation_id, gen_random_uuid(), {statement}, {number}, l.bank_account_id, l.currency, l.interim, s.opening_minor, 9, 0,"
    " l.amount_minor, {before}, {before} + l.amount_minor, l.booked_on, l.entry_key, l.batch_key, {again}, false, l.reference, '', '', '', '', '', '', false"
    " from billing.bank_line l, billing.bank_statement s where s.step = 2 and l.statement_id <> s.statement_id"
)


@pytest.mark.parametrize(
    "again, promise",
    [
        ("1, null::uuid, null::date, null::boolean", "one_bank_line_an_entry"),
        ("2, null::uuid, null::date, null::boolean", "only_a_day_told_again_cites"),
        ("2, s.statement_id, l.booked_on, false", "bank_line_cites_the_time_before"),
        ("2, l.statement_id, l.booked_on + 1, false", "bank_line_cites_the_time_before"),
        ("3, l.statement_id, l.booked_on, false", "bank_line_cites_the_time_before"),
    ],
)
async def test_raw_sql_cant_tell_an_entry_again_as_if_for_the_first_time(world: World, again: str, promise: str) -> None:
    await imported(world, statement(0, 500, entry(500, "a", reference="A")))
    await imported(world, statement(500, 600, entry(100, "b", reference="B"), name="S2"))
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refused:
        await world.sql(COPY.format(statement="s.statement_id", number=2, before=600, again=again))
    assert refused.value.constraint_name == promise
