"""Work records as sent and received."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.authorisations.records.common import Instant, PositiveQuantity, Text, Unit

Finding = Literal[
    "AUTHORISER_NOT_ENTITLED",
    "CONTACT_CHANGE_UNCONFIRMED",
    "AUTH_DECLINED",
    "NO_EXPRESS_CONSENT",
    "NO_WRITTEN_OFFER",
    "AUTH_RECORD_INCOMPLETE",
    "WORK_BEFORE_AUTH",
    "AUTH_BACKDATED",
    "EMERGENCY_NO_STANDING_AUTH",
    "AUTH_EXPIRED",
    "AUTH_REVOKED",
    "AUTH_SUPERSEDED",
    "WORK_WITHDRAWN",
]


Emergency = Literal["gas", "water", "electricity", "fire", "heating", "access", "health", "other"]


WorkFlag = Literal["RATIFIED_AFTER_WORK", "DATE_EXCEEDED"]


class NewWorkRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was done, by whom and when."""

    item_id: UUID
    quantity: PositiveQuantity
    started_at: Instant
    ended_at: Instant
    unit: Unit | None = None
    staff_id: UUID | None = None
    """Who did it; absent: the member of staff who sends it."""
    visit_id: UUID | None = None
    note: Text | None = None
    emergency: Emergency | None = None
    """Why it could not wait for the customer; `note` then says what was found."""
    photos: Annotated[list[UUID], msgspec.Meta(max_length=12)] = []
    """Photos of the matter that show it; the record cites them by hash."""
    id: UUID | None = None


class NewCorrection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was really done; quantity 0 where it wasn't done at all."""

    quantity: PositiveQuantity
    started_at: Instant
    ended_at: Instant
    note: Text | None = None
    id: UUID | None = None


class WorkReceipt(msgspec.Struct, frozen=True):
    """That it is kept; `finding` says why it can't be billed, where it can't."""

    id: UUID
    item_id: UUID
    billable: bool
    finding: Finding | None
    quantity: str
    corrects: UUID | None = None
    flags: list[WorkFlag] = []
    """What refuses nothing: the customer agreed only after it was done, where the place lets such work be billed; or it was done later than agreed."""


class NewWorkRecords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was done on several items, kept whole or not at all."""

    records: Annotated[list[NewWorkRecord], msgspec.Meta(min_length=1, max_length=100)]


class WorkReceipts(msgspec.Struct, frozen=True):
    """One receipt a record, in their order."""

    records: list[WorkReceipt]
