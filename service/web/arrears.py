"""Who owes what is overdue, how far dunning has come with them, what comes next and what holds it: as of now."""

from collections import Counter
from typing import Any

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from service.billing.dunning.steps import list_arrears
from service.billing.records.dunning import Arrears, StepKind
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.paging import MOST, Page
from service.kit.verbs import Work
from service.kit.words import marked
from service.subscriptions.incidents import list_incidents
from service.subscriptions.records.incidents import Incident
from service.web.pages import page

LAST: dict[StepKind | None, str] = {
    None: marked("nothing was done yet"),
    "tell": marked("told that it is open again"),
    "remind": marked("reminded"),
    "call": marked("to be called"),
    "suspend": marked("cut off"),
    "collect": marked("collected at the door"),
    "end": marked("proposed to be ended"),
}
NEXT = {
    "tell": marked("tell that it is open again"),
    "remind": marked("remind"),
    "call": marked("call"),
    "suspend": marked("cut off"),
    "collect": marked("collect at the door"),
    "end": marked("propose to end it"),
}
HELD = {
    "promise": marked("a promise to pay"),
    "dispute": marked("a dispute"),
    "incident": marked("an incident"),
    "legal": marked("a law or court"),
    "vulnerable": marked("somebody who must not be cut off"),
    "bank_line": marked("money that came by bank: decide its line first"),
    "unreachable": marked("no address for reminders: call, then decide"),
    "quiet_hours": marked("quiet hours"),
    "rest_day": marked("a day of rest"),
}


class ArrearsShown(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    arrears: Page[Arrears]
    incidents: list[Incident]


@get("/app/arrears", opt={"scope": "calls:read"}, include_in_schema=False)
async def show_arrears(call: NamedDependency[Call[Any]], cursor: FromQuery[str | None] = None) -> Response[str]:
    """Who is where in dunning, counted by the last step, each with what comes next."""
    shown: ArrearsShown = await call.ask(look_at_arrears, cursor=cursor)
    counts = Counter(one.last for one in shown.arrears.items)
    return page(
        "arrears.html",
        language=shown.organisation.language,
        organisation=shown.organisation,
        shown=shown.arrears,
        incidents=shown.incidents,
        counts=[(word, counts[kind]) for kind, word in LAST.items() if counts[kind]],
        may_write_off=call.principal.may("write-offs:propose"),
        words={"last": LAST, "next": NEXT, "held": HELD},
        reference=None,
    )


async def look_at_arrears(work: Work, *, cursor: str | None) -> ArrearsShown:
    """Whoever is in arrears, in one snapshot."""
    return ArrearsShown(
        await find_organisation(work),
        await list_arrears(work, limit=MOST, cursor=cursor),
        (await list_incidents(work, running=True, limit=MOST, cursor=None)).items,
    )


ROUTES: list[Any] = [show_arrears]
