"""Looks up which cheques and which of our own money lines may show: by words in which a number is found however the bank writes it, and by amount."""

import re
from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from service.billing.bank.reading import known as real
from service.billing.queries.cheques import CHEQUES_NOT_SEEN, CHEQUES_TO_SEE
from service.billing.queries.deposits import DEPOSITS_TO_SEE
from service.billing.queries.payouts import PAYOUTS_TO_SEE
from service.billing.records.bank import BankLine, Rule
from service.billing.records.bank_matching import ChequeToSee, DepositToSee, PayoutToSee
from service.kit.verbs import Work

MOST_WORDS = 60
MOST_TOGETHER = 3
"""Pieces of which a slip's number is made: `E-4711`, `2026 03 0017`."""
SHORTEST = 3
_PIECE = re.compile(r"[0-9A-Z]+")


def words_in(line: BankLine) -> set[str]:
    """Each word of the line, and neighbouring ones as one word, without what stands between their letters and digits."""
    found: set[str] = set()
    for text in (line.remittance, line.reference, line.end_to_end_id, line.booking_text):
        pieces = _PIECE.findall(text.upper())[:MOST_WORDS]
        for size in range(1, MOST_TOGETHER + 1):
            found |= {"".join(pieces[at : at + size]) for at in range(len(pieces) - size + 1)}
    return {one for one in found if SHORTEST <= len(one) <= 60}


async def deposits_on(work: Work, lines: Sequence[BankLine]) -> dict[UUID, list[DepositToSee]]:
    """Cash taken to the bank that each line names, by slip or by the reference that was told, or that is of its amount."""
    said = {
        line.id: (words_in(line), {one for one in (line.reference, line.end_to_end_id) if real(one)})
        for line in lines
        if line.amount_minor > 0
    }
    if not said:
        return {}
    amounts = sorted({(line.open_minor, line.currency) for line in lines if line.amount_minor > 0})
    rows = await work.all(
        DEPOSITS_TO_SEE,
        words=sorted({word for words, _ in said.values() for word in words}),
        references=sorted({one for _, references in said.values() for one in references}),
        amounts=[amount for amount, _ in amounts],
        currencies=[currency for _, currency in amounts],
    )
    found = defaultdict(list)
    for line in (one for one in lines if one.id in said):
        words, references = said[line.id]
        for row in rows:
            by = {"deposit_slip": row.slip_key in words, "told_before": row.bank_reference in references}
            if by.get(row.rule, row.amount_minor == line.open_minor):
                found[line.id].append(row)
    return found


async def cheques_on(work: Work, lines: Sequence[BankLine], *, several: bool) -> dict[UUID, list[tuple[Rule, ChequeToSee]]]:
    """Cheques that each line names, by number or by the reference that was told, or that are of its amount; with `several`, smaller ones that one line may hold too."""
    said = {line.id: (words_in(line), {one for one in (line.reference, line.end_to_end_id) if real(one)}) for line in lines}
    if not said:
        return {}
    keys = sorted({(word, line.amount_minor > 0) for line in lines for word in said[line.id][0]})
    amounts = sorted({(line.open_minor, line.currency, line.amount_minor > 0) for line in lines})
    rows = await work.all(
        CHEQUES_TO_SEE,
        keys=[key for key, _ in keys],
        incoming=[incoming for _, incoming in keys],
        references=sorted({one for line in lines if line.amount_minor > 0 for one in said[line.id][1]}),
        amounts=[amount for amount, _, _ in amounts],
        currencies=[currency for _, currency, _ in amounts],
        amounts_in=[incoming for _, _, incoming in amounts],
    )
    found = defaultdict(list)
    for line in lines:
        words, references = said[line.id]
        theirs = rows
        if several and line.amount_minor > 0:
            theirs = [*rows, *await work.all(CHEQUES_NOT_SEEN, currency=line.currency, below_minor=line.open_minor)]
        seen = set[UUID]()
        for row in theirs:
            fits = row.incoming == (line.amount_minor > 0) and row.currency == line.currency and row.amount_minor <= line.open_minor
            if not fits or row.payment_id in seen:
                continue
            rule: Rule = "cheque_amount"
            if row.bank_reference in references and row.incoming:
                rule = "told_before"
            elif row.number_key in words:
                rule = "cheque_number"
            elif not several and row.amount_minor != line.open_minor:
                continue
            seen.add(row.payment_id)
            found[line.id].append((rule, row))
    return found


async def payouts_on(work: Work, lines: Sequence[BankLine]) -> dict[UUID, list[PayoutToSee]]:
    """Payouts that each line names, or that are of its amount about its day."""
    said = {line.id: words_in(line) for line in lines}
    if not said:
        return {}
    amounts = sorted({(line.open_minor, line.currency, line.booked_on) for line in lines})
    rows = await work.all(
        PAYOUTS_TO_SEE,
        words=sorted({word for words in said.values() for word in words}),
        amounts=[amount for amount, _, _ in amounts],
        currencies=[currency for _, currency, _ in amounts],
        days=[day for _, _, day in amounts],
    )
    found = defaultdict(list)
    for line in lines:
        seen = set[tuple[UUID, bool]]()
        for row in rows:
            fits = bool({row.name_key, row.trace_key} & said[line.id]) if row.named else abs(row.amount_minor) == line.open_minor
            if fits and (row.payout_id, row.named) not in seen:
                seen.add((row.payout_id, row.named))
                found[line.id].append(row)
    return found
