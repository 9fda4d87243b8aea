"""Promises as sent and received."""

from datetime import date, datetime, time
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.kit.patterns import LINES, whole

Kind = Literal["arrive", "update", "restore", "call_back", "reply", "refund"]
ByHand = Literal["call_back", "update", "refund", "reply"]
State = Literal["open", "kept", "broken", "released", "renewed"]
Via = Literal["phone", "link", "email", "sms", "in_person", "api"]
Words = Annotated[str, msgspec.Meta(min_length=2, max_length=500, pattern=LINES)]
OpenMinutes = Annotated[
    int, msgspec.Meta(ge=1, le=60_000, description="Minutes in which the office is open: nights, weekends and holidays don't count.")
]
Place = Annotated[
    str,
    msgspec.Meta(
        pattern=whole("[A-Z]{2}(-[A-Z0-9]{1,3})?"),
        max_length=6,
        description="ISO 3166: a country, or one of its regions; `ZZ` has no holidays.",
    ),
]
Instant = Annotated[datetime, msgspec.Meta(tz=True)]


class Promise(msgspec.Struct, frozen=True):
    """Something we told a customer we would do before `due_at`, who answers for it, and how it stands."""

    id: UUID
    customer_id: UUID
    kind: Kind
    subject_kind: str
    """What it is about; `promise` where it was made by hand: then `words` say it."""
    subject_id: UUID
    due_at: datetime
    owner_staff_id: UUID
    """Who answers for it now: once it is broken, whom it was handed up to."""
    via: str
    made_by: str
    made_at: datetime
    state: State
    """`renewed`: another time was promised before this one broke."""
    ended_at: datetime | None
    """When it was kept or given up; None while nothing has happened, also after it was due."""
    words: str | None
    """What was promised, or why another time was, where a person wrote it."""


class DuePromise(msgspec.Struct, frozen=True):
    """A promise that nothing has ended, as the day's list tells it."""

    id: UUID
    customer_id: UUID
    customer_name: str
    kind: Kind
    subject_kind: str
    subject_id: UUID
    due_at: datetime
    broken: bool
    owner_staff_id: UUID
    owner_name: str
    escalated: bool
    """Whether it was handed up when it broke."""
    words: str | None
    made_at: datetime


class DueTogether(DuePromise, frozen=True):
    """The first of those that an incident promises the same, or one that stands alone."""

    customers: int


class NewPromise(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A promise by hand. Its time is `due_at`, or `within_minutes` of open hours; without either what is likely to be kept, by how long it took lately."""

    kind: ByHand
    words: Words
    """What was promised; the customer is told it with a new time, should there be one."""
    id: UUID | None = None
    due_at: Instant | None = None
    within_minutes: OpenMinutes | None = None
    owner_staff_id: UUID | None = None
    """Who answers for it; whoever makes it, where nobody is named."""
    via: Via = "phone"
    site_id: UUID | None = None
    """A site of the customer's whose public holidays count too."""


class RenewedPromise(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Another time for the same, and the reason that the customer is mailed with it."""

    reason: Words
    id: UUID | None = None
    due_at: Instant | None = None
    within_minutes: OpenMinutes | None = None
    owner_staff_id: UUID | None = None
    """Who answers for it from now on; who did before, where nobody is named."""


class ReleasedPromise(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Why it needn't be kept: only a customer releases us."""

    reason: Literal["customer_asked", "no_longer_needed"]


class PromiseReceipt(msgspec.Struct, frozen=True):
    """The promise, and by when it is due."""

    id: UUID
    due_at: datetime


class PromiseEnded(msgspec.Struct, frozen=True):
    """How a promise ended."""

    id: UUID
    outcome: Literal["kept", "broken", "released", "renewed"]


class SuggestedDue(msgspec.Struct, frozen=True):
    """By when a promise made now would have been kept nine times out of ten, counted in open hours."""

    kind: ByHand
    due_at: datetime
    took_minutes: int
    from_promises: int
    """How many it is taken from; below five the shipped figure stands in."""
    zone: str


class Took(msgspec.Struct, frozen=True):
    """When a promise was made and when it was kept, late or not."""

    made_at: datetime
    happened_at: datetime


class OpenHours(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One weekday's hours by the organisation's clock."""

    weekday: Annotated[int, msgspec.Meta(ge=1, le=7, description="1 is Monday.")]
    opens: Annotated[time, msgspec.Meta(tz=False)]
    closes: Annotated[time, msgspec.Meta(tz=False, description="`00:00:00` is the end of the day.")]


class NewPromisePolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """When the office is there, and how its promises are watched."""

    hours: Annotated[list[OpenHours], msgspec.Meta(min_length=1, max_length=7)]
    """Each weekday once; one that isn't named is a day of rest."""
    place: Place
    """Whose public holidays the office keeps."""
    rests_on_holidays: bool = True
    warn_minutes: Annotated[int, msgspec.Meta(ge=5, le=10_080)] = 60
    """How long before it breaks the owner is warned."""
    escalates_to: UUID | None = None
    """Who answers for what is broken; a manager, where nobody is named."""


class PromisePolicy(msgspec.Struct, frozen=True):
    """A version of the policy; version 0 is the one that is shipped: always open."""

    version: int
    opens_minute: list[int]
    """Minutes after midnight, Monday first."""
    closes_minute: list[int]
    """A day that closes when it opens is one of rest."""
    rests_on_holidays: bool
    place: str
    warn_minutes: int
    escalates_to: UUID | None
    set_by: str | None
    set_at: datetime | None


class PolicySet(msgspec.Struct, frozen=True):
    """The version that is in force now."""

    version: int


class PromiseDays(msgspec.Struct, frozen=True):
    """Which days a report is of, and where they begin."""

    from_on: date
    until_on: date
    from_at: datetime
    until_at: datetime
    zone: str


class KeptRate(msgspec.Struct, frozen=True):
    """How promises of one kind ended that were due in one week, by the role of whoever answered for them."""

    week_from: date
    kind: Kind
    team: str
    kept: int
    broken: int
    renewed: int
    released: int
    open: int
    kept_permille: int | None
    """Kept among kept, broken and renewed; None where there is none of them."""


class KeptReport(msgspec.Struct, frozen=True):
    """Kept-rates of the promises due on those days."""

    from_on: date
    until_on: date
    zone: str
    items: list[KeptRate]


class Watched(msgspec.Struct, frozen=True):
    """How many were warned of, and how many were handed up."""

    warned: int
    escalated: int
