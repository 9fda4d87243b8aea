"""A plan of the day on the board: asked for, watched, compared with what is so now, published or dropped."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Redirect

from service.dispatch.absences import add_absence
from service.dispatch.board import find_board_day
from service.dispatch.plans.plans import ask_plan, cancel_plan, publish_plan
from service.dispatch.plans.shown import show_plan, show_plan_of_day
from service.dispatch.records import BoardDay, NewAbsence, PlanAsked, PlanLeftOut, PlanReceipt, PlanStop, Publish
from service.dispatch.records.shown_plans import PlanName, PlannedJob, ShownPlan
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.refusals import InvalidDocument, Refusal
from service.kit.verbs import Work
from service.web.board.words import LEFT_OUT, TOLD_BY
from service.web.forms import converted, filled_in, id_in
from service.web.guard import from_our_own_page
from service.web.pages import page
from service.web.refusal_words import said_to_people
from service.web.words import said

MOST_DIGITS = 9
GIVEN_UP = "give-up-"
"""How a field is named that says of a visit, by its id behind it, that its promise may be broken."""


class PlanCompared(msgspec.Struct, frozen=True):
    """A proposal beside what is so now."""

    shown: ShownPlan
    at: datetime

    @property
    def waits(self) -> bool:
        """Whether it is still being computed."""
        return self.shown.plan.state in {"asked", "computing"}

    @property
    def changes(self) -> list[tuple[PlanStop, PlannedJob]]:
        """Visits that it adds or moves, in order of time."""
        changed = [stop for stop in self.shown.plan.stops if stop.change is not None and stop.job_id in self.shown.jobs]
        return [(stop, self.shown.jobs[stop.job_id]) for stop in sorted(changed, key=lambda stop: (stop.from_, stop.visit_id))]

    @property
    def added(self) -> int:
        """How many visits are booked by it."""
        return sum(stop.change == "added" for stop in self.shown.plan.stops)

    @property
    def moved(self) -> int:
        """How many visits are moved by it."""
        return sum(stop.change not in {None, "added"} for stop in self.shown.plan.stops)

    @property
    def broken(self) -> list[tuple[PlanStop, PlannedJob]]:
        """Visits that it moves out of what their customers were told."""
        return [(stop, job) for stop, job in self.changes if stop.breaks_promise]

    @property
    def left_out(self) -> list[tuple[PlanLeftOut, PlannedJob]]:
        """What finds no place, the most important first."""
        return [(one, self.shown.jobs[one.job_id]) for one in self.shown.plan.left_out if one.job_id in self.shown.jobs]

    @property
    def without_place(self) -> int:
        """How many jobs nobody goes to once it is published."""
        return sum(one.visit_id is None for one in self.shown.plan.left_out)

    @property
    def underneath(self) -> list[PlanName]:
        """Whose days have moved since: it is refused."""
        return sorted((one for one in self.shown.technicians.values() if one.stands_otherwise), key=lambda one: one.name)

    @property
    def passed(self) -> list[PlannedJob]:
        """Whom it would go to at a time that has passed: it is refused."""
        return [job for stop, job in self.changes if stop.from_ < self.at]

    @property
    def stale(self) -> bool:
        """Whether publishing it would be refused."""
        return bool(self.underneath or self.passed)

    @property
    def absent(self) -> list[PlanName]:
        """Who doesn't come by it."""
        return [self.shown.technicians[one] for one in self.shown.plan.absent if one in self.shown.technicians]


class Panel(msgspec.Struct, frozen=True):
    """What the part of the board says that a plan is in."""

    organisation: Organisation
    day: BoardDay
    compared: PlanCompared | None


@get("/app/board/plan", opt={"scope": "board:read"}, include_in_schema=False)
async def show_plan_part(call: NamedDependency[Call[Any]], on: FromQuery[date], plan: FromQuery[UUID | None] = None) -> Response[str]:
    """That plan, or else the one of the day that waits to be published, as it stands; nothing where there is none."""
    return await _panel(call, on=on, plan_id=plan)


@post("/app/board/plan", opt={"scope": "visits:write"}, include_in_schema=False, status_code=200)
async def act_on_plan(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Asks for a plan, calls it off, publishes it; answers the plan as it then stands, to a page without a script the board with it."""
    from_our_own_page(call.request)
    form = await filled_in(call)
    plan_id = id_in(form["plan"]) if "plan" in form else None
    refused: Refusal | None = None
    try:
        plan_id = await _act(call, form, plan_id)
    except Refusal as refusal:
        if plan_id is None:
            raise
        refused = refusal
    on = converted({"on": form.get("on")}, PlanAsked).on
    if "part" in form:
        return await _panel(call, on=on, plan_id=plan_id, refused=refused)
    if refused is not None and (await call.ask(show_plan, plan_id=plan_id)).plan.state == "proposed":
        raise refused
    return Redirect(f"/app/board?plan={plan_id}{f'&on={on}' if on else ''}#plan", status_code=303)


async def _act(call: Call[Any], form: dict[str, str], plan_id: UUID | None) -> UUID:
    match form.get("act"), plan_id:
        case "ask", _:
            asked: dict[str, Any] = {
                "on": form.get("on"),
                "kind": form.get("kind"),
                "job_ids": _ids(form, "job"),
                "absent": _ids(form, "absent"),
            }
            asked |= {"seconds": _whole(form.get("seconds"))}
            plan: PlanReceipt = await call.do(ask_plan, asked=converted(asked, PlanAsked))
            return plan.id
        case "drop", UUID():
            await call.do(cancel_plan, plan_id=plan_id)
        case "publish", UUID():
            shown: ShownPlan = await call.ask(show_plan, plan_id=plan_id)
            broken = {f"{GIVEN_UP}{stop.visit_id}" for stop in shown.plan.stops if stop.breaks_promise}
            publish = converted({"break_promises": broken <= form.keys(), "via": form.get("via")}, Publish)
            await call.do(publish_plan, plan_id=plan_id, publish=publish)
        case "away", UUID():
            day: BoardDay = await call.ask(find_board_day, on=converted({"on": form.get("on")}, PlanAsked).on)
            absence = NewAbsence(reason="not_there", from_=max(day.from_, call.at), until=day.until)
            await call.do(add_absence, technician_id=id_in(form.get("technician")), absence=absence)
        case _:
            raise InvalidDocument("Say what is to be done with which plan.")
    return plan_id


def _whole(written: str | None) -> int | str | None:
    """As a number, if it is one."""
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < MOST_DIGITS else written


def _ids(form: dict[str, str], name: str) -> list[str] | None:
    return form[name].split(",") if name in form else None


async def compare(work: Work, *, day: BoardDay, plan_id: UUID | None) -> PlanCompared | None:
    """That plan, or else the one of the day that waits to be published."""
    shown = await (show_plan_of_day(work, day=day) if plan_id is None else show_plan(work, plan_id=plan_id))
    return None if shown is None else PlanCompared(shown, work.at)


async def look_at_plan(work: Work, *, on: date | None, plan_id: UUID | None) -> Panel:
    """A plan beside its day."""
    day = await find_board_day(work, on=on)
    return Panel(await find_organisation(work), day, await compare(work, day=day, plan_id=plan_id))


async def _panel(call: Call[Any], *, on: date | None, plan_id: UUID | None, refused: Refusal | None = None) -> Response[str]:
    panel: Panel = await call.ask(look_at_plan, on=on, plan_id=plan_id)
    if panel.compared is None:
        return Response("", status_code=204)
    language = panel.organisation.language
    return page(
        "board_plan.html",
        language=language,
        day=panel.day,
        may_write=call.principal.may("visits:write"),
        refused=[] if refused is None else said_to_people(refused, language=language),
        **words_of_plan(panel.compared, language=language),
    )


def words_of_plan(compared: PlanCompared | None, *, language: str) -> dict[str, Any]:
    """What the template of a plan is filled with."""
    return {
        "compared": compared,
        "left_out_words": said(LEFT_OUT, language),
        "told_by": said(TOLD_BY, language),
        "give_up": GIVEN_UP,
    }


ROUTES: list[Any] = [show_plan_part, act_on_plan]
