"""Staff sign in to the pages by a cookie: signed, for twelve hours, and out at once when the session behind it ends."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect

from service.identity.http.sessions import BY_ADDRESS
from service.identity.records import SignIn
from service.identity.scopes import Role, scopes_of
from service.identity.sessions import SignInRefused, open_session, sign_out
from service.kit.http import Call
from service.kit.paging import CursorInvalid, Cursors
from service.kit.principals import Principal
from service.kit.words import marked
from service.web.guard import from_our_own_page
from service.web.languages import preferred, text
from service.web.pages import page

COOKIE = "sayso_page"
LIFETIME = timedelta(hours=12)
"""A shift and its overtime."""
DAY, OFFICE = "/app/day", "/app/office"
_PURPOSE = "page session"


def principal_in(cookie: str, *, cursors: Cursors, at: datetime) -> Principal | None:
    """Whom a cookie speaks for; nobody once it is old, changed or not ours."""
    try:
        organisation_id, staff_id, session_id, roles, until = cursors.read(_PURPOSE, cookie)
    except CursorInvalid:
        return None
    if at.timestamp() >= until:
        return None
    return Principal(
        organisation_id=UUID(organisation_id), kind="staff", id=UUID(staff_id), scopes=scopes_of(roles), session_id=UUID(session_id)
    )


@get("/sign-in", opt={"scope": None}, include_in_schema=False)
async def show_sign_in(call: NamedDependency[Call[Any]], to: FromQuery[str] = "") -> Response[str]:
    """The form."""
    return _form(call, to=to)


@post("/sign-in", opt={"scope": None}, include_in_schema=False, status_code=303)
async def sign_in_page(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Signs in and goes where the reader was going, else where their role begins."""
    from_our_own_page(call.request)
    form = await call.request.form()
    to = str(form.get("to", ""))
    call.limit(BY_ADDRESS, str(form.get("email", "")).lower())
    try:
        organisation_id, session = await open_session(
            call.database,
            document=SignIn(email=str(form.get("email", "")), password=str(form.get("password", ""))),
            at=call.at,
            request_id=call.request_id,
        )
    except SignInRefused:
        return _form(call, to=to, status=401, problem=marked("That address and password don't go together."))
    call.give_back(BY_ADDRESS, str(form.get("email", "")).lower())
    until = int((call.at + LIFETIME).timestamp())
    value = call.database.cursors.write(
        _PURPOSE, str(organisation_id), str(session.staff_id), str(session.session_id), list(session.roles), until
    )
    return Redirect(_inside(to) or _home(session.roles), status_code=303, cookies=[_cookie(call, value, int(LIFETIME.total_seconds()))])


@post("/app/sign-out", opt={"scope": "me:read"}, include_in_schema=False, status_code=303)
async def sign_out_page(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Ends the session, not only the cookie."""
    from_our_own_page(call.request)
    await call.do(sign_out)
    return Redirect("/sign-in", status_code=303, cookies=[_cookie(call, "", 0)])


def _form(call: Call[Any], *, to: str, status: int = 200, problem: str | None = None) -> Response[str]:
    language = preferred(call.request.headers.get("accept-language", ""))
    told = None if problem is None else text(language, problem)
    return page("sign_in.html", language=language, status=status, to=_inside(to), problem=told, organisation=None, reference=None)


def _inside(path: str) -> str:
    """A path of our own pages, never another site's address; nothing where it is none, or just where a day begins."""
    is_ours = path.startswith("/app/") and "//" not in path and "\\" not in path and path.isprintable()
    return path if is_ours and path != DAY else ""


def _home(roles: list[Role]) -> str:
    """Where somebody with these roles begins: the day of whoever goes to doors, the office of everybody else."""
    return DAY if "visits:work" in scopes_of(roles) else OFFICE


def _cookie(call: Call[Any], value: str, seconds: int) -> Cookie:
    secure = call.request.app.state.settings.public_url.startswith("https:")
    return Cookie(key=COOKIE, value=value, max_age=seconds, path="/", httponly=True, secure=secure, samesite="strict")


ROUTES: list[Any] = [show_sign_in, sign_in_page, sign_out_page]
