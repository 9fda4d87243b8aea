"""Matches lines in the background, in bounded batches: what is certain is posted, the rest waits for a person."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any
from uuid import UUID

import msgspec

from service.billing.bank.candidates import judge_lines
from service.billing.bank.lines import LeftLine, Posting, leave_lines, post_matches
from service.billing.bank.looking import list_unjudged_lines
from service.billing.records.bank import BankLine, Suggestion
from service.kit.refusals import Refusal
from service.kit.verbs import Work

TOGETHER = 250
"""Lines that are judged at once: what is held in memory."""
IN_ONE = 25
"""Lines that are posted in one transaction, under the locks of their customers."""
LANES = 3
"""Transactions at once; a customer is in one of them, but where a transfer is for several who are in more."""


class Batch(msgspec.Struct, frozen=True):
    """Lines and what they may be."""

    lines: list[BankLine]
    found: list[list[Suggestion]]


async def judge_next(work: Work) -> Batch:
    """The next lines, judged in one snapshot."""
    lines = await list_unjudged_lines(work, limit=TOGETHER)
    return Batch(lines, await judge_lines(work, lines=lines) if lines else [])


async def match_next(ask: Callable[..., Awaitable[Any]], do: Callable[..., Awaitable[Any]]) -> int:
    """Matches the next batch of lines: how many were looked at; none are left at 0."""
    batch: Batch = await ask(judge_next)
    postings, left = sorted_out(batch)
    if left:
        await do(leave_lines, lines=left)
    await asyncio.gather(*(_post_all(do, lane) for lane in lanes(postings)))
    return len(batch.lines)


def sorted_out(batch: Batch) -> tuple[list[Posting], list[LeftLine]]:
    """What posts, and what is left for a person; a line of an invoice that another line here pays is neither, and judged again."""
    postings: list[Posting] = []
    left: list[LeftLine] = []
    taken = set[UUID]()
    for line, found in zip(batch.lines, batch.found, strict=True):
        best = found[0] if found else None
        if best is None or not best.posts:
            left.append(_left(line, found))
            continue
        about = {part.invoice_id for part in best.parts if part.invoice_id} | {
            one for one in (best.payment_id, best.deposit_id, best.payout_id) if one
        }
        if about & taken:
            continue
        taken |= about
        postings.append(Posting(line, best))
    return postings, left


def _left(line: BankLine, found: Sequence[Suggestion]) -> LeftLine:
    """Money that comes in waits for all whom it may be from."""
    incoming = found if line.amount_minor > 0 else []
    whose = {part.customer_id for one in incoming for part in one.parts} | {one.customer_id for one in incoming if one.customer_id}
    return LeftLine(line.id, sorted(whose))


def lanes(postings: Sequence[Posting]) -> list[list[Posting]]:
    """The postings in a few rows, all of a customer's in the same one."""
    rows: list[list[Posting]] = [[] for _ in range(LANES)]
    of_customer: dict[UUID, int] = {}
    for one in postings:
        customers = [part.customer_id for part in one.suggestion.parts] or [one.suggestion.customer_id or one.line.id]
        row = next(
            (of_customer[customer] for customer in customers if customer in of_customer), min(range(LANES), key=lambda n: len(rows[n]))
        )
        of_customer |= dict.fromkeys(customers, row)
        rows[row].append(one)
    return rows


def _chunks(postings: Sequence[Posting]) -> Iterator[Sequence[Posting]]:
    for start in range(0, len(postings), IN_ONE):
        yield postings[start : start + IN_ONE]


async def _post_all(do: Callable[..., Awaitable[Any]], postings: Sequence[Posting]) -> None:
    for chunk in _chunks(postings):
        try:
            await do(post_matches, postings=chunk)
        except Refusal:
            for one in chunk:
                await _post_one(do, one)


async def _post_one(do: Callable[..., Awaitable[Any]], posting: Posting) -> None:
    """One line alone, where one of several was refused; a line that is refused waits for a person."""
    try:
        await do(post_matches, postings=[posting])
    except Refusal:
        await do(leave_lines, lines=[_left(posting.line, [posting.suggestion])])
