"""Promises on pages: what breaks next, another time with its reason, and how many were kept."""

from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from service.care.messages import note_message
from service.care.records import NewMessage
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.paging import MOST, Page
from service.kit.refusals import InvalidDocument, Refusal
from service.kit.sheets import Whole
from service.kit.verbs import Work
from service.promises.promises import list_due_together, make_promise, renew_promise
from service.promises.records import DueTogether, KeptRate, KeptReport, NewPromise, RenewedPromise
from service.promises.watching import report_promises
from service.web.forms import acted, converted, filled_in, moment_in
from service.web.guard import from_our_own_page
from service.web.pages import page
from service.web.refusal_words import said_to_people
from service.web.timeline import customer_page

PAGE = "/app/promises"
READ, WRITE, NOTE, COUNT = "timeline:read", "promises:write", "messages:write", "reports:read"


class PromisesShown(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    due: Page[DueTogether]


class KeptShown(msgspec.Struct, frozen=True):
    """The rates, and whose."""

    organisation: Organisation
    report: KeptReport


@get(PAGE, opt={"scope": READ}, include_in_schema=False)
async def show_promises(
    call: NamedDependency[Call[Any]], whose: FromQuery[str] = "", cursor: FromQuery[str | None] = None
) -> Response[str]:
    """What is broken first, then what breaks next; everybody's, or the reader's own."""
    return await _list(call, mine=whose == "mine", cursor=cursor)


@post(PAGE + "/{promise_id:uuid}/renew", opt={"scope": WRITE}, include_in_schema=False)
async def renew(promise_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Promises another time, and has the customer told why."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def act() -> None:
        renewed: RenewedPromise = converted({"reason": form.get("reason"), "due_at": await _moment(call, form.get("due"))}, RenewedPromise)
        await call.do(renew_promise, promise_id=promise_id, renewed=renewed)

    return await acted(act, to=lambda: PAGE, again=lambda refusal: _list(call, mine=False, refusal=refusal))


@post("/app/customers/{customer_id:uuid}/promises", opt={"scope": WRITE}, include_in_schema=False)
async def promise_by_hand(customer_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Promises something to a customer; without a time what is likely to be kept."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def act() -> None:
        document = {"kind": form.get("kind"), "words": form.get("words"), "due_at": await _moment(call, form.get("due"))}
        promise: NewPromise = converted(document, NewPromise)
        await call.do(make_promise, customer_id=customer_id, promise=promise)

    return await acted(
        act, to=lambda: f"/app/customers/{customer_id}", again=lambda refusal: customer_page(call, customer_id, refusal=refusal)
    )


@post("/app/customers/{customer_id:uuid}/messages", opt={"scope": NOTE}, include_in_schema=False)
async def note(customer_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Notes a word in or out."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def act() -> None:
        message: NewMessage = converted(
            {
                "direction": form.get("direction"),
                "channel": form.get("channel"),
                "words": form.get("words"),
                "reached": form.get("missed") != "yes",
            },
            NewMessage,
        )
        await call.do(note_message, customer_id=customer_id, message=message)

    return await acted(
        act, to=lambda: f"/app/customers/{customer_id}", again=lambda refusal: customer_page(call, customer_id, refusal=refusal)
    )


@get(PAGE + "/kept", opt={"scope": COUNT}, include_in_schema=False)
async def show_kept(
    call: NamedDependency[Call[Any]], from_on: FromQuery[date | None] = None, until_on: FromQuery[date | None] = None
) -> Response[str]:
    """How many were kept, by week, kind and team."""
    shown: KeptShown = await call.ask(look_at_kept, from_on=from_on, until_on=until_on)
    return page(
        "promises_kept.html", language=shown.organisation.language, organisation=shown.organisation, report=shown.report, reference=None
    )


@get(PAGE + "/kept.csv", opt={"scope": COUNT}, include_in_schema=False)
async def download_kept(
    call: NamedDependency[Call[Any]], from_on: FromQuery[date | None] = None, until_on: FromQuery[date | None] = None
) -> Response[str]:
    """The same as a file."""
    answer: Response[str] = await Whole(call, KeptRate, "promises", "csv").read(report_promises, from_on=from_on, until_on=until_on)
    return answer


async def look_at_promises(work: Work, *, owner_staff_id: UUID | None, cursor: str | None) -> PromisesShown:
    """All of it in one snapshot."""
    due = await list_due_together(work, owner_staff_id=owner_staff_id, limit=MOST, cursor=cursor)
    return PromisesShown(await find_organisation(work), due)


async def look_at_kept(work: Work, *, from_on: date | None, until_on: date | None) -> KeptShown:
    """The report in one snapshot."""
    return KeptShown(await find_organisation(work), await report_promises(work, from_on=from_on, until_on=until_on))


async def _list(call: Call[Any], *, mine: bool, cursor: str | None = None, refusal: Refusal | None = None) -> Response[str]:
    shown: PromisesShown = await call.ask(look_at_promises, owner_staff_id=call.principal.id if mine else None, cursor=cursor)
    language = shown.organisation.language
    return page(
        "promises.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        refused=None if refusal is None else said_to_people(refusal, language=language),
        organisation=shown.organisation,
        due=[one for one in shown.due.items if not one.broken],
        broken=[one for one in shown.due.items if one.broken],
        next=shown.due.next,
        mine=mine,
        may_write=call.principal.may(WRITE),
        may_see_incidents=call.principal.may("subscriptions:read"),
        may_count=call.principal.may(COUNT),
        reference=None,
    )


async def _moment(call: Call[Any], written: str | None) -> str | None:
    """The instant of a wall time in the organisation's zone, as the rules read it; raises InvalidDocument."""
    if not written:
        return None
    organisation: Organisation = await call.ask(find_organisation)
    moment = moment_in(written, organisation.zone)
    if moment is None:
        raise InvalidDocument("`due` is no time.")
    return moment


ROUTES: list[Any] = [show_promises, renew, promise_by_hand, note, show_kept, download_kept]
