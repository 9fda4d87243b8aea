"""Every no is an RFC 9457 problem document with a stable code and a remedy."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import msgspec
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example

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


def declared(refusals: Iterable[type[Refusal]]) -> dict[int, ResponseSpec]:
    """The refusals of an operation as OpenAPI responses, one a status, an example a code."""
    by_status: defaultdict[int, list[type[Refusal]]] = defaultdict(list)
    for refusal in dict.fromkeys(refusals):
        by_status[refusal.status].append(refusal)
    return {
        status: ResponseSpec(
            data_container=Problem,
            description=" · ".join(f"`{one.code}` {one.sentence()}" for one in group),
            examples=[Example(id=one.code, summary=one.sentence(), value=problem_of(one(), instance="urn:uuid:…")) for one in group],
            media_type=MEDIA_TYPE,
        )
        for status, group in sorted(by_status.items())
    }
