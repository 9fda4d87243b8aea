"""Keyset pages: a signed, opaque cursor of the last row's key, so that nobody reads where they may not by editing it."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import msgspec

from service.kit.refusals import Refusal

T = TypeVar("T")
LIMIT, MOST = 50, 200
MOST_IN_A_FILE = 10_000
"""Rows of a list that is taken whole; who has more asks for less."""

EARLIEST = (datetime(1900, 1, 1, tzinfo=UTC), UUID(int=0))
LATEST = (datetime(2299, 12, 31, tzinfo=UTC), UUID(int=2**128 - 1))
"""The moment and the id before and behind all others."""

Limit = Annotated[int, msgspec.Meta(ge=1, le=MOST)]


class CursorInvalid(Refusal):
    """This cursor wasn't made by us for this list."""

    code, status, remedy = "CURSOR_INVALID", 422, "Start from the first page, then follow `next` unchanged."


class Page(msgspec.Struct, Generic[T], frozen=True):
    """Some rows of a list in order, and the cursor of the next ones where there are more."""

    items: list[T]
    next: str | None = None


class Cursors:
    """Makes and reads the cursors of one service."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def write(self, purpose: str, *key: Any) -> str:
        """A cursor of this list (`purpose` names list and organisation) after the row with that key."""
        payload = msgspec.json.encode(key)
        return base64.urlsafe_b64encode(self._mac(purpose, payload) + payload).decode().rstrip("=")

    def read(self, purpose: str, cursor: str) -> list[Any]:
        """The key in the cursor; raises CursorInvalid."""
        try:
            raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        except ValueError:
            raise CursorInvalid from None
        mac, payload = raw[:16], raw[16:]
        if not hmac.compare_digest(mac, self._mac(purpose, payload)):
            raise CursorInvalid
        key: list[Any] = msgspec.json.decode(payload)
        return key

    def read_moment(self, purpose: str, cursor: str | None, *, begins: tuple[datetime, UUID]) -> tuple[datetime, UUID]:
        """The moment and the id that a list in order of time goes on from; without a cursor, from where it begins."""
        if not cursor:
            return begins
        at, id_ = self.read(purpose, cursor)
        return datetime.fromisoformat(at), UUID(id_)

    def page(self, purpose: str, rows: list[T], *, limit: int, key: Any) -> Page[T]:
        """A page of `limit` rows from a query that asked for one more; `key(row)` is the tuple the list is ordered by."""
        more = len(rows) > limit
        items = rows[:limit]
        return Page(items=items, next=self.write(purpose, *key(items[-1])) if more else None)

    def key(self, purpose: str, size: int = 64) -> bytes:
        """A key of up to 64 bytes for that purpose alone, derived from the service's secret."""
        return hmac.new(self._secret, b"key\0" + purpose.encode(), hashlib.sha512).digest()[:size]

    def derived(self, purpose: str, *parts: bytes) -> bytes:
        """32 bytes that only this service can make from these parts: a capability that is never stored, and the same on every replay."""
        framed = b"".join(len(part).to_bytes(4, "big") + part for part in (purpose.encode(), *parts))
        return hmac.new(self._secret, b"derived\0" + framed, hashlib.sha256).digest()

    def _mac(self, purpose: str, payload: bytes) -> bytes:
        return hmac.new(self._secret, purpose.encode() + b"\0" + payload, hashlib.sha256).digest()[:16]
