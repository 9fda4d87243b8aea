"""What every answer to a customer's link over the API carries, a refusal too: who can act on it, and what to quote (RFC 8288, `rel="help"`)."""

from collections import OrderedDict
from datetime import datetime, timedelta
from urllib.parse import quote

from service.customers.helping import find_help
from service.customers.records import Help
from service.kit.database import Database

KEPT = 5_000
KEPT_FOR = timedelta(minutes=1)


class Helpers:
    """Who helps whoever holds a link, by the hash of it; asked again after a minute, so that a program never reads an old number for long."""

    def __init__(self) -> None:
        self._known: OrderedDict[bytes, tuple[Help | None, datetime]] = OrderedDict()

    async def of(self, database: Database, token_hash: bytes, *, at: datetime) -> Help | None:
        """None for whoever is no customer any more."""
        found, asked_at = self._known.get(token_hash, (None, None))
        if asked_at is None or not asked_at <= at < asked_at + KEPT_FOR:
            found = await find_help(database, token_hash=token_hash)
            self._known[token_hash] = found, at
            if len(self._known) > KEPT:
                self._known.popitem(last=False)
        return found


def headers(helps: Help) -> list[tuple[bytes, bytes]]:
    """As an answer says it; what people wrote is written in letters that every header takes (RFC 8187)."""
    number = "".join(letter for letter in helps.phone if letter in "+0123456789")
    named = f"title*=UTF-8''{quote(helps.quote, safe='')}"
    return [
        (b"link", f'<{scheme}:{at}>; rel="help"; {named}'.encode())
        for scheme, at in (("tel", number), ("mailto", quote(helps.email, safe="@+")))
    ]
