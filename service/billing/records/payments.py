"""Payments, receipts and accounts as sent and received."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.kit.money import Currency, MinorUnits, Money, PositiveMinorUnits
from service.kit.patterns import LINES

Captured = Annotated[
    datetime, msgspec.Meta(tz=True, description="When the money changed hands, as the taker's clock had it; now, if left out.")
]
Cause = Literal["mistyped", "bounced_cheque", "returned_debit", "dispute", "short_hand_in", "other"]
Reason = Annotated[str, msgspec.Meta(min_length=1, max_length=500, pattern=LINES)]


class PositiveMoney(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An amount of at least one minor unit."""

    amount: PositiveMinorUnits
    currency: Currency


class NewCash(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Cash taken, for an invoice or for a customer's account."""

    amount: PositiveMoney
    invoice_id: UUID | None = None
    customer_id: UUID | None = None
    visit_id: UUID | None = None
    captured_at: Captured | None = None
    taken_by: UUID | None = None
    """Who took it, where somebody else enters it; the caller, if left out."""
    id: UUID | None = None
    """The taker's own, made offline, one for each time that money changes hands. Without it the same amount for the same invoice at
    one visit counts as tapped twice: the first payment is answered."""
    receipt_number: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    """Of a book set aside for the taker's device, where one was given without signal; else the receipt gets a number of its own."""


class NewBankTransfer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Money that came by bank; the bank's own reference of the entry makes it one payment, however often it is told."""

    amount: PositiveMoney
    bank_reference: Annotated[str, msgspec.Meta(min_length=1, max_length=140)]
    invoice_id: UUID | None = None
    customer_id: UUID | None = None
    captured_at: Captured | None = None


class Correction(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a mistyped cash entry should have said; nothing in it but the amount may have been wrong."""

    amount: PositiveMoney
    reason: Reason
    id: UUID | None = None
    """Of the new entry."""


class Reversal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a payment is taken back whole."""

    reason: Reason
    cause: Cause = "other"


class PaidInvoice(msgspec.Struct, frozen=True):
    """What a payment paid of an invoice, and what was then open."""

    invoice_id: UUID
    paid_minor: MinorUnits
    open_minor: MinorUnits


class ServiceNow(msgspec.Struct, frozen=True):
    """A subscription that the payment moved."""

    subscription_id: UUID
    from_state: str
    to_state: str
    paid_through_on: str


class PaymentOutcome(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of what was told: a payment with its receipt, money parked for a reason, or no money yet (`noted`)."""

    state: Literal["recorded", "parked", "noted"]
    payment_id: UUID | None = None
    receipt_number: str | None = None
    method: Literal["cash", "card", "bank_transfer", "cheque"] | None = None
    amount: Money | None = None
    customer_id: UUID | None = None
    invoice_id: UUID | None = None
    captured_at: datetime | None = None
    taken_by: UUID | None = None
    visit_id: UUID | None = None
    corrects: UUID | None = None
    """The payment whose mistyped entry this one replaces."""
    paid: list[PaidInvoice] = []
    credit_minor: int = 0
    """The customer's credit after it."""
    services: list[ServiceNow] = []
    renewal_calls_withdrawn: list[UUID] = []
    visits_withdrawn: list[UUID] = []
    parked_id: UUID | None = None
    reason: str | None = None


class Payment(msgspec.Struct, frozen=True):
    """A payment as it was received, and whether it was taken back since."""

    id: UUID
    customer_id: UUID
    method: Literal["cash", "card", "bank_transfer", "cheque"]
    amount: Money
    invoice_id: UUID | None
    taken_by: UUID | None
    visit_id: UUID | None
    captured_at: datetime
    recorded_at: datetime
    receipt_number: str
    corrects: UUID | None
    reversed: bool
    """Taken back whole; a correction, if it was one, is the payment that names this one."""
    corrected_by: UUID | None


class Receipt(msgspec.Struct, frozen=True):
    """A receipt: the number and what was told with it."""

    payment_id: UUID
    receipt_number: str
    issued_at: datetime
    outcome: PaymentOutcome


class OpenInvoice(msgspec.Struct, frozen=True):
    """An invoice of which something is open."""

    invoice_id: UUID
    number: str
    due_on: str
    overdue: bool
    total_minor: MinorUnits
    open_minor: MinorUnits
    currency: str


class AccountBalance(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a customer owes and what they have to their credit, in one currency."""

    currency: str
    owed_minor: MinorUnits
    credit_minor: MinorUnits
    written_off_minor: MinorUnits = 0
    """Of what they owed and nobody expects any more."""


class OpenClaim(msgspec.Struct, frozen=True):
    """What a customer owes by no invoice: the bank took their payment back after it had been refunded."""

    id: UUID
    payment_id: UUID
    amount_minor: MinorUnits
    open_minor: MinorUnits
    currency: str
    since: datetime


class CustomerAccount(msgspec.Struct, frozen=True):
    """A customer's account: balances, every invoice not wholly paid, and what is owed by none."""

    customer_id: UUID
    balances: list[AccountBalance]
    open_invoices: list[OpenInvoice]
    claims: list[OpenClaim]


class WhyOpenAgain(msgspec.Struct, frozen=True):
    """Why a payment was taken back that had paid an invoice, and the cheque that it was."""

    cause: str
    cheque_number: str | None
    cheque_bank: str | None
    cheque_dated_on: date | None


class ReversalReceipt(msgspec.Struct, frozen=True):
    """That a payment was taken back, and what is open again."""

    reversal_id: UUID
    payment_id: UUID
    reopened: list[PaidInvoice]
    claimed_minor: MinorUnits
    """What had been refunded meanwhile: the customer owes it again, by no invoice."""


class UseCredit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In which currency a customer's credit is to pay what is open."""

    currency: Currency


class CreditUsed(msgspec.Struct, frozen=True):
    """What the credit paid, and what is left of it."""

    paid: list[PaidInvoice]
    credit_minor: MinorUnits


class CreditToUse(msgspec.Struct, frozen=True):
    """Somebody who owes although they have credit."""

    customer_id: UUID
    currency: str
