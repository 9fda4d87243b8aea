"""What a technician's phone says of the day as it goes: that they are late, and where they are."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from service.dispatch.live.changes import say_late
from service.dispatch.live.positions import tell_positions
from service.dispatch.records import Late, Positions, PositionsKept
from service.kit.http import Call
from service.kit.refusals import InvalidDocument
from service.web.day.pages import visit_page
from service.web.forms import acted, converted, filled_in, whole_in
from service.web.guard import from_our_own_page


@post("/app/visits/{visit_id:uuid}/late", opt={"scope": "visits:delay"}, include_in_schema=False)
async def tell_late(visit_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Says that the visit begins or ends later than planned, and why."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def tell() -> None:
        await call.do(say_late, visit_id=visit_id, late=late_in(form))

    return await acted(tell, to=lambda: f"/app/visits/{visit_id}", again=lambda refusal: visit_page(call, visit_id, refusal=refusal))


def late_in(form: dict[str, str]) -> Late:
    """How late, and why; raises InvalidDocument."""
    if (minutes := whole_in(form.get("minutes", ""))) is None:
        raise InvalidDocument("Say by how many minutes, and why.")
    late: Late = converted({"minutes": minutes, "reason": form.get("reason")}, Late)
    return late


@post("/app/positions", opt={"scope": "visits:work"}, include_in_schema=False, status_code=200)
async def tell_where(data: JSONBody[Positions], call: NamedDependency[Call[Any]]) -> Response[PositionsKept]:
    """Takes where the phone was, as its page measured it."""
    from_our_own_page(call.request)
    return await call.perform(tell_positions, told=data)


ROUTES: list[Any] = [tell_late, tell_where]
