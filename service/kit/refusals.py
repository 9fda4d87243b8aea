"""A refusal is the service saying no: one code, one sentence, one remedy, declared beside the verb that refuses."""

from typing import Any, ClassVar
from uuid import UUID


class Refusal(Exception):
    """The service understood, and says no."""

    code: ClassVar[str] = "REFUSED"
    status: ClassVar[int] = 409
    remedy: ClassVar[str] = ""
    constraints: ClassVar[tuple[str, ...]] = ()
    """The named constraints (`schema.constraint`) that say the same in the database."""
    retry_after: ClassVar[int | None] = None
    """Seconds, where trying again may help."""
    final: bool = False
    """Not to be remembered under an idempotency key: it already is, or it says nothing about the request itself."""
    replay_of: UUID | None = None
    """The request that was answered so first, where this is that answer again."""

    def __init__(self, detail: str = "", /, **extras: Any) -> None:
        super().__init__(detail or self.sentence())
        self.detail = detail or self.sentence()
        self.extras = extras

    def __init_subclass__(cls, **_: Any) -> None:
        if (known := BY_CODE.get(cls.code)) and _place(known) != _place(cls):
            raise TypeError(f"{cls.__name__} and {known.__name__} share the code {cls.code}")
        BY_CODE[cls.code] = cls
        for name in cls.constraints:
            if (owner := BY_CONSTRAINT.get(name)) and _place(owner) != _place(cls):
                raise TypeError(f"{name} already stands for {owner.__name__}")
            BY_CONSTRAINT[name] = cls

    @classmethod
    def sentence(cls) -> str:
        """The title of its problem: the first line of the class's docstring."""
        return (cls.__doc__ or "").strip().splitlines()[0]


def _place(refusal: type[Refusal]) -> tuple[str, str]:
    """Where a class is written: one that is loaded again is the same."""
    return refusal.__module__, refusal.__qualname__


BY_CODE: dict[str, type[Refusal]] = {}
BY_CONSTRAINT: dict[str, type[Refusal]] = {}


class NotFound(Refusal):
    """There is no such thing here for you."""

    code, status, remedy = "NOT_FOUND", 404, "Check the id; things of other organisations are never shown."


class IdTaken(Refusal):
    """This id already names something else."""

    code, status, remedy = "ID_TAKEN", 409, "Make a fresh UUIDv7 for a new thing."


class InvalidDocument(Refusal):
    """This request can never be accepted as it is written."""

    code, status, remedy = "INVALID_DOCUMENT", 422, "Correct the field that `detail` names; the OpenAPI document states types and limits."


class NotAuthenticated(Refusal):
    """We don't know who is asking."""

    final = True
    code, status, remedy = "NOT_AUTHENTICATED", 401, "Send a valid, unexpired bearer token, API key or link."


class LinkGone(Refusal):
    """This link has expired or was taken back."""

    final = True
    code, status, remedy = "LINK_GONE", 410, "Ask the company for a fresh link; its telephone number stands in the message."


class NotAllowed(Refusal):
    """You may not do this."""

    code, status, remedy = "NOT_ALLOWED", 403, "Ask somebody whose role has the scope that `scope` names."


class SeparationOfDuties(Refusal):
    """Only the customer answers for the customer."""

    code, status, remedy = (
        "SEPARATION_OF_DUTIES",
        403,
        "Send the offer to the customer's own address, hand the phone over, or record what they said as an oral consent.",
    )


class MethodNotAllowed(Refusal):
    """This address doesn't answer that method."""

    code, status, remedy = "METHOD_NOT_ALLOWED", 405, "Use a method that the OpenAPI document lists for this address."


class BodyTooLarge(Refusal):
    """The body is larger than this route takes."""

    code, status, remedy = "BODY_TOO_LARGE", 413, "Send less at once."


class WrongMediaType(Refusal):
    """The body isn't in a media type that this route takes."""

    code, status, remedy = "WRONG_MEDIA_TYPE", 415, "Send `Content-Type: application/json`."


class BodyEncoded(Refusal):
    """Bodies are read as they are: nothing is unpacked here."""

    code, status, remedy = "BODY_ENCODED", 415, "Send the body itself, without `Content-Encoding`."


class KeyInUse(Refusal):
    """The first request with this idempotency key is still running."""

    final = True
    code, status, remedy, retry_after = "IDEMPOTENCY_KEY_IN_USE", 409, "Send the same request again in a moment.", 1


class KeyReused(Refusal):
    """This idempotency key was used for a different request."""

    final = True
    code, status, remedy = "IDEMPOTENCY_KEY_REUSED", 422, "Make a new key for a new request."


class KeyMissing(Refusal):
    """Where money moves, a request carries an `Idempotency-Key`."""

    code, status, remedy = (
        "IDEMPOTENCY_KEY_MISSING",
        422,
        "Send an `Idempotency-Key` header: a fresh random id per intended effect, the same one on retries.",
    )


class StaleVersion(Refusal):
    """Somebody changed this since you read it."""

    code, status, remedy = "STALE_VERSION", 412, "Read it again and send its `ETag` as `If-Match`."


class VersionMissing(Refusal):
    """A change names the version it is made to."""

    code, status, remedy = "VERSION_MISSING", 428, "Send the `ETag` you read as `If-Match`."


class CardNumber(Refusal):
    """A text holds what looks like a card number, which is never kept here."""

    code, status, remedy = "CARD_NUMBER", 422, "Leave card numbers out; cards are taken by the payment provider's own page or reader."


class TooManyRequests(Refusal):
    """You are asking more often than this route allows."""

    code, status, remedy, retry_after = "TOO_MANY_REQUESTS", 429, "Wait as long as `Retry-After` says.", 5


class Busy(Refusal):
    """The service can't do this right now; nothing was changed."""

    final = True
    code, status, remedy, retry_after = "BUSY", 503, "Send the same request again after `Retry-After` seconds.", 1


class OutcomeUnknown(Refusal):
    """The connection to the database was lost while committing: the request is wholly done or wholly not."""

    final = True
    code, status, remedy, retry_after = "OUTCOME_UNKNOWN", 503, "Send the same request with the same `Idempotency-Key`: it is done once.", 1


class OutOfRange(Refusal):
    """A value is outside what can be kept."""

    code, status, remedy = "OUT_OF_RANGE", 422, "Send values within the limits that the OpenAPI document states."


class Conflict(Refusal):
    """What this request says contradicts what is already recorded."""

    code, status, remedy = "CONFLICT", 409, "Read the present state; the constraint that refused is named in `constraint`."
