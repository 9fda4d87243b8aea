"""Doors for texts as they are set and read."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.kit.patterns import LINE

TextChannel = Literal["sms", "chat"]


class NewTextDoor(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A gateway of the operator's that hands texts in."""

    channel: TextChannel
    name: Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=LINE)]
    """Which one, for people: its number, say."""
    id: UUID | None = None


class TextDoorReceipt(msgspec.Struct, frozen=True):
    """Which door it is."""

    id: UUID


class OpenTextDoor(msgspec.Struct, frozen=True):
    """Where texts are handed in, and the secret that signs them."""

    id: UUID
    path: str
    secret: str


class TextDoor(msgspec.Struct, frozen=True):
    """Where texts are taken in."""

    id: UUID
    channel: TextChannel
    name: str
    set_at: datetime


class TextTaken(msgspec.Struct, frozen=True):
    """As what a text was taken in."""

    id: UUID


class TextPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where a text belongs, as far as that is known."""

    customer_id: UUID | None = None
    contact_id: UUID | None = None
    case_id: UUID | None = None
