"""Saved payment methods, what customers agreed to be charged by them, and the charges, as sent and received."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.kit.money import MinorUnits, Money
from service.kit.patterns import LINES

MethodKind = Literal["card", "sepa_debit"]
MethodState = Literal["saved", "renewed", "withdrawn", "removed", "mandate_ended", "detached", "erased"]
"""`saved` and `renewed` can be charged. `withdrawn` by the customer, `removed` by the office, `detached` at the provider."""
MethodEnd = Literal["withdrawn", "removed", "mandate_ended", "detached"]
Verdict = Literal["again", "ask_customer", "never"]
ChargeState = Literal["running", "paid", "failed", "called_off"]
NoticeDays = Annotated[int, msgspec.Meta(ge=1, le=30, description="Days between telling a customer and charging them.")]
RetryDay = Annotated[int, msgspec.Meta(ge=1, le=14)]


class NewChargePolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How customers are charged by a saved method; a consent keeps the days of notice that it named."""

    notice_days: NoticeDays = 3
    retry_days: Annotated[
        list[RetryDay], msgspec.Meta(max_length=4, description="Days after a charge that failed for now, a try each; none: never again.")
    ] = msgspec.field(default_factory=lambda: [2, 4])
    keeps_quiet_hours: bool = True
    """Nobody is charged in the hours and days of rest of the dunning policy."""


class ChargePolicy(msgspec.Struct, frozen=True):
    """A version of how customers are charged; version 0 is the one that is shipped."""

    version: int
    notice_days: int
    retry_days: list[int]
    keeps_quiet_hours: bool
    set_by: str | None
    set_at: datetime | None


class PolicyReceipt(msgspec.Struct, frozen=True):
    """The version in force now."""

    version: int


class SavingLinkSent(msgspec.Struct, frozen=True):
    """That the link to their own page is on its way to the customer's own address."""

    customer_id: UUID
    link_id: UUID
    expires_at: datetime


class ConsentGiven(msgspec.Struct, frozen=True):
    """That the customer agreed to be charged."""

    consent_id: UUID


class Consent(msgspec.Struct, frozen=True):
    """What the customer agreed to, in the words they read, and by which link."""

    id: UUID
    given_at: datetime
    given_by: str
    text_version: int
    language: str
    wording: str
    wording_hash: str
    notice_days: int


class SavedMethod(msgspec.Struct, frozen=True):
    """A method that a customer saved; the live one that was saved last is charged."""

    id: UUID
    customer_id: UUID
    kind: MethodKind
    brand: str | None
    last4: str | None
    """None once its owner was erased."""
    expires_on: date | None
    """The last day of its month; none for an account."""
    state: MethodState
    state_since: datetime
    charged: bool
    """Whether it is the one that is charged."""
    saved_at: datetime
    consent: Consent


class MethodReceipt(msgspec.Struct, frozen=True):
    """How a saved method stands now."""

    method_id: UUID
    state: MethodState


class Saving(msgspec.Struct, frozen=True):
    """A consent under which a method may be saved, and what the provider has of it."""

    consent_id: UUID
    customer_id: UUID
    livemode: bool
    provider_customer_id: str | None
    provider_session_id: str | None


class MethodAtProvider(msgspec.Struct, frozen=True):
    """A saved method with the provider's ids, for who works with the provider."""

    id: UUID
    provider_method_id: str
    live: bool


class DueCharge(msgspec.Struct, frozen=True):
    """An invoice that may be charged now, and where the customer is."""

    invoice_id: UUID
    zone: str
    jurisdictions: list[str]


class NoticeGiven(msgspec.Struct, frozen=True):
    """What the customer is told."""

    invoice_id: UUID
    charge_on: date
    amount: Money


class ChargeAnew(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The customer's word that an open invoice may be charged once more."""

    agreement: Annotated[
        str,
        msgspec.Meta(
            min_length=10, max_length=500, pattern=LINES, examples=["On the phone with Ada Owner, 2 March, 10:40: charge the card again."]
        ),
    ]
    """Who of them agreed, when and how, in words."""


class ChargeOver(msgspec.Struct, frozen=True):
    """An open invoice of which nothing is charged any more by itself."""

    invoice_id: UUID
    invoice_number: str
    amount: Money


class ChargeBegun(msgspec.Struct, frozen=True):
    """A charge that is committed and may be asked of the provider."""

    attempt_id: UUID
    invoice_id: UUID


class ChargeNow(msgspec.Struct, frozen=True):
    """A charge as it stands, for who works with the provider."""

    attempt_id: UUID
    invoice_id: UUID
    state: str
    amount: Money
    provider_intent_id: str | None
    provider_customer_id: str
    provider_method_id: str
    method_live: bool
    spared: bool
    """Whether it is disputed whole, or its customer promised to pay themselves."""
    asked_minor: MinorUnits
    """What of its invoice is open still, without what its customer objects to."""
    verdict: Verdict | None
    begun_at: datetime


class ChargeNoted(msgspec.Struct, frozen=True):
    """What a failed charge means; nothing where it was paid after all."""

    attempt_id: UUID
    verdict: Verdict | None


class ChargeRow(msgspec.Struct, frozen=True):
    """A charge as kept."""

    id: UUID
    invoice_id: UUID
    invoice_number: str
    customer_id: UUID
    customer_name: str
    ordinal: int
    amount: Money
    method_id: UUID
    brand: str | None
    last4: str | None
    """None once its owner was erased."""
    begun_at: datetime
    state: ChargeState
    payment_id: UUID | None
    verdict: Verdict | None
    code: str | None
    advice: str | None
    failed_at: datetime | None


class Charge(ChargeRow, frozen=True):
    """A charge by a saved method; of one that failed why, in words, and what comes of it."""

    detail: str | None
    remedy: str | None


class FailedCharge(msgspec.Struct, frozen=True):
    """A charge that failed and concerns its customer still."""

    id: UUID
    invoice_number: str
    amount: Money
    verdict: Verdict


class PlannedCharge(msgspec.Struct, frozen=True):
    """What is going to be charged, from which day on; the customer was told."""

    invoice_id: UUID
    invoice_number: str
    amount: Money
    charge_on: date
    told_at: datetime
    tried: int
    """How often it was tried so far."""
    again_on: date | None
    """From when it is tried again, if it failed for now."""


class PlannedCharges(msgspec.Struct, frozen=True):
    """What a customer is going to be charged."""

    items: list[PlannedCharge]
