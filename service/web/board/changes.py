"""A day that goes otherwise, on the board: who is late, and who goes instead, with what comes of it before it is done."""

from collections import Counter
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from service.dispatch.live.changes import find_rest_of_day, foresee_hand_over, foresee_late, hand_over_visits, say_late
from service.dispatch.records import Effect, HandOver, RestOfDay, VisitLeft
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.refusals import NotFound
from service.kit.verbs import VerbRule, Work
from service.web.board.words import OTHERWISE, WHY_HANDED, WHY_NOT
from service.web.day.live import late_in
from service.web.forms import converted, filled_in, id_in
from service.web.guard import from_our_own_page
from service.web.pages import page
from service.web.words import said

DAY_CHANGES = frozenset({"late", "hand_over"})


class ForAll(NamedTuple):
    """Somebody who might go to all that is left: to how many visits they can, and why not to any where they can't."""

    id: UUID
    name: str
    can: int
    code: str | None


class RestShown(msgspec.Struct, frozen=True):
    """What is left of a technician's day, beginning with the visit that was picked."""

    organisation: Organisation
    rest: RestOfDay
    picked: VisitLeft

    @property
    def for_all(self) -> list[ForAll]:
        """Who might go to all of it: who can to most of it first, and who can to nothing last."""
        can = Counter(hand.technician_id for one in self.rest.visits for hand in one.hands if hand.code is None)
        hands = [ForAll(one.technician_id, one.name, can[one.technician_id], one.code) for one in self.picked.hands]
        return sorted(hands, key=lambda one: (-one.can, one.name))


@get("/app/board/hand-over", opt={"scope": "visits:write"}, include_in_schema=False)
async def show_hand_over(
    call: NamedDependency[Call[Any]], on: FromQuery[date], technician: FromQuery[UUID], visit: FromQuery[UUID]
) -> Response[Any]:
    """Who could go instead, to that visit and to what else is left of the day, and why the others couldn't."""
    shown: RestShown = await call.ask(look_at_rest, on=on, technician_id=technician, visit_id=visit)
    language = shown.organisation.language
    return page(
        "board_hand_over.html",
        language=language,
        organisation=shown.organisation,
        rest=shown.rest,
        picked=shown.picked,
        for_all=shown.for_all,
        why_not=said(WHY_NOT | {"": OTHERWISE}, language),
        why_handed=said(WHY_HANDED, language),
        reference=None,
    )


@post("/app/board/effect", opt={"scope": "visits:write"}, include_in_schema=False, status_code=200)
async def show_effect(call: NamedDependency[Call[Any]]) -> Response[Effect]:
    """What the same form would do if it were sent to be done."""
    from_our_own_page(call.request)
    return Response(await _changed(call, await filled_in(call), late=foresee_late, hand_over=foresee_hand_over))


async def change_the_day(call: Call[Any], form: dict[str, str]) -> Any:
    """Says who is late, or has others go."""
    return await _changed(call, form, late=say_late, hand_over=hand_over_visits)


async def _changed(call: Call[Any], form: dict[str, str], *, late: VerbRule[..., Any], hand_over: VerbRule[..., Any]) -> Any:
    if form.get("act") == "late":
        return await call.do(late, visit_id=id_in(form.get("visit")), late=late_in(form))
    return await call.do(hand_over, hand_over=handed_in(form))


async def look_at_rest(work: Work, *, on: date, technician_id: UUID, visit_id: UUID) -> RestShown:
    """Raises NotFound where the visit isn't left of that day any more."""
    rest = await find_rest_of_day(work, technician_id=technician_id, on=on, to=())
    picked = next((one for one in rest.visits if one.visit_id == visit_id), None)
    if picked is None:
        raise NotFound
    return RestShown(await find_organisation(work), rest, picked)


def handed_in(form: dict[str, str]) -> HandOver:
    """Who goes where instead, as `visit:technician` with commas between; raises InvalidDocument."""
    pairs = [one.partition(":") for one in form.get("visits", "").split(",") if one]
    handed: HandOver = converted(
        {"visits": [{"visit_id": visit, "technician_id": to} for visit, _, to in pairs], "reason": form.get("reason")}, HandOver
    )
    return handed


ROUTES: list[Any] = [show_hand_over, show_effect]
