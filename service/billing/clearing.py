"""Where the money of a cheque lies: on its way or in the bank, moved by whoever says so or by a line."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from service.billing.queries.cheques import STEP_CHEQUE
from service.billing.records.cheques import ChequeStanding
from service.kit.verbs import Work


async def move_cheque(
    work: Work,
    *,
    payment_id: UUID,
    to_state: Literal["cleared", "on_its_way"],
    bank_reference: str | None = None,
    line_id: UUID | None = None,
    occurred_at: datetime | None = None,
    told_at: datetime | None = None,
) -> ChequeStanding:
    """Moves a cheque's money into the bank, or back on its way. Under the account's lock."""
    return await work.run(
        STEP_CHEQUE,
        payment_id=payment_id,
        posting_id=work.new_id(),
        to_state=to_state,
        bank_reference=bank_reference,
        line_id=line_id,
        occurred_at=occurred_at or work.at,
        told_at=told_at,
    )
