"""Devices in custody, as they are read."""

from uuid import UUID

from service.care.queries import FIND_CUSTODY, FIND_NEWS, LIST_BENCH_PLACES, LIST_HAND_OVERS
from service.care.records.bench import News
from service.care.records.custody import BenchPlace, Custody, HandOver
from service.kit.lists import under
from service.kit.paging import Page
from service.kit.verbs import Work


async def list_bench_places(work: Work, *, limit: int, cursor: str | None) -> Page[BenchPlace]:
    """Where devices lie, in the order they were added."""
    purpose = f"bench places {work.organisation_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else UUID(int=0)
    rows = await work.all(LIST_BENCH_PLACES, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))


async def find_custody(work: Work, *, custody_id: UUID) -> Custody:
    """A device that was taken in: how it stands, where it is, and who holds it."""
    return await work.one(FIND_CUSTODY, custody_id=custody_id)


@under(find_custody)
async def list_hand_overs(work: Work, *, custody_id: UUID, limit: int, cursor: str | None) -> Page[HandOver]:
    """From hand to hand, from the first on."""
    purpose = f"hand-overs {work.organisation_id} {custody_id}"
    after = int(work.cursors.read(purpose, cursor)[0]) if cursor else 0
    rows = await work.all(LIST_HAND_OVERS, custody_id=custody_id, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.step,))


async def find_news(work: Work, *, message_id: UUID) -> News:
    """A word to a customer about their device, as its mail tells it."""
    return await work.one(FIND_NEWS, message_id=message_id)
