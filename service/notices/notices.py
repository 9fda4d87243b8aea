"""A notice and its delivery, step by step."""

from uuid import UUID

from service.kit.paging import Page
from service.kit.refusals import Refusal
from service.kit.verbs import Work, verb
from service.notices.queries import LIST_NOTICES, MOVE_NOTICE, NOTICE_NOW, QUEUE_NOTICE
from service.notices.records import Kind, Moved, Notice, NoticeNow, Queued, State

FIRST = UUID(int=0)


class NoticeMovedOn(Refusal):
    """Somebody else has taken this notice further."""

    code, status, remedy = "NOTICE_MOVED_ON", 409, "Leave it to whoever did."
    constraints = ("notices.notice_step_pkey",)


@verb()
async def queue_notice(
    work: Work, *, notice_id: UUID, kind: Kind, customer_id: UUID | None, staff_id: UUID | None, subject_kind: str, subject_id: UUID
) -> Queued:
    """Means to tell somebody something; queued again it is the same notice."""
    return await work.run(
        QUEUE_NOTICE,
        notice_id=notice_id,
        kind=kind,
        customer_id=customer_id,
        staff_id=staff_id,
        subject_kind=subject_kind,
        subject_id=subject_id,
    )


@verb(refusals=(NoticeMovedOn,))
async def move_notice(
    work: Work, *, notice_id: UUID, step: int, to_state: State, reason: str | None = None, answer_code: int | None = None
) -> Moved:
    """Takes the notice from the step it was read at to its next state."""
    return await work.run(MOVE_NOTICE, notice_id=notice_id, step=step, to_state=to_state, reason=reason, answer_code=answer_code)


async def find_notice_now(work: Work, *, notice_id: UUID) -> NoticeNow:
    """Where the notice stands; raises NotFound."""
    return await work.one(NOTICE_NOW, notice_id=notice_id)


async def list_notices(work: Work, *, customer_id: UUID, limit: int, cursor: str | None) -> Page[Notice]:
    """What a customer was told or is to be told, in the order it was queued."""
    purpose = f"notices {work.organisation_id} {customer_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else FIRST
    rows = await work.all(LIST_NOTICES, customer_id=customer_id, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))
