"""Attempts to post: every one is kept with the decision on each line, and what was refused is told by reason, person and item."""

from datetime import date, datetime
from uuid import UUID

from service.billing.codes import RULES, SENTENCES
from service.billing.queries.attempts import COUNT_REFUSED_LINES, FIND_POSTING_ATTEMPT, LIST_ATTEMPTS
from service.billing.records.attempts import (
    Attempt,
    AttemptSummary,
    AttemptVerdict,
    RefusedCount,
    RefusedLines,
    RefusedLinesReport,
    RefusedRow,
)
from service.billing.reports import find_days
from service.kit.paging import MOST_IN_A_FILE, Page
from service.kit.refusals import InvalidDocument
from service.kit.verbs import Work

NOBODY = UUID(int=0)


async def find_posting_attempt(work: Work, *, attempt_id: UUID) -> Attempt:
    """An attempt to post with the decision on each line."""
    return await work.one(FIND_POSTING_ATTEMPT, attempt_id=attempt_id, sentences=SENTENCES)


async def list_attempts(
    work: Work,
    *,
    customer_id: UUID | None,
    verdict: AttemptVerdict | None,
    code: str | None,
    from_at: datetime | None,
    until_at: datetime | None,
    limit: int,
    cursor: str | None,
) -> Page[AttemptSummary]:
    """Attempts to post in the order they were made, refused ones too; `code` finds those that had a line refused for it."""
    asked = {"customer_id": customer_id, "verdict": verdict, "code": code, "from_at": from_at, "until_at": until_at}
    purpose = f"attempts {work.organisation_id} {sorted(asked.items())}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOBODY
    rows = await work.all(LIST_ATTEMPTS, **asked, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))


async def report_refused_lines(
    work: Work, *, from_on: date | None, until_on: date | None, limit: int, cursor: str | None
) -> RefusedLinesReport:
    """Refused lines by reason, who did the work, and item; days begin in the organisation's zone, and the last thirty are told where none are named."""
    days = await find_days(work, from_on=from_on, until_on=until_on)
    purpose = f"refused lines {work.organisation_id} {days.from_on} {days.until_on}"
    lines, place = work.cursors.read(purpose, cursor) if cursor else (None, None)
    rows = await work.all(
        COUNT_REFUSED_LINES, from_at=days.from_at, until_at=days.until_at, after_lines=lines, after_place=place, limit=limit
    )
    page = work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.lines, row.place))
    return RefusedLinesReport(days.from_on, days.until_on, days.zone, [_told(row) for row in page.items], page.next)


async def export_refused_lines(work: Work, *, from_on: date | None, until_on: date | None) -> RefusedLinesReport:
    """All rows of the report of refused lines in one snapshot, for a file; more than 10,000 are refused."""
    report = await report_refused_lines(work, from_on=from_on, until_on=until_on, limit=MOST_IN_A_FILE, cursor=None)
    if report.next is not None:
        raise InvalidDocument(f"The report has more than {MOST_IN_A_FILE} rows: ask for fewer days.")
    return report


def _told(row: RefusedRow) -> RefusedLines:
    reason = RULES[row.code]
    counted = {name: getattr(row, name) for name in RefusedCount.__struct_fields__}
    return RefusedLines(**counted, rule=reason.rule, detail=reason.detail, remedy=reason.remedy, peppol=reason.peppol, x12=reason.x12)
