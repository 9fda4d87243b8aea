"""Where staff say by whose clock they want to read times besides the clock of the place."""

from datetime import timedelta
from functools import cache
from typing import Any, Final

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.response import Redirect

from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.refusals import Refusal
from service.kit.zones import names, zone
from service.web.forms import acted, filled_in
from service.web.guard import from_our_own_page
from service.web.pages import page
from service.web.reading import COOKIE, PATH, READER
from service.web.refusal_words import said_to_people

PAGE: Final = "/app/clock"
KEPT: Final = timedelta(days=400)
Asked = NamedDependency[Call[Any]]


@get(PAGE, opt={"scope": "me:read"}, include_in_schema=False)
async def show_clock(call: Asked) -> Response[str]:
    """By which clock they read now, and the choice."""
    return await _page(call)


@post(PAGE, opt={"scope": "me:read"}, include_in_schema=False, status_code=303)
async def choose_clock(call: Asked) -> Response[Any]:
    """Keeps the choice on this device, or forgets it."""
    from_our_own_page(call.request)
    chosen = (await filled_in(call)).get("zone", "")

    async def act() -> None:
        if chosen:
            zone(chosen)

    answer = await acted(act, to=lambda: PAGE, again=lambda refusal: _page(call, refusal=refusal))
    if isinstance(answer, Redirect):
        secure = call.request.app.state.settings.public_url.startswith("https:")
        seconds = int(KEPT.total_seconds()) if chosen else 0
        answer.set_cookie(Cookie(key=COOKIE, value=chosen, max_age=seconds, path=PATH, httponly=True, secure=secure, samesite="strict"))
    return answer


async def _page(call: Call[Any], *, refusal: Refusal | None = None) -> Response[str]:
    organisation: Organisation = await call.ask(find_organisation)
    language = organisation.language
    return page(
        "clock.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        organisation=organisation,
        zones=_zones(),
        chosen=READER.get(),
        now=call.at,
        refused=None if refusal is None else said_to_people(refusal, language=language),
        reference=None,
    )


@cache
def _zones() -> list[str]:
    """Those that are named after where people live."""
    return sorted(name for name in names() if "/" in name and not name.startswith(("Etc/", "US/")))


ROUTES: list[Any] = [show_clock, choose_clock]
