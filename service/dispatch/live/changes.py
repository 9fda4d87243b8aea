"""When a day goes otherwise: somebody is late or needs longer, and others go instead."""

from datetime import timedelta
from uuid import UUID

from service.dispatch import locks
from service.dispatch.queries import FIND_BREAKS_TAKEN, FIND_OVERRUNS, GROW_OVERRUNS, HAND_OVER_VISITS, SAY_LATE
from service.dispatch.records import HandedOver, HandOver, Late, Overrun, SaidLate
from service.dispatch.refusals import NoTimeForBreak, NotYourVisit, VisitNotInState
from service.dispatch.slots import PLACING
from service.kit.refusals import InvalidDocument, Refusal
from service.kit.verbs import Lock, Work, verb

GROWS_BY = timedelta(minutes=5)


class GoesThereAlready(Refusal):
    """Whoever is to go there instead goes there already."""

    code, status, remedy = "GOES_THERE_ALREADY", 409, "Leave out what `visits` names with this code: there is nothing to hand over."


@verb(refusals=(NotYourVisit, VisitNotInState), locks=locks.visit_and_place)
async def say_late(work: Work, *, visit_id: UUID, late: Late) -> SaidLate:
    """Says that a visit begins so many minutes after its planned start, or once somebody is there ends so many after its planned end; the rest of the day is expected accordingly.

    Time for a longer visit is taken up to what comes next, which stays where it is and is shown at risk.
    """
    return await work.run(
        SAY_LATE,
        visit_id=visit_id,
        minutes=late.minutes,
        reason=late.reason,
        may_any=work.principal.may("visits:write"),
        me=work.principal.id,
    )


async def find_overruns(work: Work, *, visit_ids: list[UUID]) -> list[UUID]:
    """Those of the visits whose time is used up."""
    return await work.all(FIND_OVERRUNS, visit_ids=visit_ids)


@verb(locks=lambda *, visit_ids: {lock: None for one in visit_ids for lock in locks.visit_and_place(visit_id=one)})
async def grow_overruns(work: Work, *, visit_ids: list[UUID]) -> Overrun:
    """Takes some minutes more for those of the visits at which somebody still works past their end, so that nobody books that time."""
    return await work.run(GROW_OVERRUNS, visit_ids=visit_ids, until_at=work.at + GROWS_BY)


@verb(
    refusals=(VisitNotInState, GoesThereAlready, *PLACING),
    locks=lambda *, hand_over: {
        lock: None for one in hand_over.visits for lock in (*locks.visit_and_place(visit_id=one.visit_id), Lock.day(one.technician_id))
    },
)
async def hand_over_visits(work: Work, *, hand_over: HandOver) -> HandedOver:
    """Has others go to visits that nobody has set out for, at the time that customers were told: all of them or none, also where two change places.

    Who goes has the skills, works then and is free, as for booking. What had been sent out is sent out anew, and customers hear who comes instead.
    """
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
