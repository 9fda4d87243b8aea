"""Objections to lines of invoices, as sent and read."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.billing.records.credit_notes import CreditQuantity
from service.billing.records.refunds import Via
from service.care.records import Channel
from service.care.records.cases import Words
from service.kit.money import MinorUnits, Money

ObjectionReason = Literal["not_ordered", "not_done", "badly_done", "quantity", "price", "paid_before", "else"]
Outcome = Literal["explained", "credited", "refunded"]


class NewObjection(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """That a customer contests a line, in their own words. It promises them a reply, and dunning leaves what it is about alone until it is decided."""

    line_number: Annotated[int, msgspec.Meta(ge=1, le=1000)]
    reason: ObjectionReason
    words: Words
    channel: Channel = "phone"
    id: UUID | None = None
    contact_id: UUID | None = None
    """Who said it, and is answered by mail where they have an address for it."""
    case_id: UUID | None = None
    """The case that it belongs to; where none is named, the open one in which this invoice was objected to before, or a new one."""


class NewDecision(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How it is decided, in words that the customer gets: by mail they are sent, any other way they have just been said."""

    outcome: Outcome
    words: Words
    channel: Channel = "email"
    answer_id: UUID | None = None
    quantity: CreditQuantity = "0"
    """How much of the line is given back, and may be billed again once it was done."""
    amount: MinorUnits | None = None
    """How much money before tax; absent: that quantity's share."""
    refund_via: Via | None = None
    """How money that the customer paid goes back to them."""
    payment_id: UUID | None = None
    """The card payment that it goes back to."""


class Objected(msgspec.Struct, frozen=True):
    """That it is objected to: where it is dealt with, by when it is answered, and what it is about, with its tax."""

    id: UUID
    case_id: UUID
    reference: str
    reply_due_at: datetime
    contested: Money


class Decided(msgspec.Struct, frozen=True):
    """That it is decided, and what was given back and paid out for it, with its tax."""

    id: UUID
    outcome: Outcome
    credit_note_id: UUID | None
    credited_minor: int
    refund_id: UUID | None
    refunded_minor: int


class Objection(msgspec.Struct, frozen=True):
    """An objection as it stands."""

    id: UUID
    customer_id: UUID
    invoice_id: UUID
    invoice_number: str
    line_number: int
    description: str
    number: int
    """The so-manieth to this line."""
    reason: ObjectionReason
    contested: Money
    case_id: UUID
    reference: str
    words: str | None
    """None once they were erased with the person."""
    raised_by: str
    raised_at: datetime
    reply_due_at: datetime
    outcome: Outcome | None
    answer: str | None
    credit_note_id: UUID | None
    credit_note_number: str | None
    credited: Money | None
    refund_id: UUID | None
    refunded: Money | None
    decided_by: str | None
    decided_at: datetime | None


class Shown(msgspec.Struct, frozen=True):
    """When the wording that the line's item stands in was shown to the customer, and how."""

    shown_at: datetime
    channel: str
    offer_hash: str


class Said(msgspec.Struct, frozen=True):
    """What the customer said to the item, when and how."""

    authorisation_id: UUID
    said_at: datetime
    recorded_at: datetime
    channel: str
    kind: str
    verdict: Literal["approved", "declined"]
    in_force: bool
    entry_hash: str


class Done(msgspec.Struct, frozen=True):
    """Work that was recorded on the item; `finding` says why it could not be billed, where it couldn't."""

    work_record_id: UUID
    quantity: str
    started_at: datetime
    ended_at: datetime
    finding: str | None


class Judgement(msgspec.Struct, frozen=True):
    """How the line was judged as it was posted: each rule's result in order, and how its item stood."""

    results: str
    policy: str | None
    policy_version: int | None
    asked: str | None
    authorised: str | None
    performed: str | None
    billed_before: str | None


class LineEvidence(msgspec.Struct, frozen=True):
    """What a line of an invoice stands on."""

    line_number: int
    description: str
    quantity: str
    unit: str
    net: Annotated[int, msgspec.Meta(description="Before tax, as it was billed.")]
    currency: str
    invoice_number: str
    issued_on: date
    shown: list[Shown]
    said: list[Said]
    done: list[Done]
    judged: Judgement
    credited_net: int


class ObjectedLine(msgspec.Struct, frozen=True):
    """A line as it stands for whoever objects to it."""

    customer_id: UUID
    currency: str
    item_id: UUID | None
    line_ticks: int
    line_net: int
    scope_id: UUID | None
    rest_minor: int
    objections: int
    open: bool
    case_id: UUID | None
