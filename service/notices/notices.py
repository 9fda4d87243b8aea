"""A notice and its delivery, step by step, from one way to somebody to the next."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from msgspec.structs import replace

from service.care.portal import keep_portal_link
from service.care.senders import find_mail_sender
from service.integrations.mail import notice_mark
from service.kit.paging import EARLIEST, Page
from service.kit.refusals import Refusal
from service.kit.verbs import Lock, Work, verb
from service.notices.opt_outs import stop_token
from service.notices.queries import (
    COUNT_TOLD_OF_INCIDENT,
    IS_OPTED_OUT,
    LEFT_LATELY,
    LIST_LATEST_NOTICES,
    LIST_NOTICES,
    MOVE_NOTICE,
    NEXT_WAY,
    NOTICE_STATES,
    OPEN_REACH,
    QUEUE_NOTICES,
    TELLS_THE_SAME_LATER,
)
from service.notices.records import (
    Channel,
    IncidentTelling,
    Kind,
    Letter,
    Moved,
    NewNotice,
    Notice,
    NoticeNow,
    Recipient,
    State,
    TakenUp,
    Withdrawn,
)
from service.notices.rule_records import Rule
from service.notices.rules import ABOUT, waking
from service.subscriptions.incidents import find_incident

FIRST = UUID(int=0)
NO_SERVER = "no_mail_server"
FELL: frozenset[State] = frozenset({"refused", "failed", "bounced"})
"""A way to somebody that failed: there may be another."""
ENDED: frozenset[State] = FELL | {"handed_over", "delivered", "withdrawn"}
LEAD = timedelta(minutes=30)
"""How long before it is of no use a way is given up, so that a person can still reach them."""
REACHED_WITHIN = timedelta(days=1)
"""By when a person reaches them, where the notice has no time of its own."""

WITHOUT_PORTAL: frozenset[Kind] = frozenset({"portal_link", "one_time_code"})
"""What doesn't carry the link to everything of theirs: it is that, or opens nothing but what it is for."""

Write = Callable[[Work], Awaitable[Letter | Withdrawn]]


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


def _locks(notice: NewNotice, by: Rule, **_: object) -> tuple[Lock, ...]:
    """Where only so many may leave, one at a time is judged."""
    return (Lock.account(notice.customer_id),) if by.every_minutes and notice.customer_id else ()


@verb(refusals=(NoticeMovedOn,), locks=_locks)
async def take_up_notice(
    work: Work, *, notice: NewNotice, write: Write, by: Rule, channels: frozenset[Channel], waits: bool = False
) -> TakenUp:
    """Queues the notice where it is new, writes its letter from the truth, finds the next way to somebody, and takes it to `sending`.

    It ends where nothing is to be sent, and where no way is left a person is to reach them. `channels` are those that something carries, `waits` says
    whether it is left queued where nothing does. Once `sending` is committed, one process may speak to whoever carries it.
    """
    [now] = await _queue(work, [notice], unable=None if channels or waits else NO_SERVER)
    if now.state in ENDED - FELL or not (channels or waits):
        return TakenUp(now, None)
    if now.state == "sending":  # a run died while it spoke to the mail server: nobody knows what became of it
        now = replace(await _move(work, now, "unknown", "interrupted"), unknowns=now.unknowns + 1)
    if now.unknowns > 1 and now.state == "unknown":
        now = await _move(work, now, "failed", "unknown_twice")
    letter = await write(work)
    if isinstance(letter, Withdrawn):
        return TakenUp(now if now.state in FELL else await _move(work, now, "withdrawn", letter.reason), None)
    if letter.recipient is not None:
        channels &= {letter.recipient.channel}
    if not channels:
        return TakenUp(now if waits or now.state in FELL else await _move(work, now, "failed", NO_SERVER), None)
    if now.state == "queued" and now.sends == 0:
        held = await _held(work, now, notice, by, letter)
        if held is not None:
            return held
    return await _send_by_next_way(work, now, notice, letter, by, channels)


async def _held(work: Work, now: NoticeNow, notice: NewNotice, rule: Rule, letter: Letter) -> TakenUp | None:
    """Why it doesn't leave at this moment, if so: they don't want it, were told lately, or sleep."""
    optional = notice.customer_id is not None and ABOUT[notice.kind].needed is None
    reason, later = None, None
    if not rule.channels:
        reason = "not_told_by_rule"
    elif optional and await work.one(IS_OPTED_OUT, customer_id=notice.customer_id, kind=notice.kind):
        reason = "opted_out"
    elif rule.every_minutes and notice.customer_id is not None:
        reason, later = await _too_often(work, notice, rule, timedelta(minutes=rule.every_minutes))
    if reason is not None:
        return TakenUp(await _move(work, now, "withdrawn", reason), None)
    if later is None and rule.quiet:
        morning = await waking(work, zone=letter.values["zone"])
        later = morning if morning > work.at and not (letter.before and letter.before <= morning + LEAD) else None
    return None if later is None else TakenUp(now, None, later)


async def _too_often(work: Work, notice: NewNotice, rule: Rule, pause: timedelta) -> tuple[str | None, datetime | None]:
    """Why it isn't told, or when it is."""
    about = {"customer_id": notice.customer_id, "kind": notice.kind, "notice_id": notice.notice_id}
    left_at = await work.first(LEFT_LATELY, **about, since=work.at - pause)
    if left_at is not None and rule.excess == "dropped":
        return "told_lately", None
    if rule.excess == "merged" and await work.one(TELLS_THE_SAME_LATER, **about, subject_id=notice.subject_id):
        return "merged", None
    return None, None if left_at is None else left_at + pause


async def _send_by_next_way(
    work: Work, now: NoticeNow, notice: NewNotice, letter: Letter, rule: Rule, channels: frozenset[Channel]
) -> TakenUp:
    fell, way = now.state in FELL, now.way + (now.state in FELL)
    recipient = (None if fell else letter.recipient) or await _next_recipient(work, notice, letter, rule, channels, way)
    if recipient is None:
        if not fell:
            now = await _move(work, now, "failed", "no_address")
        if (
            notice.customer_id is not None
            and (rule.reach == "always" or (rule.reach == "failed" and now.sends))
            and letter.recipient is None
        ):
            await work.part().run(OPEN_REACH, notice_id=now.id, due_at=letter.before or work.at + REACHED_WITHIN)
        return TakenUp(now, None)
    if fell:
        now = replace(await _move(work, now, "queued", "next_way"), way=way, unknowns=0)
    now = await _move(work, now, "sending", recipient=recipient)
    if recipient.channel == "email":
        mark = notice_mark(work.cursors, organisation_id=work.organisation_id, notice_id=now.id, way=now.way)
        letter = replace(letter, sender=await find_mail_sender(work), mark=mark)
    values = letter.values | {"name": recipient.name}
    if notice.customer_id is not None and ABOUT[notice.kind].needed is None:
        values["stop"] = stop_token(work.cursors, organisation_id=work.organisation_id, customer_id=notice.customer_id, kind=notice.kind)
    if notice.customer_id is not None and recipient.contact_id is not None and notice.kind not in WITHOUT_PORTAL:
        values["portal"] = await keep_portal_link(work, customer_id=notice.customer_id, contact_id=recipient.contact_id)
    return TakenUp(now, replace(letter, recipient=recipient, values=values, language=rule.language or letter.language))


async def _next_recipient(
    work: Work, notice: NewNotice, letter: Letter, rule: Rule, channels: frozenset[Channel], way: int
) -> Recipient | None:
    only = ABOUT[notice.kind].to == "contact"
    if letter.recipient is not None or notice.customer_id is None or (only and notice.contact_id is None):
        return None
    return await work.first(
        NEXT_WAY,
        customer_id=notice.customer_id,
        contact_id=notice.contact_id,
        only=only,
        notice_id=notice.notice_id,
        way=way,
        channels=[one for one in dict.fromkeys([*([letter.first] if letter.first else []), *rule.channels]) if one in channels],
        first=letter.first,
    )


async def _move(work: Work, now: NoticeNow, to_state: State, reason: str | None = None, *, recipient: Recipient | None = None) -> NoticeNow:
    whom = recipient or Recipient("", "")
    moved = await work.part().run(
        MOVE_NOTICE,
        notice_id=now.id,
        step=now.step,
        to_state=to_state,
        reason=reason,
        answer_code=None,
        channel=recipient and recipient.channel,
        contact_id=whom.contact_id,
        contact_version=whom.contact_version,
    )
    return replace(now, step=moved.step, state=to_state)


@verb(refusals=(NoticeMovedOn,))
async def move_notice(
    work: Work, *, notice_id: UUID, step: int, to_state: State, reason: str | None = None, answer_code: int | None = None
) -> Moved:
    """Takes the notice from the step it was read at to its next state."""
    values = {"reason": reason, "answer_code": answer_code, "channel": None, "contact_id": None, "contact_version": None}
    return await work.run(MOVE_NOTICE, notice_id=notice_id, step=step, to_state=to_state, **values)


async def states_of_notices(work: Work, *, notice_ids: list[UUID]) -> dict[UUID, str]:
    """How far each of them got."""
    return {one.id: one.state for one in await work.all(NOTICE_STATES, notice_ids=notice_ids)}


async def list_latest_notices(work: Work, *, customer_id: UUID) -> list[Notice]:
    """The last fifty, the latest first."""
    return await work.all(LIST_LATEST_NOTICES, customer_id=customer_id)


async def list_notices(work: Work, *, customer_id: UUID, limit: int, cursor: str | None) -> Page[Notice]:
    """What a customer was told or is to be told, in the order it was queued."""
    purpose = f"notices by queue {work.organisation_id} {customer_id}"
    after_at, after_id = work.cursors.read_moment(purpose, cursor, begins=EARLIEST)
    rows = await work.all(LIST_NOTICES, customer_id=customer_id, after_at=after_at, after_id=after_id, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.queued_at.isoformat(), str(row.id)))


async def count_told_of_incident(work: Work, *, incident_id: UUID) -> IncidentTelling:
    """How far those got who were to hear that an incident is known: waiting, delivered, given back, to be reached by a person."""
    await find_incident(work, incident_id=incident_id)
    return await work.one(COUNT_TOLD_OF_INCIDENT, incident_id=incident_id)
