"""A notice and its delivery, step by step."""

from collections.abc import Awaitable, Callable
from uuid import UUID

import msgspec

from service.kit.paging import Page
from service.kit.refusals import Refusal
from service.kit.verbs import Work, verb
from service.notices.queries import LIST_NOTICES, MOVE_NOTICE, QUEUE_NOTICE
from service.notices.records import Kind, Letter, Moved, Notice, State, TakenUp, Withdrawn

FIRST = UUID(int=0)
ENDED: frozenset[State] = frozenset({"handed_over", "refused", "withdrawn", "failed"})


class NoticeMovedOn(Refusal):
    """Somebody else has taken this notice further."""

    code, status, remedy = "NOTICE_MOVED_ON", 409, "Leave it to whoever did."
    constraints = ("notices.notice_step_pkey",)


@verb(refusals=(NoticeMovedOn,))
async def take_up_notice(
    work: Work,
    *,
    notice_id: UUID,
    kind: Kind,
    customer_id: UUID | None,
    contact_id: UUID | None,
    staff_id: UUID | None,
    subject_kind: str,
    subject_id: UUID,
    write: Callable[[Work], Awaitable[Letter | Withdrawn]],
    mail: bool,
    waits: bool,
) -> TakenUp:
    """Queues the notice where it is new, writes its letter from the truth, and takes it to `sending`, or to an end where nothing is sent.

    `mail` says whether there is a server to send by, `waits` whether it is left queued where there is none. Once `sending` is committed, one process may speak to it.
    """
    whom = {"customer_id": customer_id, "contact_id": contact_id, "staff_id": staff_id}
    about = {"subject_kind": subject_kind, "subject_id": subject_id}
    unable = None if mail or waits else "no_mail_server"
    now = await work.run(QUEUE_NOTICE, notice_id=notice_id, kind=kind, unable=unable, **about, **whom)

    async def move(to_state: State, reason: str | None = None) -> TakenUp:
        nonlocal now
        moved = await work.part().run(MOVE_NOTICE, notice_id=notice_id, step=now.step, to_state=to_state, reason=reason, answer_code=None)
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
