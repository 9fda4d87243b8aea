"""Erasures and holds as sent and received."""

from datetime import datetime
from typing import Literal
from uuid import UUID

import msgspec


class NewErasure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose words are to go: one contact's with their acts, or everybody's of the customer."""

    contact_id: UUID | None = None
    id: UUID | None = None


class ErasureReceipt(msgspec.Struct, frozen=True):
    """That they are gone: of how many acts, of how many contacts, and how many pictures."""

    id: UUID
    acts: int
    contacts: int
    photos: int


class PhotoErased(msgspec.Struct, frozen=True):
    """That a picture is gone; the photo's hash stays."""

    id: UUID


class MatterOfPhoto(msgspec.Struct, frozen=True):
    """The matter that a photo is of."""

    scope_id: UUID
    customer_id: UUID


class NewHold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why nothing about a customer may be erased for now."""

    reason: Literal["dispute", "claim", "order"]
    id: UUID | None = None


class HoldReceipt(msgspec.Struct, frozen=True):
    """The hold that was placed or released."""

    id: UUID


class MatterOfPerson(msgspec.Struct, frozen=True):
    """A matter that a person had to do with: every place it was told to be at, and when the last of it was."""

    places: list[str]
    """Of its policy, of its site when it was opened, of its site now; `ZZ` where nobody has said."""
    trade: str
    zones: list[str]
    """Of its site, when it was opened and now."""
    last_at: datetime
