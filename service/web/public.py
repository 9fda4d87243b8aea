"""Events and ideas: for everybody on public pages, for a customer on their link, who opens ideas and votes, and for the office, which answers and announces."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.care.public import (
    announce_event,
    answer_idea,
    change_event,
    list_events,
    list_ideas,
    list_shown_ideas,
    open_idea,
    vote_for_idea,
)
from service.care.records.public import Event, Idea, NewEvent, NewIdea, NewIdeaAnswer
from service.customers.customers import find_customer
from service.identity.branding import find_public, require_public
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.refusals import InvalidDocument, NotFound, Refusal
from service.kit.verbs import Work
from service.kit.words import marked
from service.web import icalendar
from service.web.crowd import CROWD
from service.web.forms import acted, converted, filled_in, moment_in, whole_in
from service.web.guard import from_our_own_page
from service.web.languages import NAMES, reading, text, way_in
from service.web.pages import page
from service.web.portal import customer_of, way_home
from service.web.refusal_words import said_to_people
from service.web.words import said

PAGE = "/app/ideas"
_OPEN: dict[str, Any] = {"opt": {"scope": None}, "include_in_schema": False}
IDEA_STATES = {
    "open": marked("open"),
    "planned": marked("planned"),
    "started": marked("started"),
    "done": marked("done"),
    "declined": marked("declined"),
}


class PublicShown(msgspec.Struct, frozen=True):
    """Everything that these pages say."""

    organisation: Organisation
    language: str
    at: datetime
    new_id: UUID
    """Made before a form is sent, so that one sent twice is one thing."""
    ideas: list[Idea]
    events: list[Event]


@get("/o/{slug:str}/events", **_OPEN)
async def show_events(slug: FromPath[str], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    """What is to come."""

    async def make() -> Response[str]:
        shown = await _public(call, slug)
        to_come = sorted((one for one in shown.events if one.ends_at > shown.at), key=lambda one: one.starts_at)
        return page(
            "events.html",
            language=shown.language,
            organisation=shown.organisation,
            reference=None,
            languages=NAMES,
            way_in=way_in(call.request),
            to_come=to_come,
        )

    return await CROWD.show(call, make)


@get("/o/{slug:str}/events.ics", **_OPEN, media_type=icalendar.MEDIA_TYPE)
async def show_calendar(slug: FromPath[str], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    """The same for calendars to subscribe to."""

    async def make() -> Response[bytes]:
        shown = await _public(call, slug)
        organisation = shown.organisation
        home = f"{call.request.app.state.settings.public_url}/o/{organisation.slug}/events"
        name = f"{organisation.name}: {text(shown.language, 'Events')}"
        events = [
            icalendar.Event(
                uid=one.id,
                sequence=one.version,
                changed_at=one.changed_at,
                starts_at=one.starts_at,
                ends_at=one.ends_at,
                cancelled=one.cancelled,
                summary=one.title,
                description=one.words,
                location=one.place or None,
                url=f"{home}#e-{one.id}",
            )
            for one in shown.events
        ]
        return Response(icalendar.calendar(name, events), media_type=icalendar.MEDIA_TYPE)

    return await CROWD.show(call, make)


@get("/o/{slug:str}/ideas", **_OPEN)
async def show_ideas(slug: FromPath[str], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    """What customers wish for, and what is said to it."""

    async def make() -> Response[str]:
        return _page(await _public(call, slug), public=True, way_in=way_in(call.request))

    return await CROWD.show(call, make)


@get("/l/{token:str}/ideas", opt={"scope": "portal:read"}, include_in_schema=False)
async def show_ideas_to_customer(call: NamedDependency[Call[Any]]) -> Response[str]:
    """The same to a customer on their link, with their votes."""
    return await _to_customer(call)


@post("/l/{token:str}/ideas", opt={"scope": "portal:act"}, include_in_schema=False)
async def act_as_customer(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Votes, takes a vote back, or tells an idea."""
    from_our_own_page(call.request)
    form = await filled_in(call)
    customer_id = customer_of(call)

    async def act() -> None:
        if form.get("do") == "open":
            document = {"id": form.get("id"), "title": form.get("title", "").strip(), "words": form.get("words", "").strip()}
            await call.do(open_idea, customer_id=customer_id, idea=converted(document, NewIdea))
        elif form.get("do") in {"vote", "unvote"}:
            await call.do(vote_for_idea, customer_id=customer_id, idea_id=_id(form.get("id", "")), for_it=form["do"] == "vote")
        else:
            raise InvalidDocument

    return await acted(act, to=lambda: call.request.url.path, again=lambda refusal: _to_customer(call, refusal=refusal, form=form))


@get(PAGE, opt={"scope": "customers:read"}, include_in_schema=False)
async def show_ideas_to_office(call: NamedDependency[Call[Any]]) -> Response[str]:
    """Every idea with its answer, and what is announced."""
    return await _to_office(call)


@post(PAGE, opt={"scope": "customers:write"}, include_in_schema=False)
async def act_in_office(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Answers an idea, announces an event or cancels one."""
    from_our_own_page(call.request)
    form = await filled_in(call)

    async def act() -> None:
        if form.get("do") == "event":
            await call.do(announce_event, event=await _event(call, form))
            return
        if form.get("do") == "cancel":
            version = whole_in(form.get("version", "")) or 0
            await call.do(change_event, event_id=_id(form.get("event", "")), version=version, event=await _event(call, form))
            return
        answer: NewIdeaAnswer = converted({"state": form.get("state"), "words": form.get("words", "").strip()}, NewIdeaAnswer)
        await call.do(answer_idea, idea_id=_id(form.get("id", "")), answer=answer)

    return await acted(act, to=lambda: PAGE, again=lambda refusal: _to_office(call, refusal=refusal, form=form))


async def look_at_public(work: Work, *, customer_id: UUID | None, everything: bool, language: str = "") -> PublicShown:
    """What that customer, the office or everybody may see, in that language; else in the customer's or the organisation's."""
    ideas = await list_ideas(work) if everything else await list_shown_ideas(work, customer_id=customer_id)
    organisation = await find_organisation(work)
    theirs = (await find_customer(work, customer_id=customer_id)).language if customer_id else organisation.language
    return PublicShown(organisation, language or theirs, work.at, work.new_id(), ideas, await list_events(work))


async def _event(call: Call[Any], form: dict[str, str]) -> NewEvent:
    """The event as the form says it, or the one that stands, cancelled."""
    if form["do"] == "cancel":
        stands = [one for one in await call.ask(list_events) if str(one.id) == form.get("event")]
        if not stands:
            raise NotFound
        kept = {name: getattr(stands[0], name) for name in ("title", "words", "place", "starts_at", "ends_at")}
        return NewEvent(**kept, cancelled=True)
    organisation: Organisation = await call.ask(find_organisation)
    document = {
        "id": form.get("event"),
        "title": form.get("title", "").strip(),
        "words": form.get("words", "").strip(),
        "place": form.get("place", "").strip(),
        "starts_at": moment_in(form.get("from", ""), organisation.zone),
        "ends_at": moment_in(form.get("until", ""), organisation.zone),
    }
    event: NewEvent = converted(document, NewEvent)
    return event


def _id(written: str) -> UUID:
    try:
        return UUID(written)
    except ValueError:
        raise NotFound from None


async def _public(call: Call[Any], slug: str) -> PublicShown:
    public = await find_public(call.database, slug=slug)
    shown: PublicShown = await call.acting_as(public).ask(
        look_at_public, customer_id=None, everything=False, language=reading(call.request, otherwise="")
    )
    require_public(shown.organisation)
    return shown


async def _to_customer(call: Call[Any], *, refusal: Refusal | None = None, form: dict[str, str] | None = None) -> Response[str]:
    shown = await call.ask(look_at_public, customer_id=call.principal.customer_id, everything=False)
    here = call.request.url.path
    write_at = f"{here.removesuffix('/ideas')}/contact"
    return _page(shown, votes_at=here, write_at=write_at, home=way_home(call), refusal=refusal, form=form)


async def _to_office(call: Call[Any], *, refusal: Refusal | None = None, form: dict[str, str] | None = None) -> Response[str]:
    shown = await call.ask(look_at_public, customer_id=None, everything=True)
    return _page(shown, answers_at=PAGE if call.principal.may("customers:write") else None, refusal=refusal, form=form)


def _page(
    shown: PublicShown,
    *,
    public: bool = False,
    way_in: str = "",
    votes_at: str | None = None,
    write_at: str | None = None,
    answers_at: str | None = None,
    home: str | None = None,
    refusal: Refusal | None = None,
    form: dict[str, str] | None = None,
) -> Response[str]:
    language = shown.language
    return page(
        "ideas.html",
        language=language,
        languages=NAMES,
        way_in=way_in,
        status=200 if refusal is None else refusal.status,
        organisation=shown.organisation,
        reference=None,
        problem=None if refusal is None else said_to_people(refusal, language=language),
        ideas=shown.ideas,
        events=shown.events,
        idea_id=shown.new_id,
        idea_states=said(IDEA_STATES, language),
        public=public,
        votes_at=votes_at,
        write_at=write_at,
        answers_at=answers_at,
        home=home,
        form=form or {},
    )


ROUTES: list[Any] = [
    show_events,
    show_calendar,
    show_ideas,
    show_ideas_to_customer,
    act_as_customer,
    show_ideas_to_office,
    act_in_office,
]
