"""Partners as sent and received."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec


class NewPartner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Another business that brings us work: an insurer, a reseller, a housing company."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    id: UUID | None = None


class PartnerReceipt(msgspec.Struct, frozen=True):
    """That the partner is known."""

    id: UUID


class Partner(msgspec.Struct, frozen=True):
    """A partner as they stand."""

    id: UUID
    name: str
    made_by: str
    made_at: datetime


class NewPartnersKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A key for a partner's program."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=100)]
    expires_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    id: UUID | None = None
