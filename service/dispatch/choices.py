"""A customer chooses by a link when somebody comes, and a partner for what they brought: what they may choose from, and their holding, booking, moving and cancelling, each within what the organisation allows."""

from datetime import date, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from service.dispatch import locks
from service.dispatch.openings import Opening
from service.dispatch.queries import CHOOSE, FIND_CHOICE, FIND_CHOICE_POLICY, MAKE_CHOICE_LINK, SET_CHOICE_POLICY
from service.dispatch.records import Hold, Move, Placed, Stepped, Via
from service.dispatch.records.choices import Choice, ChoiceLink, ChoiceLinkReceipt, ChoicePolicy, ChoicePolicyFound, ChoicePolicyReceipt
from service.dispatch.refusals import HoldGone, JobNotOpen, SlotTaken, VisitNotInState
from service.dispatch.slots import PLACING, book_hold, hold_slot, move_visit, openings_of
from service.dispatch.visits import step_visit
from service.identity.links import link_hash, link_token
from service.kit.refusals import NotFound, Refusal, StaleVersion
from service.kit.verbs import Work, verb
from service.kit.zones import zone

LIVES = timedelta(days=60)
MOST_A_DAY = 96
NOBODY = UUID(int=0)
NOT_OPEN = ChoicePolicyFound(version=0, days_ahead=None, hours_before=None, most_moves=None, earliest=None, latest=None, step_minutes=None)


class ChoiceNotOpen(Refusal):
    """Customers can't choose times here."""

    code, status, remedy = "CHOICE_NOT_OPEN", 409, "The office says first what may be chosen (`PUT /v1/choice-policy`)."


class AlreadyBooked(Refusal):
    """Somebody comes for this job already."""

    code, status, remedy = "ALREADY_BOOKED", 409, "Move the visit instead."


class ChoiceTooLate(Refusal):
    """It is too late for the customer to change this visit."""

    code, status, remedy = "CHOICE_TOO_LATE", 409, "Have somebody at the office change it."
    constraints = ("dispatch.choice_is_in_time",)


class MovesUsedUp(Refusal):
    """The customer has moved this job's visits as often as they may."""

    code, status, remedy = "MOVES_USED_UP", 409, "Have somebody at the office move it."
    constraints = ("dispatch.moves_are_counted",)


class HoursUnordered(Refusal):
    """Windows would begin at the latest before they begin at the earliest."""

    code, status, remedy = "HOURS_UNORDERED", 422, "Say a `latest` that isn't before `earliest`."
    constraints = ("dispatch.choice_hours_are_in_order",)


class OutsideChoice(Refusal):
    """That time isn't among those that customers may choose."""

    code, status, remedy = "OUTSIDE_CHOICE", 409, "Choose one of the times that are shown."
    constraints = ("dispatch.choice_is_not_too_far_ahead", "dispatch.choice_is_at_its_hours")


WITHIN = (ChoiceNotOpen, AlreadyBooked, ChoiceTooLate, MovesUsedUp, OutsideChoice, VisitNotInState)


@verb(refusals=(HoursUnordered, StaleVersion))
async def set_choice_policy(work: Work, *, policy: ChoicePolicy, version: int) -> ChoicePolicyReceipt:
    """Says what customers may choose from now on; the first time the version is 0, and until then they can't choose."""
    return await work.run(
        SET_CHOICE_POLICY,
        days_ahead=policy.days_ahead,
        hours_before=policy.hours_before,
        most_moves=policy.most_moves,
        earliest=policy.earliest,
        latest=policy.latest,
        step_minutes=policy.step_minutes,
        version=version,
    )


async def find_choice_policy(work: Work) -> ChoicePolicyFound:
    """What customers may choose; version 0, without any number, until it is said, and they can't."""
    return await work.first(FIND_CHOICE_POLICY) or NOT_OPEN


def _told(work: Work, receipt: ChoiceLinkReceipt) -> ChoiceLink:
    return ChoiceLink(id=receipt.id, path=f"/l/{link_token(work.cursors, receipt.id)}/visit", expires_at=receipt.expires_at)


@verb(refusals=(JobNotOpen, ChoiceNotOpen), locks=locks.job, remembers=ChoiceLinkReceipt, finish=_told)
async def make_choice_link(work: Work, *, job_id: UUID) -> ChoiceLinkReceipt:
    """Makes a link by which the customer chooses when somebody comes for this job, good for 60 days: opening it changes nothing."""
    link_id = work.new_id()
    token_hash = link_hash(link_token(work.cursors, link_id))
    return await work.run(MAKE_CHOICE_LINK, job_id=job_id, link_id=link_id, expires_at=work.at + LIVES, token_hash=token_hash)


class Choosing(NamedTuple):
    """What a customer sees: how things stand, and the places to choose from, best first."""

    choice: Choice
    openings: list[Opening]
    minutes: int
    """How long somebody may take to arrive from the beginning of a window on."""
    may_cancel: bool
    """Whether it is early enough to change the visit to come."""

    @property
    def may_move(self) -> bool:
        """Whether it may be moved once more."""
        return self.may_cancel and self.choice.moves < (self.choice.most_moves or 0)

    @property
    def few(self) -> list[Opening]:
        """Of each day the best of each step of the policy's from its earliest hour on, best first: what is shown."""
        kept: dict[tuple[date, int], Opening] = {}
        at = zone(self.choice.zone)
        for one in self.openings:
            wall = datetime.fromtimestamp(one.at, at)
            kept.setdefault((wall.date(), (60 * wall.hour + wall.minute - self._first) // (self.choice.step_minutes or 1)), one)
        return list(kept.values())

    @property
    def _first(self) -> int:
        return 0 if self.choice.earliest is None else 60 * self.choice.earliest.hour + self.choice.earliest.minute


async def stands(work: Work, *, job_id: UUID | None = None) -> Choosing:
    """How things stand for the caller's job, of a partner's the one named, without the places to choose from."""
    choice = await work.one(FIND_CHOICE, **_whose(work, job_id))
    moving = choice.state in {"booked", "dispatched", "accepted"}
    in_time = (
        choice.hours_before is not None
        and choice.starts_at is not None
        and choice.starts_at >= work.at + timedelta(hours=choice.hours_before)
    )
    return Choosing(choice, [], 0, may_cancel=moving and in_time)


async def look_at_choice(work: Work, *, job_id: UUID | None = None) -> Choosing:
    """How things stand for the caller's job, of a partner's the one named, and what they may choose now, if anything."""
    seen = await stands(work, job_id=job_id)
    choice, hours, days = seen.choice, seen.choice.hours_before, seen.choice.days_ahead
    if hours is None or days is None or choice.earliest is None or choice.latest is None or not (choice.state is None or seen.may_move):
        return seen
    sought, found = await openings_of(
        work,
        job_id=None if seen.may_move else choice.job_id,
        moves=choice.visit_id if seen.may_move else None,
        days=days + 1,
        most_a_day=MOST_A_DAY,
        hours=(choice.earliest, choice.latest),
        overtime=False,
        starts_at=work.at + timedelta(hours=hours),
    )
    until = (work.at + timedelta(days=days)).timestamp()
    now = choice.starts_at.timestamp() if choice.starts_at else None
    return seen._replace(openings=[one for one in found.best if one.at < until and one.at != now], minutes=sought.arrival_minutes)


async def find_opening(work: Work, *, at: datetime, job_id: UUID | None = None) -> Opening:
    """The best place at that time among those to choose from; raises what keeps the caller from choosing, OutsideChoice, or SlotTaken where there is none any more."""
    return opening_at(work, await look_at_choice(work, job_id=job_id), at=at)


def kept_from_choosing(seen: Choosing) -> type[Refusal] | None:
    """What keeps the caller from choosing any time at all, whatever is free."""
    if seen.choice.policy_version is None:
        return ChoiceNotOpen
    if seen.choice.job_state not in {"open", "in_progress"}:
        return JobNotOpen
    if seen.choice.state is None or seen.may_move:
        return None
    return MovesUsedUp if seen.may_cancel else AlreadyBooked if seen.choice.state == "held" else ChoiceTooLate


def opening_at(work: Work, seen: Choosing, *, at: datetime) -> Opening:
    """The same of what was looked at."""
    if kept_from := kept_from_choosing(seen):
        raise kept_from
    hours, days = seen.choice.hours_before or 0, seen.choice.days_ahead or 0
    if not work.at + timedelta(hours=hours) <= at < work.at + timedelta(days=days):
        raise OutsideChoice
    earliest, latest = seen.choice.earliest, seen.choice.latest
    if earliest is None or latest is None or not earliest <= at.astimezone(zone(seen.choice.zone)).time() <= latest:
        raise OutsideChoice
    for one in seen.openings:
        if one.at == at.timestamp():
            return one
    raise SlotTaken


@verb(refusals=(*WITHIN, *PLACING), locks=lambda *, job_id, hold: (*locks.job(job_id=job_id), *locks.days(hold.technician_id, hold.crew)))
async def hold_choice(work: Work, *, job_id: UUID, hold: Hold) -> Placed:
    """Keeps a place for the customer for some minutes, until they confirm it."""
    visit_id = work.new_id()
    async with work.undoable():
        await _choose(work, job_id, act="held", visit_id=visit_id, starts_at=hold.from_)
        kept = Hold(technician_id=hold.technician_id, from_=hold.from_, crew=hold.crew, minutes=hold.minutes, id=visit_id)
        return await hold_slot(work, job_id=job_id, hold=kept)


@verb(refusals=(*WITHIN, HoldGone, *PLACING), locks=locks.visit_and_place)
async def book_choice(work: Work, *, visit_id: UUID, job_id: UUID | None = None, via: Via = "link") -> Placed:
    """Books what is held for the customer, and promises them the window."""
    async with work.undoable():
        await _choose(work, job_id, act="booked", visit_id=visit_id)
        return await book_hold(work, visit_id=visit_id, via=via)


@verb(
    refusals=(*WITHIN, *PLACING),
    locks=lambda *, visit_id, move, **_: (*locks.visit_and_place(visit_id=visit_id), *locks.days(move.technician_id, move.crew or [])),
)
async def move_choice(work: Work, *, visit_id: UUID, move: Move, job_id: UUID | None = None) -> Placed:
    """Moves the customer's visit, and promises the new window instead of the old."""
    async with work.undoable():
        await _choose(work, job_id, act="moved", visit_id=visit_id, starts_at=move.from_)
        return await move_visit(work, visit_id=visit_id, move=move)


@verb(refusals=WITHIN, locks=locks.visit_and_place)
async def cancel_choice(work: Work, *, visit_id: UUID, job_id: UUID | None = None) -> Stepped:
    """Cancels the customer's visit at their wish, which releases the promise."""
    async with work.undoable():
        await _choose(work, job_id, act="cancelled", visit_id=visit_id)
        return await step_visit(work, "cancel", visit_id, reason="customer_asked", may_any=True)


@verb(refusals=(VisitNotInState,), locks=locks.visit_and_place)
async def release_choice(work: Work, *, visit_id: UUID, job_id: UUID | None = None) -> Stepped:
    """Lets go what was held for the customer."""
    choice = await work.one(FIND_CHOICE, **_whose(work, job_id))
    if choice.visit_id != visit_id:
        raise NotFound
    return await step_visit(work, "release", visit_id, reason="hold_released", may_any=True)


async def _choose(work: Work, job_id: UUID | None, *, act: str, visit_id: UUID, starts_at: datetime | None = None) -> None:
    link_id = work.principal.id if work.principal.kind == "customer_link" else None
    await work.part().run(CHOOSE, **_whose(work, job_id), link_id=link_id, act=act, visit_id=visit_id, starts_at=starts_at)


def _whose(work: Work, job_id: UUID | None) -> dict[str, UUID | None]:
    """The one job that the caller's link is about, or the one that they name of those that they brought."""
    who = work.principal
    if who.kind == "partner":
        return {"job_id": job_id or NOBODY, "customer_id": None, "partner_id": who.id}
    return {"job_id": who.subject_id or NOBODY, "customer_id": who.customer_id, "partner_id": None}
