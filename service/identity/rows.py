"""What the rules judge keys, links and sign-ins by; never answered."""

from datetime import datetime
from uuid import UUID

import msgspec

from service.identity.records import LinkPurpose


class ApiKeyRow(msgspec.Struct, frozen=True):
    """A key as it stands, and whose it is."""

    id: UUID
    organisation_id: UUID
    scopes: list[str]
    expires_at: datetime | None
    revoked_at: datetime | None
    partner_id: UUID | None


class LinkRow(msgspec.Struct, frozen=True):
    """A customer's link as it stands, and whose it is."""

    id: UUID
    organisation_id: UUID
    purpose: LinkPurpose
    customer_id: UUID | None
    subject_id: UUID | None
    expires_at: datetime
    revoked_at: datetime | None


class Credentials(msgspec.Struct, frozen=True):
    """What a sign-in is judged by; never answered."""

    staff_id: UUID
    password_hash: str | None
    active: bool
