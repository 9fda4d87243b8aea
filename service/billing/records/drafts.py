"""A draft of what a job may be billed for, with the evidence of each line and the reason of what isn't one."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from service.dispatch.records import JobState


class DraftLine(msgspec.Struct, frozen=True):
    """A line to be sent as it is."""

    item_id: UUID
    quantity: str
    unit: str
    unit_price: str
    amount: int
    work_record_ids: list[UUID]


class DraftBody(msgspec.Struct, frozen=True):
    """An invoice to be sent as it is."""

    customer_id: UUID
    scope_id: UUID
    currency: str
    tax_basis: Literal["excl", "incl"]
    tax_minor: int
    lines: list[DraftLine]


class DraftRequest(msgspec.Struct, frozen=True):
    """The request that posts it, for whoever may; it needs an `Idempotency-Key` like any other."""

    method: Literal["POST"]
    path: Literal["/v1/invoices"]
    body: DraftBody


class WorkBehind(msgspec.Struct, frozen=True):
    """Work that a line bills."""

    id: UUID
    quantity: str
    started_at: datetime
    ended_at: datetime
    staff_id: UUID | None


class Evidence(msgspec.Struct, frozen=True):
    """What a line stands on: the customer's act, the sealed offer that it approved, the work done since."""

    index: int
    description: str
    authorisation_id: UUID
    consented_at: datetime
    channel: str
    offer_id: UUID
    revision: int
    offer_hash: str
    tax_category: str
    tax_rate: str
    work: list[WorkBehind]


class DraftTax(msgspec.Struct, frozen=True):
    """One rate's sum and tax."""

    tax_category: str
    tax_rate: str
    lines_minor: int
    tax_minor: int


class DraftInvoice(msgspec.Struct, frozen=True):
    """An invoice as it would post: the request, the evidence of each line by index, and the figures it would have."""

    request: DraftRequest
    evidence: list[Evidence]
    taxes: list[DraftTax]
    lines_minor: int
    tax_minor: int
    total_minor: int


class NotBillable(msgspec.Struct, frozen=True):
    """What can't be billed here (of an item, or of one work record on it), why, and what would change that."""

    item_id: UUID
    work_record_id: UUID | None
    description: str
    quantity: str
    unit: str
    amount_minor: int | None
    """At the offered price; of what is billed already, what it was billed at."""
    tax_basis: Literal["excl", "incl"]
    """Whether tax comes on top of that amount or is in it."""
    code: str
    detail: str
    remedy: str


class Draft(msgspec.Struct, frozen=True):
    """What a job may be billed for now. One invoice, or none; several only where offers differ in tax basis or lines are too many for one."""

    job_id: UUID
    state: JobState
    customer_id: UUID
    scope_id: UUID
    currency: str
    consent_may_follow_work: bool
    """Whether the job's policy lets the customer agree to what is done already (`consent_deadline` `after_work`)."""
    invoices: list[DraftInvoice]
    not_billable: list[NotBillable]


class DraftMatter(msgspec.Struct, frozen=True):
    """The job and what it charges in."""

    job_id: UUID
    state: JobState
    customer_id: UUID
    scope_id: UUID
    currency: str
    notice_missing: bool
    """The customer has to be told first that it will come to more than they agreed to."""
    consent_may_follow_work: bool


class DraftItem(msgspec.Struct, frozen=True):
    """An offered item with its terms and where its chain stands; figures in ticks and minor units."""

    item_id: UUID
    description: str
    offer_id: UUID
    revision: int
    is_latest: bool
    offer_hash: str
    tax_basis: Literal["excl", "incl"]
    tax_category: str
    tax_numerator: int
    tax_denominator: int
    unit: str
    ticks: int
    denominator: int
    price_numerator: int
    price_denominator: int
    consent: str | None
    """Why it wasn't granted, where it wasn't."""
    authorisation_id: UUID | None
    consented_at: datetime | None
    channel: str | None
    cap_minor: int
    act_net: int
    nothing_due: bool
    """The customer withdrew, and hadn't asked for the work to begin before."""
    granted: int
    performed: int
    billed: int
    net: int
    ended_by: str | None
    """Why work that starts now isn't covered any more, where it isn't."""


class DraftWork(msgspec.Struct, frozen=True):
    """A work record that stands; `used` where a line that still holds something bills it."""

    id: UUID
    item_id: UUID
    ticks: int
    started_at: datetime
    ended_at: datetime
    staff_id: UUID | None
    finding: str | None
    used: bool
