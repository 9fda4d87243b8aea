"""Subscriptions: opened with the offer of their plan, suspended for reasons, lifted when the last one is gone, ended."""

from datetime import datetime
from uuid import UUID

from service.authorisations.offers import OFFERING, MatterReferenceTaken, create_offer
from service.authorisations.records import NewItem, NewOffer
from service.kit.card_numbers import refuse_card_numbers
from service.kit.lists import under
from service.kit.paging import Page
from service.kit.refusals import CardNumber, IdTaken, InvalidDocument, Refusal
from service.kit.verbs import Lock, Work, verb
from service.subscriptions.queries import (
    FIND_LAPSING,
    FIND_SUBSCRIPTION,
    LIST_PERIODS,
    LIST_SUBSCRIPTIONS,
    MOVE_SUBSCRIPTION,
    OPEN_SUBSCRIPTION,
    SERVICE_STATE_AT,
    SUBSCRIPTION_HISTORY,
)
from service.subscriptions.records import (
    LapsingFound,
    NewSubscription,
    OtherReason,
    Period,
    ServiceState,
    State,
    Subscription,
    SubscriptionReceipt,
    SubscriptionState,
    SubscriptionStep,
)

NOTHING = UUID(int=0)
STEPS_AT_ONCE = 20_000


class SubscriptionReferenceTaken(Refusal):
    """Another subscription has this reference."""

    code, status, remedy = "SUBSCRIPTION_REFERENCE_TAKEN", 409, "Find the subscription with this reference, or choose another."
    constraints = ("subscriptions.one_subscription_a_reference",)


class PlanNotInForce(Refusal):
    """The price book has no such plan in force today."""

    code, status, remedy = "PLAN_NOT_IN_FORCE", 409, "Choose an item of kind `plan` from the price book as it is in force."


class BeginsOutOfReach(Refusal):
    """No subscription begins that far from now."""

    code, status, remedy = "BEGINS_OUT_OF_REACH", 422, "Send a day between 2000-01-01 and 2199-12-31."
    constraints = ("subscriptions.subscription_begins_in_reach",)


class SubscriptionEnded(Refusal):
    """This subscription has ended."""

    code, status, remedy = "SUBSCRIPTION_ENDED", 409, "Open a new subscription."


class ReasonNotThere(Refusal):
    """The subscription isn't suspended for this reason."""

    code, status, remedy = "REASON_NOT_THERE", 409, "Read the subscription; `reasons` names what it is suspended for."


class NotLapsed(Refusal):
    """It is paid for, or its grace isn't over."""

    code, status, remedy = "NOT_LAPSED", 409, "Read `paid_through_on`; nobody is cut off before that day and the grace after it."


def account_of(subscription_id: UUID) -> Lock:
    """The lock of the billing account that a subscription belongs to."""
    return Lock.account_of("subscriptions.subscription", subscription_id)


@verb(
    refusals=(CardNumber, IdTaken, PlanNotInForce, BeginsOutOfReach, SubscriptionReferenceTaken, MatterReferenceTaken, *OFFERING),
    locks=lambda *, subscription, **_: (Lock.account(subscription.customer_id),),
)
async def open_subscription(work: Work, *, subscription: NewSubscription, reported: str | None = None) -> SubscriptionReceipt:
    """Opens a subscription and offers its plan, in answer to what was `reported`, to be authorised once as recurring; the same again answers the same."""
    refuse_card_numbers(subscription.reference)
    offer_id = work.new_id()
    receipt = await work.run(
        OPEN_SUBSCRIPTION,
        subscription_id=subscription.id or work.new_id(),
        customer_id=subscription.customer_id,
        site_id=subscription.site_id,
        scope_id=work.new_id(),
        offer_id=offer_id,
        plan_item_id=subscription.plan_item_id,
        plan_on=work.at.date(),  # the day by which offers read the price book too
        reference=subscription.reference,
        period_months=subscription.period_months,
        anchor_day=subscription.anchor_day or subscription.begins_on.day,
        begins_on=subscription.begins_on,
        grace_days=subscription.grace_days,
        reasons=list(dict.fromkeys(subscription.suspended_for)),
    )
    if receipt.offer_id == offer_id:
        plan = NewItem(quantity="1", book_item=subscription.plan_item_id, recurring=True)
        await create_offer(work.part(), scope_id=receipt.scope_id, offer=NewOffer(id=offer_id, items=[plan], reported=reported))
    return receipt


async def _move(work: Work, *, subscription_id: UUID, kind: str, reason: str = "") -> SubscriptionState:
    return await work.run(MOVE_SUBSCRIPTION, subscription_id=subscription_id, kind=kind, reason=reason)


@verb(refusals=(SubscriptionEnded,), locks=lambda *, subscription_id, **_: (account_of(subscription_id),))
async def suspend_subscription(work: Work, *, subscription_id: UUID, reason: OtherReason) -> SubscriptionState:
    """Suspends for one more reason; the service stays off until every reason is gone."""
    return await _move(work, subscription_id=subscription_id, kind="suspend", reason=reason)


@verb(refusals=(SubscriptionEnded, ReasonNotThere), locks=lambda *, subscription_id, **_: (account_of(subscription_id),))
async def lift_suspension(work: Work, *, subscription_id: UUID, reason: OtherReason) -> SubscriptionState:
    """Takes one reason away; with the last one the service is active again."""
    return await _move(work, subscription_id=subscription_id, kind="lift", reason=reason)


@verb(locks=lambda *, subscription_id, **_: (account_of(subscription_id),))
async def end_subscription(work: Work, *, subscription_id: UUID) -> SubscriptionState:
    """Ends a subscription for good; what is owed stays owed."""
    return await _move(work, subscription_id=subscription_id, kind="end")


async def find_subscription(work: Work, *, subscription_id: UUID) -> Subscription:
    """One subscription as it stands."""
    return await work.one(FIND_SUBSCRIPTION, subscription_id=subscription_id)


async def list_subscriptions(
    work: Work, *, customer_id: UUID | None, state: State | None, reference: str | None, limit: int, cursor: str | None
) -> Page[Subscription]:
    """Subscriptions in the order they were opened, of one customer, in one state or with one reference where named."""
    purpose = f"subscriptions {work.organisation_id} {customer_id} {state} {reference}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOTHING
    rows = await work.all(LIST_SUBSCRIPTIONS, customer_id=customer_id, state=state, reference=reference, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.id,))


@under(find_subscription)
async def subscription_history(work: Work, *, subscription_id: UUID, limit: int, cursor: str | None) -> Page[SubscriptionStep]:
    """Every change of a subscription with its reason, when and by whom, from the beginning."""
    purpose = f"subscription history {work.organisation_id} {subscription_id}"
    after = int(work.cursors.read(purpose, cursor)[0]) if cursor else 0
    rows = await work.all(SUBSCRIPTION_HISTORY, subscription_id=subscription_id, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.version,))


@under(find_subscription)
async def list_periods(work: Work, *, subscription_id: UUID, limit: int, cursor: str | None) -> Page[Period]:
    """A subscription's periods in order, each with its invoice and whether it is paid."""
    purpose = f"periods {work.organisation_id} {subscription_id}"
    after = int(work.cursors.read(purpose, cursor)[0]) if cursor else 0
    rows = await work.all(LIST_PERIODS, subscription_id=subscription_id, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.number,))


async def service_state_at(work: Work, *, subscription_id: UUID, at: datetime | None) -> ServiceState:
    """Whether the service was to be supplied at a moment (now where none is named), and why not; NotFound before it began."""
    if at is not None and at.tzinfo is None:
        raise InvalidDocument("`at` has an offset: `2026-03-04T12:30:00Z`.")
    return await work.one(SERVICE_STATE_AT, subscription_id=subscription_id, moment=at or work.at)


@verb()
async def find_lapsing(work: Work) -> LapsingFound:
    """Brings up to date which service lapses, and from which day on, by what was written since the last time."""
    return await work.run(FIND_LAPSING, most=STEPS_AT_ONCE)
