"""A notice and its delivery, step by step."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import msgspec

from service.kit.paging import Page
from service.kit.refusals import Refusal
from service.kit.verbs import Work, verb
from service.notices.queries import LIST_NOTICES, MOVE_NOTICE, QUEUE_NOTICES
from service.notices.records import Letter, Moved, NewNotice, Notice, NoticeNow, State, TakenUp, Withdrawn

FIRST = UUID(int=0)
NO_SERVER = "no_mail_server"
ENDED: frozenset[State] = frozenset({"handed_over", "refused", "withdrawn", "failed"})


class NoticeMovedOn(Refusal):
    """Somebody else has taken this notice further."""

    code, status, remedy = "NOTICE_MOVED_ON", 409, "Leave it to whoever did."
    constraints = ("notices.notice_step_pkey",)


@verb()
async def fail_notices(work: Work, *, items: list[NewNotice]) -> list[NoticeNow]:
    """Queues notices that nothing can send; those that are new have failed at once."""
    return await _queue(work, items, unable=NO_SERVER)


async def _queue(work: Work, notices: list[NewNotice], *, unable: str | None) -> list[NoticeNow]:
    return (await work.run(QUEUE_NOTICES, notices=msgspec.json.encode(notices).decode(), unable=unable)).notices


@verb(refusals=(NoticeMovedOn,))
async def take_up_notice(
    work: Work, *, notice: NewNotice, write: Callable[[Work], Awaitable[Letter | Withdrawn]], mail: bool, waits: bool
) -> TakenUp:
    """Queues the notice where it is new, writes its letter from the truth, and takes it to `sending`, or to an end where nothing is sent.

    `mail` says whether there is a server to send by, `waits` whether it is left queued where there is none. Once `sending` is committed, one process may speak to it.
    """
    unable = None if mail or waits else NO_SERVER
    [now] = await _queue(work, [notice], unable=unable)

    async def move(to_state: State, reason: str | None = None) -> TakenUp:
        nonlocal now
        moved = await work.part().run(MOVE_NOTICE, notice_id=now.id, step=now.step, to_state=to_state, reason=reason, answer_code=None)
        now = msgspec.structs.replace(now, step=moved.step, state=to_state)
        return TakenUp(now, None)

    if now.state in ENDED:
        return TakenUp(now, None)
    if now.state == "sending":  # a run died while it spoke to the mail server: nobody knows what became of it
        await move("unknown", "interrupted")
        now = msgspec.structs.replace(now, unknowns=now.unknowns + 1)
    if now.unknowns > 1:
        return await move("failed", "unknown_twice")
    if unable:
        return await move("failed", unable)
    letter = await write(work)
    if isinstance(letter, Withdrawn):
        return await move("withdrawn", letter.reason)
    if not mail:
        return TakenUp(now, None)
    await move("sending")
    return TakenUp(now, letter)


@verb(refusals=(NoticeMovedOn,))
async def move_notice(
    work: Work, *, notice_id: UUID, step: int, to_state: State, reason: str | None = None, answer_code: int | None = None
) -> Moved:
    """Takes the notice from the step it was read at to its next state."""
    return await work.run(MOVE_NOTICE, notice_id=notice_id, step=step, to_state=to_state, reason=reason, answer_code=answer_code)


async def list_notices(work: Work, *, customer_id: UUID, limit: int, cursor: str | None) -> Page[Notice]:
    """What a customer was told or is to be told, in the order it was queued."""
    purpose = f"notices {work.organisation_id} {customer_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else FIRST
    rows = await work.all(LIST_NOTICES, customer_id=customer_id, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))
