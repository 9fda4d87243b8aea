"""Every no is an RFC 9457 problem document with a stable code and a remedy."""

from typing import Any

import msgspec

from service.kit.refusals import Refusal

MEDIA_TYPE = "application/problem+json"


class LineProblem(msgspec.Struct, frozen=True, omit_defaults=True):
    """Why one line was refused, with exact figures (decimal texts; money in minor units) and what would make it acceptable."""

    index: int
    code: str
    detail: str
    authorised: str | None = None
    performed: str | None = None
    billed: str | None = None
    allowed: str | None = None
    remedy: str | None = None


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
