"""When a day goes otherwise: somebody is late or needs longer, and others go instead."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from contextlib import suppress
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec

from service.dispatch import locks
from service.dispatch.live.days import find_expected
from service.dispatch.live.told import tell_arrivals, tellable
from service.dispatch.queries import (
    FIND_BREAKS_TAKEN,
    FIND_GOING,
    FIND_OVERRUNS,
    FIND_REST_OF_DAY,
    GROW_OVERRUNS,
    HAND_OVER_VISITS,
    SAY_LATE,
)
from service.dispatch.records import (
    Effect,
    Expected,
    HandedOver,
    Handing,
    HandingRefused,
    HandOver,
    Late,
    Overrun,
    RestOfDay,
    SaidLate,
    WindowThen,
)
from service.dispatch.refusals import NoTimeForBreak, NotYourVisit, VisitNotInState
from service.dispatch.slots import PLACING
from service.kit.refusals import InvalidDocument, Refusal
from service.kit.verbs import Kept, Lock, Work, verb

GROWS_BY = timedelta(minutes=5)


class GoesThereAlready(Refusal):
    """Whoever is to go there instead goes there already."""

    code, status, remedy = "GOES_THERE_ALREADY", 409, "Leave out what `visits` names with this code: there is nothing to hand over."


@verb(refusals=(NotYourVisit, VisitNotInState), locks=locks.visit_and_place)
async def say_late(work: Work, *, visit_id: UUID, late: Late) -> SaidLate:
    """Says that a visit begins so many minutes after its planned start, or once somebody is there ends so many after its planned end; the rest of the day is expected accordingly.

    Time for a longer visit is taken up to what comes next, which stays where it is and is shown at risk.
    """
    return await _said_late(work, visit_id, late)


async def find_overruns(work: Work, *, visit_ids: list[UUID]) -> list[UUID]:
    """Those of the visits whose time is used up."""
    return await work.all(FIND_OVERRUNS, visit_ids=visit_ids)


@verb(locks=lambda *, visit_ids: {lock: None for one in visit_ids for lock in locks.visit_and_place(visit_id=one)})
async def grow_overruns(work: Work, *, visit_ids: list[UUID]) -> Overrun:
    """Takes some minutes more for those of the visits at which somebody still works past their end, so that nobody books that time."""
    return await work.run(GROW_OVERRUNS, visit_ids=visit_ids, until_at=work.at + GROWS_BY)


def _places(hand_over: HandOver) -> dict[Lock, None]:
    return {lock: None for one in hand_over.visits for lock in (*locks.visit_and_place(visit_id=one.visit_id), Lock.day(one.technician_id))}


@verb(refusals=(VisitNotInState, GoesThereAlready, *PLACING), locks=lambda *, hand_over: _places(hand_over))
async def hand_over_visits(work: Work, *, hand_over: HandOver) -> HandedOver:
    """Has others go to visits that nobody has set out for, at the time that customers were told: all of them or none, also where two change places.

    Who goes has the skills, works then and is free, as for booking. What had been sent out is sent out anew, and customers hear who comes instead.
    """
    handed = await _handed_over(work, hand_over)
    expected = await find_expected(work, technician_ids={one.technician_id for one in hand_over.visits})
    named = {one.visit_id for one in hand_over.visits}
    if known := {visit_id: one for visit_id, one in expected.items() if visit_id in named and tellable(one, at=work.at)}:
        await tell_arrivals(work.part(), expected=known)  # at this same moment, so that one mail says both
    return handed


@verb(refusals=(VisitNotInState, GoesThereAlready, *PLACING), locks=lambda *, hand_over: _places(hand_over))
async def foresee_hand_over(work: Work, *, hand_over: HandOver) -> Effect:
    """What handing over would be refused for, and which windows would be left by it, or kept again; nothing is changed."""
    visit_ids = [one.visit_id for one in hand_over.visits]
    going = {*await work.all(FIND_GOING, visit_ids=visit_ids), *(one.technician_id for one in hand_over.visits)}
    try:
        return await _foreseen(work, going, lambda part: _handed_over(part, hand_over))
    except (Kept, NoTimeForBreak) as error:
        refusal = error.refusal if isinstance(error, Kept) else error
        return Effect(
            refused=msgspec.convert(
                [{"visit_id": one["id"], "technician_id": one["technician_id"], "code": one["code"]} for one in refusal.extras["visits"]],
                list[HandingRefused],
            ),
            windows=[],
        )


@verb(refusals=(NotYourVisit, VisitNotInState), locks=locks.visit_and_place)
async def foresee_late(work: Work, *, visit_id: UUID, late: Late) -> Effect:
    """Which windows would be left, or kept again, if a visit began or ended so much later; nothing is changed."""
    going = await work.all(FIND_GOING, visit_ids=[visit_id])
    return await _foreseen(work, going, lambda part: _said_late(part, visit_id, late))


async def _foreseen(work: Work, going: Collection[UUID], change: Callable[[Work], Awaitable[Any]]) -> Effect:
    """What the change would make of the windows of those who go: it is made, looked at, and undone."""
    before = await find_expected(work, technician_ids=going)
    then: dict[UUID, Expected] = {}
    with suppress(_SeenEnough):
        async with work.undoable():
            await change(work.part())
            then = await find_expected(work, technician_ids=going)
            raise _SeenEnough
    return Effect(
        refused=[],
        windows=[
            WindowThen(visit_id, one.arrives_at, kept=not one.out_of_window)
            for visit_id, one in then.items()
            if _known_late(one) != _known_late(before.get(visit_id))
        ],
    )


def _known_late(one: Expected | None) -> bool:
    return one is not None and one.out_of_window and not one.unheard


async def find_rest_of_day(work: Work, *, technician_id: UUID, on: date | None, to: Sequence[UUID]) -> RestOfDay:
    """What is left of a technician's day, today where none is named, and who of the others, or of those named, could go to each visit instead."""
    found = await work.one(FIND_REST_OF_DAY, technician_id=technician_id, on_day=on, others=list(to) or None)
    able = {one.visit_id: next((hand.technician_id for hand in one.hands if hand.code is None), None) for one in found.visits}
    return RestOfDay(
        **msgspec.structs.asdict(found),
        hand_over=[Handing(visit_id, hand) for visit_id, hand in able.items() if hand is not None],
        nobody=[visit_id for visit_id, hand in able.items() if hand is None],
    )


class _SeenEnough(Exception):
    """Nothing of what was tried stays."""


async def _said_late(work: Work, visit_id: UUID, late: Late) -> SaidLate:
    return await work.run(
        SAY_LATE,
        visit_id=visit_id,
        minutes=late.minutes,
        reason=late.reason,
        may_any=work.principal.may("visits:write"),
        me=work.principal.id,
    )


async def _handed_over(work: Work, hand_over: HandOver) -> HandedOver:
    if len({one.visit_id for one in hand_over.visits}) < len(hand_over.visits):
        raise InvalidDocument("Name each visit once.")
    visit_ids = [one.visit_id for one in hand_over.visits]
    handed = await work.run(
        HAND_OVER_VISITS,
        visit_ids=visit_ids,
        technician_ids=[one.technician_id for one in hand_over.visits],
        task_ids=[work.new_id() for _ in hand_over.visits],
        reason=hand_over.reason,
    )
    if taken := await work.all(FIND_BREAKS_TAKEN, visit_ids=visit_ids):
        raise NoTimeForBreak(
            visits=[{"id": one.visit_id, "technician_id": one.technician_id, "code": NoTimeForBreak.code} for one in taken]
        )
    return handed
