"""The bench on a page: every device that is here, what is to be seen to first on top, and where it is."""

from typing import Any

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from service.care.bench import list_bench
from service.care.records.bench import BenchLine
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.paging import Page
from service.kit.verbs import Work
from service.web.pages import page

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
    mine = whose == "mine"
    shown: BenchShown = await call.ask(look_at_bench, mine=mine, cursor=cursor)
    return page(
        "bench.html",
        language=shown.organisation.language,
        organisation=shown.organisation,
        devices=shown.devices,
        whose="mine" if mine else "all",
        reference=None,
    )


async def look_at_bench(work: Work, *, mine: bool, cursor: str | None) -> BenchShown:
    """All of it in one snapshot."""
    held_by = work.principal.id if mine else None
    return BenchShown(await find_organisation(work), await list_bench(work, customer_id=None, held_by=held_by, limit=MOST, cursor=cursor))


ROUTES: list[Any] = [show_bench]
