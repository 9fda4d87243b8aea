"""What a line may be, by what it says: pure, from the line and what is known of who might have sent it. The order is that of certainty."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from uuid import UUID

import msgspec

from service.billing.likeness import ALIKE, likeness
from service.billing.records.bank import BankLine, Rule, SuggestedPart, Suggestion
from service.billing.records.bank_matching import (
    ChequeToSee,
    DepositToSee,
    InvoiceToPay,
    KnownPayer,
    PayoutToSee,
    RefundToSee,
    ReturnedPayment,
    ToldPayment,
)
from service.kit.check_digits import rest_of_97

MOST_SUMMED = 12
MOST_SUGGESTED = 9
MOST_NAMED = 20
PAYOUT_WITHIN_DAYS = 7
"""Between the day that the provider says and the day that the bank books."""
LONG_NUMBER = 4
"""Letters and digits of a cheque's number."""
PROVIDER = "STRIPE"
"""As banks write who pays out."""
_A_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_SAYS_CHEQUE = re.compile(r"\b(?:VERRECHNUNGS)?SCHECK|\bCH[EÈ]QUE|\b(?:CHECK|CHQ)\b(?!-)", re.IGNORECASE)
_REFERENCE = re.compile(r"(?<![0-9A-Z])RF[0-9]{2}(?: ?[0-9A-Z]){1,21}")
_PUNCTUATION = re.compile(r"[^0-9A-Z]")
Number = tuple[str, int]
"""A series and a number in it."""


class Known(msgspec.Struct, frozen=True):
    """What is known that a line may be about."""

    told: Sequence[ToldPayment] = ()
    by_reference: Sequence[InvoiceToPay] = ()
    by_end_to_end_id: Sequence[InvoiceToPay] = ()
    by_number: Sequence[InvoiceToPay] = ()
    payers: Sequence[KnownPayer] = ()
    owed_by_payers: Sequence[InvoiceToPay] = ()
    returned: Sequence[ReturnedPayment] = ()
    refunds: Sequence[RefundToSee] = ()
    deposits: Sequence[DepositToSee] = ()
    payouts: Sequence[PayoutToSee] = ()
    cheques: Sequence[tuple[Rule, ChequeToSee]] = ()
    called: Sequence[tuple[UUID, str]] = ()
    owed_by_called: Sequence[InvoiceToPay] = ()


def suggestions(line: BankLine, known: Known, *, known_payer_posts: bool) -> list[Suggestion]:
    """What the line may be, the most certain first, at most nine; the first posts by itself where its `posts` says so, and the line isn't in doubt."""
    found = _going_out(line, known) if line.amount_minor < 0 else _coming_in(line, known, known_payer_posts=known_payer_posts)
    distinct: dict[object, Suggestion] = {}
    for one in found:
        what = (
            one.payment_id,
            one.refund_id,
            one.deposit_id,
            one.payout_id,
            tuple((part.customer_id, part.invoice_id, part.amount_minor) for part in one.parts),
        )
        distinct.setdefault(what, one)
    likely = list(distinct.values())[:MOST_SUGGESTED]
    return [msgspec.structs.replace(one, posts=False) for one in likely] if line.doubt else likely


def _going_out(line: BankLine, known: Known) -> Iterator[Suggestion]:
    yield from _paid_out(line, known.payouts)
    yield from _cheques(line, known, "cheque_number")
    returned = [one for one in known.returned if one.amount_minor == line.open_minor]
    for payment in returned:
        yield Suggestion(
            "returned",
            line.reversal and len(returned) == 1,
            payment_id=payment.payment_id,
            customer_id=payment.customer_id,
            customer_name=payment.customer_name,
        )
    for refund in known.refunds:
        if refund.amount_minor == line.open_minor:
            yield Suggestion(
                "amount", False, refund_id=refund.refund_id, customer_id=refund.customer_id, customer_name=refund.customer_name
            )
    yield from _cheques(line, known, "cheque_amount")


def _coming_in(line: BankLine, known: Known, *, known_payer_posts: bool) -> Iterator[Suggestion]:
    for payment in known.told:
        if (payment.amount_minor, payment.currency) == (line.open_minor, line.currency):
            yield Suggestion(
                "told_before", True, payment_id=payment.payment_id, customer_id=payment.customer_id, customer_name=payment.customer_name
            )
    yield from _cheques(line, known, "told_before")
    yield from _deposited(line, known.deposits)
    yield from _paid_out(line, known.payouts)
    yield from _named(line, known.by_reference, "creditor_reference", exact=False)
    yield from _named(line, known.by_end_to_end_id, "end_to_end_id", exact=False)
    yield from _named(line, known.by_number, "invoice_number", exact=True)
    yield from _cheques(line, known, "cheque_number")
    yield from _cheques(line, known, "cheque_amount")
    payers = {one.customer_id: one.customer_name for one in known.payers}
    owed = [one for one in known.owed_by_payers if one.currency == line.currency and one.open_minor > 0]
    equal = [one for one in owed if one.open_minor == line.open_minor]
    only = len(payers) == 1 and len(equal) == 1
    for invoice in equal:
        yield _of("known_payer", only and known_payer_posts, [(invoice, line.open_minor)])
    yield from _summed(line, owed)
    called = [one for one in known.owed_by_called if one.currency == line.currency and one.open_minor > 0]
    likely = {one: likeness(line.party_name, one.customer_name) for one in called}
    near = sorted(
        (one for one in called if likely[one] >= ALIKE), key=lambda one: (one.open_minor != line.open_minor, -likely[one], one.due_on)
    )
    for invoice in near:
        if invoice.open_minor == line.open_minor:
            yield _of("name", False, [(invoice, line.open_minor)])
    yield from _summed(line, near)
    for invoice in [*owed, *near]:
        yield _of("known_payer" if invoice in owed else "name", False, [(invoice, line.open_minor)])
    for customer_id, name in payers.items():
        yield _on_account("known_payer", line, customer_id, name)
    for customer_id, name in known.called:
        if likeness(line.party_name, name) >= ALIKE:
            yield _on_account("name", line, customer_id, name)


def _cheques(line: BankLine, known: Known, rule: Rule) -> Iterator[Suggestion]:
    """A cheque that comes, or goes back: the only one of its amount that the line names posts, where the line can hardly be anything else."""
    fitting = [cheque for by, cheque in known.cheques if by == rule]
    exact = [one for one in fitting if one.amount_minor == line.open_minor]
    if line.amount_minor > 0:
        is_cheque = not line.party_account or bool(_SAYS_CHEQUE.search(f"{line.remittance} {line.booking_text}"))
    else:
        is_cheque = line.reversal and all(one.amount_minor != line.open_minor for one in known.refunds)
    for one in sorted(fitting, key=lambda it: it.amount_minor != line.open_minor):
        named = rule == "cheque_number" and is_cheque and len(one.number_key) >= LONG_NUMBER and not _A_YEAR.fullmatch(one.number_key)
        yield Suggestion(
            rule, exact == [one] and (rule == "told_before" or named), payment_id=one.payment_id, customer_id=one.customer_id,
            customer_name=one.customer_name, name=one.number, amount_minor=one.amount_minor,
        )  # fmt: skip


def _deposited(line: BankLine, deposits: Sequence[DepositToSee]) -> Iterator[Suggestion]:
    """Cash taken to the bank: of the slip that the line names, or told under its reference, or of its amount, where a person says so."""
    for one in deposits:
        if one.currency == line.currency and one.arrived_minor in (None, line.open_minor):
            exact = (one.arrived_minor or one.amount_minor) == line.open_minor
            posts = exact and one.rule != "deposit_amount" and [it.rule for it in deposits].count(one.rule) == 1
            yield Suggestion(one.rule, posts, deposit_id=one.deposit_id, name=one.slip, amount_minor=one.amount_minor)


def _paid_out(line: BankLine, payouts: Sequence[PayoutToSee]) -> Iterator[Suggestion]:
    """A payout that comes, or goes back: named by the line, or the only one of its amount about that day, which posts where the line says whose it is."""
    fitting = [
        one
        for one in payouts
        if one.currency == line.currency and abs(one.amount_minor) == line.open_minor and one.seen != _arrives(line, one)
    ]
    for one in (it for it in fitting if it.named):
        yield _payout("payout_reference", True, one)
    said = f"{line.party_name} {line.remittance} {line.booking_text}".upper()
    near = [it for it in fitting if not _arrives(line, it) or abs((line.booked_on - it.arrives_on).days) <= PAYOUT_WITHIN_DAYS]
    for one in (it for it in near if not it.named):
        says = PROVIDER in said or bool(one.descriptor and one.descriptor.upper() in said)
        yield _payout("payout_amount", says and len({it.payout_id for it in near}) == 1, one)


def _payout(rule: Rule, posts: bool, one: PayoutToSee) -> Suggestion:
    return Suggestion(
        rule, posts, payout_id=one.payout_id, name=one.provider_payout_id, amount_minor=one.amount_minor, fee_minor=one.fee_minor, line_count=one.line_count
    )  # fmt: skip


def _arrives(line: BankLine, payout: PayoutToSee) -> bool:
    """Whether the line goes the payout's way, and not back."""
    return (line.amount_minor > 0) == (payout.amount_minor > 0)


def _named(line: BankLine, found: Sequence[InvoiceToPay], rule: Rule, *, exact: bool) -> Iterator[Suggestion]:
    """Invoices that the line names: all of them where they come to its amount; one alone, if it needn't, whatever is open of it."""
    invoices = [one for one in found if one.currency == line.currency]
    due = [one for one in invoices if one.open_minor > 0]
    if due and sum(one.open_minor for one in due) == line.open_minor:
        yield _of(rule, True, [(one, one.open_minor) for one in due])
    elif len(invoices) == 1:
        yield _of(rule, not exact, [(invoices[0], line.open_minor)])
    else:
        for invoice in invoices:
            yield _of(rule, False, [(invoice, line.open_minor)])


def _summed(line: BankLine, owed: Sequence[InvoiceToPay]) -> Iterator[Suggestion]:
    """Several invoices of one customer that come to the amount, looked for where they have twelve open at most."""
    for customer_id in dict.fromkeys(one.customer_id for one in owed):
        theirs = [one for one in owed if one.customer_id == customer_id]
        if 2 <= len(theirs) <= MOST_SUMMED:
            for chosen in subsets(theirs, line.open_minor):
                yield _of("subset_sum", False, [(one, one.open_minor) for one in chosen])


def subsets(invoices: Sequence[InvoiceToPay], amount_minor: int, *, most: int = 3) -> list[tuple[InvoiceToPay, ...]]:
    """Two or more of at most twelve invoices that come to the amount exactly: few of them first, and no more than `most` ways."""
    if len(invoices) > MOST_SUMMED or sum(one.open_minor for one in invoices) < amount_minor:
        return []
    found = []
    for size in range(2, len(invoices) + 1):
        for chosen in combinations(invoices, size):
            if sum(one.open_minor for one in chosen) == amount_minor:
                found.append(chosen)
                if len(found) == most:
                    return found
    return found


def _of(rule: Rule, posts: bool, parts: Iterable[tuple[InvoiceToPay, int]]) -> Suggestion:
    return Suggestion(
        rule,
        posts,
        [SuggestedPart(one.customer_id, one.customer_name, one.invoice_id, one.number, one.open_minor, amount) for one, amount in parts],
    )


def _on_account(rule: Rule, line: BankLine, customer_id: UUID, name: str) -> Suggestion:
    return Suggestion(rule, False, [SuggestedPart(customer_id, name, None, None, 0, line.open_minor)])


def referenced(line: BankLine, series: Sequence[str]) -> set[Number]:
    """The numbers whose creditor references (ISO 11649) stand in the line, each with check digits that hold."""
    found: set[Number] = set()
    for text in (line.creditor_references.upper(), line.remittance.upper().replace("\n", " ")):
        for match in _REFERENCE.finditer(text):
            found |= _longest(match[0], text[match.end() :], series)
    return found


def _longest(written: str, behind: str, series: Sequence[str]) -> set[Number]:
    """What the reference says up to one of its blanks or its end, the longest that holds: words may follow it."""
    pieces = written.split(" ")
    if behind[:1].isalnum():  # longer than any reference: its last piece is cut
        pieces.pop()
    for count in range(len(pieces), 0, -1):
        code = "".join(pieces[:count])
        if 5 <= len(code) <= 25 and rest_of_97(code) == 1 and (numbers := _numbers(code[4:], series)):
            return numbers
    return set()


def named(text: str, series: Sequence[str]) -> set[Number]:
    """The invoice numbers that stand in a text as words of their own, however they are hyphened: `INV-1` isn't in `INV-10`."""
    found = set()
    for one in series:
        parts = [re.escape(part) for part in _PUNCTUATION.split(one.upper()) if part]
        pattern = rf"(?<![0-9A-Z]){'[-/._ ]?'.join(parts)}[-/._ ]?0{{0,4}}([1-9][0-9]{{0,8}})(?![0-9A-Z])(?![-/._][0-9])"
        found |= {(one, int(match[1])) for match in re.finditer(pattern, text.upper(), re.ASCII)}
    return set(sorted(found)[:MOST_NAMED])


def named_whole(code: str, series: Sequence[str]) -> set[Number]:
    """The number that an end-to-end id is, as it stands or as its creditor reference."""
    bare = _PUNCTUATION.sub("", code.upper())
    if bare.startswith("RF") and 5 <= len(bare) <= 25 and rest_of_97(bare) == 1:
        return _numbers(bare[4:], series)
    return _numbers(bare, series)


def _numbers(code: str, series: Sequence[str]) -> set[Number]:
    """How a code without punctuation is a series and a number in it."""
    found = set()
    for one in series:
        bare = _PUNCTUATION.sub("", one.upper())
        rest = code.removeprefix(bare)
        if code.startswith(bare) and rest.isascii() and rest.isdigit() and rest[0] != "0" and len(rest) <= 9:
            found.add((one, int(rest)))
    return found


def words_of(name: str) -> list[str]:
    """The words of a payer's name that may find a customer."""
    return [word for word in re.split(r"[^\w]+", name.lower()) if len(word) >= 4][:6]
