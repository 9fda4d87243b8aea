"""What the technician sees: the day, and one visit."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from service.authorisations.matters import list_matter_items
from service.authorisations.photos import list_photos
from service.authorisations.records import MatterItem, Photo
from service.billing.cash.limits import find_room_for_cash
from service.billing.payments import list_payments_at_visit, read_customer_account
from service.billing.records.custody import RoomForCash
from service.billing.records.payments import CustomerAccount, Payment
from service.catalogue.items import list_in_force
from service.catalogue.records import ItemVersion
from service.customers.contacts import list_contacts
from service.customers.records import Contact
from service.dispatch.live.arrivals import is_quiet
from service.dispatch.records import Day, Visit
from service.dispatch.technicians import find_my_day
from service.dispatch.visits import find_visit
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.refusals import NotFound, Refusal
from service.kit.verbs import Work
from service.web.day.words import WHY_LATE, WHY_LONGER, minutes_late
from service.web.pages import ASKING, page
from service.web.refusal_words import said_to_people
from service.web.words import said

MOST = 200

NEXT: dict[str, list[str]] = {
    "booked": [],
    "dispatched": ["accept"],
    "accepted": ["set-out"],
    "en_route": ["arrive"],
    "on_site": ["start"],
    "working": ["complete", "pause"],
    "paused": ["resume"],
}
"""What may be done next in each state, the usual first."""
UNDER_WAY = frozenset({"on_site", "working", "paused"})
SENT_OUT = UNDER_WAY | {"dispatched", "accepted", "en_route"}
"""While it may be asked where somebody is."""


class DayShown(msgspec.Struct, frozen=True):
    """Everything the day page says."""

    organisation: Organisation
    day: Day | None
    """None for whoever goes to no doors."""
    cash: list[RoomForCash]


class VisitShown(msgspec.Struct, frozen=True):
    """Everything the page of one visit says."""

    organisation: Organisation
    visit: Visit
    contacts: list[Contact]
    matter: list[MatterItem]
    account: CustomerAccount
    taken: list[Payment]
    book: list[ItemVersion]
    photos: list[Photo]
    work_record_id: UUID
    payment_id: UUID
    photo_id: UUID
    """All three made before a form is sent, so that a form sent twice is one record, one payment, one photo."""


@get("/app/day", opt={"scope": "visits:work"}, include_in_schema=False)
async def show_day(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Today's visits in the order of the day; who goes to no doors begins in the office."""
    shown: DayShown = await call.ask(look_at_day)
    if shown.day is None:
        return Redirect("/app/office", status_code=303)
    return page(
        "day.html",
        language=shown.organisation.language,
        headers=ASKING,
        organisation=shown.organisation,
        day=shown.day,
        asked=_asked_about(shown.day.visits, at=call.at),
        maps={visit.id: _map_of(visit) for visit in shown.day.visits},
        shares=any(visit.state in SENT_OUT for visit in shown.day.visits),
        now=call.at,
        cash=shown.cash,
        takes_cash=call.principal.may("payments:cash"),
        sees_devices=call.principal.may("jobs:read"),
        reference=None,
    )


@get("/app/visits/{visit_id:uuid}", opt={"scope": "visits:work"}, include_in_schema=False)
async def show_visit(visit_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[str]:
    """One visit, with what may be done next."""
    return await visit_page(call, visit_id)


async def visit_page(call: Call[Any], visit_id: UUID, *, refusal: Refusal | None = None) -> Response[str]:
    """The page of a visit; a refusal is told at its top, with what to do."""
    shown: VisitShown = await call.ask(look_at_visit, visit_id=visit_id)
    language = shown.organisation.language
    mine = call.principal.id in {shown.visit.technician_id, *(one.id for one in shown.visit.crew)}
    under_way = shown.visit.state in UNDER_WAY
    planned_at = shown.visit.until if under_way else shown.visit.from_
    return page(
        "visit.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        headers=ASKING,
        now=call.at,
        mine=mine,
        shares=mine and shown.visit.state in SENT_OUT,
        takes_devices=mine and call.principal.may("custody:write"),
        was_mine=any(step.technician_id == call.principal.id for step in shown.visit.steps),
        why_late=said(WHY_LONGER if under_way else WHY_LATE, language),
        planned_at=planned_at,
        later_by=[(minutes, planned_at + timedelta(minutes=minutes)) for minutes in minutes_late(planned_at, at=call.at)],
        organisation=shown.organisation,
        shown=shown,
        visit=shown.visit,
        steps=_next(shown.visit) if mine or call.principal.may("visits:write") else [],
        to_start=[item for item in shown.visit.authorised_items if not item.started],
        to_record=[item for item in shown.visit.authorised_items if item.started],
        map_at=_map_of(shown.visit),
        started_at=work_began(shown.visit),
        refused=None if refusal is None else said_to_people(refusal, language=language),
        reference=str(visit_id)[-12:],
    )


async def look_at_day(work: Work) -> DayShown:
    """The caller's day."""
    organisation = await find_organisation(work)
    try:
        return DayShown(organisation, await find_my_day(work, on=None), await find_room_for_cash(work))
    except NotFound:
        return DayShown(organisation, None, [])


async def look_at_visit(work: Work, *, visit_id: UUID) -> VisitShown:
    """A visit with the people, the price book and the account."""
    visit = await find_visit(work, visit_id=visit_id)
    return VisitShown(
        organisation=await find_organisation(work),
        visit=visit,
        contacts=(await list_contacts(work, customer_id=visit.customer_id, limit=MOST, cursor=None)).items,
        matter=await list_matter_items(work, customer_id=visit.customer_id, scope_id=visit.scope_id),
        account=await read_customer_account(work, customer_id=visit.customer_id),
        taken=await list_payments_at_visit(work, customer_id=visit.customer_id, visit_id=visit_id),
        book=(await list_in_force(work, on=None, kind=None, code=None, name=None, limit=MOST, cursor=None)).items,
        photos=[one for one in (await list_photos(work, scope_id=visit.scope_id, limit=MOST, cursor=None)).items if not one.erased],
        work_record_id=work.new_id(),
        payment_id=work.new_id(),
        photo_id=work.new_id(),
    )


def _next(visit: Visit) -> list[str]:
    """What may be done next; what was agreed to while others were at work is started too."""
    since = visit.state == "working" and any(not item.started for item in visit.authorised_items)
    return [*(step for step in NEXT.get(visit.state, []) if step != "set-out" or not visit.waits_for), *(["start"] if since else [])]


def _asked_about(visits: list[Visit], *, at: datetime) -> Visit | None:
    """The visit that whoever said nothing all day should have begun a while ago."""
    due = next((visit for visit in visits if visit.expected is not None), None)
    silent = due is not None and due.expected is not None and due.expected.unheard
    return due if due is not None and silent and is_quiet(due.from_, heard_at=None, at=at) else None


def _map_of(visit: Visit) -> str:
    """An address that a phone opens in its own map (RFC 5870)."""
    site, place = visit.site, "0,0"
    if site.latitude_e7 is not None and site.longitude_e7 is not None:
        place = f"{site.latitude_e7 / 10**7:.7g},{site.longitude_e7 / 10**7:.7g}"
    return f"geo:{place}?q={quote(site.address)}"


def work_began(visit: Visit) -> datetime | None:
    """When work on the visit last began."""
    return next((step.captured_at for step in reversed(visit.steps) if step.to_state == "working"), None)


ROUTES: list[Any] = [show_day, show_visit]
