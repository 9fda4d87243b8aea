"""A password chosen with the one-time code from a mail: the first one, or a new one. The code is typed, so that no address holds it."""

from typing import Any, Literal

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from service.identity.http.sessions import BY_ADDRESS, BY_PEER, RESET_BY_ADDRESS
from service.identity.mail_links import MailLinkGone, set_password, want_password_reset
from service.identity.records import Acceptance, ResetRequest
from service.kit.http import Call
from service.kit.words import marked
from service.web.guard import from_our_own_page
from service.web.languages import preferred, text
from service.web.pages import page

Purpose = Literal["invitation", "password_reset"]
_OPEN: dict[str, Any] = {"opt": {"scope": None, "rate": BY_PEER}, "include_in_schema": False}


@get("/join", **_OPEN)
async def show_join(call: NamedDependency[Call[Any]]) -> Response[str]:
    """For somebody invited."""
    return _form(call, "/join")


@post("/join", status_code=303, **_OPEN)
async def join(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Sets the first password."""
    return await _set(call, "/join", "invitation")


@get("/new-password", **_OPEN)
async def show_new_password(call: NamedDependency[Call[Any]]) -> Response[str]:
    """For somebody who asked for a new password."""
    return _form(call, "/new-password")


@post("/new-password", status_code=303, **_OPEN)
async def choose_new_password(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Sets a new password and ends every session."""
    return await _set(call, "/new-password", "password_reset")


@get("/forgotten", **_OPEN)
async def show_forgotten(call: NamedDependency[Call[Any]]) -> Response[str]:
    """For somebody who forgot theirs."""
    return page("forgotten.html", language=_language(call), organisation=None, reference=None, problem=None)


@post("/forgotten", status_code=303, **_OPEN)
async def forget(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Sends a code if somebody signs in by that address; the answer is the same if nobody does."""
    from_our_own_page(call.request)
    try:
        asked = msgspec.convert({"email": str((await call.request.form()).get("email", ""))}, ResetRequest)
    except msgspec.ValidationError:
        told = text(_language(call), marked("Write your email address."))
        return page("forgotten.html", language=_language(call), status=422, organisation=None, reference=None, problem=told)
    call.limit(RESET_BY_ADDRESS, asked.email.lower())
    await want_password_reset(call.database, email=asked.email, at=call.at, request_id=call.request_id)
    return Redirect("/new-password", status_code=303)


async def _set(call: Call[Any], path: str, purpose: Purpose) -> Response[Any]:
    from_our_own_page(call.request)
    form = await call.request.form()
    try:
        document = {"token": str(form.get("code", "")).strip(), "password": str(form.get("password", ""))}
        acceptance = msgspec.convert(document, Acceptance)
    except msgspec.ValidationError:
        return _form(call, path, status=422, problem=marked("A password has 12 characters or more, and the code is the one from the mail."))
    call.limit(BY_ADDRESS, acceptance.token[:40])
    try:
        await set_password(call.database, purpose=purpose, acceptance=acceptance, at=call.at, request_id=call.request_id)
    except MailLinkGone:
        return _form(call, path, status=410, problem=marked("This code was used, has expired, or isn't ours. Ask for a fresh one."))
    return Redirect("/sign-in", status_code=303)


def _form(call: Call[Any], path: str, *, status: int = 200, problem: str | None = None) -> Response[str]:
    language = _language(call)
    told = None if problem is None else text(language, problem)
    return page("password.html", language=language, status=status, organisation=None, reference=None, path=path, problem=told)


def _language(call: Call[Any]) -> str:
    return preferred(call.request.headers.get("accept-language", ""))


ROUTES: list[Any] = [show_join, join, show_new_password, choose_new_password, show_forgotten, forget]
