"""Card payments as sent and received, and what the provider told."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from service.kit.money import Money

AttemptState = Literal["begun", "open", "processing", "closed", "succeeded"]


BegunWay = Literal["online", "terminal", "checkout"]
AttemptWay = Literal["online", "terminal", "checkout", "saved"]


class NewCardAttempt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A try to collect what is open of an invoice by card; the id may be the caller's own."""

    id: UUID | None = None
    way: BegunWay = "online"
    """`terminal` is for a card reader: it is shown there by `present`. `checkout` is a link to the provider's own page, good for a day."""


class CardAttemptBegun(msgspec.Struct, frozen=True):
    """That a try was begun; the provider hasn't been asked yet."""

    attempt_id: UUID
    state: AttemptState
    amount: Money
    way: AttemptWay = "online"
    invoice_id: UUID | None = None
    claim_id: UUID | None = None
    """What it collects: an invoice, or what is owed by none."""


class OpenCardAttempt(msgspec.Struct, frozen=True):
    """A try that the customer can pay now."""

    attempt_id: UUID
    invoice_id: UUID | None
    state: AttemptState
    amount: Money
    intent_id: str | None
    """The provider's payment intent; a link has one once its customer pays."""
    client_secret: str | None
    """Lets whoever has it pay this intent: for the customer's browser alone, never kept."""
    claim_id: UUID | None = None
    """What it collects where that is no invoice: what is owed by none."""
    pay_url: str | None = None
    """The provider's page on which the customer pays, for `way: checkout`; none once it was paid, or is over."""


ReaderReason = Literal["declined", "funds", "expired", "pin", "cancelled", "timed_out", "offline", "busy", "failed"]
ReaderAsks = Literal["card", "signature"]


class ReaderFailure(msgspec.Struct, frozen=True):
    """Why a reader brought nothing, and what helps."""

    reason: ReaderReason
    code: str | None
    """The provider's own word."""
    failed_at: datetime
    detail: str = ""
    remedy: str = ""


class AtReader(msgspec.Struct, frozen=True):
    """What a reader was asked for."""

    request: int
    asks: ReaderAsks
    reader_id: str
    asked_at: datetime
    failure: ReaderFailure | None = None


class CardAttempt(msgspec.Struct, frozen=True):
    """A try to collect by card, as it stands."""

    id: UUID
    invoice_id: UUID | None
    customer_id: UUID
    state: AttemptState
    amount: Money
    livemode: bool
    intent_id: str | None
    begun_at: datetime
    payment_id: UUID | None
    """The payment that it brought."""
    way: AttemptWay
    session_id: str | None = None
    """The provider's page, for `way: checkout`."""
    claim_id: UUID | None = None
    """What it collects where that is no invoice: what is owed by none."""
    at_reader: AtReader | None = None
    """What a card reader was asked for last, for `way: terminal`."""
    signed_at: datetime | None = None
    """When the customer's signature on the reader was known here."""


class ToldIntent(msgspec.Struct, frozen=True, kw_only=True):
    """A provider's payment intent in our words."""

    intent_id: str
    status: str
    received_minor: int
    currency: str
    livemode: bool
    created_at: datetime
    attempt_id: UUID | None
    invoice_id: UUID | None
    organisation_id: UUID | None
    """Our own ids in its metadata; none where they aren't ours or can't be read."""


class ToldSession(msgspec.Struct, frozen=True, kw_only=True):
    """A provider's page on which a customer pays, in our words: what became of the attempt by it, never that money came."""

    session_id: str
    intent_id: str | None
    state: AttemptState
    attempt_id: UUID | None
    organisation_id: UUID | None


class ToldEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A provider's event: its id makes it one, however often it comes."""

    event_id: str
    type: str
    told_at: datetime


class EventReceipt(msgspec.Struct, frozen=True):
    """That an event was taken in."""

    event_id: str


class ParkedMoney(msgspec.Struct, frozen=True):
    """Money that is there but matched nothing, and why."""

    id: UUID
    reason: str
    amount: Money
    intent_id: str
    attempt_id: UUID | None
    """As the provider told it; perhaps nobody's."""
    livemode: bool
    captured_at: datetime
    recorded_at: datetime
    payment_id: UUID | None
    """The payment that a person made of it."""


class DriveAgain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose the money is: an invoice's, or on a customer's account."""

    invoice_id: UUID | None = None
    customer_id: UUID | None = None
