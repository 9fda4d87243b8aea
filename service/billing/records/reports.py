"""What an accountant asks for: what is owed and how late it is, what was earned and which tax is due on it."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec

from service.kit.money import MinorUnits

AsOf = Annotated[date, msgspec.Meta(description="As it stood at the end of that day in the organisation's zone.")]


class AgedSums(msgspec.Struct, frozen=True):
    """What is open of invoices in one currency, by how many days it is overdue; the five come to `open_minor`."""

    currency: str
    not_due_minor: MinorUnits
    overdue_1_30_minor: MinorUnits
    overdue_31_60_minor: MinorUnits
    overdue_61_90_minor: MinorUnits
    overdue_over_90_minor: MinorUnits
    open_minor: MinorUnits
    written_off_minor: MinorUnits
    """Given up, not paid, and none of the sums before."""


class AgedReceivable(AgedSums, frozen=True):
    """What one customer owes in one currency, and the day on which the oldest of it was due."""

    customer_id: UUID
    customer_name: str
    customer_reference: str | None
    invoices: int
    oldest_due_on: date


class ReceivablesReport(msgspec.Struct, frozen=True):
    """What customers owe, who owes the oldest first, the sums of them all, and the cursor of the rest.

    The sums come to the ledger's receivables at the end of that day. What is to a customer's credit is not set off: it pays by itself.
    """

    as_of: AsOf
    zone: str
    totals: list[AgedSums]
    items: list[AgedReceivable]
    next: str | None = None


class ReportDay(msgspec.Struct, frozen=True):
    """A day in the organisation's zone, and the instant at which it is over."""

    zone: str
    as_of: date
    until_at: datetime


class ReportDays(msgspec.Struct, frozen=True):
    """The days of a report in the organisation's zone, and when they begin and end."""

    zone: str
    from_on: date
    until_on: date
    from_at: datetime
    until_at: datetime


class IncomeLine(msgspec.Struct, frozen=True):
    """What one account of revenue or of tax took in during a month, less what credit notes took back."""

    month: Annotated[str, msgspec.Meta(description="The month in the organisation's zone: `2026-03`.")]
    currency: str
    account: Literal["revenue", "tax"]
    of: Annotated[
        str, msgspec.Meta(description="The kind of the items sold; of a tax, its category and its rate as a fraction: `S 19/100`.")
    ]
    amount_minor: int


class IncomeReport(msgspec.Struct, frozen=True):
    """Revenue by kind and tax by rate on those days, by month."""

    from_on: date
    until_on: Annotated[date, msgspec.Meta(description="The day after the last.")]
    zone: str
    items: list[IncomeLine]
