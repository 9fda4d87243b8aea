"""Absences: time in which a technician isn't there, under the same constraint as their visits."""

from datetime import datetime, timedelta
from uuid import UUID

from service.dispatch.queries import ADD_ABSENCE, CANCEL_ABSENCE, LIST_ABSENCES
from service.dispatch.records import Absence, AbsenceReceipt, NewAbsence
from service.dispatch.refusals import SlotTaken
from service.kit.paging import Page
from service.kit.refusals import IdTaken, InvalidDocument, Refusal
from service.kit.verbs import Lock, Work, verb
from service.kit.zones import in_utc

LONGEST = timedelta(days=400)
BEFORE_ANY = UUID(int=0)


class TechnicianBusy(Refusal):
    """Visits stand in that absence, and their customers were promised them."""

    code, status, remedy = (
        "TECHNICIAN_BUSY",
        409,
        "Move or cancel the `visits` first (a plan with `absent` proposes to whom), and release those that are only held.",
    )


class AlreadyAbsent(Refusal):
    """The technician is away then already."""

    code, status, remedy = "ALREADY_ABSENT", 409, "Leave out the time of the `absences`, or cancel them first."


class AbsenceOver(Refusal):
    """The absence is over, so it stays as it was."""

    code, status, remedy = "ABSENCE_OVER", 409, "Nothing is to be done: the technician is there again since `until`."


class AbsenceNotFound(Refusal):
    """The technician has no such absence."""

    code, status, remedy = (
        "ABSENCE_NOT_FOUND",
        404,
        "If it was cancelled before it began, nothing is to be done: nothing is kept of it. Else check the ids.",
    )


@verb(refusals=(TechnicianBusy, AlreadyAbsent, SlotTaken, IdTaken), locks=lambda *, technician_id, **_: (Lock.day(technician_id),))
async def add_absence(work: Work, *, technician_id: UUID, absence: NewAbsence) -> AbsenceReceipt:
    """Takes a technician out for days or hours; refused while visits stand in it, which it names."""
    match absence:
        case NewAbsence(from_on=None, until_on=None, from_=datetime() as begins, until=datetime() as ends) if (
            begins < ends <= begins + LONGEST
        ):
            pass
        case NewAbsence(from_=None, until=None, from_on=begins_on, until_on=ends_on) if begins_on and ends_on and begins_on < ends_on:
            if ends_on - begins_on >= LONGEST:
                raise InvalidDocument(f"An absence lasts less than {LONGEST.days} days.")
        case _:
            raise InvalidDocument(
                f"Say the days by `from_on` and a later `until_on`, or instants by `from` and `until`, at most {LONGEST.days} days."
            )
    return await work.run(
        ADD_ABSENCE,
        technician_id=technician_id,
        absence_id=absence.id or work.new_id(),
        visit_id=None,
        from_on=absence.from_on,
        until_on=absence.until_on,
        starts_at=absence.from_,
        ends_at=absence.until,
        reason=absence.reason,
    )


@verb(refusals=(AbsenceNotFound, AbsenceOver, SlotTaken), locks=lambda *, technician_id, **_: (Lock.day(technician_id),))
async def cancel_absence(work: Work, *, technician_id: UUID, absence_id: UUID) -> AbsenceReceipt:
    """Has a technician there again from now on, with the fixed breaks of their shifts; what is over of the absence stays."""
    return await work.run(CANCEL_ABSENCE, technician_id=technician_id, absence_id=absence_id)


async def list_absences(
    work: Work, *, from_at: datetime, until_at: datetime, technician_id: UUID | None, limit: int, cursor: str | None
) -> Page[Absence]:
    """Who is away at some time between two instants, in the order in which they go."""
    first, last = in_utc(from_at), in_utc(until_at)
    if not timedelta(0) < last - first <= LONGEST:
        raise InvalidDocument(f"Ask for absences `from` one instant `until` a later one, at most {LONGEST.days} days on.")
    purpose = f"absences {work.organisation_id} {first.isoformat()} {last.isoformat()} {technician_id}"
    at, absence_id = work.cursors.read(purpose, cursor) if cursor else ((first - LONGEST * 2).isoformat(), BEFORE_ANY)
    rows = await work.all(
        LIST_ABSENCES,
        from_at=first,
        until_at=last,
        technician_id=technician_id,
        after_at=datetime.fromisoformat(at),
        after_id=UUID(str(absence_id)),
        limit=limit,
    )
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.from_.isoformat(), row.id))
