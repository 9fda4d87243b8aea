"""Reports of money, each from the ledger at an instant, so that one asked for again later says the same."""

from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from service.billing.queries.reports import FIND_REPORT_DAY, FIND_REPORT_DAYS, LIST_RECEIVABLES, SUM_INCOME, SUM_RECEIVABLES
from service.billing.records.reports import IncomeReport, ReceivablesReport, ReportDays
from service.kit.paging import MOST_IN_A_FILE
from service.kit.refusals import InvalidDocument
from service.kit.verbs import Work

MOST_DAYS = 366
BEFORE_ALL = (date(1970, 1, 1).isoformat(), str(UUID(int=0)), "")


async def report_receivables(work: Work, *, as_of: date | None, limit: int, cursor: str | None) -> ReceivablesReport:
    """What every customer owed at the end of a day, today if none is named, by how long it has been overdue; raises InvalidDocument for a day to come."""
    day = await work.one(FIND_REPORT_DAY, as_of=as_of)
    if day.as_of > work.at.astimezone(ZoneInfo(day.zone)).date():
        raise InvalidDocument("What will be owed on a day to come isn't known: `as_of` is today at the latest.")
    until = {"as_of": day.as_of, "until_at": day.until_at}
    purpose = f"receivables {work.organisation_id} {day.as_of}"
    key: list[Any] = work.cursors.read(purpose, cursor) if cursor else list(BEFORE_ALL)
    after = {"after_due_on": date.fromisoformat(key[0]), "after_customer": UUID(key[1]), "after_currency": key[2]}
    rows = await work.all(LIST_RECEIVABLES, **until, **after, limit=limit)
    page = work.cursors.page(
        purpose, rows, limit=limit, key=lambda row: (row.oldest_due_on.isoformat(), str(row.customer_id), row.currency)
    )
    return ReceivablesReport(day.as_of, day.zone, await work.all(SUM_RECEIVABLES, **until), list(page.items), page.next)


async def export_receivables(work: Work, *, as_of: date | None) -> ReceivablesReport:
    """All rows of the report in one snapshot, for a file; more than 10,000 are refused."""
    report = await report_receivables(work, as_of=as_of, limit=MOST_IN_A_FILE, cursor=None)
    if report.next is not None:
        raise InvalidDocument(f"More than {MOST_IN_A_FILE} customers owe something: read the report page by page.")
    return report


async def report_income(work: Work, *, from_on: date | None, until_on: date | None) -> IncomeReport:
    """Revenue by kind and tax by rate, by month; days begin in the organisation's zone, and the last thirty are told where none are named."""
    days = await find_days(work, from_on=from_on, until_on=until_on)
    items = await work.all(SUM_INCOME, zone=days.zone, from_at=days.from_at, until_at=days.until_at)
    return IncomeReport(days.from_on, days.until_on, days.zone, items)


async def find_days(work: Work, *, from_on: date | None, until_on: date | None) -> ReportDays:
    """The days of a report; raises InvalidDocument for less than one and for more than a year."""
    days = await work.one(FIND_REPORT_DAYS, from_on=from_on, until_on=until_on)
    if not 1 <= (days.until_on - days.from_on).days <= MOST_DAYS:
        raise InvalidDocument(f"A report is of at least one day and at most {MOST_DAYS}: `until_on` is the day after the last.")
    return days
