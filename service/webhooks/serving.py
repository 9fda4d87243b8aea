"""What the worker does for one webhook: reads on in the facts, sends what is due, writes down what came of it, and knows when to stop."""

from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from service.identity.scopes import SCOPE_OF_SUBJECT
from service.kit.facts.reading import FeedCursors, fact_of, find_horizon, visible_subjects
from service.kit.facts.records import FactRow
from service.kit.principals import Principal
from service.kit.verbs import Work, verb
from service.webhooks.queries import FAILING_SINCE, FORGET_DELIVERIES, LOOK_AT_WEBHOOK, NEXT_MESSAGES, NOTE_ATTEMPTS, READ_ON
from service.webhooks.records import DeliveryState, Forgotten, Message, MessageRow, ReadOn, Served, Tried
from service.webhooks.webhooks import webhook_secret

TRIED_FOR = timedelta(days=3)
"""How long a message is tried before it is given up, and how long nothing may get through before the webhook is paused."""
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 5.0, 6 * 3600.0
KEPT_FOR = timedelta(days=30)
READ_AT_ONCE, SENT_AT_ONCE, FORGOTTEN_AT_ONCE = 1_000, 16, 5_000
MOST_WAITING = 1_000
"""How many messages wait for somebody who doesn't answer; the facts behind them are read once they do."""


async def look_at_webhook(work: Work, *, webhook_id: UUID) -> Served:
    """How it stands; raises NotFound."""
    now = await work.one(LOOK_AT_WEBHOOK, webhook_id=webhook_id, most=MOST_WAITING)
    hearer = Principal(organisation_id=work.organisation_id, kind="system", id=webhook_id, scopes=frozenset(now.scopes))
    numbers = [now.secret_number, *([now.secret_number - 1] if now.former_is_live else [])]
    return Served(
        state=now.state,
        url=now.url,
        subjects=visible_subjects(hearer, SCOPE_OF_SUBJECT),
        secrets=tuple(
            webhook_secret(work.cursors, organisation_id=work.organisation_id, webhook_id=webhook_id, number=number) for number in numbers
        ),
        silent_rounds=now.silent_rounds,
        more_happened=now.more_happened,
    )


@verb()
async def read_on(work: Work, *, webhook_id: UUID, subjects: list[str] | None) -> ReadOn:
    """Has it hear of what happened since it was looked at last, so many facts at a time."""
    return await work.run(READ_ON, webhook_id=webhook_id, subjects=subjects, limit=READ_AT_ONCE)


async def next_messages(work: Work, *, webhook_id: UUID, now: datetime) -> list[Message]:
    """What is due, the earliest of each subject, as it is sent: the fact as the feed shows it."""
    rows = await work.all(NEXT_MESSAGES, webhook_id=webhook_id, now=now, most=SENT_AT_ONCE)
    if not rows:
        return []
    cursors, epoch = FeedCursors(work.cursors), (await find_horizon(work)).epoch
    return [Message(row.delivery_id, row.attempts, row.tried_since, _body(work, row, cursors=cursors, epoch=epoch)) for row in rows]


def _body(work: Work, row: MessageRow, *, cursors: FeedCursors, epoch: int) -> bytes:
    fact = fact_of(
        FactRow(**{field.name: getattr(row, field.name) for field in msgspec.structs.fields(FactRow)}),
        cursors=cursors,
        organisation_id=work.organisation_id,
        epoch=epoch,
    )
    return msgspec.json.encode({"type": fact.kind, "timestamp": fact.occurred_at, "data": fact})


@verb()
async def note_attempts(work: Work, *, webhook_id: UUID, round_of: list[Tried]) -> bool:
    """Writes down how a round ended: what didn't get through is tried again later, and given up after three days. Whether nothing got through at all for so long.

    Then nothing is given up: it waits until the webhook is resumed.
    """
    arrived = any(one.outcome == "delivered" for one in round_of)
    latest = max(one.at for one in round_of)
    before = await work.first(FAILING_SINCE, webhook_id=webhook_id)
    failing_since = None if arrived else before or min(one.at for one in round_of)
    over = failing_since is not None and latest - failing_since >= TRIED_FOR
    await work.run(
        NOTE_ATTEMPTS,
        webhook_id=webhook_id,
        tried=msgspec.json.encode([_ending(work, one, gives_up=not over) for one in round_of]).decode(),
        failing_since=failing_since,
        silent=nobody_answered(round_of),
    )
    return over


def _ending(work: Work, one: Tried, *, gives_up: bool) -> dict[str, object]:
    """The row of one attempt, and how its message goes on."""
    since = one.message.tried_since or one.at
    state: DeliveryState = "waiting"
    if one.outcome == "delivered":
        state = "delivered"
    elif gives_up and one.at - since >= TRIED_FOR:
        state = "failed"
    fraction = int.from_bytes(work.new_secret(2), "big") / 0x10000
    due_at = min(one.at + pause_after(one.message.attempts + 1, fraction), max(since + TRIED_FOR, one.at))
    return {
        "delivery_id": one.message.delivery_id,
        "attempt_id": work.new_id(),
        "at": one.at,
        "took_ms": one.took_ms,
        "outcome": one.outcome,
        "status": one.status,
        "said": one.said,
        "state": state,
        "due_at": due_at,
        "since": one.message.tried_since,
    }


def nobody_answered(round_of: list[Tried]) -> bool:
    """Whether the other side was silent, or could take nothing at all."""
    return all(one.outcome in ("unavailable", "unknown") for one in round_of)


def pause_after(attempt: int, fraction: float) -> timedelta:
    """How long to wait after that failed attempt: from five seconds, doubling up to six hours, with jitter (`fraction` in [0, 1)) so that a herd doesn't return together."""
    longest = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2.0 ** min(attempt - 1, 40))
    return timedelta(seconds=longest * (0.5 + fraction / 2))


@verb()
async def forget_deliveries(work: Work) -> Forgotten:
    """Forgets what ended thirty days ago, some thousands at a time."""
    return await work.run(FORGET_DELIVERIES, before=work.at - KEPT_FOR, most=FORGOTTEN_AT_ONCE)
