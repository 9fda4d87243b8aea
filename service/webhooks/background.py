"""Background work of the webhooks: one task each, which follows the facts and sends what is due."""

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from service.integrations.outside import Outside
from service.integrations.targets import Target, TargetRefused, resolve_target
from service.integrations.webhooks_out import State, WebhookAnswer, send_webhook
from service.kit.tasks.registry import Later, Task, task
from service.webhooks.records import Message, Outcome, Served, Tried
from service.webhooks.serving import (
    FORGOTTEN_AT_ONCE,
    forget_deliveries,
    look_at_webhook,
    next_messages,
    nobody_answered,
    note_attempts,
    read_on,
)
from service.webhooks.webhooks import pause_webhook

ATTEMPTS = 9_000
"""About a week of a database that is away, or of a defect."""
RUN_SECONDS = 20.0
"""How long one run goes on while there is something to send: then those that wait for a place have their turn."""
LOOKS_AGAIN, PAUSED = timedelta(seconds=2), timedelta(seconds=15)
TURNED_AWAY = timedelta(seconds=1)
"""Who found no place comes again sooner than those who had one."""
SERVED_AT_ONCE = 4
"""How many of an organisation's one process serves at once: fifty that answer slowly keep no places that other work needs."""
LONGEST_SILENCE_SECONDS = 60.0
GONE = 410
SAID_LENGTH = 300
OUTCOMES: dict[State, Outcome] = {"confirmed": "delivered", "refused": "refused", "unavailable": "unavailable", "unknown": "unknown"}


_served: Counter[UUID] = Counter()


@task("serve_webhook", attempts=ATTEMPTS, seconds=60, longest_pause_seconds=60)
async def serve_webhook(run: Task) -> None:
    """Tells one program what happened, and comes again: soon, or later where nobody answers there. Whoever answers slowly keeps no place that others need."""
    if _served[run.organisation_id] >= SERVED_AT_ONCE:
        raise Later(run.at + TURNED_AWAY)
    _served[run.organisation_id] += 1
    try:
        await _serve(run)
    finally:
        _served[run.organisation_id] -= 1


async def _serve(run: Task) -> None:
    clock = asyncio.get_running_loop().time
    began = clock()
    while True:
        hook = await run.read(look_at_webhook, webhook_id=run.subject_id)
        if hook.state == "ended":
            return
        if hook.state == "paused":
            raise Later(run.at + PAUSED)
        if hook.more_happened:
            await run.perform(read_on, webhook_id=run.subject_id, subjects=hook.subjects)
        elapsed = timedelta(seconds=clock() - began)
        messages = await run.read(next_messages, webhook_id=run.subject_id, now=run.at + elapsed)
        if messages:
            round_of = await _round(run, hook, messages, at=run.at + elapsed)
            if await _noted(run, hook, round_of):
                raise Later(run.at + PAUSED)
            if nobody_answered(round_of):
                silence = min(LONGEST_SILENCE_SECONDS, 2.0 ** min(hook.silent_rounds, 10))
                raise Later(run.at + timedelta(seconds=clock() - began + silence))
        elif not hook.more_happened:
            raise Later(run.at + LOOKS_AGAIN)
        if clock() - began > RUN_SECONDS:
            raise Later(run.at + timedelta(seconds=clock() - began) + LOOKS_AGAIN)


async def _noted(run: Task, hook: Served, round_of: list[Tried]) -> bool:
    """Writes the round down, and whether that paused it."""
    over = await run.perform(note_attempts, webhook_id=run.subject_id, round_of=round_of)
    gone = any(one.status == GONE for one in round_of)
    if gone or over:
        await run.perform(pause_webhook, webhook_id=run.subject_id, because="gone" if gone else "failing", sent_to=hook.url)
    return gone or over


async def _round(run: Task, hook: Served, messages: list[Message], *, at: datetime) -> list[Tried]:
    """Sends each once: to where the name leads now, if that is outside."""
    outside: Outside = run.outside
    try:
        target = await resolve_target(hook.url, allowed=frozenset(outside.settings.inside_webhooks))
    except TargetRefused as error:
        outcome: Outcome = "unavailable" if error.reason == "unresolvable" else "refused"
        return [Tried(one, at, 0, outcome, None, f"Not sent: {error.reason}") for one in messages]
    return await asyncio.gather(*(_tried(outside, hook, one, target=target, at=at) for one in messages))


async def _tried(outside: Outside, hook: Served, message: Message, *, target: Target, at: datetime) -> Tried:
    clock = asyncio.get_running_loop().time
    began = clock()
    answer = await send_webhook(
        outside.webhooks, target=target, message_id=str(message.delivery_id), at=at, body=message.body, secrets=hook.secrets
    )
    return Tried(message, at, int((clock() - began) * 1000), OUTCOMES[answer.state], answer.status, _said(answer))


def _said(answer: WebhookAnswer) -> str:
    """The beginning of what was answered, on one line."""
    text = answer.said or answer.body[: 4 * SAID_LENGTH].decode("utf-8", "replace")
    return "".join(one if one.isprintable() else " " for one in text)[:SAID_LENGTH].strip()


@task("forget_webhook_deliveries", every=timedelta(hours=1), seconds=300)
async def run_forget_deliveries(run: Task) -> None:
    """Forgets what ended long ago."""
    while (await run.perform(forget_deliveries)).deliveries >= FORGOTTEN_AT_ONCE:
        pass
