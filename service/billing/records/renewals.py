"""What is billed ahead of a subscription."""

from datetime import date
from uuid import UUID

import msgspec


class UnusedPeriod(msgspec.Struct, frozen=True):
    """A period with days to come, the line that bills it, and what of that line was given back."""

    invoice_id: UUID
    line_number: int
    from_on: date
    until_on: date
    net_minor: int
    credited_minor: int
