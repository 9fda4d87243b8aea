"""What is done on the board: the verbs that everybody else uses too, and their refusals in words with where else instead."""

from datetime import UTC, datetime, timedelta
from typing import Any

from litestar import Response, post
from litestar.di import NamedDependency

from service.dispatch.records import BookHold, Booking, Bookings, Hold, Move
from service.dispatch.slots import book_hold, book_visit, book_visits, hold_slot, move_visit
from service.dispatch.visits import cancel_visit, release_visit
from service.identity.organisations import find_organisation
from service.kit.http import Call
from service.kit.refusals import InvalidDocument, Refusal
from service.web.board.changes import DAY_CHANGES, change_the_day
from service.web.board.words import WHY_NOT
from service.web.forms import converted, filled_in, id_in, whole_in
from service.web.guard import from_our_own_page
from service.web.languages import text
from service.web.refusal_words import said_to_people

LATEST = 10**11
"""Seconds since 1970 beyond which nothing is a time."""


@post("/app/board/act", opt={"scope": "visits:write"}, include_in_schema=False, status_code=200)
async def act_on_board(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Moves, books, holds, lets go, hands over, says who is late; answers what is there now, or why not and where else."""
    from_our_own_page(call.request)
    try:
        form = await filled_in(call)
        return Response(await (change_the_day if form.get("act") in DAY_CHANGES else _act)(call, form))
    except Refusal as refusal:
        language = (await call.ask(find_organisation)).language
        what = [text(language, WHY_NOT[refusal.code])] if refusal.code in WHY_NOT else said_to_people(refusal, language=language)
        return Response(
            {"code": refusal.code, "said": " ".join(what), "slots": refusal.extras.get("slots", [])}, status_code=refusal.status
        )


async def _act(call: Call[Any], form: dict[str, str]) -> Any:
    place = {"technician_id": form.get("technician"), "from": moment_in(form["from"]).isoformat() if "from" in form else None}
    crew = {"crew": form["crew"].split(",")} if "crew" in form else {}
    match form.get("act"):
        case "move":
            move = converted(place | {"reason": form.get("reason"), "via": form.get("via")}, Move)
            return await call.do(move_visit, visit_id=id_in(form.get("visit")), move=move)
        case "book":
            return await _book(call, form, place | crew | {"via": form.get("via")})
        case "hold":
            return await call.do(hold_slot, job_id=id_in(form.get("job")), hold=converted(place | crew, Hold))
        case "book_hold":
            return await call.do(book_hold, visit_id=id_in(form.get("visit")), via=converted({"via": form.get("via")}, BookHold).via)
        case "release":
            return await call.do(release_visit, visit_id=id_in(form.get("visit")))
        case "take_back":  # a booking made by mistake
            return await call.do(cancel_visit, visit_id=id_in(form.get("visit")), reason="no_longer_needed")
        case _:
            raise InvalidDocument("Say what is to be done.")


async def _book(call: Call[Any], form: dict[str, str], booking: dict[str, Any]) -> Any:
    """One visit, or several at once where `also` says when else."""
    job_id = id_in(form.get("job"))
    if "also" not in form:
        return await call.do(book_visit, job_id=job_id, booking=converted(booking, Booking))
    starts = [booking["from"], *(moment_in(one).isoformat() for one in form["also"].split(","))]
    bookings = converted({"visits": [booking | {"from": one} for one in starts]}, Bookings)
    return await call.do(book_visits, job_id=job_id, bookings=bookings)


def moment_in(seconds: str | None) -> datetime:
    """That many seconds since 1970; raises InvalidDocument."""
    since = whole_in(seconds or "")
    if since is None or since >= LATEST:
        raise InvalidDocument("Say when, in seconds since 1970.")
    return datetime.fromtimestamp(0, UTC) + timedelta(seconds=since)


ROUTES: list[Any] = [act_on_board]
