"""Mail for cases as it is kept and read."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

from service.kit.patterns import whole


class NewMailAddress(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An address at which mail for cases is taken in."""

    address: Annotated[str, msgspec.Meta(min_length=3, max_length=254, pattern=whole(r"[^@\s<>\"]+@[^@\s<>\"]+"))]
    id: UUID | None = None


class MailAddressReceipt(msgspec.Struct, frozen=True):
    """Which address it is."""

    id: UUID


class MailAddress(msgspec.Struct, frozen=True):
    """Where mail is taken in."""

    id: UUID
    address: str
    set_at: datetime


class MailPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where a mail belongs; of nobody known, which case it speaks of."""

    customer_id: UUID | None = None
    contact_id: UUID | None = None
    case_id: UUID | None = None
    taken_id: UUID | None = None
    """It was taken in before."""


class MailTaken(msgspec.Struct, frozen=True):
    """As what a mail was taken in."""

    id: UUID


class StrayMail(msgspec.Struct, frozen=True):
    """A mail of nobody known."""

    id: UUID
    sender_name: str
    sender: str
    subject: str
    words: str
    automatic: bool
    case_id: UUID | None
    """The case that it speaks of."""
    reference: str | None
    received_at: datetime
    attachments: int


class StrayTaken(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whose mail it is."""

    customer_id: UUID
    adds_contact: bool = False
    """Whether its sender is a contact of theirs from now on, so that the next mail is known."""


class AttachmentContent(msgspec.Struct, frozen=True):
    """A file as it came."""

    name: str
    media_type: str
    content: bytes


class MailThread(msgspec.Struct, frozen=True):
    """A mail that an answer answers."""

    rfc_id: str
    subject: str
