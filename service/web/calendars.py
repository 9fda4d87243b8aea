"""Where people find their calendar feed, give themselves a new one, or end it: a technician, a customer on their link, and the office for a customer."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from service.customers.customers import find_customer
from service.dispatch.calendars import (
    end_customers_calendar,
    end_my_calendar,
    find_customers_calendar,
    find_my_calendar,
    renew_customers_calendar,
    renew_my_calendar,
)
from service.dispatch.records import Calendar
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.refusals import InvalidDocument, NotFound
from service.kit.verbs import Work
from service.web.guard import from_our_own_page
from service.web.pages import page
from service.web.portal import customer_of, way_home


class ShownCalendar(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    language: str
    zone: str
    customer: str | None
    """Whose it is; None for the reader's own."""
    customer_id: UUID | None
    calendar: Calendar | None
    quote: str | None = None
    """What a customer is asked for on the telephone."""


@get("/app/calendar", opt={"scope": "visits:work"}, include_in_schema=False)
async def show_my_calendar(call: NamedDependency[Call[Any]]) -> Response[str]:
    """A technician's own feed."""
    return _page(call, await call.ask(look_at_mine), to_customer=False)


@post("/app/calendar", opt={"scope": "visits:work"}, include_in_schema=False, status_code=303)
async def act_on_my_calendar(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Gives them a new one, or ends it."""
    await call.do(renew_my_calendar if await _renews(call) else end_my_calendar)
    return Redirect("/app/calendar", status_code=303)


@get("/l/{token:str}/calendar", opt={"scope": "portal:read"}, include_in_schema=False)
async def show_calendar_to_customer(call: NamedDependency[Call[Any]]) -> Response[str]:
    """A customer's own feed, on their link."""
    return _page(call, await call.ask(look_at_customers, customer_id=customer_of(call)), to_customer=True)


@post("/l/{token:str}/calendar", opt={"scope": "portal:act"}, include_in_schema=False, status_code=303)
async def act_as_customer(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Gives them a new one, or ends it."""
    await call.do(renew_customers_calendar if await _renews(call) else end_customers_calendar, customer_id=customer_of(call))
    return Redirect(call.request.url.path, status_code=303)


@get("/app/customers/{customer_id:uuid}/calendar", opt={"scope": "customers:write"}, include_in_schema=False)
async def show_customers_calendar(customer_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[str]:
    """A customer's feed, to the office that hands it on."""
    return _page(call, await call.ask(look_at_customers, customer_id=customer_id), to_customer=False)


@post("/app/customers/{customer_id:uuid}/calendar", opt={"scope": "customers:write"}, include_in_schema=False, status_code=303)
async def act_on_customers_calendar(customer_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Gives the customer a new one, or ends it."""
    await call.do(renew_customers_calendar if await _renews(call) else end_customers_calendar, customer_id=customer_id)
    return Redirect(call.request.url.path, status_code=303)


async def look_at_mine(work: Work) -> ShownCalendar:
    """What the page of one's own shows."""
    organisation = await find_organisation(work)
    try:
        calendar = await find_my_calendar(work)
    except NotFound:
        calendar = None
    return ShownCalendar(organisation, organisation.language, organisation.zone, None, None, calendar)


async def look_at_customers(work: Work, *, customer_id: UUID) -> ShownCalendar:
    """What the page of a customer's shows, to them in their language and to the office in its own."""
    organisation, customer = await find_organisation(work), await find_customer(work, customer_id=customer_id)
    try:
        calendar = await find_customers_calendar(work, customer_id=customer_id)
    except NotFound:
        calendar = None
    language = customer.language if work.principal.customer_id else organisation.language
    whose = None if work.principal.customer_id else customer.name
    return ShownCalendar(organisation, language, customer.zone, whose, customer_id, calendar, customer.quote)


async def _renews(call: Call[Any]) -> bool:
    """Whether the form asks for a new one; else it ends it."""
    from_our_own_page(call.request)
    wanted = (await call.request.form()).get("do")
    if wanted not in {"renew", "end"}:
        raise InvalidDocument
    return bool(wanted == "renew")


def _page(call: Call[Any], shown: ShownCalendar, *, to_customer: bool) -> Response[str]:
    home: str = call.request.app.state.settings.public_url
    address = shown.calendar and f"{home}{shown.calendar.path}"
    return page(
        "calendar.html",
        language=shown.language,
        organisation=shown.organisation,
        shown=shown,
        address=address,
        to_customer=to_customer,
        home=way_home(call),
        subscribe=address and f"webcal://{address.partition('://')[2]}",
        reference=shown.quote,
    )


ROUTES: list[Any] = [
    show_my_calendar,
    act_on_my_calendar,
    show_calendar_to_customer,
    act_as_customer,
    show_customers_calendar,
    act_on_customers_calendar,
]
