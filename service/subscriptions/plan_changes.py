"""Changes of plan: asked for here, agreed to as any offer is, done on their day by billing."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Literal
from uuid import UUID

from babel.dates import format_date
from babel.numbers import format_currency

from service.authorisations.offers import OFFERING
from service.kit.lists import under
from service.kit.money import MINOR_DIGITS
from service.kit.paging import Page
from service.kit.refusals import Refusal
from service.kit.verbs import Work, verb
from service.subscriptions.queries import (
    ASK_PLAN_CHANGE,
    END_PLAN_CHANGE,
    LIST_PLAN_CHANGES,
    PLAN_CHANGES_DUE,
    PLAN_STANDING,
    PLANS_OF_CHANGE,
)
from service.subscriptions.records import NewSubscription, OtherReason
from service.subscriptions.records.plan_changes import NewPlanChange, PlanChange, PlanChangeDue, PlansOfChange, PlanStanding
from service.subscriptions.subscriptions import (
    NOTHING,
    PlanNotInForce,
    SubscriptionEnded,
    account_of,
    find_subscription,
    open_subscription,
)

UNTIL_ITS_DAY: OtherReason = "customer_request"
"""What the new subscription stands still for until it takes over."""
LONGEST_AHEAD = timedelta(days=366)
IN_PLACE_OF = {"en": ("en_GB", "From {day}: {new} in place of {old}"), "de": ("de_DE", "Ab {day}: {new} anstelle von {old}")}
COSTS = {"en": ", {new} {each} instead of {old}{before}", "de": ", {each} {new} statt{before} {old}"}
EACH = {"en": ("each month", "every {months} months"), "de": ("monatlich", "je {months} Monate")}
DIFFERENCE = {"en": (" ({by} more)", " ({by} less)", " (the same price)"), "de": (" ({by} mehr)", " ({by} weniger)", " (gleicher Preis)")}


class PlanChangeWaits(Refusal):
    """A change of this plan waits already."""

    code, status, remedy = "PLAN_CHANGE_WAITS", 409, "End the subscription that `successor_id` names, or wait for its day."


class ChangeOutOfReach(Refusal):
    """A plan changes on a day to come, at most a year away."""

    code, status, remedy = "CHANGE_OUT_OF_REACH", 422, "Send a `change_on` from tomorrow on, or none."


@verb(
    refusals=(SubscriptionEnded, PlanChangeWaits, ChangeOutOfReach, PlanNotInForce, *OFFERING),
    locks=lambda *, subscription_id, **_: (account_of(subscription_id),),
)
async def ask_plan_change(work: Work, *, subscription_id: UUID, change: NewPlanChange) -> PlanChange:
    """Offers another plan from a day on; it takes over then if its customer has agreed by that day, and nothing changes if they haven't."""
    found = await find_subscription(work, subscription_id=subscription_id)
    if found.state == "ended":
        raise SubscriptionEnded
    standing = await plan_standing(work, subscription_id=subscription_id)
    if standing.waiting is not None:
        raise PlanChangeWaits(successor_id=str(standing.waiting))
    tomorrow = standing.today + timedelta(days=1)
    change_on = change.change_on or max(tomorrow, standing.billed_until)
    if not tomorrow <= change_on <= standing.today + LONGEST_AHEAD:
        raise ChangeOutOfReach
    successor = NewSubscription(
        customer_id=found.customer_id,
        site_id=found.site_id,
        plan_item_id=change.plan_item_id,
        begins_on=change_on,
        period_months=change.period_months or found.period_months,
        anchor_day=standing.anchor_day,
        grace_days=found.grace_days,
        suspended_for=[UNTIL_ITS_DAY],
    )
    plans = await work.one(PLANS_OF_CHANGE, subscription_id=subscription_id, plan_item_id=change.plan_item_id, plan_on=work.at.date())
    opened = await open_subscription(
        work.part(), subscription=successor, reported=said_of_change(plans, change_on, months=successor.period_months)
    )
    return await work.run(
        ASK_PLAN_CHANGE, subscription_id=subscription_id, successor_id=opened.id, offer_id=opened.offer_id, change_on=change_on
    )


def said_of_change(plans: PlansOfChange, change_on: date, *, months: int) -> str:
    """What takes whose place from which day, what it costs then and now and by how much that differs, as it stands in what the customer agrees to."""
    language = plans.language if plans.language in IN_PLACE_OF else "en"
    locale, words = IN_PLACE_OF[language]
    said = words.format(day=format_date(change_on, "long", locale=locale), new=plans.new, old=plans.old)
    if plans.new_minor is None or plans.new_currency is None:
        return said

    def price(minor: int, currency: str) -> str:
        return format_currency(Decimal(minor).scaleb(-MINOR_DIGITS[currency]), currency, locale=locale)

    def each(months: int) -> str:
        return EACH[language][months > 1].format(months=months)

    new, old = price(plans.new_minor, plans.new_currency), price(plans.old_minor, plans.old_currency)
    said += COSTS[language].format(
        new=new, old=old, each=each(months), before="" if months == plans.old_months else " " + each(plans.old_months)
    )
    if (plans.new_currency, months) != (plans.old_currency, plans.old_months):
        return said
    more = plans.new_minor - plans.old_minor
    return said + DIFFERENCE[language][0 if more > 0 else 1 if more else 2].format(by=price(abs(more), plans.new_currency))


@verb(locks=lambda *, successor_id, **_: (account_of(successor_id),))
async def end_plan_change(work: Work, *, successor_id: UUID, outcome: Literal["changed", "dropped"]) -> PlanChange:
    """Says what became of a change, once one of both has ended for it."""
    return await work.run(END_PLAN_CHANGE, successor_id=successor_id, outcome=outcome)


async def plan_standing(work: Work, *, subscription_id: UUID) -> PlanStanding:
    """How far a subscription is billed, and the change of its plan that waits."""
    return await work.one(PLAN_STANDING, subscription_id=subscription_id)


async def plan_changes_due(work: Work) -> list[PlanChangeDue]:
    """Changes whose day has come."""
    return await work.all(PLAN_CHANGES_DUE)


@under(find_subscription)
async def list_plan_changes(work: Work, *, subscription_id: UUID, limit: int, cursor: str | None) -> Page[PlanChange]:
    """Every change of a subscription's plan that was asked for, and what became of it."""
    purpose = f"plan changes {work.organisation_id} {subscription_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else NOTHING
    rows = await work.all(LIST_PLAN_CHANGES, subscription_id=subscription_id, after=after, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.successor_id,))
