"""Photos as sent and received."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec

from service.authorisations.records.common import Instant

PhotoShows = Literal["reported", "found", "work", "custody"]
"""What the customer reported, what was found, what was done, or a device as it was taken in or handed back."""


class NewPhoto(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said about a photo by whoever took it."""

    shows: PhotoShows
    taken_at: Instant | None = None
    """Claimed; absent: now."""
    visit_id: UUID | None = None
    id: UUID | None = None


class PhotoReceipt(msgspec.Struct, frozen=True):
    """That it is kept, and the hash (SHA-256) of the picture as kept; `received_hash` is of the file as it was sent."""

    id: UUID
    number: int
    photo_hash: str
    received_hash: str


class PhotoRow(msgspec.Struct, frozen=True):
    """A photo that an offer is to show."""

    id: UUID
    shows: PhotoShows
    photo_hash: str
    taken_at: datetime


class Photo(msgspec.Struct, frozen=True):
    """A photo of a matter, without the picture itself."""

    id: UUID
    scope_id: UUID
    number: int
    visit_id: UUID | None
    shows: PhotoShows
    photo_hash: str
    received_hash: str
    width: int
    height: int
    taken_at: datetime
    recorded_at: datetime
    recorded_by: str
    erased: bool
    """The picture was erased; its hash stays."""
