"""API keys: shown once, kept as a hash, with no more scopes than the person who makes one has."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from service.identity.credentials import text_of
from service.identity.queries import FIND_API_KEY_BY_HASH, FIND_PARTNER, LIST_API_KEYS, MAKE_API_KEY, REVOKE_API_KEY
from service.identity.records import ApiKey, ApiKeyReceipt, MadeApiKey, NewApiKey, RevokedKey
from service.identity.records.partners import NewPartnersKey
from service.identity.scopes import ALL, PARTNER
from service.kit.database import Database
from service.kit.paging import Cursors, Page
from service.kit.principals import Principal
from service.kit.refusals import IdTaken, NotAuthenticated, Refusal
from service.kit.verbs import Work, verb

PREFIX = "k_"
NOBODY = UUID(int=0)


class ScopeNotYours(Refusal):
    """A key can't do more than whoever makes it."""

    code, status, remedy = "SCOPE_NOT_YOURS", 403, "Leave out the scopes named in `scopes`, or have somebody who holds them make the key."


class ScopeUnknown(Refusal):
    """There is no such scope."""

    code, status, remedy = "SCOPE_UNKNOWN", 422, "Choose from the scopes that the OpenAPI document names (`x-scope`)."


class ExpiresInThePast(Refusal):
    """The key would have expired before it was made."""

    code, status, remedy = "EXPIRES_IN_THE_PAST", 422, "Choose a later `expires_at`, or none."
    constraints = ("identity.api_key_expires_after_it_was_made",)


def api_key_text(cursors: Cursors, organisation_id: UUID, api_key_id: UUID) -> str:
    """The key itself: made from its id, so that a replay shows the same one; only its hash is kept."""
    return PREFIX + text_of(cursors.derived("api key", organisation_id.bytes, api_key_id.bytes))


def _shown(work: Work, receipt: ApiKeyReceipt) -> MadeApiKey:
    return MadeApiKey(receipt.id, api_key_text(work.cursors, work.organisation_id, receipt.id))


@verb(refusals=(ScopeUnknown, ScopeNotYours, ExpiresInThePast, IdTaken), remembers=ApiKeyReceipt, finish=_shown)
async def make_api_key(work: Work, *, new: NewApiKey) -> ApiKeyReceipt:
    """Makes a key for a program; the answer is the only place where it is ever shown."""
    if unknown := sorted(set(new.scopes) - ALL):
        raise ScopeUnknown(scopes=unknown)
    if beyond := sorted(set(new.scopes) - work.principal.scopes):
        raise ScopeNotYours(scopes=beyond)
    return await _made(work, new, scopes=new.scopes, partner_id=None)


@verb(refusals=(ExpiresInThePast, IdTaken), remembers=ApiKeyReceipt, finish=_shown)
async def make_partners_key(work: Work, *, partner_id: UUID, new: NewPartnersKey) -> ApiKeyReceipt:
    """Makes a key for a partner's program: it reaches the jobs that this partner brings, and nothing else. The answer is the only place where it is ever shown."""
    await work.one(FIND_PARTNER, partner_id=partner_id)
    return await _made(work, new, scopes=PARTNER, partner_id=partner_id)


async def _made(work: Work, new: NewApiKey | NewPartnersKey, *, scopes: Iterable[str], partner_id: UUID | None) -> ApiKeyReceipt:
    if new.expires_at is not None and new.expires_at <= work.at:
        raise ExpiresInThePast
    api_key_id = new.id or work.new_id()
    text = api_key_text(work.cursors, work.organisation_id, api_key_id)
    return await work.run(
        MAKE_API_KEY,
        api_key_id=api_key_id,
        name=new.name,
        scopes=sorted(set(scopes)),
        expires_at=new.expires_at,
        partner_id=partner_id,
        token_hash=hashlib.sha256(text.encode()).digest(),
    )


@verb()
async def revoke_api_key(work: Work, *, api_key_id: UUID) -> RevokedKey:
    """Shuts a key out at once; again changes nothing."""
    return await work.run(REVOKE_API_KEY, api_key_id=api_key_id)


async def list_api_keys(work: Work, *, limit: int, cursor: str | None) -> Page[ApiKey]:
    """The keys there are, without their secrets."""
    purpose = f"api keys {work.organisation_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOBODY
    rows = await work.all(LIST_API_KEYS, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))


async def find_api_key(database: Database, *, token_hash: bytes) -> tuple[Principal, datetime | None] | None:
    """Whom a key speaks for, and until when, before any organisation is known; raises NotAuthenticated."""
    key = await database.look_up(FIND_API_KEY_BY_HASH, token_hash=token_hash)
    if key is None:
        return None
    if key.revoked_at is not None:
        raise NotAuthenticated("This key was revoked.")
    if key.partner_id is not None:  # who acts is the partner, whichever of their keys they use
        partner = Principal(organisation_id=key.organisation_id, kind="partner", id=key.partner_id, scopes=PARTNER, session_id=key.id)
        return partner, key.expires_at
    principal = Principal(
        organisation_id=key.organisation_id, kind="api_key", id=key.id, scopes=frozenset(key.scopes) & ALL, session_id=key.id
    )
    return principal, key.expires_at
