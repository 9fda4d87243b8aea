"""What works and what doesn't, for everybody: the public status of an organisation as a page and as feeds. No login, and nobody's name or place."""

from datetime import UTC, datetime
from typing import Any

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from service.identity.branding import find_public, require_public
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.verbs import Work
from service.subscriptions.incidents import is_over, list_public_incidents
from service.subscriptions.records.incidents import Incident
from service.web.crowd import CROWD
from service.web.languages import NAMES, reading, text, way_in
from service.web.news import ATOM, RSS, News, Source, atom, rss
from service.web.pages import page

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
_OPEN: dict[str, Any] = {"opt": {"scope": None}, "include_in_schema": False}


class StatusShown(msgspec.Struct, frozen=True):
    """Everything that the page and its feeds say."""

    organisation: Organisation
    language: str
    at: datetime
    incidents: list[Incident]


@get("/o/{slug:str}", **_OPEN)
async def show_public(slug: FromPath[str], call: NamedDependency[Call[Any]]) -> Redirect:
    """The first of the public pages."""
    return Redirect(f"/o/{slug}/status{way_in(call.request)}", status_code=303)


@get("/o/{slug:str}/status", **_OPEN)
async def show_status(slug: FromPath[str], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    """What is down, what is planned, and what was, with what it turned out to be."""

    async def make() -> Response[str]:
        shown = await _shown(call, slug)
        over = [one for one in shown.incidents if is_over(one, shown.at)]
        to_come = [one for one in shown.incidents if one not in over and one.begins_at > shown.at]
        return page(
            "status.html",
            language=shown.language,
            organisation=shown.organisation,
            reference=None,
            languages=NAMES,
            way_in=way_in(call.request),
            at=shown.at,
            running=[one for one in shown.incidents if one not in over and one not in to_come],
            to_come=sorted(to_come, key=lambda one: one.begins_at),
            over=over,
        )

    return await CROWD.show(call, make)


@get("/o/{slug:str}/status.atom", **_OPEN, media_type=ATOM)
async def show_atom(slug: FromPath[str], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    """The same as Atom."""

    async def make() -> Response[bytes]:
        shown = await _shown(call, slug)
        return Response(atom(_source(call, shown, "status.atom"), _news(call, shown)), media_type=ATOM)

    return await CROWD.show(call, make)


@get("/o/{slug:str}/status.rss", **_OPEN, media_type=RSS)
async def show_rss(slug: FromPath[str], call: NamedDependency[Call[Any]]) -> Response[bytes]:
    """The same as RSS."""

    async def make() -> Response[bytes]:
        shown = await _shown(call, slug)
        return Response(rss(_source(call, shown, "status.rss"), _news(call, shown)), media_type=RSS)

    return await CROWD.show(call, make)


async def look_at_status(work: Work, *, language: str) -> StatusShown:
    """Read as whoever comes by, in that language or else in the organisation's."""
    organisation = await find_organisation(work)
    return StatusShown(organisation, language or organisation.language, work.at, await list_public_incidents(work))


def changed_at(incident: Incident, at: datetime) -> datetime:
    """When something was said of it last; that it ended by itself is said by its end."""
    said = [incident.declared_at, incident.closed_at, incident.explained_at, *(one.moved_at for one in incident.estimates)]
    if incident.closed_at is None and incident.until_at <= at:
        said.append(incident.until_at)
    return max(one for one in said if one is not None)


async def _shown(call: Call[Any], slug: str) -> StatusShown:
    public = await find_public(call.database, slug=slug)
    shown: StatusShown = await call.acting_as(public).ask(look_at_status, language=reading(call.request, otherwise=""))
    require_public(shown.organisation)
    return shown


def _home(call: Call[Any], organisation: Organisation) -> str:
    return f"{call.request.app.state.settings.public_url}/o/{organisation.slug}"


def _source(call: Call[Any], shown: StatusShown, feed: str) -> Source:
    organisation, home = shown.organisation, _home(call, shown.organisation)
    title = f"{organisation.name}: {text(shown.language, 'Service status')}"
    return Source(
        title,
        organisation.name,
        shown.language,
        f"{home}/status{way_in(call.request)}",
        f"{home}/{feed}{way_in(call.request)}",
        LONG_AGO,
    )


def _news(call: Call[Any], shown: StatusShown) -> list[News]:
    home = _home(call, shown.organisation)
    told = [
        News(
            one.id,
            one.what,
            _words(one, shown),
            one.declared_at,
            changed_at(one, shown.at),
            f"{home}/status{way_in(call.request)}#i-{one.id}",
        )
        for one in shown.incidents
    ]
    return sorted(told, key=lambda one: one.updated_at, reverse=True)


def _words(incident: Incident, shown: StatusShown) -> str:
    """All that is said of it, the last first."""
    answer = page(
        "status_words.html",
        language=shown.language,
        one=incident,
        over=is_over(incident, shown.at),
        organisation=shown.organisation,
    )
    return str(answer.content).strip()


ROUTES: list[Any] = [show_public, show_status, show_atom, show_rss]
