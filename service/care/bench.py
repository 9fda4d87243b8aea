"""The bench: what is done with a device that is here, step by step, and what its customer hears of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from service.care.custody_lists import find_custody
from service.care.custody_refusals import BenchMoveUnfit, DeviceHandedBack, HandsNeeded, NotTheHolder, OfferElsewhere
from service.care.queries import LIST_BENCH, LIST_BENCH_MOVES, LIST_BENCH_STEPS, MOVE_ON_BENCH, TELL_NEWS
from service.care.records.bench import BenchLine, BenchStep, BenchStepped, NewBenchStep, NewNews, NewsTold
from service.care.signing import hand_of
from service.dispatch.refusals import WorkNotAuthorised
from service.kit.card_numbers import refuse_card_numbers
from service.kit.lists import under
from service.kit.paging import Page
from service.kit.refusals import CardNumber, IdTaken
from service.kit.verbs import Lock, Work, verb
from service.promises.promises import DueUnclear, due_of

BEFORE_ALL = (-1, "1900-01-01T00:00:00+00:00", str(UUID(int=0)))


def _locked(*, custody_id: UUID, **_: Any) -> Iterable[Lock]:
    return (Lock.scope_of("care.custody", custody_id), Lock.job_of("care.custody", custody_id))


@verb(
    refusals=(CardNumber, HandsNeeded, DueUnclear, DeviceHandedBack, BenchMoveUnfit, NotTheHolder, OfferElsewhere, WorkNotAuthorised),
    locks=_locked,
)
async def move_on_bench(work: Work, *, custody_id: UUID, step: NewBenchStep) -> BenchStepped:
    """Says what is done with a device next: repaired only under what its customer authorised, by whoever holds it; made ready, its customer is mailed."""
    refuse_card_numbers(step.words)
    return await work.run(
        MOVE_ON_BENCH,
        custody_id=custody_id,
        to_state=step.to,
        words=step.words,
        offer_id=step.offer_id,
        item_id=step.item_id,
        staff_id=hand_of(work),
        promise_id=work.new_id(),
        hear_by=await _next(work, custody_id, step),
    )


@verb(refusals=(CardNumber, HandsNeeded, DueUnclear, IdTaken, DeviceHandedBack), locks=_locked)
async def tell_news(work: Work, *, custody_id: UUID, news: NewNews) -> NewsTold:
    """Tells the customer of their device: what was promised of it is kept, or broken where it was late, and the next word promised."""
    refuse_card_numbers(news.words)
    return await work.run(
        TELL_NEWS,
        custody_id=custody_id,
        message_id=news.id or work.new_id(),
        channel=news.channel,
        words=news.words,
        staff_id=hand_of(work),
        promise_id=work.new_id(),
        hear_by=await _next(work, custody_id, news),
    )


@under(find_custody)
async def list_bench_steps(work: Work, *, custody_id: UUID, limit: int, cursor: str | None) -> Page[BenchStep]:
    """What was done with a device, from the first on."""
    purpose = f"bench steps {work.organisation_id} {custody_id}"
    after = int(work.cursors.read(purpose, cursor)[0]) if cursor else 0
    rows = await work.all(LIST_BENCH_STEPS, custody_id=custody_id, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.step,))


async def list_bench_moves(work: Work, *, state: str) -> list[str]:
    """How a device that stands so may go on."""
    return await work.all(LIST_BENCH_MOVES, state=state)


async def list_bench(work: Work, *, customer_id: UUID | None, held_by: UUID | None, limit: int, cursor: str | None) -> Page[BenchLine]:
    """The devices that are here: what came back first, then by when their customers hear of them."""
    purpose = f"bench {work.organisation_id} {customer_id} {held_by}"
    rank, at, after = work.cursors.read(purpose, cursor) if cursor else BEFORE_ALL
    rows = await work.all(
        LIST_BENCH,
        customer_id=customer_id,
        held_by=held_by,
        after_rank=int(rank),
        after_at=datetime.fromisoformat(str(at)),
        after_id=UUID(str(after)),
        limit=limit,
    )
    last = "9999-12-31T00:00:00+00:00"
    return work.cursors.page(
        purpose, rows, limit=limit, key=lambda row: (row.rank, row.next_word_at.isoformat() if row.next_word_at else last, str(row.id))
    )


async def _next(work: Work, custody_id: UUID, said: NewBenchStep | NewNews) -> datetime:
    device = await find_custody(work, custody_id=custody_id)
    return await due_of(
        work, kind="update", customer_id=device.customer_id, due_at=said.hear_by, within_minutes=said.hear_within_minutes, site_id=None
    )
