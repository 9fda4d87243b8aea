"""Card readers as sent and received."""

from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.billing.records.cards import ReaderReason
from service.kit.patterns import LINE, whole

ReaderId = Annotated[str, msgspec.Meta(min_length=1, max_length=255, pattern=whole("[A-Za-z0-9_]+"))]


class ReaderWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """At which reader the customer's card is asked for."""

    reader_id: ReaderId


class SignatureWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """At which reader the customer is asked to sign, and over which words: the sum is shown beneath."""

    reader_id: ReaderId
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern=LINE)] = "Please sign"


class NewReader(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A card reader to be used from now on."""

    registration_code: Annotated[str, msgspec.Meta(min_length=1, max_length=100, pattern=whole("[a-z0-9-]+"))]
    """Three words, shown on the reader's screen in its settings."""
    label: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    """What people call it: `Van 7`."""


class CardReader(msgspec.Struct, frozen=True):
    """A card reader, and what it asks for now."""

    id: str
    label: str | None
    device_type: str
    online: bool
    asks: Literal["in_progress", "succeeded", "failed"] | None
    """How the last request for a card stands."""
    failure: str | None
    """Why that failed, in the provider's words."""
    reason: ReaderReason | None = None
    """The same in ours."""
    remedy: str | None = None


class ReaderAsked(msgspec.Struct, frozen=True):
    """What a reader was asked for, by its number within the try."""

    attempt_id: UUID
    request: int | None


class CardReaders(msgspec.Struct, frozen=True):
    """The readers that the provider knows."""

    items: list[CardReader]


class ReaderToken(msgspec.Struct, frozen=True):
    """Lets a phone connect its own reader, once and soon."""

    secret: str
