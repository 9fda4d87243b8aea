"""What customers may choose, and what they chose, as sent and received."""

from datetime import datetime, time
from typing import Annotated
from uuid import UUID

import msgspec

from service.dispatch.records.common import JobKind, JobState, TimeOfDay, VisitState


class ChoicePolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far ahead customers choose when somebody comes, until how long before a visit they choose, move and cancel it, how often they may move one, and which windows they see."""

    days_ahead: Annotated[int, msgspec.Meta(ge=1, le=30)]
    hours_before: Annotated[int, msgspec.Meta(ge=0, le=336)]
    most_moves: Annotated[int, msgspec.Meta(ge=0, le=20)]
    earliest: TimeOfDay = time(8)
    """When a window begins at the earliest, and `latest` at the latest, on the wall of the place."""
    latest: TimeOfDay = time(18)
    step_minutes: Annotated[int, msgspec.Meta(ge=15, le=720, description="The best window of each so many minutes is shown.")] = 120


class ChoicePolicyFound(msgspec.Struct, frozen=True):
    """What holds from this version on; in version 0, before anything was said, customers can't choose."""

    version: int
    days_ahead: int | None
    hours_before: int | None
    most_moves: int | None
    earliest: time | None
    latest: time | None
    step_minutes: int | None


class ChoicePolicyReceipt(msgspec.Struct, frozen=True):
    """What was set; `id` is the organisation's."""

    id: UUID
    version: int


class ChoiceLinkReceipt(msgspec.Struct, frozen=True):
    """A link that was made."""

    id: UUID
    expires_at: datetime


class ChoiceLink(msgspec.Struct, frozen=True):
    """A link by which a customer chooses when somebody comes for one job; `path` is secret."""

    id: UUID
    path: str
    expires_at: datetime


class Chosen(msgspec.Struct, frozen=True):
    """The visit that a choice was about."""

    id: UUID


class Choice(msgspec.Struct, frozen=True):
    """A job as its customer sees it: its visit to come, what they may choose, and what they have chosen so far."""

    job_id: UUID
    kind: JobKind
    zone: str
    address: str
    job_state: JobState
    visit_id: UUID | None
    state: VisitState | None
    step: int | None
    starts_at: datetime | None
    arrive_until: datetime | None
    expires_at: datetime | None
    policy_version: int | None
    days_ahead: int | None
    hours_before: int | None
    most_moves: int | None
    earliest: time | None
    latest: time | None
    step_minutes: int | None
    number: int
    moves: int
    last_act: str | None
    """What the customer did last, if it was to the job's latest visit; letting go what was held isn't among it."""
