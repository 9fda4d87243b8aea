"""The customer's link to everything of theirs, as sent and answered."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from service.care.records.bench import BenchStep
from service.care.records.custody import BenchState, Custody, HandOver


class NewPortalLink(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """To whom of the customer's people it goes."""

    contact_id: UUID | None = None
    """None: the first of those who may agree to things and can be written to."""


class PortalLink(msgspec.Struct, frozen=True):
    """A link that was sent, and until when it is good; its secret is known to whoever gets it alone."""

    id: UUID
    customer_id: UUID
    contact_id: UUID
    expires_at: datetime


class PortalLinksSent(msgspec.Struct, frozen=True):
    """Every link that was sent."""

    links: list[PortalLink]


class PortalLinkKept(msgspec.Struct, frozen=True):
    """The link that a mail carries; None to whom none is given."""

    link_id: UUID | None


class PortalLinksEnded(msgspec.Struct, frozen=True):
    """How many links are good no more."""

    ended: int


class DeviceHere(msgspec.Struct, frozen=True):
    """A device of a customer's that we have, as they are told of it."""

    id: UUID
    reference: str
    name: str
    state: BenchState
    since: datetime
    """Since when it is where it is."""
    next_word_at: datetime | None


class DeviceKept(msgspec.Struct, frozen=True):
    """A device of a customer's that was taken in, now or before."""

    id: UUID
    reference: str
    name: str
    state: BenchState
    taken_at: datetime


class NewsOfDevice(msgspec.Struct, frozen=True):
    """What a customer was told of their device."""

    words: str
    at: datetime


class LoanOfDevice(msgspec.Struct, frozen=True):
    """One of ours that a customer had instead of theirs: as it went out, as it came back, or that it is owed no longer."""

    name: str
    kind: Literal["lent", "returned", "retired"]
    signed_by: str | None
    condition: str | None
    accessories: list[str]
    photo_ids: list[UUID]
    captured_at: datetime


class DeviceStory(msgspec.Struct, frozen=True):
    """All that a customer is shown of a device of theirs."""

    device: Custody
    steps: list[BenchStep]
    hand_overs: list[HandOver]
    news: list[NewsOfDevice]
    loans: list[LoanOfDevice]
    pictures: list[UUID]
    """The photos that can be shown."""
