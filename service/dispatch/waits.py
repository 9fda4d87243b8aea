"""Visits that wait: an incident explains what they are for, so that nobody sets out before it is over."""

from uuid import UUID

from service.dispatch import locks
from service.dispatch.queries import HAVE_VISIT_WAIT, LET_VISIT_GO, LIST_WAITING_VISITS, VISITS_TO_LET_GO, VISITS_TO_WAIT
from service.dispatch.records import Stepped
from service.dispatch.records.waits import VisitToLetGo, VisitToWait, VisitWaiting, WaitingVisit
from service.dispatch.visits import STEPPING, step_visit
from service.kit.paging import Page
from service.kit.verbs import Work, verb

FIRST = UUID(int=0)
NOT_KEPT = "incident"
"""Why a visit is cancelled whose time came while it waited."""


async def visits_to_wait(work: Work) -> list[VisitToWait]:
    """Repair visits that an incident under way explains, by its symptoms, and that don't wait for it yet."""
    return await work.all(VISITS_TO_WAIT)


@verb(locks=locks.visit)
async def have_visit_wait(work: Work, *, visit_id: UUID, incident_id: UUID) -> VisitWaiting:
    """Has a visit wait for the end of an incident; its customer hears why. Once an incident, whatever was decided since."""
    return await work.run(HAVE_VISIT_WAIT, visit_id=visit_id, incident_id=incident_id, task_id=work.new_id())


async def visits_to_let_go(work: Work) -> list[VisitToLetGo]:
    """Those whose incident is over, whose time has come, or that ended otherwise."""
    return await work.all(VISITS_TO_LET_GO)


@verb(locks=locks.visit)
async def let_visit_go(work: Work, *, visit_id: UUID, incident_id: UUID) -> VisitWaiting:
    """Ends the waiting for one incident; the customer hears that somebody comes, or that nobody came."""
    return await work.run(LET_VISIT_GO, visit_id=visit_id, incident_id=incident_id, task_id=work.new_id())


@verb(locks=locks.visit)
async def have_visit_go_ahead(work: Work, *, visit_id: UUID) -> VisitWaiting:
    """Has a visit that waits for an incident go ahead all the same; it doesn't wait for that one again, and its customer hears that somebody comes."""
    return await work.run(LET_VISIT_GO, visit_id=visit_id, incident_id=None, task_id=work.new_id())


@verb(refusals=STEPPING, locks=locks.visit_and_place)
async def give_visit_up(work: Work, *, visit_id: UUID) -> Stepped:
    """Cancels a visit whose time came while it waited; its promise is released, and its job waits for another."""
    return await step_visit(work, "cancel", visit_id, reason=NOT_KEPT, may_any=True)


async def list_waiting_visits(work: Work, *, incident_id: UUID | None, limit: int, cursor: str | None) -> Page[WaitingVisit]:
    """Visits that wait for an incident to end, for that one where it is named."""
    purpose = f"waiting visits {work.organisation_id} {incident_id}"
    after_visit, after_incident = work.cursors.read(purpose, cursor) if cursor else (str(FIRST), str(FIRST))
    rows = await work.all(
        LIST_WAITING_VISITS, incident_id=incident_id, after_visit=UUID(after_visit), after_incident=UUID(after_incident), limit=limit
    )
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (str(row.visit_id), str(row.incident_id)))
