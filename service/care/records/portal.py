"""The customer's link to everything of theirs, as sent and answered."""

from datetime import datetime
from uuid import UUID

import msgspec

from service.care.records.custody import BenchState


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
