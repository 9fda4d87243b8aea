"""Payouts: each movement that the provider pays out is explained by what we know of it, and its fees are posted."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from service.billing.payments import NOBODY
from service.billing.queries.payouts import KNOWN_PAYOUTS, LIST_PAYOUT_LINES, LIST_PAYOUTS, LIST_PAYOUTS_AGAINST_BANK, RECORD_PAYOUT
from service.billing.records.payouts import KnownPayout, PayoutKept, PayoutReport, PayoutsAgainstBank, PayoutStatus, PayoutSummary
from service.billing.reports import find_days
from service.kit.paging import MOST_IN_A_FILE, Page
from service.kit.refusals import InvalidDocument
from service.kit.verbs import Work, verb

LAST = date(2200, 1, 1).isoformat()
HIGHEST = str(UUID(int=(1 << 128) - 1))


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """A movement of the provider's balance in our words: by the kind of what it is about, its name there."""

    name: str
    type: str
    source: str | None
    intent_id: str | None
    refund_name: str | None
    dispute_name: str | None
    amount: int
    fee: int
    created: datetime


@verb()
async def record_payout(
    work: Work,
    *,
    provider_payout_id: str,
    amount_minor: int,
    currency: str,
    status: PayoutStatus,
    arrives_on: date,
    descriptor: str | None,
    trace_id: str | None,
    itemised: bool,
    moves: Sequence[Move],
) -> PayoutKept:
    """Keeps a payout as it stands with what is told of what it is made of, each movement once; told again its status moves on and later movements come to it."""
    return await work.run(
        RECORD_PAYOUT,
        payout_id=work.new_id(),
        posting_id=work.new_id(),
        provider_payout_id=provider_payout_id,
        amount_minor=amount_minor,
        currency=currency,
        status=status,
        arrives_on=arrives_on,
        descriptor=descriptor,
        trace_id=trace_id,
        itemised=itemised,
        lines=msgspec.json.encode(moves).decode(),
    )


async def known_payouts(work: Work, *, names: list[str]) -> dict[str, KnownPayout]:
    """How those of them stand that are here."""
    return {known.name: known for known in await work.all(KNOWN_PAYOUTS, names=names)}


async def list_payouts(work: Work, *, limit: int, cursor: str | None) -> Page[PayoutSummary]:
    """The provider's payouts, the last to arrive first: amount, fees, and what of each isn't explained."""
    purpose = f"payouts {work.organisation_id}"
    before_on, before_id = work.cursors.read(purpose, cursor) if cursor else (LAST, HIGHEST)
    rows = await work.all(LIST_PAYOUTS, before_on=date.fromisoformat(before_on), before_id=UUID(before_id), limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.arrives_on.isoformat(), str(row.id)))


async def report_payouts(work: Work, *, from_on: date | None, until_on: date | None, limit: int, cursor: str | None) -> PayoutReport:
    """What was paid out to the bank in those days, movement by movement, each with what explains it; the last thirty where none are named."""
    days = await find_days(work, from_on=from_on, until_on=until_on)
    purpose = f"payout lines {work.organisation_id} {days.from_on} {days.until_on}"
    key: list[Any] = work.cursors.read(purpose, cursor) if cursor else [days.from_on.isoformat(), "", ""]
    after = {"after_on": date.fromisoformat(key[0]), "after_payout": key[1], "after_name": key[2]}
    rows = await work.all(LIST_PAYOUT_LINES, from_on=days.from_on, until_on=days.until_on, **after, limit=limit)
    page = work.cursors.page(
        purpose, rows, limit=limit, key=lambda row: (row.arrives_on.isoformat(), row.provider_payout_id, row.transaction)
    )
    return PayoutReport(days.from_on, days.until_on, days.zone, list(page.items), page.next)


async def export_payout_lines(work: Work, *, from_on: date | None, until_on: date | None) -> PayoutReport:
    """All lines of the report in one snapshot, for a file; more than 10,000 are refused."""
    report = await report_payouts(work, from_on=from_on, until_on=until_on, limit=MOST_IN_A_FILE, cursor=None)
    if report.next is not None:
        raise InvalidDocument(f"The report has more than {MOST_IN_A_FILE} lines: ask for fewer days.")
    return report


async def report_payouts_against_bank(
    work: Work, *, from_on: date | None, until_on: date | None, limit: int, cursor: str | None
) -> PayoutsAgainstBank:
    """Whether the bank has each payout that arrives in those days, the last thirty where none are named: matched, missing, sent back, or told otherwise by bank and provider."""
    days = await find_days(work, from_on=from_on, until_on=until_on)
    purpose = f"payouts against bank {work.organisation_id} {days.from_on} {days.until_on}"
    after_on, after_id = work.cursors.read(purpose, cursor) if cursor else (days.from_on.isoformat(), str(NOBODY))
    rows = await work.all(
        LIST_PAYOUTS_AGAINST_BANK,
        from_on=days.from_on,
        until_on=days.until_on,
        today=work.at.astimezone(ZoneInfo(days.zone)).date(),
        after_on=date.fromisoformat(after_on),
        after_id=UUID(after_id),
        limit=limit,
    )
    page = work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.on.isoformat(), str(row.id)))
    return PayoutsAgainstBank(days.from_on, days.until_on, days.zone, list(page.items), page.next)


async def export_payouts_against_bank(work: Work, *, from_on: date | None, until_on: date | None) -> PayoutsAgainstBank:
    """All of that report in one snapshot, for a file; more than 10,000 rows are refused."""
    report = await report_payouts_against_bank(work, from_on=from_on, until_on=until_on, limit=MOST_IN_A_FILE, cursor=None)
    if report.next is not None:
        raise InvalidDocument(f"The report has more than {MOST_IN_A_FILE} lines: ask for fewer days.")
    return report
