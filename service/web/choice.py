"""The customer's page of when somebody comes: times to choose from in the zone of the place, the one that is kept for them, and moving or cancelling it. Opening it never acts."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from service.customers.customers import find_customer
from service.customers.records import Customer
from service.dispatch.choices import (
    AlreadyBooked,
    ChoiceNotOpen,
    ChoiceTooLate,
    MovesUsedUp,
    OutsideChoice,
    book_choice,
    cancel_choice,
    find_opening,
    hold_choice,
    look_at_choice,
    move_choice,
    opening_at,
    release_choice,
)
from service.dispatch.live.told import find_known_arrivals
from service.dispatch.openings import Opening
from service.dispatch.records import TO_COME, Hold, Move
from service.dispatch.records.choices import Choice
from service.dispatch.refusals import (
    BeforeParts,
    CashLimitReached,
    CashNotAllowed,
    CrewNotWhole,
    HoldGone,
    JobNotOpen,
    NoTimeForBreak,
    OutsideShift,
    SkillMissing,
    SlotPast,
    SlotTaken,
    TechnicianUnknown,
    VisitNotInState,
)
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.refusals import InvalidDocument, Refusal
from service.kit.verbs import Work
from service.kit.words import marked
from service.kit.zones import zone
from service.web.forms import id_in
from service.web.guard import from_our_own_page
from service.web.languages import text
from service.web.pages import page

SUGGESTED, OPEN_DAYS = 3, 3
"""How many times are suggested, and of how many days they are seen without asking for them."""
_TAKEN = marked("That time has just been taken. These are the next best.")
_CALL = marked("Times can't be chosen here at the moment. Please call us.")
_CHANGED = marked("This has changed meanwhile. This is how it stands now.")
SAID: dict[type[Refusal], str] = {
    **dict.fromkeys(
        (SlotTaken, OutsideShift, NoTimeForBreak, SkillMissing, TechnicianUnknown, CrewNotWhole, CashNotAllowed, CashLimitReached), _TAKEN
    ),
    **dict.fromkeys((JobNotOpen, ChoiceNotOpen), _CALL),
    **dict.fromkeys((AlreadyBooked, VisitNotInState), _CHANGED),
    **dict.fromkeys((SlotPast, BeforeParts, OutsideChoice), marked("That time can't be chosen any more. Please choose another.")),
    HoldGone: marked("We couldn't keep that time any longer. Please choose again."),
    ChoiceTooLate: marked("It is too late to change this visit here. Please call us."),
    MovesUsedUp: marked("This visit can't be moved here any more. Please call us."),
}


class ShownTime(msgspec.Struct, frozen=True):
    """A window to choose."""

    starts_at: datetime
    until: datetime
    is_morning: bool = False

    @property
    def sent(self) -> str:
        """As the form sends it."""
        return self.starts_at.isoformat()


class ShownChoice(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    customer: Customer
    choice: Choice
    suggested: list[ShownTime]
    days: list[tuple[date, list[ShownTime]]]
    expected_at: datetime | None
    """When somebody is expected, on the day of the visit that is booked, while that is known."""
    may_change: bool
    """Whether it is early enough to move or cancel the visit."""


class Asked(msgspec.Struct, frozen=True):
    """What the customer is to confirm: to move the visit to a time, or to cancel it."""

    do: str
    at: ShownTime | None = None


@get("/l/{token:str}/visit", opt={"scope": "choice:read"}, include_in_schema=False)
async def show_choice(call: NamedDependency[Call[Any]]) -> Response[str]:
    """When somebody comes, or the times to choose from. Mail scanners may open it as often as they like."""
    return await _show(call)


@post("/l/{token:str}/visit", opt={"scope": "choice:act"}, include_in_schema=False, status_code=200)
async def act_on_choice(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Keeps a time for the customer, books, moves or cancels it once they confirm, or lets it go; reloading does nothing again."""
    from_our_own_page(call.request)
    form = {str(name): str(value) for name, value in (await call.request.form()).items()}
    try:
        asked = await _act(call, form)
    except tuple(SAID) as refusal:
        return await _show(call, refusal=refusal)
    return Redirect(call.request.url.path, status_code=303) if asked is None else await _show(call, asked=asked)


async def _act(call: Call[Any], form: dict[str, str]) -> Asked | None:
    """What is to be confirmed first, if anything."""
    match form.get("do"):
        case "hold":
            one: Opening = await call.ask(find_opening, at=at_in(form))
            hold = Hold(technician_id=one.technician_id, crew=one.crew, from_=at_in(form))
            await call.do(hold_choice, job_id=call.principal.subject_id, hold=hold)
        case "book":
            await call.do(book_choice, visit_id=id_in(form.get("id")))
        case "release":
            await call.do(release_choice, visit_id=id_in(form.get("id")))
        case "ask_move":
            return Asked("move", await call.ask(_time_at, at=at_in(form)))
        case "ask_cancel":
            return Asked("cancel")
        case "move":
            one = await call.ask(find_opening, at=at_in(form))
            move = Move(technician_id=one.technician_id, reason="customer_asked", from_=at_in(form), crew=one.crew, via="link")
            await call.do(move_choice, visit_id=id_in(form.get("id")), move=move)
        case "cancel":
            await call.do(cancel_choice, visit_id=id_in(form.get("id")))
        case _:
            raise InvalidDocument
    return None


def at_in(form: dict[str, str]) -> datetime:
    """The instant in a submitted form. Raises InvalidDocument."""
    try:
        at = datetime.fromisoformat(form.get("at", ""))
    except ValueError:
        raise InvalidDocument from None
    if at.tzinfo is None:
        raise InvalidDocument
    return at


async def _time_at(work: Work, *, at: datetime) -> ShownTime:
    """The window that begins then, while it is free."""
    seen = await look_at_choice(work)
    opening_at(work, seen, at=at)
    return ShownTime(at, at + timedelta(minutes=seen.minutes))


async def _show(call: Call[Any], *, refusal: Refusal | None = None, asked: Asked | None = None) -> Response[str]:
    shown: ShownChoice = await call.ask(look)
    language = shown.customer.language
    return page(
        "choice.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        organisation=shown.organisation,
        shown=shown,
        choice=shown.choice,
        asked=asked,
        problem=None if refusal is None else text(language, SAID[type(refusal)]),
        open_days=OPEN_DAYS,
        reference=shown.customer.quote,
    )


async def look(work: Work) -> ShownChoice:
    """What the page shows, read in one snapshot."""
    seen = await look_at_choice(work)
    window = timedelta(minutes=seen.minutes)
    here = zone(seen.choice.zone)
    times = [
        ShownTime(starts := datetime.fromtimestamp(one.at, UTC), starts + window, starts.astimezone(here).hour < 12) for one in seen.few
    ]
    days: dict[date, list[ShownTime]] = {}
    for time in sorted(times, key=lambda one: one.starts_at):
        days.setdefault(time.starts_at.astimezone(here).date(), []).append(time)
    stands, expected = seen.choice, None
    if stands.visit_id is not None and stands.state in TO_COME:
        expected = (await find_known_arrivals(work, visit_ids=[stands.visit_id])).get(stands.visit_id)
    return ShownChoice(
        organisation=await find_organisation(work),
        customer=await find_customer(work, customer_id=work.principal.customer_id or UUID(int=0)),
        choice=seen.choice,
        suggested=times[:SUGGESTED],
        days=list(days.items()),
        expected_at=None if expected is None else expected.arrives_at,
        may_change=seen.may_cancel,
    )


ROUTES: list[Any] = [show_choice, act_on_choice]
