"""Customers, contacts, sites and assets as sent and received."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Zone = Annotated[str, msgspec.Meta(min_length=1, max_length=60, description="An IANA time zone, `Europe/Berlin`.")]
Language = Literal["en", "de"]


class NewCustomer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A customer to be; the id may be the caller's own (UUIDv7), so that it can be made offline."""

    name: Name
    zone: Zone
    language: Language = "en"
    reference: Annotated[str, msgspec.Meta(min_length=1, max_length=60)] | None = None
    id: UUID | None = None


class CustomerReceipt(msgspec.Struct, frozen=True):
    """That the customer exists."""

    id: UUID
    version: int


class Customer(msgspec.Struct, frozen=True):
    """A customer as they stand."""

    id: UUID
    name: str
    reference: str | None
    language: Language
    zone: str
    version: int
    created_at: datetime
