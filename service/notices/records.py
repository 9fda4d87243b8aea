"""Notices as kept and shown, and as they leave."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from service.care.records.mails import MailSender
from service.documents.setting import Sheet

Kind = Literal[
    "receipt",
    "invoice",
    "credit_note",
    "compensation_given",
    "compensation_taken_back",
    "payment_reminder",
    "payment_reversed",
    "claim_reminder",
    "saving_link",
    "portal_link",
    "charge_notice",
    "charge_failed",
    "consent_copy",
    "question_reply",
    "approval_held",
    "one_time_code",
    "offer_link",
    "invitation",
    "password_reset",
    "mail_code",
    "cash_limit_reached",
    "webhook_paused",
    "dispute_due",
    "incident_declared",
    "incident_moved",
    "incident_ended",
    "promise_due",
    "promise_broken",
    "promise_renewed",
    "visit_late",
    "visit_on_time",
    "visit_handed_over",
    "visit_missed",
    "case_answer",
    "visit_booked",
    "visit_moved",
    "visit_cancelled",
    "device_taken_in",
    "device_news",
    "device_ready",
    "device_handed_back",
    "device_scrapped",
    "loaner_lent",
    "loaner_due",
    "visit_waits",
    "visit_wait_ended",
]
State = Literal["queued", "sending", "handed_over", "delivered", "bounced", "refused", "unknown", "withdrawn", "failed"]
Channel = Literal["email", "sms", "chat"]


ReachState = Literal["open", "reached", "matter_ended"]


class Moved(msgspec.Struct, frozen=True):
    """The step it stands at now."""

    step: int


class NoticeNow(msgspec.Struct, frozen=True):
    """Where a notice stands, for who delivers it."""

    id: UUID
    kind: Kind
    step: int
    state: State
    sends: int
    unknowns: int
    way: int
    """Which of the ways to somebody it is tried by, from one."""
    queued_at: datetime


class QueuedNotices(msgspec.Struct, frozen=True):
    """Where each stands."""

    notices: list[NoticeNow]


class NewNotice(msgspec.Struct, frozen=True, omit_defaults=True):
    """A notice to queue: to a customer, one of their people or a colleague, and which request caused it where that isn't the present one."""

    notice_id: UUID
    kind: Kind
    subject_kind: str
    subject_id: UUID
    customer_id: UUID | None = None
    contact_id: UUID | None = None
    staff_id: UUID | None = None
    request_id: UUID | None = None


class Notice(msgspec.Struct, frozen=True):
    """Something a person was to be told, and how far it got: `handed_over` says that a mail server or gateway took it, not that anybody read it.

    `bounced`: it was given back. Where a way fails it is `queued` again for the next one.
    """

    id: UUID
    kind: Kind
    customer_id: UUID | None
    contact_id: UUID | None
    """Whom of the customer's people, where it is one of them alone."""
    staff_id: UUID | None
    subject_kind: str
    subject_id: UUID
    queued_at: datetime
    state: State
    reason: str | None
    """Why it was withdrawn, refused or failed."""
    channel: Channel | None
    """By which it was tried last."""
    way: int
    sends: int
    """How often it was offered to whoever carries it."""
    state_since: datetime
    reach: ReachState | None
    """Whether a person is to reach them instead, and what became of it."""


class NoticeState(msgspec.Struct, frozen=True):
    """How far a notice got."""

    id: UUID
    state: State


class Recipient(msgspec.Struct, frozen=True):
    """Whom it goes to: read at the moment of sending."""

    name: str
    address: str
    channel: Channel = "email"
    contact_id: UUID | None = None
    contact_version: int | None = None


class Letter(msgspec.Struct, frozen=True):
    """What is to be told, read from the truth just now."""

    recipient: Recipient | None
    """None: whichever of the customer's people the rule finds a way to."""
    language: str
    values: dict[str, Any]
    paper: Sheet | None = None
    """What comes with it as a file; set once it is known who gets it, outside of any transaction."""
    before: datetime | None = None
    """When it is of no use any more; by then it has left, or somebody is reaching them."""
    subject: str | None = None
    """Of a mail that goes on with a conversation; else what its template says."""
    answers: tuple[str, ...] = ()
    """The Message-IDs of what it answers, the last of them last."""
    first: Channel | None = None
    """By which channel whoever wrote it wants it told, before those of the rule."""
    reply_to: str | None = None
    """Where an answer to it comes in; else the organisation's own address."""
    sender: MailSender | None = None
    """From whom mail is, where the organisation said; else by its name from the operator's address."""
    mark: str = ""
    """What a report of this mail gives back with it (`notice_mark`)."""


class Withdrawn(msgspec.Struct, frozen=True):
    """It needn't be told any more."""

    reason: str


class TakenUp(msgspec.Struct, frozen=True):
    """The notice as it stands now, and the letter where it is to be sent."""

    now: NoticeNow
    letter: Letter | None
    later: datetime | None = None
    """When it is to be looked at again: in somebody's night, or told too often lately."""


class IncidentTelling(msgspec.Struct, frozen=True):
    """How far those got who were to hear that an incident is known."""

    wanted: int
    waiting: int
    handed_over: int
    delivered: int
    bounced: int
    failed: int
    withdrawn: int
    """They didn't want it, or it was over before it left."""
    to_reach: int
    """Whom a person is to reach, since no other way worked."""
