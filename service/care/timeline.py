"""One timeline per customer, made from facts, never typed twice: the same entries for everyone, the figures for who may read them."""

from uuid import UUID

import msgspec

from service.care.queries import LIST_ENTRIES
from service.care.records import Entry
from service.customers.customers import find_customer
from service.identity.scopes import SCOPE_OF_SUBJECT
from service.kit.facts.reading import visible_subjects
from service.kit.lists import under
from service.kit.paging import Page
from service.kit.verbs import Work

NEWEST = (2**31 - 1, "18446744073709551615", 2**63 - 1)
"""Behind every fact there can be."""


@under(find_customer)
async def list_timeline(work: Work, *, customer_id: UUID, limit: int, cursor: str | None) -> Page[Entry]:
    """What happened to one customer, newest first."""
    purpose = f"timeline {work.organisation_id} {customer_id}"
    epoch, transaction_id, sequence = work.cursors.read(purpose, cursor) if cursor else NEWEST
    rows = await work.all(
        LIST_ENTRIES, customer_id=customer_id, epoch=epoch, transaction_id=str(transaction_id), sequence=sequence, limit=limit
    )
    subjects = visible_subjects(work.principal, SCOPE_OF_SUBJECT)
    if subjects is not None:
        rows = [row if row.subject_kind in subjects else msgspec.structs.replace(row, body={}) for row in rows]
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.epoch, row.transaction_id, row.sequence))
