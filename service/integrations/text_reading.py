"""Reads a text that the operator's gateway hands in: first who sent it (Standard Webhooks), then what it says."""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Final
from uuid import UUID

import msgspec
import standardwebhooks

from service.integrations.mail_reading import clean
from service.kit.patterns import line_of

BODY_LIMIT_BYTES: Final = 64 << 10
TOLERANCE_S: Final = 300
MOST_SIGNATURES: Final = 10
_TIME = re.compile(r"[0-9]{1,12}")
_OURS = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\.[1-9]\d?)?")
STOPS: Final = frozenset({"stop", "stopp", "stopall", "stop all", "unsubscribe", "optout", "opt out", "opt-out", "abmelden", "abbestellen"})
"""Nothing else is meant by these."""
STOPS_OR_MORE: Final = frozenset({"cancel", "end", "quit", "revoke", "ende"})
"""The law has these stop it too, and somebody may mean their visit: a person reads them."""
STARTS: Final = frozenset({"start", "unstop"})


class TextRefused(Exception):
    """Not signed by whoever may hand it in, or not to be read."""


class ReadText(msgspec.Struct, frozen=True, kw_only=True, rename={"sender": "from", "said": "text"}):
    """A text as the gateway hands it in; what else stands there isn't read."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=250)]
    """The gateway's own: the same each time that it hands this one in."""
    sender: Annotated[str, msgspec.Meta(min_length=3, max_length=254)]
    said: Annotated[str, msgspec.Meta(max_length=60_000)] = ""
    name: Annotated[str, msgspec.Meta(max_length=1_000)] = ""
    """Whom a chat says that it is from."""
    answers: Annotated[str, msgspec.Meta(max_length=250)] = ""
    """The `webhook-id` of the message of ours that it answers, where the gateway knows."""

    def key_in(self, channel: str) -> bytes:
        """By what it is known again among texts or chats: the gateway of the others may number like it."""
        return hashlib.sha256(f"{channel}:{self.id}".encode("utf-8", "replace")).digest()

    @property
    def words(self) -> str:
        """What it says; what is too short to be kept as words says so."""
        said = clean(self.said)
        return said if len(said) > 1 else f"({said or '…'})"

    @property
    def wish(self) -> bool | None:
        """Whether they want texts (True) or none any more (False); None where they speak of something else."""
        return True if self._command in STARTS else False if self._command in STOPS | STOPS_OR_MORE else None

    @property
    def says_more(self) -> bool:
        """Whether a person is to read it."""
        return self.wish is None or self._command in STOPS_OR_MORE

    @property
    def _command(self) -> str:
        return line_of(clean(self.said)).casefold().strip(" .!\"'")

    @property
    def answered_id(self) -> UUID | None:
        """Which word of ours it answers."""
        found = _OURS.fullmatch(self.answers.strip().lower())
        return UUID(found[1]) if found else None


def read_text(*, body: bytes, headers: Mapping[str, str], secret: str, now: datetime) -> ReadText:
    """The text, if that secret signed these very bytes within five minutes of `now`, before or after; raises TextRefused."""
    if len(body) > BODY_LIMIT_BYTES:
        raise TextRefused
    message_id, sent_at, signatures = (headers.get(f"webhook-{name}") or "" for name in ("id", "timestamp", "signature"))
    if not message_id or not _TIME.fullmatch(sent_at) or abs(int(sent_at) - now.timestamp()) > TOLERANCE_S:
        raise TextRefused
    try:
        signed = standardwebhooks.Webhook(secret).sign(message_id, datetime.fromtimestamp(int(sent_at), UTC), body.decode())
        if not any(hmac.compare_digest(signed.encode(), one.encode()) for one in signatures.split(" ")[:MOST_SIGNATURES]):
            raise TextRefused
        text = msgspec.json.decode(body, type=ReadText)
    except (ValueError, msgspec.MsgspecError, RecursionError) as error:
        raise TextRefused from error
    sender = line_of(clean(text.sender))
    if not sender:
        raise TextRefused
    return msgspec.structs.replace(text, sender=sender, name=line_of(clean(text.name)))


def secret_of(key: bytes) -> str:
    """A signing secret as Standard Webhooks writes it."""
    return f"whsec_{base64.b64encode(key).decode()}"
