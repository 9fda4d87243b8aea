"""What the technician sees: the day, and one visit."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.authorisations.photos import list_photos
from service.authorisations.records import Photo
from service.billing.payments import read_customer_account
from service.billing.records.payments import CustomerAccount
from service.catalogue.items import list_in_force
from service.catalogue.records import ItemVersion
from service.customers.contacts import list_contacts
from service.customers.records import Contact
from service.dispatch.records import Day, Visit
from service.dispatch.technicians import find_my_day
from service.dispatch.visits import find_visit
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.refusals import NotFound, Refusal
from service.kit.verbs import Work
from service.web.languages import marked, text
from service.web.pages import page
from service.web.refusal_words import said_to_people

MOST = 200

NEXT: dict[str, list[str]] = {
    "booked": [],
    "dispatched": ["accept"],
    "accepted": ["set-out"],
    "en_route": ["arrive"],
    "on_site": ["start", "no-access"],
    "working": ["complete", "pause"],
    "paused": ["resume"],
}
"""What may be done next in each state, the usual first."""


class DayShown(msgspec.Struct, frozen=True):
    """Everything the day page says."""

    organisation: Organisation
    day: Day | None
    """None for whoever goes to no doors."""


class VisitShown(msgspec.Struct, frozen=True):
    """Everything the page of one visit says."""

    organisation: Organisation
    visit: Visit
    contacts: list[Contact]
    account: CustomerAccount
    book: list[ItemVersion]
    photos: list[Photo]
    work_record_id: UUID
    payment_id: UUID
    photo_id: UUID
    """All three made before a form is sent, so that a form sent twice is one record, one payment, one photo."""


@get("/app/day", opt={"scope": "visits:work"}, include_in_schema=False)
async def show_day(call: NamedDependency[Call[Any]]) -> Response[str]:
    """Today's visits in the order of the day."""
    shown: DayShown = await call.ask(look_at_day)
    language = shown.organisation.language
    common: dict[str, Any] = {"language": language, "organisation": shown.organisation, "reference": None}
    if shown.day is None:
        heading, sentence = (text(language, message) for message in _NO_DAY)
        return page("message.html", status=404, heading=heading, sentence=sentence, back=None, **common)
    return page("day.html", day=shown.day, **common)


@get("/app/visits/{visit_id:uuid}", opt={"scope": "visits:work"}, include_in_schema=False)
async def show_visit(visit_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[str]:
    """One visit, with what may be done next."""
    return await visit_page(call, visit_id)


async def visit_page(call: Call[Any], visit_id: UUID, *, refusal: Refusal | None = None) -> Response[str]:
    """The page of a visit; a refusal is told at its top, with what to do."""
    shown: VisitShown = await call.ask(look_at_visit, visit_id=visit_id)
    language = shown.organisation.language
    return page(
        "visit.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        organisation=shown.organisation,
        shown=shown,
        visit=shown.visit,
        steps=NEXT.get(shown.visit.state, []),
        started_at=work_began(shown.visit),
        refused=None if refusal is None else said_to_people(refusal, language=language),
        reference=str(visit_id)[-12:],
    )


async def look_at_day(work: Work) -> DayShown:
    """The caller's day."""
    organisation = await find_organisation(work)
    try:
        return DayShown(organisation, await find_my_day(work, on=None))
    except NotFound:
        return DayShown(organisation, None)


async def look_at_visit(work: Work, *, visit_id: UUID) -> VisitShown:
    """A visit with the people, the price book and the account."""
    visit = await find_visit(work, visit_id=visit_id)
    return VisitShown(
        organisation=await find_organisation(work),
        visit=visit,
        contacts=(await list_contacts(work, customer_id=visit.customer_id, limit=MOST, cursor=None)).items,
        account=await read_customer_account(work, customer_id=visit.customer_id),
        book=(await list_in_force(work, on=None, kind=None, code=None, name=None, limit=MOST, cursor=None)).items,
        photos=(await list_photos(work, scope_id=visit.scope_id, limit=MOST, cursor=None)).items,
        work_record_id=work.new_id(),
        payment_id=work.new_id(),
        photo_id=work.new_id(),
    )


def work_began(visit: Visit) -> datetime | None:
    """When work on the visit last began."""
    return next((step.captured_at for step in reversed(visit.steps) if step.to_state == "working"), None)


_NO_DAY = (
    marked("You have no visits of your own."),
    marked("This page shows the day of whoever goes to doors. Dispatch can make you one of them."),
)

ROUTES: list[Any] = [show_day, show_visit]
