"""The live day, as sent and received."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from service.dispatch.records.common import Instant, Place


class Position(Place, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where a phone was, when it measured that, and within how many metres it is sure of it."""

    measured_at: Instant
    accuracy_metres: Annotated[int, msgspec.Meta(ge=0, le=100_000)] | None = None


class Positions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a phone measured since it last had signal, in any order."""

    positions: Annotated[list[Position], msgspec.Meta(min_length=1, max_length=200)]


class PositionDropped(msgspec.Struct, frozen=True):
    """A position that isn't kept: measured more than a day ago, outside of every shift, or while nobody waited for a visit of theirs."""

    measured_at: datetime
    code: Literal["TOO_OLD", "OFF_SHIFT", "NOT_NEEDED"]


class PositionsKept(msgspec.Struct, frozen=True):
    """How many are kept by this, how many were before, and what isn't."""

    kept: int
    known: int
    dropped: list[PositionDropped]


class PositionsForgotten(msgspec.Struct, frozen=True):
    """How many are gone."""

    positions: int


class LastPosition(Place, frozen=True, kw_only=True):
    """Where a technician was last, in the shift that is running, and how long ago that was."""

    accuracy_metres: int | None
    measured_at: datetime
    seconds_ago: int
