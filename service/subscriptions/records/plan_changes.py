"""Changes of plan."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec

PlanChangeState = Literal["waiting", "changed", "dropped"]


class NewPlanChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Another plan for a subscription, from a day on; where none is named, from the end of what is billed."""

    plan_item_id: UUID
    change_on: date | None = None
    period_months: Annotated[int, msgspec.Meta(ge=1, le=36)] | None = None


class PlanChange(msgspec.Struct, frozen=True):
    """The subscription that takes over, on which day, once its customer has agreed to `offer_id` by then."""

    subscription_id: UUID
    successor_id: UUID
    offer_id: UUID | None
    change_on: date
    state: PlanChangeState


class PlanStanding(msgspec.Struct, frozen=True):
    """How far a subscription is billed, and the change that waits."""

    today: date
    billed_until: date
    anchor_day: int
    waiting: UUID | None
    billed: bool


class PlansOfChange(msgspec.Struct, frozen=True):
    """What the two plans are called and cost a period, the new one only if the price book has it, and the language of whoever is to agree."""

    language: str
    old: str
    old_minor: int
    old_currency: str
    old_months: int
    new: str | None
    new_minor: int | None
    new_currency: str | None


class PlanChangeDue(msgspec.Struct, frozen=True):
    """A change whose day has come."""

    subscription_id: UUID
    successor_id: UUID
    over: bool
    agreed: bool
