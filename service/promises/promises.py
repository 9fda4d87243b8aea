"""Promises: read here; made and ended by the rooms whose acts they are, with the fragments `promises/make` and `promises/settle`."""

from uuid import UUID

from service.kit.paging import Page
from service.kit.verbs import Work
from service.promises.queries import LIST_PROMISES
from service.promises.records import Promise

NOTHING = UUID(int=0)


async def list_promises(
    work: Work, *, open_only: bool | None, customer_id: UUID | None, subject_id: UUID | None, limit: int, cursor: str | None
) -> Page[Promise]:
    """Promises in the order they were made; `open=true` for those nothing has settled yet, past due ones (`broken`) included."""
    purpose = f"promises {work.organisation_id} {open_only} {customer_id} {subject_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOTHING
    rows = await work.all(LIST_PROMISES, open=open_only, customer_id=customer_id, subject_id=subject_id, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))
