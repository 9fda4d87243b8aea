"""What plans go by: technicians' planning profiles and customers' preferences, as sent and received."""

from typing import Annotated
from uuid import UUID

import msgspec

from service.dispatch.records.common import Loads, Place
from service.kit.money import Money


class PlanningProfile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a plan goes by; what isn't named isn't known, or is as ordinary as it is here."""

    start: Place | None = None
    """Where their day begins; at home, where nothing is said."""
    end: Place | None = None
    """Where it ends; at home, where nothing is said."""
    hour_cost: Money | None = None
    """Of an hour of their shift, in the organisation's own currency."""
    overtime_hour_cost: Money | None = None
    """Of an hour beyond it; half as much again as of any, where nothing is said."""
    km_cost: Money | None = None
    """Of a kilometre that they drive."""
    most_overtime_minutes: Annotated[
        int, msgspec.Meta(ge=0, le=720, description="How long after the end of a shift they may be planned.")
    ] = 0
    speed_percent: Annotated[
        int,
        msgspec.Meta(ge=25, le=400, description="How fast they travel, of what the roads say: on a bicycle less, on an empty night more."),
    ] = 100
    capacity: Annotated[Loads, msgspec.Meta(max_length=20)] = {}


class PlanningProfileFound(msgspec.Struct, frozen=True):
    """A technician's planning profile as it stands; `version` is the technician's own."""

    id: UUID
    start: Place | None
    end: Place | None
    hour_cost: Money | None
    overtime_hour_cost: Money | None
    km_cost: Money | None
    most_overtime_minutes: int
    speed_percent: int
    capacity: dict[str, int]
    version: int


class Preference(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who would rather be sent; nobody in particular, where it is null."""

    technician_id: UUID | None


class CustomerPreference(msgspec.Struct, frozen=True):
    """Who would rather be sent to a customer."""

    customer_id: UUID
    technician_id: UUID | None
