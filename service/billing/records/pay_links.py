"""What a customer is told of an invoice, or of what they owe by none, by the link that it is paid by."""

from datetime import datetime
from uuid import UUID

import msgspec

from service.kit.money import Currency, Money


class InvoiceToPay(msgspec.Struct, frozen=True):
    """An invoice as its payer needs it, now."""

    invoice_id: UUID
    customer_id: UUID
    open_minor: int
    contested_minor: int
    """What of it its customer objects to, and isn't asked for until that is decided."""
    written_off_minor: int
    credited_minor: int
    being_collected: bool
    """Whether money of it is on its way already."""

    @property
    def asked_minor(self) -> int:
        """What is asked for now: what they don't object to, or where they object to all of it what they may pay all the same."""
        return self.open_minor - self.contested_minor or self.open_minor

    @property
    def payable(self) -> bool:
        """Whether a customer may begin to pay it."""
        return self.open_minor > 0 and self.written_off_minor == 0 and not self.being_collected


class ClaimToPay(msgspec.Struct, frozen=True):
    """What is owed by no invoice as its payer needs it, now."""

    claim_id: UUID
    customer_id: UUID
    number: str
    """The receipt of the payment that the bank took back."""
    paid_at: datetime
    paid: Money
    open_minor: int
    currency: Currency
    claimed_at: datetime
    disputed: bool
    """Whether its payer had their card's bank take it back; else it was paid back to them before the bank took it."""
    being_collected: bool
    """Whether money of it is on its way already."""

    @property
    def payable(self) -> bool:
        """Whether a customer may begin to pay it."""
        return self.open_minor > 0 and not self.being_collected
