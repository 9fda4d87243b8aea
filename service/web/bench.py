"""The bench on a page: every device that is here, what is to be seen to first on top, and where it is."""

from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from service.care.bench import list_bench
from service.care.custody import add_bench_place
from service.care.records.bench import BenchLine
from service.care.records.custody import NewBenchPlace
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.paging import Page
from service.kit.refusals import Refusal
from service.kit.verbs import Work
from service.web.forms import acted, converted, filled_in
from service.web.guard import from_our_own_page
from service.web.pages import page
from service.web.refusal_words import said_to_people

MOST = 50


class BenchShown(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    devices: Page[BenchLine]


@get("/app/bench", opt={"scope": "jobs:read"}, include_in_schema=False)
async def show_bench(
    call: NamedDependency[Call[Any]], whose: FromQuery[str] = "all", cursor: FromQuery[str | None] = None
) -> Response[str]:
    """Everybody's, or what the reader holds."""
    return await bench_page(call, mine=whose == "mine", cursor=cursor)


@post("/app/bench", opt={"scope": "custody:places"}, include_in_schema=False)
async def add_place(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Adds a shelf or a bench."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def act() -> None:
        await call.do(add_bench_place, place=converted({"name": form.get("name")}, NewBenchPlace))

    return await acted(act, to=lambda: "/app/bench", again=lambda refusal: bench_page(call, mine=False, cursor=None, refusal=refusal))


async def bench_page(call: Call[Any], *, mine: bool, cursor: str | None, refusal: Refusal | None = None) -> Response[str]:
    """A refusal is told at its top."""
    shown: BenchShown = await call.ask(look_at_bench, mine=mine, cursor=cursor)
    language = shown.organisation.language
    return page(
        "bench.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        organisation=shown.organisation,
        devices=shown.devices,
        whose="mine" if mine else "all",
        may_add=call.principal.may("custody:places"),
        refused=None if refusal is None else said_to_people(refusal, language=language),
        reference=None,
    )


async def look_at_bench(work: Work, *, mine: bool, cursor: str | None) -> BenchShown:
    """All of it in one snapshot."""
    held_by = work.principal.id if mine else None
    return BenchShown(await find_organisation(work), await list_bench(work, customer_id=None, held_by=held_by, limit=MOST, cursor=cursor))


ROUTES: list[Any] = [show_bench, add_place]
