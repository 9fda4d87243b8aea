"""Background work of dispatch: series of visits go on, some days ahead."""

from contextlib import suppress
from datetime import timedelta
from uuid import UUID

from service.dispatch.records import Booking
from service.dispatch.refusals import VisitNotInState
from service.dispatch.series import (
    OccurrenceOpened,
    SeriesNotInState,
    booker_of,
    leave_unbooked,
    list_series,
    occurrences_to_open,
    open_occurrence,
)
from service.dispatch.slots import PLACING, book_visit
from service.dispatch.waits import give_visit_up, have_visit_wait, let_visit_go, visits_to_let_go, visits_to_wait
from service.kit.tasks.registry import Task, task

AT_ONCE = 200


@task("continue_series", every=timedelta(hours=1), seconds=600)
async def run_continue_series(one: Task) -> None:
    """Opens what has come into the horizon of each active series; who skips, pauses or ends one in between is heard."""
    cursor = None
    while True:
        page = await one.read(list_series, state="active", customer_id=None, limit=AT_ONCE, cursor=cursor)
        for series in page.items:
            await _continue(one, series.id)
        if (cursor := page.next) is None:
            return


@task("hold_visits", every=timedelta(minutes=1), seconds=120)
async def run_hold_visits(one: Task) -> None:
    """Has visits wait that an incident explains, and lets those go that needn't wait any more; whose time has come meanwhile is cancelled, and its job waits for another."""
    for going in await one.read(visits_to_let_go):
        if going.passed and not await one.perform_apart(give_visit_up, expected=VisitNotInState, visit_id=going.visit_id):
            continue
        await one.perform_apart(let_visit_go, visit_id=going.visit_id, incident_id=going.incident_id)
    for waiting in await one.read(visits_to_wait):
        await one.perform_apart(have_visit_wait, visit_id=waiting.visit_id, incident_id=waiting.incident_id)


@task("continue_one_series", seconds=300)
async def run_continue_one_series(one: Task) -> None:
    """Opens what lies in the horizon of a series that was begun or resumed."""
    await _continue(one, one.subject_id)


@task("book_occurrence")
async def run_book_occurrence(one: Task) -> None:
    """Books the visit of an occurrence with whom its series names; why that couldn't be is said, and its job waits."""
    booker = await one.read(booker_of, job_id=one.subject_id)
    booking = Booking(technician_id=booker.technician_id, crew=booker.crew, local_from=booker.local_from, via=booker.via)
    try:
        await one.perform(book_visit, once="book", job_id=one.subject_id, booking=booking)
    except PLACING as refusal:
        await one.perform(leave_unbooked, once="leave", job_id=one.subject_id, code=refusal.code)


async def _continue(one: Task, series_id: UUID) -> None:
    for starts in await one.read(occurrences_to_open, series_id=series_id):
        with suppress(OccurrenceOpened, SeriesNotInState):
            await one.perform(open_occurrence, series_id=series_id, starts=starts)
