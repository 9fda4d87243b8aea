"""The board as a page, the parts of it that changed, and the news of what did."""

import gzip
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Stream

from service.dispatch.board import (
    MOST_ROWS,
    find_along,
    find_board_day,
    find_days_on,
    find_expected_on,
    find_places_for_job,
    find_places_for_visit,
    read_lists,
    read_rows,
)
from service.dispatch.records import AtRisk, BoardDay, BoardLists, BoardVisit, FreeHand, Places, Row
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.facts.feed import Feed
from service.kit.http import Call, ids_in
from service.kit.refusals import InvalidDocument
from service.kit.verbs import Work
from service.web.board.acts import moment_in
from service.web.board.plans import PlanCompared, compare, words_of_plan
from service.web.board.words import OTHERWISE, RISKS, TAKEN, WHY_NOT
from service.web.day.words import MINUTES_LATE, WHY_LATE, WHY_LONGER
from service.web.live import LIVE, feed_position
from service.web.pages import page
from service.web.words import said

PACKED_AT = 5
"""How hard a page is packed: 870 kB become 103 in 6 ms."""
MOST_PARTS = 50
"""Rows asked for one by one; who wants more asks for all."""
MOST_BOOKED = 31
"""Parts of a job booked at once, by the verb."""
ABOUT = frozenset({"visit", "job", "technician", "shift", "promise", "day_plan"})
"""What the board hears of."""


class BoardShown(msgspec.Struct, frozen=True):
    """Everything the page says, of one moment."""

    organisation: Organisation
    day: BoardDay
    at: datetime
    rows: list[Row]
    more_rows: bool
    lists: BoardLists
    after: str
    """Behind everything that is shown: what happens later is heard from there."""

    @property
    def today(self) -> date:
        """The day that it is."""
        return self.at.astimezone(ZoneInfo(self.day.zone)).date()

    @property
    def before(self) -> date:
        """The day before."""
        return self.day.on - timedelta(days=1)

    @property
    def behind(self) -> date:
        """The day after."""
        return self.day.on + timedelta(days=1)

    @property
    def hours(self) -> list[datetime]:
        """Each hour of the day: 23, 24 or 25."""
        return [self.day.from_ + timedelta(hours=hour) for hour in range(int((self.day.until - self.day.from_).total_seconds()) // 3600)]

    @property
    def misplaced(self) -> list[tuple[Row, BoardVisit]]:
        """Visits that couldn't be placed any more where they stand."""
        return [(row, visit) for row in self.rows for visit in row.visits if visit.misplaced]

    @property
    def risks(self) -> dict[UUID, AtRisk]:
        """What is at risk, by visit."""
        return {one.visit_id: one for one in self.lists.at_risk}


@get("/app/board", opt={"scope": "board:read"}, include_in_schema=False)
async def show_board_page(
    call: NamedDependency[Call[Any]], on: FromQuery[date | None] = None, plan: FromQuery[UUID | None] = None
) -> Response[Any]:
    """The whole day, with the plan that is named or else the one that waits to be published."""
    shown, compared = await call.ask(look_at_page, on=on, plan_id=plan)
    tiles: str = call.request.app.state.settings.map_tiles
    of_plan = {**words_of_plan(compared, language=shown.organisation.language), "refused": []}
    return _page(call, "board.html", shown, tiles=tiles, attribution=call.request.app.state.settings.map_attribution, **of_plan)


@get("/app/board/part", opt={"scope": "board:read"}, include_in_schema=False)
async def show_part(call: NamedDependency[Call[Any]], on: FromQuery[date], rows: FromQuery[str] = "") -> Response[Any]:
    """What needs somebody, and those rows (`all`, or ids with commas between) as they are now."""
    shown: BoardShown = await call.ask(
        look_at_board, on=on, technician_ids=None if rows == "all" else ids_in(rows, name="rows", most=MOST_PARTS)
    )
    return _page(call, "board_part.html", shown, tiles="")


@get("/app/board/places", opt={"scope": "board:read"}, include_in_schema=False)
async def show_places(
    call: NamedDependency[Call[Any]], on: FromQuery[date], visit: FromQuery[UUID | None] = None, job: FromQuery[UUID | None] = None
) -> Response[Places]:
    """Where a visit or a job could begin that day, and why not elsewhere."""
    if visit is not None:
        return await call.read(find_places_for_visit, visit_id=visit, on=on, technician_id=None)
    if job is None:
        raise InvalidDocument("Name a visit or a job.")
    return await call.read(find_places_for_job, job_id=job, on=on, technician_id=None)


@get("/app/board/along", opt={"scope": "board:read"}, include_in_schema=False)
async def show_along(
    call: NamedDependency[Call[Any]], job: FromQuery[UUID], technician: FromQuery[UUID], at: FromQuery[int]
) -> Response[list[FreeHand]]:
    """Who could go along, if the job began then (seconds since 1970)."""
    return await call.read(find_along, job_id=job, technician_id=technician, starts=moment_in(str(at)))


@get("/app/board/days-on", opt={"scope": "board:read"}, include_in_schema=False)
async def show_days_on(
    call: NamedDependency[Call[Any]], job: FromQuery[UUID], technician: FromQuery[UUID], at: FromQuery[int], parts: FromQuery[int]
) -> Response[list[datetime]]:
    """When the other parts of a job could begin, if its first began then: one a day, at the same time, where each fits."""
    most = max(0, min(parts, MOST_BOOKED) - 1)
    return await call.read(find_days_on, job_id=job, technician_id=technician, starts=moment_in(str(at)), most=most)


@get("/app/board/events", opt={"scope": "board:read"}, include_in_schema=False, media_type="text/event-stream")
async def follow_board(call: NamedDependency[Call[Any]], after: FromQuery[str | None] = None) -> Stream:
    """What happens to visits, jobs and technicians from there on, as server-sent events."""
    feed: Feed = call.request.app.state.feed
    return await feed.answer(call.principal, after=call.request.headers.get("last-event-id") or after, about=ABOUT)


async def look_at_page(work: Work, *, on: date | None, plan_id: UUID | None) -> tuple[BoardShown, PlanCompared | None]:
    """The whole day and a plan for it; raises OutOfRange."""
    shown = await look_at_board(work, on=on, technician_ids=None)
    return shown, await compare(work, day=shown.day, plan_id=plan_id)


async def look_at_board(work: Work, *, on: date | None, technician_ids: Collection[UUID] | None) -> BoardShown:
    """A day in one snapshot, and where the feed stands at it; raises OutOfRange."""
    day = await find_board_day(work, on=on)
    expected = await find_expected_on(work, day=day)
    rows = await read_rows(work, day=day, technician_ids=technician_ids, expected=expected)
    return BoardShown(
        organisation=await find_organisation(work),
        day=day,
        at=work.at,
        rows=rows[:MOST_ROWS],
        more_rows=len(rows) > MOST_ROWS,
        lists=await read_lists(work, day=day, expected=expected),
        after=await feed_position(work),
    )


def headers_for(tiles: str) -> dict[str, str]:
    """The page's script asks us alone, and the map takes its pictures from where the setting says, if anywhere."""
    if not tiles:
        return LIVE
    address = urlsplit(tiles)
    return {
        "Content-Security-Policy": LIVE["Content-Security-Policy"].replace(
            "img-src 'self'", f"img-src 'self' {address.scheme}://{address.netloc}"
        )
    }


def _page(call: Call[Any], template: str, shown: BoardShown, *, tiles: str, **values: Any) -> Response[Any]:
    language = shown.organisation.language
    whole = page(
        template,
        language=language,
        headers=headers_for(tiles),
        organisation=shown.organisation,
        shown=shown,
        day=shown.day,
        risks=shown.risks,
        tiles=tiles,
        may_write=call.principal.may("visits:write"),
        sees_promises=call.principal.may("timeline:read"),
        sees_services=call.principal.may("subscriptions:read"),
        counts_cash=call.principal.may("cash:accept"),
        why_late=said(WHY_LATE | WHY_LONGER, language),
        minutes_late=MINUTES_LATE,
        taken=said(TAKEN, language),
        why_not=said(WHY_NOT | {"": OTHERWISE}, language),
        risk_words=said(RISKS, language),
        reference=None,
        **values,
    )
    return packed(whole, accepts=call.request.headers.get("accept-encoding", ""))


def packed(whole: Response[str], *, accepts: str) -> Response[Any]:
    """The same in an eighth of its bytes, as the rows of a board say much the same; it holds no secret beside what somebody else may write, which packing would tell by its length."""
    whole.headers["Vary"] = "Accept-Encoding"
    if "gzip" not in accepts:
        return whole
    small = gzip.compress(whole.content.encode(), compresslevel=PACKED_AT, mtime=0)
    return Response(small, media_type=whole.media_type, headers={**whole.headers, "Content-Encoding": "gzip"})


ROUTES: list[Any] = [show_board_page, show_part, show_places, show_along, show_days_on, follow_board]
