"""Devices in custody, as sent and read."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.authorisations.records.common import Instant
from service.authorisations.records.presentations import Stroke
from service.kit.patterns import LINE, LINES
from service.promises.records import OpenMinutes

Holder = Literal["customer", "staff", "place", "disposal"]
BenchState = Literal[
    "received",
    "waiting",
    "diagnosing",
    "waiting_approval",
    "approved",
    "declined",
    "repairing",
    "testing",
    "ready",
    "handed_back",
    "scrapped",
]
Signature = Annotated[list[Stroke], msgspec.Meta(min_length=1, max_length=100)]
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=200, pattern=LINE)]
Condition = Annotated[str, msgspec.Meta(min_length=2, max_length=4000, pattern=LINES)]
Accessories = Annotated[list[Line], msgspec.Meta(max_length=30)]
Photos = Annotated[list[UUID], msgspec.Meta(min_length=1, max_length=12)]
TakenPhotos = Annotated[list[UUID], msgspec.Meta(max_length=12)]
Reason = Annotated[str, msgspec.Meta(min_length=10, max_length=500, pattern=LINES)]
Step = Annotated[int, msgspec.Meta(ge=1, le=10_000)]


class NewBenchPlace(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A shelf or a bench where a device lies while nobody has it in hand."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=LINE)]
    id: UUID | None = None


class BenchPlace(msgspec.Struct, frozen=True):
    """A place for devices."""

    id: UUID
    name: str


class BenchPlaceAdded(msgspec.Struct, frozen=True):
    """The place, by its id."""

    id: UUID


class NewCustody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A customer's device as it is taken in: how it is, what comes with it, and the customer's signature under both."""

    asset_id: UUID
    condition: Condition
    """What is seen of it: scratches, what works and what doesn't."""
    accessories: Accessories
    """What comes with it; empty for nothing."""
    photo_ids: Photos
    """Photos of the job that show it as it is, taken before (`shows: custody`)."""
    signature: Signature
    """The customer's, drawn on the glass."""
    signed_by: Line
    """Who signs."""
    staff_signature: Signature | None = None
    """Yours, where you draw too: that it is you is known by who is signed in."""
    id: UUID | None = None
    contact_id: UUID | None = None
    visit_id: UUID | None = None
    """The visit at whose door it is taken in; over the counter, where none is named."""
    hear_by: Instant | None = None
    """By when the customer hears of it; or `hear_within_minutes` of open hours, or neither for what is likely to be kept."""
    hear_within_minutes: OpenMinutes | None = None
    captured_at: Instant | None = None
    """When it was signed, if the phone sends it later."""


class OfferedToColleague(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """To whom whoever holds a device gives it; it is theirs once they take it."""

    to_staff_id: UUID
    after_step: Step
    """The hand-over that put it into your hand, as you read it."""


class PutDown(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where whoever holds a device puts it."""

    place_id: UUID
    after_step: Step
    id: UUID | None = None
    captured_at: Instant | None = None


class TakenOver(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """You have it in hand now: from its place, or from the colleague who offers it to you."""

    after_step: Step
    id: UUID | None = None
    captured_at: Instant | None = None


class TakenFromFormer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """You have in hand what somebody held who isn't active here any more."""

    after_step: Step
    reason: Reason
    """Why they don't give it themselves, and where it was found."""
    id: UUID | None = None


class DisposedOf(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A device that you hold goes to nobody any more, as its customer agreed."""

    after_step: Step
    how: Reason
    """Where it was brought, or who fetched it."""
    id: UUID | None = None
    captured_at: Instant | None = None


class HandedBack(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The customer has their device again and signs for it."""

    after_step: Step
    signature: Signature
    signed_by: Line
    staff_signature: Signature | None = None
    condition: Condition | None = None
    accessories: Accessories = []
    photo_ids: TakenPhotos = []
    id: UUID | None = None
    contact_id: UUID | None = None
    captured_at: Instant | None = None


class CustodyOpened(msgspec.Struct, frozen=True):
    """The device taken in, what the customer quotes for it, and by when they hear of it."""

    id: UUID
    reference: str
    step: int
    next_word_at: datetime


class HandOverOffered(msgspec.Struct, frozen=True):
    """That a colleague may take it."""

    id: UUID
    to_staff_id: UUID
    step: int
    """The hand-over that it will be."""


class DeviceMoved(msgspec.Struct, frozen=True):
    """The hand-over, and who holds the device since."""

    id: UUID
    step: int
    holder: Holder
    holder_id: UUID


class HandOver(msgspec.Struct, frozen=True):
    """One hand-over: out of whose hand, into whose, and what was signed."""

    id: UUID
    step: int
    giver: Holder
    giver_id: UUID
    giver_name: str | None
    taker: Holder
    taker_id: UUID
    taker_name: str | None
    taken_because: str | None
    """Why it was taken out of the hand of somebody who didn't give it."""
    signed_by: str | None
    """Who signed on the glass, until they are erased."""
    condition: str | None
    accessories: list[str]
    photo_ids: list[UUID]
    content_hash: str
    signature_hash: str | None
    staff_signature_hash: str | None
    captured_at: datetime
    recorded_at: datetime


class Custody(msgspec.Struct, frozen=True):
    """A device that was taken in: how it stands, where it is, and who holds it."""

    id: UUID
    reference: str
    customer_id: UUID
    customer_name: str
    asset_id: UUID
    asset_kind: str
    asset_name: str
    serial: str | None
    job_id: UUID
    scope_id: UUID
    visit_id: UUID | None
    state: BenchState
    step: int
    """The last hand-over: name it as `after_step`."""
    holder: Holder
    holder_id: UUID
    holder_name: str | None
    held_since: datetime
    offered_to: UUID | None
    """The colleague who may take it."""
    next_word_at: datetime | None
    """By when the customer hears of it."""
    taken_at: datetime
    disposal: str | None
    """What became of it, where it didn't go back."""
