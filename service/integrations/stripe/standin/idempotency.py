"""Idempotency keys: one effect a key, the same answer for 24 hours."""

import hashlib
from dataclasses import dataclass, field

from service.integrations.asgi import Answer
from service.integrations.stripe.standin.faults import StripeFault, invalid

KEPT_S = 24 * 3600
KEY_LENGTH = 255


@dataclass
class _Kept:
    fingerprint: bytes
    since: float
    answer: Answer | None = None
    """Nothing while the first request is still being answered."""


@dataclass
class Keys:
    _kept: dict[str, _Kept] = field(default_factory=dict)

    def begin(self, key: str, *, method: str, path: str, params: object, now: float) -> Answer | None:
        """The answer to replay, or nothing: then this request is the first, and must `keep` or `forget`."""
        if len(key) > KEY_LENGTH:
            raise invalid(f"Idempotency keys have at most {KEY_LENGTH} characters.")
        fingerprint = hashlib.sha256(b"\0".join((method.encode(), path.encode(), repr(params).encode()))).digest()
        kept = self._kept.get(key)
        if kept is None or kept.since + KEPT_S < now:
            self._kept[key] = _Kept(fingerprint, now)
            return None
        if kept.fingerprint != fingerprint:
            raise StripeFault(
                400,
                "Keys for idempotent requests can only be used with the same parameters they were first used with. "
                f"Try using a key other than '{key}' if you meant to execute a different request.",
                kind="idempotency_error",
                kept=False,
            )
        if kept.answer is None:
            raise StripeFault(
                409,
                f"There is currently another in-progress request using this Idempotent Key: {key}. Please try again later.",
                kind="idempotency_error",
                code="idempotency_key_in_use",
                kept=False,
            )
        return kept.answer

    def keep(self, key: str | None, answer: Answer) -> None:
        if key is not None and key in self._kept:  # gone if the account was reset meanwhile
            self._kept[key].answer = answer

    def forget(self, key: str | None) -> None:
        if key is not None:
            self._kept.pop(key, None)
