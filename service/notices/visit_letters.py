"""What customers are told of a visit on its day: that somebody comes later, that somebody else comes, that nobody let them in."""

from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from service.customers.customers import find_customer
from service.dispatch.jobs import find_job
from service.dispatch.live.told import find_told_arrival
from service.dispatch.records import TO_COME, ToldArrival
from service.dispatch.visits import find_visit
from service.identity.links import link_token
from service.kit.verbs import Work
from service.notices.letters import to_customer
from service.notices.queries import LAST_TOLD, TOLD_OF
from service.notices.records import Letter, Withdrawn
from service.subscriptions.incidents import find_incident, is_over


async def write_visit_told(work: Work, *, customer_id: UUID, subject_id: UUID, of: dict[str, Any]) -> Letter | Withdrawn:
    """When somebody comes, or that nobody does. What was changed before it left is told as it is by then, once; what corrects, only to whom something else was told."""
    visit, kind = await find_visit(work, visit_id=subject_id), of["notice"]
    about = {"customer_id": customer_id, "subject_id": subject_id}
    told_at = await work.first(LAST_TOLD, **about, kinds=["visit_booked", "visit_moved"])
    if kind == "visit_cancelled":
        return await _letter(work, customer_id, {"visit": visit}, before=visit.from_) if told_at else Withdrawn("not_told")
    if visit.state not in TO_COME:
        return Withdrawn("over")
    if told_at is not None and told_at >= datetime.fromisoformat(of["happened_at"]):
        return Withdrawn("told_already")
    if of["from"] is not None and datetime.fromisoformat(of["from"]) != visit.from_:
        return Withdrawn("superseded")
    return await _letter(work, customer_id, {"visit": visit}, before=visit.from_)


async def write_visit_late(work: Work, *, customer_id: UUID, subject_id: UUID, of: dict[str, Any]) -> Letter | Withdrawn:
    """When somebody comes, out of the window that was told or in it after all, unless they are there or something newer is to be told."""
    visit, told = await find_visit(work, visit_id=subject_id), await find_told_arrival(work, visit_id=subject_id)
    if visit.state not in TO_COME:
        return Withdrawn("over")
    if told is None or (told.since_step, told.nth) != (of["since_step"], of["nth"]):
        return Withdrawn("superseded")
    if not await _goes_out(work, told, customer_id=customer_id, visit_id=subject_id):
        return Withdrawn("not_told")
    token = link_token(work.cursors, UUID(of["link_id"]))
    instead = any(step.technician_id != before.technician_id and step.captured_at == told.told_at for before, step in pairwise(visit.steps))
    said = {"visit": visit, "told": told, "token": token, "instead": instead}
    return await _letter(work, customer_id, said, before=told.expected_at)


async def write_visit_handed_over(work: Work, *, customer_id: UUID, subject_id: UUID, of: dict[str, Any]) -> Letter | Withdrawn:
    """Who comes instead of whom it was before, unless it is somebody else again, or what is told of when they come says so too."""
    visit, told = await find_visit(work, visit_id=subject_id), await find_told_arrival(work, visit_id=subject_id)
    if visit.state not in TO_COME:
        return Withdrawn("over")
    if visit.technician_id != UUID(of["technician_id"]):
        return Withdrawn("superseded")
    if (
        told is not None
        and told.told_at == datetime.fromisoformat(of["at"])
        and await _goes_out(work, told, customer_id=customer_id, visit_id=subject_id)
    ):
        return Withdrawn("told_with_when")
    late = None if told is None or told.kind == "back" else told
    return await _letter(work, customer_id, {"visit": visit, "late": late}, before=late.expected_at if late else visit.arrive.until)


async def write_visit_missed(work: Work, *, customer_id: UUID, subject_id: UUID, of: dict[str, Any]) -> Letter | Withdrawn:
    """That somebody was at the door and nobody opened, with how another time is agreed on."""
    visit = await find_visit(work, visit_id=subject_id)
    return await _letter(work, customer_id, {"visit": visit, "at": datetime.fromisoformat(of["at"])})


async def write_visit_waits(work: Work, *, customer_id: UUID, subject_id: UUID, of: dict[str, Any]) -> Letter | Withdrawn:
    """Why nobody comes for now: what it was for is known, and when it is expected to be over."""
    visit, incident = await find_visit(work, visit_id=subject_id), await find_incident(work, incident_id=UUID(of["incident_id"]))
    if visit.state not in TO_COME:
        return Withdrawn("over")
    if is_over(incident, work.at):
        return Withdrawn("superseded")
    return await _letter(work, customer_id, {"visit": visit, "incident": incident}, before=visit.from_)


async def write_visit_wait_ended(work: Work, *, customer_id: UUID, subject_id: UUID, of: dict[str, Any]) -> Letter | Withdrawn:
    """That somebody comes as agreed unless they need nobody any more, or that nobody came and how another time is agreed on."""
    visit, incident = await find_visit(work, visit_id=subject_id), await find_incident(work, incident_id=UUID(of["incident_id"]))
    comes = visit.state in TO_COME
    return await _letter(work, customer_id, {"visit": visit, "incident": incident, "comes": comes}, before=visit.from_ if comes else None)


async def _goes_out(work: Work, told: ToldArrival, *, customer_id: UUID, visit_id: UUID) -> bool:
    """Whether what was told isn't just taken back from somebody who never heard it."""
    return told.kind != "back" or await work.first(TOLD_OF, customer_id=customer_id, kind="visit_late", subject_id=visit_id) is not None


async def _letter(work: Work, customer_id: UUID, values: dict[str, Any], *, before: datetime | None = None) -> Letter:
    job = await find_job(work, job_id=values["visit"].job_id)
    return await to_customer(
        work, await find_customer(work, customer_id=customer_id), {"reference": job.reference, **values}, before=before
    )
