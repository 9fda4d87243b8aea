"""What a customer is told of an invoice by the link that it is paid by."""

from uuid import UUID

import msgspec


class InvoiceToPay(msgspec.Struct, frozen=True):
    """An invoice as its payer needs it, now."""

    invoice_id: UUID
    customer_id: UUID
    open_minor: int
    written_off_minor: int
    credited_minor: int
    being_collected: bool
    """Whether money of it is on its way already."""

    @property
    def payable(self) -> bool:
        """Whether a customer may begin to pay it."""
        return self.open_minor > 0 and self.written_off_minor == 0 and not self.being_collected
