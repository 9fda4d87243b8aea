"""Visits that wait for an incident are listed on its page, and had go ahead there."""

from typing import Any
from uuid import UUID

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.dispatch.waits import have_visit_go_ahead
from service.kit.http import Call
from service.web.forms import acted
from service.web.guard import from_our_own_page
from service.web.incidents import PAGE, incident_page


@post(PAGE + "/{incident_id:uuid}/visits/{visit_id:uuid}/go-ahead", opt={"scope": "visits:write"}, include_in_schema=False)
async def go_ahead(incident_id: FromPath[UUID], visit_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Has somebody go there all the same."""
    from_our_own_page(call.request)
    return await acted(
        lambda: call.do(have_visit_go_ahead, visit_id=visit_id),
        to=lambda: f"{PAGE}/{incident_id}",
        again=lambda refusal: incident_page(call, incident_id, refusal=refusal),
    )


ROUTES: list[Any] = [go_ahead]
