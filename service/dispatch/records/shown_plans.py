"""A plan as the board shows it: with names."""

from datetime import datetime
from uuid import UUID

import msgspec

from service.dispatch.records.common import JobKind
from service.dispatch.records.plans import Plan


class PlannedJob(msgspec.Struct, frozen=True):
    """Whose job it is that a plan moves, adds or leaves out."""

    id: UUID
    customer_id: UUID
    customer_name: str
    kind: JobKind
    priority: int
    zone: str
    """Of the site."""
    address: str


class PlanName(msgspec.Struct, frozen=True):
    """A technician that a plan speaks of."""

    id: UUID
    name: str
    stands_otherwise: bool
    """Whether the plan changes their days and these no longer stand as they were read: publishing it would be refused."""


class ShownPlan(msgspec.Struct, frozen=True):
    """A plan, the jobs that it changes or leaves out, and the technicians it speaks of."""

    plan: Plan
    jobs: dict[UUID, PlannedJob]
    technicians: dict[UUID, PlanName]
    at: datetime
