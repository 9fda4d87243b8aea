"""Background work of the subscriptions: the network is told of each change."""

import msgspec

from service.integrations.outside import Outside
from service.integrations.targets import TargetRefused, resolve_target
from service.integrations.webhooks_out import WebhookAnswer, send_webhook
from service.kit.tasks.registry import Task, TaskFailed, TaskHopeless, task
from service.subscriptions.provisioning import newest_order, settle_order
from service.subscriptions.records import NewestOrder

OUTAGE_ATTEMPTS = 40
"""Doubling pauses up to six hours: about a week."""


@task("provision", attempts=OUTAGE_ATTEMPTS, seconds=30)
async def provision(run: Task) -> None:
    """Tells the network what should be so now; repeated with the same message id until it confirms."""
    outside: Outside = run.outside
    order = await run.read(newest_order, subscription_id=run.subject_id)
    if not outside.settings.provisioning_url or order.outcome in {"confirmed", "overtaken"}:
        return  # nobody to tell, or told already; the orders are listed either way
    answer = await _send(run, outside, order)
    if answer.state == "confirmed":
        await run.perform(settle_order, subscription_id=order.subscription_id, sequence=order.sequence, outcome="confirmed", detail="")
        return
    said = f"{answer.state} {answer.status or ''} {answer.said}".strip()
    await run.perform(settle_order, subscription_id=order.subscription_id, sequence=order.sequence, outcome="unconfirmed", detail=said)
    raise TaskFailed(said)


async def _send(run: Task, outside: Outside, order: NewestOrder) -> WebhookAnswer:
    settings = outside.settings
    try:
        target = await resolve_target(settings.provisioning_url, allowed=frozenset(settings.inside_targets))
    except TargetRefused as error:
        if error.reason == "unresolvable":
            raise TaskFailed("The network's address isn't found.") from None
        raise TaskHopeless(f"The network's address is refused: {error.reason}.") from None
    body = {"order_id": order.order_id, "subscription_id": order.subscription_id, "sequence": order.sequence, "state": order.state}
    return await send_webhook(
        outside.webhooks,
        target=target,
        message_id=str(order.order_id),
        at=run.at,
        body=msgspec.json.encode(body),
        secrets=(settings.provisioning_secret,),
    )
