"""Routes of the calendar feeds; what a feed tells is a page's matter (`service/web/feed.py`)."""

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.dispatch.calendars import (
    end_customers_calendar,
    end_my_calendar,
    find_customers_calendar,
    find_my_calendar,
    renew_customers_calendar,
    renew_my_calendar,
)
from service.dispatch.records import Calendar, CalendarEnded
from service.kit.http import Call, command, question


@post("/v1/customers/{customer_id:uuid}/calendar", **command(renew_customers_calendar, scope="customers:write", status=200))
async def renew_customers_calendar_route(customer_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Calendar]:
    return await call.perform(renew_customers_calendar, customer_id=customer_id)


@get("/v1/customers/{customer_id:uuid}/calendar", **question(find_customers_calendar, scope="customers:write"))
async def find_customers_calendar_route(customer_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Calendar]:
    return await call.read(find_customers_calendar, customer_id=customer_id)


@post("/v1/customers/{customer_id:uuid}/calendar/end", **command(end_customers_calendar, scope="customers:write", status=200))
async def end_customers_calendar_route(customer_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[CalendarEnded]:
    return await call.perform(end_customers_calendar, customer_id=customer_id)


@post("/v1/me/calendar", **command(renew_my_calendar, scope="visits:work", status=200))
async def renew_my_calendar_route(call: NamedDependency[Call[Any]]) -> Response[Calendar]:
    return await call.perform(renew_my_calendar)


@get("/v1/me/calendar", **question(find_my_calendar, scope="visits:work"))
async def find_my_calendar_route(call: NamedDependency[Call[Any]]) -> Response[Calendar]:
    return await call.read(find_my_calendar)


@post("/v1/me/calendar/end", **command(end_my_calendar, scope="visits:work", status=200))
async def end_my_calendar_route(call: NamedDependency[Call[Any]]) -> Response[CalendarEnded]:
    return await call.perform(end_my_calendar)


ROUTES = [
    renew_customers_calendar_route,
    find_customers_calendar_route,
    end_customers_calendar_route,
    renew_my_calendar_route,
    find_my_calendar_route,
    end_my_calendar_route,
]
