"""Links: a capability for one presentation, one customer's visits and card, everything of theirs, the time of one job's visit, or the calendar feed of a customer or a member of staff; opening one never acts."""

import hashlib
from datetime import datetime
from uuid import UUID

from service.identity.credentials import text_of
from service.identity.queries import FIND_LINK_BY_HASH
from service.identity.records import LinkPurpose
from service.kit.database import Database
from service.kit.paging import Cursors
from service.kit.principals import Principal
from service.kit.refusals import LinkGone

PREFIX = "l_"

DECIDE = "presentations:decide"
"""What no role and no key ever holds: to say yes or no for the customer."""

SCOPES: dict[LinkPurpose, frozenset[str]] = {
    "presentation": frozenset({"presentations:read", DECIDE}),
    "customer": frozenset({"portal:read", "portal:act"}),
    "feed": frozenset({"feed:read"}),
    "choice": frozenset({"choice:read", "choice:act"}),
    "portal": frozenset({"portal:read", "portal:act", "account:read", "account:act"}),
}
"""What the holder of a link may do, and only about its own customer and subject."""


def link_token(cursors: Cursors, link_id: UUID) -> str:
    """The secret text of a link: made from its id, the same each time, stored nowhere."""
    return PREFIX + text_of(cursors.derived("link", link_id.bytes))


def link_hash(token: str) -> bytes:
    """What the look-up table keeps of it (SHA-256)."""
    return hashlib.sha256(token.encode()).digest()


async def find_link(database: Database, *, token_hash: bytes, at: datetime) -> tuple[Principal, datetime | None] | None:
    """Whom a link speaks for, and until when, before any organisation is known; raises LinkGone."""
    link = await database.look_up(FIND_LINK_BY_HASH, token_hash=token_hash)
    if link is None:
        return None
    if link.revoked_at is not None or at >= link.expires_at:
        raise LinkGone
    principal = Principal(
        organisation_id=link.organisation_id,
        kind="customer_link",
        id=link.id,
        scopes=SCOPES[link.purpose],
        session_id=link.id,
        customer_id=link.customer_id,
        subject_id=link.subject_id,
    )
    return principal, link.expires_at
