"""Jobs as sent and received."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from service.authorisations.records import PriceForm, ScopeRow, Trade
from service.dispatch.records.common import CrewSize, JobKind, JobState, Loads, Skills, VisitState
from service.kit.patterns import whole

Reference = Annotated[str, msgspec.Meta(pattern=whole("J-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}"), max_length=13)]


class NewJob(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A piece of field work for a customer; the id may be the caller's own."""

    customer_id: UUID
    site_id: UUID
    kind: JobKind
    asset_id: UUID | None = None
    priority: Annotated[int, msgspec.Meta(ge=1, le=5, description="1 is the most urgent.")] = 3
    skills: Annotated[Skills, msgspec.Meta(max_length=20)] = {}
    loads: Annotated[Loads, msgspec.Meta(max_length=20)] = {}
    """What has to be brought along, or taken away."""
    preferred_technician_id: UUID | None = None
    """Who would rather be sent than others; absent, whom the customer prefers."""
    duration_minutes: Annotated[int, msgspec.Meta(ge=5, le=1440)] = 60
    arrival_minutes: Annotated[int, msgspec.Meta(ge=15, le=720, description="Length of the arrival window that the customer is told.")] = 60
    crew_size: CrewSize = 1
    """How many go together on each visit; who leads them has the skills."""
    visits_needed: Annotated[int, msgspec.Meta(ge=1, le=100)] = 1
    """How many visits have to complete it; more than one for work of several days."""
    collects_invoice_ids: Annotated[list[UUID], msgspec.Meta(max_length=50)] = []
    symptom: Annotated[str, msgspec.Meta(max_length=4000, description="What the customer reported, in their words.")] = ""
    currency: Annotated[str, msgspec.Meta(pattern=whole("[A-Z]{3}"))] | None = None
    """ISO 4217; the organisation's own where none is named."""
    policy_name: Annotated[str, msgspec.Meta(min_length=1, max_length=60)] | None = None
    """The tolerance policy of its scope; absent: the policy published for the site's jurisdiction, the trade and the price form, else no tolerance."""
    trade: Trade = "any"
    price_form: PriceForm = "any"
    """How the price is agreed, where the law asks: a limit may bind harder than an estimate."""
    id: UUID | None = None


class JobReceipt(msgspec.Struct, frozen=True):
    """That the job is open, and the scope it charges in."""

    id: UUID
    scope_id: UUID
    state: JobState


class JobEnded(msgspec.Struct, frozen=True):
    """How a job stands now."""

    id: UUID
    state: JobState


class NeededVisits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many visits have to complete a job."""

    visits_needed: Annotated[int, msgspec.Meta(ge=1, le=100)]


class PartsDue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When the parts that a job waits for are there; none where it waits for none any more."""

    there_at: Annotated[datetime, msgspec.Meta(tz=True, description="RFC 3339 with an offset.")] | None


class PartsSaid(msgspec.Struct, frozen=True):
    """What was said of a job's parts."""

    id: UUID
    there_at: datetime | None


class JobParts(msgspec.Struct, frozen=True):
    """How a job stands, and how much of it is done."""

    id: UUID
    state: JobState
    visits_needed: int
    visits_done: int


class Matter(ScopeRow, frozen=True):
    """What a job charges in, and its state."""

    state: JobState
    symptom: str


class VisitOfJob(msgspec.Struct, frozen=True):
    """A visit in short."""

    id: UUID
    state: VisitState
    technician_id: UUID
    from_: datetime = msgspec.field(name="from")
    until: datetime


class JobLine(msgspec.Struct, frozen=True):
    """A job in a list."""

    id: UUID
    reference: str
    """What people call it by, on every document of it: `J-7K3QD-M2X9T`."""
    customer_id: UUID
    site_id: UUID
    asset_id: UUID | None
    scope_id: UUID
    kind: JobKind
    state: JobState
    priority: int
    opened_at: datetime


class Job(JobLine, frozen=True):
    """A job as it stands, with its visits."""

    currency: str
    skills: dict[str, int]
    loads: dict[str, int]
    preferred_technician_id: UUID | None
    duration_minutes: int
    arrival_minutes: int
    crew_size: int
    visits_needed: int
    visits_done: int
    """Visits that completed a part."""
    collects_invoice_ids: list[UUID]
    symptom: str
    visits: list[VisitOfJob]
