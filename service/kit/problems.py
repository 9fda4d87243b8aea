"""Every no is an RFC 9457 problem document with a stable code and a remedy."""

from typing import Any

import msgspec

from service.kit.refusals import Refusal

MEDIA_TYPE = "application/problem+json"


class ReadyRequest(msgspec.Struct, frozen=True):
    """A request that can be sent as it is, by whoever may."""

    method: str
    path: str
    body: dict[str, Any]


class LineProblem(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why one line was refused, with exact figures (decimal texts in `unit`; money in minor units) and what would make it acceptable."""

    index: int
    code: str
    detail: str
    rule: int | None = None
    peppol: str | None = None
    """The nearest status clarification reason of Peppol's Invoice Response."""
    x12: str | None = None
    """The claim adjustment reason code of X12, where one means the same."""
    unit: str | None = None
    currency: str | None = None
    authorised: str | None = None
    performed: str | None = None
    """All that was done, also what may not be billed."""
    billed: str | None = None
    """Before this attempt."""
    allowed: str | None = None
    """What may still be billed."""
    asked_minor: int | None = None
    authorised_minor: int | None = None
    billed_minor: int | None = None
    allowed_minor: int | None = None
    excess_minor: int | None = None
    tolerated_minor: int | None = None
    cap_minor: int | None = None
    remedy: str | None = None
    request: ReadyRequest | None = None
    """Makes the offer that is missing, to be presented then; only where an offer would help."""


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """A refusal as sent: `code` is stable, `remedy` says what to do."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    remedy: str
    lines: list[LineProblem] | None = None


def problem_of(refusal: Refusal, *, instance: str) -> dict[str, Any]:
    """The problem document of a refusal, its own members included."""
    return {
        "type": f"urn:sayso:problem:{refusal.code.lower().replace('_', '-')}",
        "title": refusal.sentence(),
        "status": refusal.status,
        "detail": refusal.detail,
        "instance": instance,
        "code": refusal.code,
        "remedy": refusal.remedy,
        **refusal.extras,
    }
