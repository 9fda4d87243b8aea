"""What came in, what went back and what was taken back, over all customers and by the days on which it was booked."""

from datetime import date
from typing import Any
from uuid import UUID

from service.billing.ledger import find_book_days
from service.billing.payments import NOBODY
from service.billing.queries.money_lists import LIST_ALL_PAYMENTS, LIST_ALL_REFUNDS, LIST_CREDIT_NOTES, PAPERS_OF_CUSTOMER
from service.billing.records.money_lists import CreditNoteLine, PaperOfCustomer, PaymentLine, RefundLine
from service.billing.records.refunds import RefundState
from service.kit.paging import Page
from service.kit.sql import Query
from service.kit.verbs import Work


async def list_all_payments(
    work: Work, *, from_on: date | None, until_on: date | None, limit: int, cursor: str | None
) -> Page[PaymentLine]:
    """Every payment recorded on those days, whoever made it and however, also those that were taken back since."""
    return await listed(work, LIST_ALL_PAYMENTS, from_on, until_on, limit, cursor)


async def list_all_refunds(
    work: Work, *, from_on: date | None, until_on: date | None, state: RefundState | None, limit: int, cursor: str | None
) -> Page[RefundLine]:
    """Every refund proposed on those days, and how it ended; or those of one state."""
    return await listed(work, LIST_ALL_REFUNDS, from_on, until_on, limit, cursor, state=state)


async def list_credit_notes(
    work: Work, *, from_on: date | None, until_on: date | None, limit: int, cursor: str | None
) -> Page[CreditNoteLine]:
    """Every credit note issued on those days, with the invoice that it corrects."""
    return await listed(work, LIST_CREDIT_NOTES, from_on, until_on, limit, cursor)


async def listed(
    work: Work, query: Query[Any], from_on: date | None, until_on: date | None, limit: int, cursor: str | None, **narrowed: str | None
) -> Page[Any]:
    """One page of what was recorded on those days, in the order of ids."""
    days = await find_book_days(work, from_on=from_on, until_on=until_on)
    purpose = " ".join(map(str, (query.name, work.organisation_id, from_on, until_on, *narrowed.values())))
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOBODY
    rows = await work.all(query, from_at=days.from_at, until_at=days.until_at, after=after, limit=limit, **narrowed)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))


async def list_papers_of_customer(work: Work, *, customer_id: UUID) -> list[PaperOfCustomer]:
    """Invoices, credit notes and receipts of a customer's, the latest two hundred."""
    return await work.all(PAPERS_OF_CUSTOMER, customer_id=customer_id)
