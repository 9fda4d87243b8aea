"""That a service doesn't work, as its customer told us: when, noted once, for laws that count from it."""

from datetime import timedelta
from uuid import UUID

from service.kit.lists import under
from service.kit.paging import EARLIEST, Page
from service.kit.refusals import IdTaken, Refusal
from service.kit.verbs import Work, verb
from service.subscriptions.queries import LIST_FAULT_REPORTS, REPORT_FAULT
from service.subscriptions.records.fault_reports import FaultReport, FaultReported, NewFaultReport
from service.subscriptions.subscriptions import find_subscription

LONG_AGO = timedelta(days=100)


class ReportUnclear(Refusal):
    """A fault was reported before now, and 100 days ago at most."""

    code, status, remedy = (
        "REPORT_UNCLEAR",
        422,
        "Send `reported_at` as the moment at which the customer told you, or leave it out for now.",
    )
    constraints = ("subscriptions.fault_reported_before_it_is_noted",)


@verb(refusals=(ReportUnclear, IdTaken))
async def report_fault(work: Work, *, subscription_id: UUID, report: NewFaultReport) -> FaultReported:
    """Notes that a customer told us that their service doesn't work, and when."""
    reported_at = report.reported_at or work.at
    if not work.at - LONG_AGO <= reported_at <= work.at:
        raise ReportUnclear
    return await work.run(
        REPORT_FAULT,
        subscription_id=subscription_id,
        report_id=report.id or work.new_id(),
        reported_at=reported_at,
        told=report.reported_at,
    )


@under(find_subscription)
async def list_fault_reports(work: Work, *, subscription_id: UUID, limit: int, cursor: str | None) -> Page[FaultReport]:
    """When a service was reported as not working, the first time first."""
    purpose = f"fault reports {work.organisation_id} {subscription_id}"
    after_at, after_id = work.cursors.read_moment(purpose, cursor, begins=EARLIEST)
    rows = await work.all(LIST_FAULT_REPORTS, subscription_id=subscription_id, after_at=after_at, after_id=after_id, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.reported_at.isoformat(), str(row.id)))
