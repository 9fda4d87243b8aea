"""What matching looks at."""

from datetime import date
from typing import Literal
from uuid import UUID

import msgspec

Sighted = Literal["told", "seen", "reversed", "returned", "over"]
"""Told by hand; seen on a line; taken back; seen taken back on a line; both."""


class InvoiceToPay(msgspec.Struct, frozen=True):
    """An invoice that a line may be for, and what is open of it."""

    invoice_id: UUID
    customer_id: UUID
    customer_name: str
    number: str
    currency: str
    open_minor: int
    due_on: date


class InvoiceOpen(msgspec.Struct, frozen=True):
    """What is open of an invoice now."""

    invoice_id: UUID
    open_minor: int


class KnownPayer(msgspec.Struct, frozen=True):
    """For whom an account has paid."""

    account: str
    customer_id: UUID
    customer_name: str


class ToldPayment(msgspec.Struct, frozen=True):
    """A payment that was told by hand under the bank's reference."""

    payment_id: UUID
    customer_id: UUID
    customer_name: str
    key: str
    amount_minor: int
    currency: str


class ReturnedPayment(msgspec.Struct, frozen=True):
    """The payment that a line going out takes back."""

    line_id: UUID
    payment_id: UUID
    customer_id: UUID
    customer_name: str
    amount_minor: int


class RefundToSee(msgspec.Struct, frozen=True):
    """A refund by bank of which no line is known."""

    refund_id: UUID
    customer_id: UUID
    customer_name: str
    amount_minor: int


class PaymentToTakeBack(msgspec.Struct, frozen=True):
    """A payment, where its money lies, and whether it stands."""

    payment_id: UUID
    customer_id: UUID
    amount_minor: int
    currency: str
    method: str
    source_kind: str
    source_holder: str
    invoice_id: UUID | None
    reversal_id: UUID | None
    returned_on: UUID | None
    """The line that shows that it was taken back."""
    state: Sighted
    """How far lines show it, where it was told by hand."""
    seen_on: UUID | None
    seen_in: int | None
    """The line and the step that show it."""


class DepositInBank(msgspec.Struct, frozen=True):
    """A deposit, whether it has arrived, and whether a line shows it."""

    deposit_id: UUID
    slip: str
    slip_key: str
    amount_minor: int
    currency: str
    arrived_minor: int | None
    """As told or shown; None while it is on its way."""
    arrival_step: int
    shown: bool
    """It arrived by a line."""
    bank_reference: str | None
    sight: int
    seen: bool


class DepositToSee(DepositInBank, frozen=True):
    """A deposit that no line shows, and what it was found by."""

    rule: Literal["deposit_slip", "told_before", "deposit_amount"]


class ChequeToSee(msgspec.Struct, frozen=True):
    """A cheque that a line may show, whose money comes or goes back."""

    payment_id: UUID
    customer_id: UUID
    customer_name: str
    number: str
    number_key: str
    amount_minor: int
    currency: str
    bank_reference: str | None
    incoming: bool
    """The line that it waits for brings its money; else the line takes it back."""


class PayoutInBank(msgspec.Struct, frozen=True):
    """A payout, and whether a line has it that nothing took back."""

    payout_id: UUID
    provider_payout_id: str
    amount_minor: int
    currency: str
    arrives_on: date
    descriptor: str | None
    name_key: str
    trace_key: str | None
    sight: int
    seen: bool
    fee_minor: int
    line_count: int


class PayoutToSee(PayoutInBank, frozen=True):
    """A payout that a line may show."""

    named: bool


class CustomerCalled(msgspec.Struct, frozen=True):
    """A customer whose name has words of the payer's in it."""

    customer_id: UUID
    name: str
