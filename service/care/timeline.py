"""One timeline per customer, made from facts, never typed twice, the same for everyone who may see it."""

from uuid import UUID

from service.care.queries import LIST_ENTRIES
from service.care.records import Entry
from service.customers.customers import find_customer
from service.kit.paging import Page
from service.kit.verbs import Work

NEWEST = (2**31 - 1, "18446744073709551615", 2**63 - 1)
"""Behind every fact there can be."""


async def list_timeline(work: Work, *, customer_id: UUID, limit: int, cursor: str | None) -> Page[Entry]:
    """What happened to one customer, newest first."""
    await find_customer(work, customer_id=customer_id)
    purpose = f"timeline {work.organisation_id} {customer_id}"
    epoch, transaction_id, sequence = work.cursors.read(purpose, cursor) if cursor else NEWEST
    rows = await work.all(
        LIST_ENTRIES, customer_id=customer_id, epoch=epoch, transaction_id=str(transaction_id), sequence=sequence, limit=limit
    )
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.epoch, row.transaction_id, row.sequence))
