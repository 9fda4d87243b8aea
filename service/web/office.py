"""Where whoever goes to no doors begins: the way to a customer, a day's visits, and whom to call now."""

from datetime import date
from typing import Any

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from service.dispatch.board import find_board_day, find_expected_on, read_lists
from service.dispatch.records import BoardLists
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.verbs import Work
from service.subscriptions.records import RenewalCall
from service.subscriptions.renewal_calls import list_renewal_calls
from service.web.office_day import OfficeDay, look_at_day_of_all
from service.web.pages import page

MOST = 20


class OfficeShown(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    day: OfficeDay | None
    """None for who may not read visits."""
    lists: BoardLists | None
    """What the board says needs somebody; None for who may not see it."""
    calls: list[RenewalCall] | None
    """None for who may not read them."""


@get("/app/office", opt={"scope": "customers:read"}, include_in_schema=False)
async def show_office(call: NamedDependency[Call[Any]], on: FromQuery[date | None] = None) -> Response[str]:
    """The way to a customer, who is where on a day, and whom to call about renewing."""
    shown: OfficeShown = await call.ask(look_around, on=on)
    return page(
        "office.html",
        language=shown.organisation.language,
        organisation=shown.organisation,
        shown=shown,
        said="",
        sees_board=call.principal.may("board:read"),
        sees_bank=call.principal.may("bank:read"),
        sees_services=call.principal.may("subscriptions:read"),
        credits=call.principal.may("invoices:credit"),
        reads_reports=call.principal.may("reports:read"),
        keeps_books=call.principal.may("ledger:read"),
        corrects_payments=call.principal.may("payments:correct"),
        counts_cash=call.principal.may("cash:accept"),
        sets_up=call.principal.may("organisation:read"),
        keeps_webhooks=call.principal.may("webhooks:read"),
        goes_to_doors=call.principal.may("visits:work"),
        reference=None,
    )


async def look_around(work: Work, *, on: date | None) -> OfficeShown:
    """Who goes where that day, and who is to be called, read in one snapshot."""
    organisation = await find_organisation(work)
    calls = await list_renewal_calls(work, limit=MOST, cursor=None) if work.principal.may("calls:read") else None
    return OfficeShown(
        organisation=organisation,
        day=await look_at_day_of_all(work, zone=organisation.zone, on=on) if work.principal.may("visits:read") else None,
        lists=await needs_somebody(work, on=on) if work.principal.may("board:read") else None,
        calls=None if calls is None else calls.items,
    )


async def needs_somebody(work: Work, *, on: date | None) -> BoardLists:
    """The promises at risk and the jobs with nobody, by the board's own question."""
    day = await find_board_day(work, on=on)
    return await read_lists(work, day=day, expected=await find_expected_on(work, day=day))


ROUTES: list[Any] = [show_office]
