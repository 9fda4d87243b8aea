"""Devices of the company's own that customers are lent, as sent and read."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.authorisations.records.common import Instant
from service.care.records.custody import Accessories, Condition, Line, Signature, TakenPhotos
from service.kit.patterns import LINE, LINES
from service.promises.records import OpenMinutes

Retired = Literal["lost", "worn_out", "sold"]


class NewLoaner(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A device of ours that may be lent; its name tells it from the others."""

    kind: Annotated[str, msgspec.Meta(min_length=1, max_length=60, pattern=LINE)]
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=LINE)]
    serial: Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=LINE)] | None = None
    id: UUID | None = None


class LoanerAdded(msgspec.Struct, frozen=True):
    """The loaner, by its id."""

    id: UUID


class NewLoan(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A loaner as it goes out, and the customer's signature for it."""

    custody_id: UUID
    """Their own device that is here meanwhile."""
    signature: Signature
    signed_by: Line
    staff_signature: Signature | None = None
    """Yours, where you draw too: that it is you is known by who is signed in."""
    condition: Condition | None = None
    accessories: Accessories = []
    photo_ids: TakenPhotos = []
    """Photos of the job of their device that show the loaner as it is, taken before (`shows: custody`)."""
    back_by: Instant | None = None
    """Until when they have it: by then it is back, or they hear of it. Or `back_within_minutes` of open hours; one of both."""
    back_within_minutes: OpenMinutes | None = None
    id: UUID | None = None
    contact_id: UUID | None = None
    captured_at: Instant | None = None


class LoanerBack(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A loaner as it comes back, and the customer's signature that they gave it."""

    loan_id: UUID
    signature: Signature
    signed_by: Line
    staff_signature: Signature | None = None
    condition: Condition | None = None
    accessories: Accessories = []
    photo_ids: TakenPhotos = []
    contact_id: UUID | None = None
    captured_at: Instant | None = None


class LoanMoved(msgspec.Struct, frozen=True):
    """The loan, and whether the loaner is out."""

    id: UUID
    loaner_id: UUID
    kind: Literal["lent", "returned"]


class RetiredLoaner(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Why one of ours is lent no more."""

    because: Retired
    """`lost` and `sold` end the loan of whoever has it; `worn_out` is one that is here."""
    words: Annotated[str, msgspec.Meta(min_length=2, max_length=500, pattern=LINES)] | None = None


class LoanerRetired(msgspec.Struct, frozen=True):
    """The loaner, which is lent no more."""

    id: UUID
    because: Retired


class LoansSeen(msgspec.Struct, frozen=True):
    """How many loans were looked at."""

    out: int


class LoanStep(msgspec.Struct, frozen=True):
    """Out, back or retired; what was signed goes with the person."""

    step: int
    kind: Literal["lent", "returned", "retired"]
    loan_id: UUID | None
    customer_id: UUID | None
    customer_name: str | None
    custody_id: UUID | None
    signed_by: str | None
    condition: str | None
    accessories: list[str]
    photo_ids: list[UUID]
    because: Retired | None
    words: str | None
    staff_id: UUID
    captured_at: datetime
    recorded_at: datetime


class LoanTold(msgspec.Struct, frozen=True):
    """A loan that goes on, as its customer is told of it."""

    name: str
    serial: str | None
    kind: str
    device_name: str
    reference: str
    signed_by: str | None
    accessories: list[str]
    captured_at: datetime
    back_by: datetime | None


class Loaner(msgspec.Struct, frozen=True):
    """A device of ours that is lent, and with whom it is."""

    id: UUID
    kind: str
    name: str
    serial: str | None
    loan_id: UUID | None
    """None while it is here."""
    customer_id: UUID | None
    customer_name: str | None
    custody_id: UUID | None
    """For which device of theirs."""
    device_name: str | None
    since: datetime | None
    back_by: datetime | None
    late: bool
    asked_back: bool
    """Their own device isn't here any more."""
    retired_because: Retired | None
    """None while it is lent: it is lent no more."""
    retired_words: str | None
    retired_at: datetime | None
    rank: int
    """0: asked back; 1: out; 2: here; 3: retired."""


class LoanOut(msgspec.Struct, frozen=True):
    """A loaner that a customer has, as they are told of it."""

    id: UUID
    loaner_id: UUID
    name: str
    serial: str | None
    custody_id: UUID
    since: datetime
    back_by: datetime | None
    asked_back: bool
