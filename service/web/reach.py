"""Who is to be reached by a person, on a page: by when, what of, and every way to them that we have; and what a customer was told."""

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from service.customers.customers import find_customer
from service.customers.records import Customer
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.paging import MOST, Page
from service.kit.refusals import Refusal
from service.kit.verbs import Work
from service.notices.notices import list_latest_notices
from service.notices.opt_outs import list_opt_outs, set_opt_out
from service.notices.reach import list_reaches, note_reach
from service.notices.reach_records import Reach, ReachNoted
from service.notices.records import Kind, Notice
from service.notices.rule_records import OptOutSaid
from service.notices.rules import ABOUT
from service.web.forms import acted, converted, filled_in
from service.web.guard import from_our_own_page
from service.web.pages import page
from service.web.refusal_words import said_to_people

PAGE = "/app/reach"
READ, NOTE, WRITE = "customers:read", "messages:write", "customers:write"
OPTIONAL: list[Kind] = [kind for kind, about in ABOUT.items() if about.to == "customer" and about.needed is None]


class ReachesShown(msgspec.Struct, frozen=True):
    """Everything the list says."""

    organisation: Organisation
    reaches: Page[Reach]


class ToldShown(msgspec.Struct, frozen=True):
    """Everything a customer was told, and what they do without."""

    organisation: Organisation
    customer: Customer
    notices: list[Notice]
    out: dict[Kind, bool]


@get(PAGE, opt={"scope": READ}, include_in_schema=False)
async def show_reaches(call: NamedDependency[Call[Any]], cursor: FromQuery[str | None] = None) -> Response[str]:
    """What is due first comes first."""
    return await _list(call, cursor=cursor)


@post(PAGE + "/{notice_id:uuid}", opt={"scope": NOTE}, include_in_schema=False)
async def note_try(notice_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Notes how somebody was tried, and whether they were reached."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def act() -> None:
        document = {
            "channel": form.get("channel"),
            "reached": form.get("reached") == "yes",
            "words": form.get("words"),
            "contact_id": form.get("contact") or None,
        }
        await call.do(note_reach, notice_id=notice_id, noted=converted(document, ReachNoted))

    return await acted(act, to=lambda: PAGE, again=lambda refusal: _list(call, refusal=refusal))


@get("/app/customers/{customer_id:uuid}/told", opt={"scope": READ}, include_in_schema=False)
async def show_told(customer_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[str]:
    """What a customer was told, how far each got, and what they do without."""
    return await _told(call, customer_id)


@post("/app/customers/{customer_id:uuid}/told", opt={"scope": WRITE}, include_in_schema=False)
async def say_opt_out(customer_id: FromPath[UUID], call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Has them told no more of a kind, or again."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def act() -> None:
        said: OptOutSaid = converted({"kind": form.get("kind"), "out": form.get("out") == "yes"}, OptOutSaid)
        await call.do(set_opt_out, customer_id=customer_id, kind=said.kind, out=said.out, via="staff")

    here = f"/app/customers/{customer_id}/told"
    return await acted(act, to=lambda: here, again=lambda refusal: _told(call, customer_id, refusal=refusal))


async def look_at_reaches(work: Work, *, cursor: str | None) -> ReachesShown:
    """All of it in one snapshot."""
    return ReachesShown(await find_organisation(work), await list_reaches(work, customer_id=None, limit=MOST, cursor=cursor))


async def look_at_told(work: Work, *, customer_id: UUID) -> ToldShown:
    """All of it in one snapshot."""
    customer = await find_customer(work, customer_id=customer_id)
    out = {one.kind: one.out for one in (await list_opt_outs(work, customer_id=customer_id)).items}
    return ToldShown(await find_organisation(work), customer, await list_latest_notices(work, customer_id=customer_id), out)


async def _list(call: Call[Any], *, cursor: str | None = None, refusal: Refusal | None = None) -> Response[str]:
    shown: ReachesShown = await call.ask(look_at_reaches, cursor=cursor)
    language = shown.organisation.language
    return page(
        "reach.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        refused=None if refusal is None else said_to_people(refusal, language=language),
        organisation=shown.organisation,
        reaches=shown.reaches.items,
        next=shown.reaches.next,
        may_note=call.principal.may(NOTE),
        reference=None,
    )


async def _told(call: Call[Any], customer_id: UUID, *, refusal: Refusal | None = None) -> Response[str]:
    shown: ToldShown = await call.ask(look_at_told, customer_id=customer_id)
    language = shown.organisation.language
    return page(
        "told.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        refused=None if refusal is None else said_to_people(refusal, language=language),
        organisation=shown.organisation,
        customer=shown.customer,
        told=shown.notices,
        optional=OPTIONAL,
        out=shown.out,
        may_write=call.principal.may(WRITE),
        reference=None,
    )


ROUTES: list[Any] = [show_reaches, note_try, show_told, say_opt_out]
