"""Cheques on the bank's lines: one clears by the line that shows it, and is on its way again where that is undone."""

from datetime import UTC, datetime, time
from typing import Literal
from uuid import UUID

from service.billing.clearing import move_cheque
from service.billing.queries.cheques import CHEQUE_AT_BANK, CHEQUE_PAPER, KEEP_CHEQUE
from service.billing.records.bank import BankLine
from service.kit.verbs import Work


async def cleared_by(work: Work, line: BankLine, payment_id: UUID) -> None:
    """A cheque clears by a line, unless somebody said before that it has."""
    at_bank = await work.one(CHEQUE_AT_BANK, payment_id=payment_id)
    if at_bank.state == "on_its_way":
        await _step(work, line, payment_id, "cleared")


async def no_longer_cleared_by(work: Work, line: BankLine, payment_id: UUID) -> None:
    """A cheque is on its way again where it cleared by this line."""
    at_bank = await work.one(CHEQUE_AT_BANK, payment_id=payment_id)
    if at_bank.line_id == line.id:
        await _step(work, line, payment_id, "on_its_way")


async def _step(work: Work, line: BankLine, payment_id: UUID, to_state: Literal["cleared", "on_its_way"]) -> None:
    await move_cheque(
        work.part(),
        payment_id=payment_id,
        to_state=to_state,
        bank_reference=line.reference or line.end_to_end_id,
        line_id=line.id,
        occurred_at=min(work.at, datetime.combine(line.booked_on, time(12), UTC)) if to_state == "cleared" else None,
    )


async def received_again(work: Work, *, payment_id: UUID, again: UUID) -> None:
    """What stands on a cheque whose bounce was undone, beside the payment in its place."""
    paper = await work.one(CHEQUE_PAPER, payment_id=payment_id)
    written = {"number": paper.number, "bank": paper.bank, "dated_on": paper.dated_on}
    await work.part().run(KEEP_CHEQUE, payment_id=again, nth=paper.nth + 1, beside=None, **written)
