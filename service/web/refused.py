"""What a person sees where a program would get a problem document."""

import re
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect

from service.kit import refused
from service.kit.refusals import InvalidDocument, NotAllowed, NotAuthenticated, NotFound, OutOfRange, Refusal
from service.kit.words import marked
from service.web.languages import preferred, text
from service.web.pages import page
from service.web.refusal_words import said_to_people

PAGE = re.compile(r"/(?:a/|l/|pay/|owed/|my/|contact/|app/|o/[^.]*$|(?:sign-in|join|new-password|forgotten)$)")
"""Where people look; everything else answers programs."""
NO_SUCH_ADDRESS = (marked("This address isn’t right."), marked("Look whether it was copied whole, or go there from another page."))
"""Whoever only looks has filled no form in: what can't be right stands in the address."""


def refuse(request: Request[Any, Any, Any], refusal: Refusal) -> Response[Any]:
    """The refusal as a page for people, as a problem for programs; staff without a sign-in are sent to it."""
    path = request.url.path
    if not PAGE.match(path):
        return refused.refuse(request, refusal)
    if path.startswith("/app/") and isinstance(refusal, NotAuthenticated):
        return Redirect(f"/sign-in?to={path}" if request.method == "GET" else "/sign-in", status_code=303)
    language = preferred(request.headers.get("accept-language", ""))
    # A customer's link is made for one page: on another, or cut, it is no better than one that was never made.
    told = NotAuthenticated() if isinstance(refusal, NotAllowed | NotFound) and not path.startswith("/app/") else refusal
    if request.method == "GET" and isinstance(told, InvalidDocument | OutOfRange):
        heading, sentence = (text(language, one) for one in NO_SUCH_ADDRESS)
    else:
        heading, sentence = said_to_people(told, language=language)
    # Whoever is signed in but not meant here gets a way on.
    back = "/app/office" if isinstance(refusal, NotAllowed) and path.startswith("/app/") else None
    common: dict[str, Any] = {"back": back, "organisation": None, "reference": None}
    return page("message.html", language=language, status=refusal.status, heading=heading, sentence=sentence, **common)


def refuse_litestar(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """Litestar's own errors, likewise."""
    kind = refused.OF_LITESTAR.get(error.status_code)
    return refuse(request, kind()) if kind is not None and PAGE.match(request.url.path) else refused.refuse_litestar(request, error)
