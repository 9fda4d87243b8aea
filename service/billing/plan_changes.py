"""A plan changes on its day: the new one is billed from then, what is billed of the old one's later days is given back, and the network is told of both."""

from collections.abc import Iterator
from uuid import UUID

from service.authorisations.capacity import CapacityMoved
from service.billing.credit_notes import CreditBelowItsShare, CreditExceedsInvoice
from service.billing.renewals import RENEWAL_REFUSALS, bill_period, renewal_locks
from service.billing.stops import give_back
from service.kit.refusals import Refusal
from service.kit.verbs import Lock, Work, verb
from service.subscriptions.periods import next_period
from service.subscriptions.plan_changes import UNTIL_ITS_DAY, end_plan_change, plan_standing
from service.subscriptions.records.plan_changes import PlanChange
from service.subscriptions.subscriptions import ReasonNotThere, account_of, end_subscription, find_subscription, lift_suspension


def _locks(*, subscription_id: UUID, successor_id: UUID, **_: object) -> Iterator[Lock]:
    yield account_of(subscription_id)
    yield Lock.scope_of("subscriptions.subscription", subscription_id)
    yield Lock.scope_of("subscriptions.subscription", successor_id)


class ServiceStandsStill(Refusal):
    """The service stands still, so it keeps its plan."""

    code, status, remedy = "SERVICE_STANDS_STILL", 409, "Lift its suspensions, then ask for the change again."


@verb(refusals=(*RENEWAL_REFUSALS, CreditExceedsInvoice, CreditBelowItsShare, ReasonNotThere, ServiceStandsStill), locks=_locks)
async def change_plan(work: Work, *, subscription_id: UUID, successor_id: UUID) -> PlanChange:
    """Lets the new plan take over from its first day on, each day billed once: by the old one up to that day, by the new one from it."""
    part = work.part()
    old = await find_subscription(work, subscription_id=subscription_id)
    new = await find_subscription(work, subscription_id=successor_id)
    if old.state != "active":
        raise ServiceStandsStill
    while (await plan_standing(work, subscription_id=subscription_id)).billed_until < new.begins_on:
        await bill_period(part, await next_period(work, subscription_id=subscription_id, though_open=True), due_in_days=0)
    if not (await plan_standing(work, subscription_id=successor_id)).billed:
        await bill_period(part, await next_period(work, subscription_id=successor_id), due_in_days=0)
    await give_back(part, subscription=old, unused_from=new.begins_on, reason=f"{new.begins_on}: {old.reference or old.id}")
    await end_subscription(part, subscription_id=subscription_id)
    await lift_suspension(part, subscription_id=successor_id, reason=UNTIL_ITS_DAY)
    return await end_plan_change(work, successor_id=successor_id, outcome="changed")


@verb(
    refusals=(CreditExceedsInvoice, CreditBelowItsShare, CapacityMoved),
    locks=lambda *, successor_id: renewal_locks(subscription_id=successor_id),
)
async def drop_plan_change(work: Work, *, successor_id: UUID) -> PlanChange:
    """Ends what its customer didn't agree to by its day, and gives back what was billed of it ahead; the plan stays as it is."""
    part = work.part()
    new = await find_subscription(work, subscription_id=successor_id)
    await give_back(part, subscription=new, unused_from=new.begins_on, reason=f"{new.begins_on}: {new.reference or new.id}")
    await end_subscription(part, subscription_id=successor_id)
    return await end_plan_change(work, successor_id=successor_id, outcome="dropped")
