"""Background work of the subscriptions: the network is told of each change, asked what it does, and told again where it does otherwise."""

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from service.integrations.outside import Outside
from service.integrations.radius import RadiusNetwork, send_radius
from service.integrations.targets import Target, TargetRefused, resolve_target
from service.integrations.webhooks_out import WebhookAnswer, send_webhook
from service.kit.tasks.registry import Task, TaskFailed, TaskHopeless, task
from service.subscriptions.incidents import incidents_to_tell, note_heard, tell_incident, who_may_hear
from service.subscriptions.provisioning import newest_order, observe_network, order_again, settle_order
from service.subscriptions.records.network import MOST_OBSERVED, Covered, NewestOrder, Observation, Report

OUTAGE_ATTEMPTS = 4000
"""Every four minutes at last: about a week."""
LONGEST_PAUSE_SECONDS = 240
"""So that what the network can do again is done within five minutes."""
MOST_PAGES = 2000
TOLD_AT_ONCE = 500
TOLD_A_SECOND = 1900
"""So that a hundred thousand are queued within a minute, and no sooner than that needs: payments taken meanwhile keep the rest of the database."""


@task("provision", attempts=OUTAGE_ATTEMPTS, seconds=30, longest_pause_seconds=LONGEST_PAUSE_SECONDS)
async def provision(run: Task) -> None:
    """Tells the network what should be so now; repeated with the same message id until it confirms."""
    outside: Outside = run.outside
    order = await run.read(newest_order, subscription_id=run.subject_id)
    if not outside.settings.provisioning_url or order.outcome in {"confirmed", "overtaken"}:
        return  # nobody to tell, or told already; the orders are listed either way
    if outside.radius is not None and outside.radius.organisation not in {None, run.organisation_id}:
        return  # another organisation's network
    ending, said = await (_tell(run, order) if outside.radius is None else _ask_by_radius(run, order, outside.radius))
    settled: dict[str, Any] = {"subscription_id": order.subscription_id, "sequence": order.sequence, "nth_round": order.round}
    if ending == "confirmed":
        await run.perform(settle_order, **settled, outcome="confirmed", detail=said)
        return
    said = f"{ending} {said}".strip()
    await run.perform(settle_order, **settled, outcome="unconfirmed", detail=said)
    raise TaskFailed(said)


@task("compare_network", every=timedelta(minutes=1), seconds=300)
async def compare_network(run: Task) -> None:
    """Asks the network what it does, service by service; a network that can't say so tells it by the API, or isn't compared.

    RADIUS has no such question: nothing is asked, and nothing is taken for agreement.
    """
    outside: Outside = run.outside
    if not outside.settings.provisioning_url or outside.radius is not None:
        return
    after: UUID | None = None
    for page in range(MOST_PAGES):
        answer = await _send(
            run,
            f"report-{run.task_id}-{run.at:%Y%m%d%H%M%S}-{page}",
            {"report": {"organisation_id": run.organisation_id, "after": after, "limit": MOST_OBSERVED}},
        )
        if answer.state == "refused":
            return
        if answer.state != "confirmed":
            raise TaskFailed(f"{answer.state} {answer.status or ''} {answer.said}".strip())
        try:
            report = msgspec.json.decode(answer.body, type=Report)
        except msgspec.MsgspecError:
            raise TaskFailed("The network's report can't be read.") from None
        until = report.services[-1].subscription_id if report.services and report.more else None
        observation = Observation(observed_at=run.at, services=report.services, covers=Covered(after=after, until=until))
        await run.perform(observe_network, observation=observation)
        if until is None:
            return
        after = until


@task("tell_incidents", every=timedelta(seconds=15), seconds=300)
async def tell_incidents(run: Task) -> None:
    """Has whoever an incident reaches told of it, also who comes into its reach later, told by when it is over after all, and that it is over."""
    clock = asyncio.get_running_loop().time
    for incident in await run.read(incidents_to_tell):
        began, told = clock(), 0
        near = await run.read(who_may_hear, incident_id=incident.id)
        for first in range(0, len(near), TOLD_AT_ONCE):
            told += (await run.perform(tell_incident, incident_id=incident.id, customer_ids=near[first : first + TOLD_AT_ONCE])).told
            await asyncio.sleep(began + told / TOLD_A_SECOND - clock())  # what came late is caught up with
        await run.perform(note_heard, incident=incident)


@task("order_again", attempts=5)
async def run_order_again(run: Task) -> None:
    """Orders anew what the network does otherwise than it confirmed."""
    await run.perform(order_again, subscription_id=run.subject_id, observed_at=datetime.fromisoformat(run.body["observed_at"]))


async def _tell(run: Task, order: NewestOrder) -> tuple[str, str]:
    """How the order ended by webhook, and what was said."""
    body = {name: getattr(order, name) for name in ("order_id", "subscription_id", "sequence", "round", "state")}
    body["organisation_id"] = run.organisation_id
    answer = await _send(run, str(order.order_id), body)
    return answer.state, "" if answer.state == "confirmed" else f"{answer.status or ''} {answer.said}".strip()


async def _ask_by_radius(run: Task, order: NewestOrder, radius: RadiusNetwork) -> tuple[str, str]:
    """How the order ended by RADIUS, and what was said."""
    outside: Outside = run.outside
    user = radius.user_of(subscription_id=order.subscription_id, reference=order.reference)
    secret = outside.settings.provisioning_secret
    answer = await send_radius(radius, target=await _target(run), state=order.state, user=user, at=run.at, secret=secret)
    return answer.state, answer.said


async def _target(run: Task) -> Target:
    outside: Outside = run.outside
    settings = outside.settings
    try:
        return await resolve_target(settings.provisioning_url, allowed=frozenset(settings.inside_targets))
    except TargetRefused as error:
        if error.reason == "unresolvable":
            raise TaskFailed("The network's address isn't found.") from None
        raise TaskHopeless(f"The network's address is refused: {error.reason}.") from None


async def _send(run: Task, message_id: str, body: dict[str, Any]) -> WebhookAnswer:
    outside: Outside = run.outside
    return await send_webhook(
        outside.webhooks,
        target=await _target(run),
        message_id=message_id,
        at=run.at,
        body=msgspec.json.encode(body),
        secrets=(outside.settings.provisioning_secret,),
    )
