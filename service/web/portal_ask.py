"""Where a customer who has no link at hand has theirs sent, and where the office sends it for them."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from service.care.messages import ContactUnknown
from service.care.portal import NoWayForLink, ask_for_portal_link, end_portal_links, send_portal_link
from service.care.records.portal import NewPortalLink
from service.identity.http.sessions import BY_PEER
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.principals import Principal
from service.kit.rates import Rate
from service.kit.refusals import InvalidDocument
from service.kit.tasks.registry import WORKER
from service.kit.words import marked
from service.web.forms import id_in
from service.web.guard import from_our_own_page
from service.web.languages import NAMES, reading, text
from service.web.pages import page
from service.web.timeline import customer_page

BY_ADDRESS = Rate("portal-link-address", 5, 3600)
SHORTEST, LONGEST = 5, 254
ROUTE: dict[str, Any] = {"opt": {"scope": None, "rate": BY_PEER}, "include_in_schema": False}


@get("/my/{organisation_id:uuid}", **ROUTE)
async def show_ask(organisation_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[str]:
    """Asks for an address or a number."""
    return await _show(call, organisation_id)


@post("/my/{organisation_id:uuid}", status_code=200, **ROUTE)
async def ask(organisation_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[str]:
    """Sends their link to whoever is written to there; what is said is the same if nobody is."""
    from_our_own_page(call.request)
    said = " ".join(str((await call.request.form()).get("said", "")).split())
    if not SHORTEST <= len(said) <= LONGEST or "\0" in said:
        return await _show(call, organisation_id, status=422, problem=marked("Write your e-mail address or telephone number."))
    call.limit(BY_ADDRESS, f"{organisation_id} {said.lower()}")
    _enter(call, organisation_id)
    await call.ask(find_organisation)
    await call.do(ask_for_portal_link, said=said)
    return await _show(call, organisation_id, asked=True)


@post("/app/customers/{customer_id:uuid}/portal-link", opt={"scope": "messages:write"}, include_in_schema=False)
async def send_or_end(customer_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Sends one of the customer's people the link, or ends all that were sent, then shows the customer again."""
    from_our_own_page(call.request)
    form = await call.request.form()
    try:
        if form.get("do") == "send":
            await call.do(send_portal_link, customer_id=customer_id, to=_to(str(form.get("contact", ""))))
        elif form.get("do") == "end":
            await call.do(end_portal_links, customer_id=customer_id)
        else:
            raise InvalidDocument
    except (NoWayForLink, ContactUnknown) as refusal:
        return await customer_page(call, customer_id, refusal=refusal)
    return Redirect(f"/app/customers/{customer_id}", status_code=303)


def _to(contact: str) -> NewPortalLink:
    return NewPortalLink(contact_id=id_in(contact) if contact else None)


def _enter(call: Call[Any], organisation_id: UUID) -> None:
    call.principal = Principal(organisation_id=organisation_id, kind="system", id=WORKER)


async def _show(
    call: Call[Any], organisation_id: UUID, *, asked: bool = False, status: int = 200, problem: str | None = None
) -> Response[str]:
    _enter(call, organisation_id)
    organisation: Organisation = await call.ask(find_organisation)
    language = reading(call.request, otherwise=organisation.language)
    return page(
        "portal_ask.html",
        language=language,
        status=status,
        organisation=organisation,
        languages=NAMES,
        asked=asked,
        problem=None if problem is None else text(language, problem),
        reference=None,
    )


ROUTES: list[Any] = [show_ask, ask, send_or_end]
