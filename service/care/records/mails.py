"""Mail for cases as it is kept and read."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

import msgspec

from service.care.records import Channel
from service.care.records.cases import CaseFile
from service.kit.patterns import LINE, whole


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
    proven_at: datetime | None
    """When a code that went there was sent back; mail is from no other address."""
    sends_as: str | None
    """By which name our mail is from it, where it is the one that our mail is from."""


class MailCodeAsked(msgspec.Struct, frozen=True):
    """That a code goes to the address, and until when it proves it."""

    id: UUID
    mail_address_id: UUID
    expires_at: datetime


class NewMailProof(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What stood in the mail that went to the address."""

    code: Annotated[str, msgspec.Meta(min_length=12, max_length=40, pattern=LINE)]


class NewMailSender(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """By which name our mail is from an address."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=LINE)]


class MailSender(msgspec.Struct, frozen=True):
    """From whom our mail is."""

    name: str
    address: str


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
    """What came in from nobody known: a mail, a text or what somebody wrote into the form."""

    id: UUID
    channel: Channel
    sender_name: str
    sender: str
    """The address or number that it came from."""
    subject: str
    words: str
    automatic: bool
    case_id: UUID | None
    """The case that it speaks of."""
    reference: str | None
    received_at: datetime
    attachments: list[CaseFile]
    came_back_to: str | None = None
    """Whom a mail didn't reach that a server gives back with it."""
    came_back_because: str | None = None
    """Why, as that server says it."""


class StrayTaken(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Whose it is."""

    customer_id: UUID
    adds_contact: bool = False
    """Whether its sender is a contact of theirs from now on, so that what they write next is known."""


class AttachmentContent(msgspec.Struct, frozen=True):
    """A file as it came."""

    name: str
    media_type: str
    content: bytes


class MailPosition(msgspec.Struct, frozen=True):
    """How far a mailbox was read from which mail is fetched."""

    uid_validity: int
    last_uid: int
    since: date


class MailThread(msgspec.Struct, frozen=True):
    """A mail that an answer answers."""

    rfc_id: str
    subject: str
