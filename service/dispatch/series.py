"""Series of visits: begun, paused and ended by somebody, continued some days ahead by a task, each occurrence once."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

import msgspec

from service.dispatch.jobs import AssetUnknown, SiteUnknown, open_job
from service.dispatch.queries import (
    BEGIN_SERIES,
    FIND_SERIES,
    INSTANTS_OF,
    LEAVE_UNBOOKED,
    LIST_SERIES,
    OCCURRENCES_KNOWN,
    OPEN_OCCURRENCE,
    SERIES_OF_JOB,
    SKIP_OCCURRENCE,
    STEP_SERIES,
)
from service.dispatch.records.series import (
    Booker,
    NewSeries,
    Occurrence,
    Occurrences,
    Opened,
    Series,
    SeriesReceipt,
    SeriesState,
    Skipped,
)
from service.dispatch.recurrence import RuleNotTaken, read_rule, wall_at
from service.dispatch.refusals import CrewNotWhole, TechnicianUnknown
from service.kit.paging import Page
from service.kit.refusals import IdTaken, InvalidDocument, Refusal
from service.kit.verbs import Lock, Work, verb
from service.kit.zones import require_reachable

BEFORE_ANY = UUID(int=0)
MOST_DAYS = 400
FARTHEST = timedelta(days=1830)
"""How far ahead a rule is read."""


class SeriesNotInState(Refusal):
    """The series' present state doesn't allow this."""

    code, status, remedy = (
        "SERIES_NOT_IN_STATE",
        409,
        "Read the series and act on its present `state`; what is ended stays so: begin another.",
    )
    constraints = ("dispatch.series_moves_as_declared", "dispatch.series_step_follows", "dispatch.one_series_step_a_number")


class OccurrenceOpened(Refusal):
    """A job was opened for this occurrence already."""

    code, status, remedy = "OCCURRENCE_OPENED", 409, "Cancel the visits of `job_id`, and the job."
    constraints = ("dispatch.one_occurrence_once",)


class NoSuchOccurrence(Refusal):
    """The rule doesn't fall on that time."""

    code, status, remedy = "NO_SUCH_OCCURRENCE", 422, "Ask for the series' occurrences, and name one by its `local_from`."


def _of_series(*, series_id: UUID, **_: object) -> tuple[Lock, ...]:
    return (Lock.account_of("dispatch.visit_series", series_id),)


@verb(refusals=(RuleNotTaken, SiteUnknown, AssetUnknown, TechnicianUnknown, CrewNotWhole, IdTaken))
async def begin_series(work: Work, *, series: NewSeries) -> SeriesReceipt:
    """Begins a series at the zone of its site; the same under the same id again answers the same."""
    job = series.job
    if job.id or job.policy_name or job.preferred_technician_id or job.kind == "collection" or job.collects_invoice_ids:
        raise InvalidDocument("The job of a series names no id, policy or preferred technician, and collects nothing.")
    rule = read_rule(series.rule)
    for wall in (series.local_from, *series.local_left_out, *series.local_added):
        require_reachable(wall)
    if (
        not rule.may_fall_on(series.local_from)
        or next(rule.walls(series.local_from, zone="UTC", until_wall=series.local_from + timedelta(days=1)), None) != series.local_from
    ):
        raise RuleNotTaken("The rule doesn't fall on `local_from`, or ends before it.")
    if any(wall <= series.local_from for wall in series.local_added):
        raise RuleNotTaken("What is added comes after `local_from`.")
    if series.crew and not series.technician_id:
        raise InvalidDocument("Who goes along is named where `technician_id` says who leads.")
    if series.technician_id and len({series.technician_id, *series.crew}) != job.crew_size:
        raise CrewNotWhole(crew_size=job.crew_size)
    return await work.run(
        BEGIN_SERIES,
        series_id=series.id or work.new_id(),
        customer_id=job.customer_id,
        site_id=job.site_id,
        asset_id=job.asset_id,
        job=msgspec.json.encode(job).decode(),
        rule=series.rule,
        starts_wall=series.local_from,
        left_out=sorted(set(series.local_left_out)),
        added=sorted(set(series.local_added)),
        horizon_days=series.horizon_days,
        technician_id=series.technician_id,
        crew=series.crew,
        via=series.via,
        task_id=work.new_id(),
    )


@verb(refusals=(SeriesNotInState,), locks=_of_series)
async def pause_series(work: Work, *, series_id: UUID) -> SeriesReceipt:
    """Opens no more occurrences until it is resumed; jobs that were opened stay."""
    return await work.run(STEP_SERIES, series_id=series_id, to_state="paused", task_id=work.new_id())


@verb(refusals=(SeriesNotInState,), locks=_of_series)
async def resume_series(work: Work, *, series_id: UUID) -> SeriesReceipt:
    """Goes on with what is still to come; occurrences that passed meanwhile are gone."""
    return await work.run(STEP_SERIES, series_id=series_id, to_state="active", task_id=work.new_id())


@verb(refusals=(SeriesNotInState,), locks=_of_series)
async def end_series(work: Work, *, series_id: UUID) -> SeriesReceipt:
    """Opens nothing more, for good; jobs that were opened stay."""
    return await work.run(STEP_SERIES, series_id=series_id, to_state="ended", task_id=work.new_id())


@verb(refusals=(NoSuchOccurrence, OccurrenceOpened, SeriesNotInState), locks=_of_series)
async def skip_occurrence(work: Work, *, series_id: UUID, starts: datetime) -> Skipped:
    """Leaves one occurrence out before a job is opened for it."""
    require_reachable(starts)
    series = await work.one(FIND_SERIES, series_id=series_id)
    if starts > wall_at(work.at + FARTHEST, series.zone) or starts not in _walls(
        series, from_wall=starts, until_wall=starts + timedelta(microseconds=1)
    ):
        raise NoSuchOccurrence
    return await work.run(SKIP_OCCURRENCE, series_id=series_id, starts_wall=starts)


@verb(refusals=(SeriesNotInState, OccurrenceOpened), locks=_of_series)
async def open_occurrence(work: Work, *, series_id: UUID, starts: datetime) -> Opened:
    """Opens the job of one occurrence, once; its visit is booked by a task of its own."""
    series = await work.one(FIND_SERIES, series_id=series_id)
    if series.state != "active":
        raise SeriesNotInState(state=series.state)
    known = await work.first(OCCURRENCES_KNOWN, series_id=series_id, from_wall=starts, until_wall=starts + timedelta(microseconds=1))
    if known:
        raise OccurrenceOpened(job_id=known.job_id)
    job = await open_job(work.part(), job=series.job)
    return await work.run(OPEN_OCCURRENCE, series_id=series_id, starts_wall=starts, job_id=job.id, task_id=work.new_id())


@verb(refusals=())
async def leave_unbooked(work: Work, *, job_id: UUID, code: str) -> Opened:
    """Says why nobody could be booked for an occurrence; its job waits for a dispatcher."""
    return await work.run(LEAVE_UNBOOKED, job_id=job_id, code=code)


async def find_series(work: Work, *, series_id: UUID) -> Series:
    """One series as it stands."""
    return await work.one(FIND_SERIES, series_id=series_id)


async def list_series(work: Work, *, state: SeriesState | None, customer_id: UUID | None, limit: int, cursor: str | None) -> Page[Series]:
    """Series in the order in which they were begun."""
    purpose = f"series {work.organisation_id} {state} {customer_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else BEFORE_ANY
    rows = await work.all(LIST_SERIES, state=state, customer_id=customer_id, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))


async def find_occurrences(work: Work, *, series_id: UUID, from_on: date, until_on: date) -> Occurrences:
    """The occurrences in some days of the series' zone, with the jobs that were opened for them, and those that were skipped; at most 400 days."""
    if not 0 < (until_on - from_on).days <= MOST_DAYS:
        raise InvalidDocument(f"`until_on` is 1 to {MOST_DAYS} days after `from_on`.")
    for day in (from_on, until_on):
        require_reachable(day)
    if until_on > (work.at + FARTHEST).date():
        raise InvalidDocument(f"Nobody is told of occurrences more than {FARTHEST.days} days ahead.")
    series = await work.one(FIND_SERIES, series_id=series_id)
    from_wall, until_wall = (datetime.combine(day, time()) for day in (from_on, until_on))
    rows = await work.all(OCCURRENCES_KNOWN, series_id=series_id, from_wall=from_wall, until_wall=until_wall)
    known = {row.local_from: row for row in rows}
    ahead = _walls(series, from_wall=from_wall, until_wall=until_wall) if series.state != "ended" else []
    instants = await work.all(INSTANTS_OF, walls=sorted({*known, *ahead}), zone=series.zone)
    return Occurrences(
        series_id=series_id,
        zone=series.zone,
        items=[
            Occurrence(one.wall, one.at, "opened" if row.job_id else "skipped", row.job_id, row.job_state, row.visit_id)
            if (row := known.get(one.wall))
            else Occurrence(one.wall, one.at, "to_come")
            for one in instants
            if one.wall in known or one.at >= work.at
        ],
    )


async def occurrences_to_open(work: Work, *, series_id: UUID) -> list[datetime]:
    """Occurrences of an active series that are to come within its horizon and have no job yet, and weren't skipped."""
    series = await work.one(FIND_SERIES, series_id=series_id)
    if series.state != "active":
        return []
    from_wall = wall_at(work.at, series.zone) - timedelta(days=1)
    until_wall = wall_at(work.at + timedelta(days=series.horizon_days), series.zone)
    rows = await work.all(OCCURRENCES_KNOWN, series_id=series_id, from_wall=from_wall, until_wall=until_wall)
    known = {row.local_from for row in rows}
    ahead = [wall for wall in _walls(series, from_wall=from_wall, until_wall=until_wall) if wall not in known]
    return [one.wall for one in await work.all(INSTANTS_OF, walls=ahead, zone=series.zone) if one.at >= work.at]


async def booker_of(work: Work, *, job_id: UUID) -> Booker:
    """With whom the visit of an occurrence is booked, and when."""
    return await work.one(SERIES_OF_JOB, job_id=job_id)


def _walls(series: Series, *, from_wall: datetime, until_wall: datetime) -> list[datetime]:
    rule = read_rule(series.rule)
    every = rule.walls(series.local_from, zone=series.zone, until_wall=until_wall, left_out=series.local_left_out, added=series.local_added)
    return [wall for wall in every if wall >= from_wall]
