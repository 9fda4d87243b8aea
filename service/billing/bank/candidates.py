"""Looks up what lines may be about, a few statements for many lines, and ranks it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from service.billing.bank.matching import Known, Number, named, named_whole, referenced, suggestions, words_of
from service.billing.bank.own_candidates import cheques_on, deposits_on, payouts_on
from service.billing.bank.reading import known as real
from service.billing.queries.bank import (
    CUSTOMERS_CALLED,
    FIND_BANK_LINE,
    INVOICE_SERIES,
    INVOICES_BY_NUMBER,
    KNOWN_PAYERS,
    LIST_BANK_ACCOUNTS,
    OPEN_INVOICES_OF,
    PAYMENTS_RETURNED,
    PAYMENTS_TOLD_BEFORE,
    REFUNDS_NOT_SEEN,
)
from service.billing.records.bank import BankLine, Suggestion, Suggestions
from service.billing.records.bank_matching import CustomerCalled, InvoiceToPay, KnownPayer, ReturnedPayment, ToldPayment
from service.kit.verbs import Work


async def suggest_for_line(work: Work, *, line_id: UUID) -> Suggestions:
    """What a line may be, the most certain first, each with its reason; none where nothing of it is open."""
    line = await work.one(FIND_BANK_LINE, line_id=line_id)
    if line.state != "waiting":
        return Suggestions(line_id, [])
    [found] = await judge_lines(work, lines=[line], with_names=True)
    return Suggestions(line_id, found)


async def find_invoice_numbered(work: Work, *, number: str) -> InvoiceToPay | None:
    """The invoice with that number, however it is hyphened, and what is open of it."""
    series = list(await work.all(INVOICE_SERIES))
    found = await _by_number(work, named_whole(number, series))
    return found.get(number.upper(), next(iter(found.values()), None) if len(found) == 1 else None)


async def judge_lines(work: Work, *, lines: Sequence[BankLine], with_names: bool = False) -> list[list[Suggestion]]:
    """What each line may be; by names only where a person looks, since nothing posts by them."""
    policies = {one.id: one.known_payer_posts for one in await work.all(LIST_BANK_ACCOUNTS)}
    series = list(await work.all(INVOICE_SERIES))
    numbers = [_numbers_in(line, series) for line in lines]
    invoices = await _by_number(work, {number for three in numbers for one in three for number in one})
    told = await _told(work, lines)
    payers = await _payers(work, lines)
    callers = [await _called(work, line) if with_names else [] for line in lines]
    owed = await _owed(work, zip(lines, payers, callers, strict=True))
    returned = await _returned(work, lines)
    deposits, payouts = await deposits_on(work, lines), await payouts_on(work, lines)
    cheques = await cheques_on(work, lines, several=with_names)
    found = []
    for line, (by_reference, by_end_to_end_id, by_number), theirs, called in zip(lines, numbers, payers, callers, strict=True):
        out = line.amount_minor < 0 and (with_names or line.id in cheques)
        known = Known(
            told=[one for key in (line.reference, line.end_to_end_id) for one in told.get(key, [])],
            by_reference=_picked(invoices, by_reference),
            by_end_to_end_id=_picked(invoices, by_end_to_end_id),
            by_number=_picked(invoices, by_number),
            payers=theirs,
            owed_by_payers=[invoice for one in theirs for invoice in owed[one.customer_id, line.currency]],
            returned=returned.get(line.id, []),
            refunds=await work.all(REFUNDS_NOT_SEEN, amount_minor=line.open_minor, currency=line.currency) if out else [],
            deposits=deposits.get(line.id, []),
            payouts=payouts.get(line.id, []),
            cheques=cheques.get(line.id, []),
            called=[(one.customer_id, one.name) for one in called],
            owed_by_called=[invoice for one in called for invoice in owed[one.customer_id, line.currency]],
        )
        found.append(suggestions(line, known, known_payer_posts=policies[line.bank_account_id]))
    return found


def _numbers_in(line: BankLine, series: Sequence[str]) -> tuple[set[Number], set[Number], set[Number]]:
    if line.amount_minor < 0:
        return set(), set(), set()
    return referenced(line, series), named_whole(line.end_to_end_id, series), named(line.remittance, series)


async def _by_number(work: Work, numbers: set[Number]) -> dict[str, InvoiceToPay]:
    if not numbers:
        return {}
    rows = await work.all(INVOICES_BY_NUMBER, series=[series for series, _ in numbers], numbers=[number for _, number in numbers])
    return {row.number: row for row in rows}


def _picked(invoices: dict[str, InvoiceToPay], numbers: Iterable[Number]) -> list[InvoiceToPay]:
    found = (invoices.get(f"{series}-{number}") for series, number in sorted(numbers))
    return [one for one in found if one is not None]


async def _told(work: Work, lines: Sequence[BankLine]) -> dict[str, list[ToldPayment]]:
    keys = {key for line in lines if line.amount_minor > 0 for key in (line.reference, line.end_to_end_id) if real(key)}
    found = defaultdict(list)
    for row in await work.all(PAYMENTS_TOLD_BEFORE, keys=sorted(keys)) if keys else []:
        found[row.key].append(row)
    return found


async def _payers(work: Work, lines: Sequence[BankLine]) -> list[list[KnownPayer]]:
    accounts = {line.party_account for line in lines if line.amount_minor > 0 and line.party_account}
    found = defaultdict(list)
    for row in await work.all(KNOWN_PAYERS, accounts=sorted(accounts)) if accounts else []:
        found[row.account].append(row)
    return [found.get(line.party_account, []) if line.amount_minor > 0 else [] for line in lines]


async def _returned(work: Work, lines: Sequence[BankLine]) -> dict[UUID, list[ReturnedPayment]]:
    out = [line.id for line in lines if line.amount_minor < 0]
    found = defaultdict(list)
    for row in await work.all(PAYMENTS_RETURNED, line_ids=out) if out else []:
        found[row.line_id].append(row)
    return found


async def _called(work: Work, line: BankLine) -> list[CustomerCalled]:
    words = words_of(line.party_name)
    return await work.all(CUSTOMERS_CALLED, words=words) if words else []


async def _owed(
    work: Work, asked: Iterable[tuple[BankLine, list[KnownPayer], list[CustomerCalled]]]
) -> defaultdict[tuple[UUID, str], list[InvoiceToPay]]:
    """What is open of each of these customers, in the currency of the line that is about them."""
    found, wanted = defaultdict[tuple[UUID, str], list[InvoiceToPay]](list), set[tuple[UUID, str]]()
    for line, payers, called in asked:
        wanted |= {(one.customer_id, line.currency) for one in payers} | {(one.customer_id, line.currency) for one in called}
    whose = sorted(wanted)
    customer_ids, currencies = [customer_id for customer_id, _ in whose], [currency for _, currency in whose]
    for row in await work.all(OPEN_INVOICES_OF, customer_ids=customer_ids, currencies=currencies) if whose else []:
        found[row.customer_id, row.currency].append(row)
    return found
