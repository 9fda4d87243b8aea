"""Dunning: computed from what stands at the moment it runs, one step at a time under the account's lock; explained to whoever asks."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from service.billing.dunning.calm import calm_reason
from service.billing.dunning.policies import policy_in_force
from service.billing.dunning.rule import Judged, contested, contested_of, cuttable, holding, judge, money_waiting
from service.billing.queries.dunning import (
    CUT_OFF,
    DUNNED_CUSTOMERS,
    DUNNING_HISTORY,
    DUNNING_STANDING,
    FIND_DEBTORS,
    LAPSED_SERVICES,
    REMIND_OF_CLAIM,
    TAKE_DUNNING_STEP,
)
from service.billing.queries.payments import WHY_OPEN_AGAIN
from service.billing.records.dunning import (
    Arrears,
    ClaimOwed,
    DebtorsFound,
    Due,
    Dunning,
    DunningPolicy,
    Lapsed,
    OpenInvoice,
    Standing,
    StepTaken,
)
from service.billing.records.payments import WhyOpenAgain
from service.billing.refusals import CutOffHeld, NothingToDun
from service.dispatch.jobs import open_job
from service.dispatch.records import NewJob
from service.kit.money import Currency, Money
from service.kit.paging import Page
from service.kit.verbs import Lock, Work, verb
from service.subscriptions.records import SubscriptionState
from service.subscriptions.subscriptions import NotLapsed, SubscriptionEnded, account_of, find_subscription

FIRST = UUID(int=0)
COLLECTION_MINUTES = 30
TRANSFERS_AT_ONCE = 20_000
ALL = 2_000_000_000


@verb(refusals=(NothingToDun,), locks=lambda *, customer_id: (Lock.account(customer_id),))
async def dun_customer(work: Work, *, customer_id: UUID) -> StepTaken:
    """Takes the one step that is due for a customer now, if any; everything is read again under the account's lock."""
    standing = await work.one(DUNNING_STANDING, customer_ids=[customer_id])
    policy = await policy_in_force(work)
    judged = judge(standing, policy, at=work.at)
    if judged is None or not judged.due:
        raise NothingToDun
    step = {
        "ordinal": judged.ordinal,
        "kind": judged.next.kind,
        "policy_version": policy.version,
        "base_on": judged.base_on,
        "previous_on": judged.previous_on,
        "days_before": judged.days_before,
        "days_after": judged.days_after,
    }
    if judged.next.claim_id:
        return await work.run(REMIND_OF_CLAIM, claim_id=judged.next.claim_id, **step)
    return await work.run(
        TAKE_DUNNING_STEP,
        **step,
        invoice_id=judged.next.invoice_id,
        episode=judged.episode,
        job_id=await _collection(work, standing, judged) if judged.next.kind == "collect" else None,
        subscription_ids=judged.cut_off,
    )


async def _collection(work: Work, standing: Standing, judged: Judged) -> UUID | None:
    """The job that collects: one that is under way, or a new one for everything that is overdue."""
    anchor = next(one for one in standing.open_invoices if one.invoice_id == judged.next.invoice_id)
    if anchor.collecting or standing.site_id is None:
        return anchor.collecting
    disputed = contested(standing)
    wanted = [one.invoice_id for one in standing.open_invoices if one.currency == anchor.currency and one.invoice_id not in disputed]
    job = NewJob(
        customer_id=standing.customer_id,
        site_id=standing.site_id,
        kind="collection",
        duration_minutes=COLLECTION_MINUTES,
        collects_invoice_ids=wanted[:50],
        currency=anchor.currency,
    )
    return (await open_job(work.part(), job=job)).id


@verb(refusals=(SubscriptionEnded, NotLapsed, CutOffHeld), locks=lambda *, subscription_id, **_: (account_of(subscription_id),))
async def lapse_subscription(work: Work, *, subscription_id: UUID) -> SubscriptionState:
    """Suspends as unpaid what isn't paid for and whose grace is over; refused while something holds it, and before its customer was told of a reversal."""
    found = await find_subscription(work, subscription_id=subscription_id)
    if found.state == "ended":
        raise SubscriptionEnded
    if "unpaid" in found.reasons:
        work.status = 200
        return SubscriptionState(found.id, found.state, found.reasons, found.paid_through_on, found.version)
    standing = await work.one(DUNNING_STANDING, customer_ids=[found.customer_id])
    service = next(one for one in standing.services if one.subscription_id == subscription_id)
    if not service.grace_over:
        raise NotLapsed(state=found.state, reasons=found.reasons, paid_through_on=found.paid_through_on.isoformat())
    if held := _holds_cut_off(standing, subscription_id):
        raise CutOffHeld(held_by=held)
    return await work.run(CUT_OFF, subscription_id=subscription_id)


def _holds_cut_off(standing: Standing, subscription_id: UUID) -> list[str]:
    service = next(one for one in standing.services if one.subscription_id == subscription_id)
    held: list[str] = list(holding(standing))
    if not cuttable(service, contested(standing)):
        held.append("dispute")
    if any(one.episode and not one.ordinal for one in standing.open_invoices):
        held.append("notice")
    return held


async def lets_lapse(work: Work, *, subscription_id: UUID, customer_id: UUID) -> bool:
    """Whether a service is to be suspended by itself now: nothing of it is billed (what is billed goes the way of dunning), nothing holds it, and it is day."""
    standing = await work.one(DUNNING_STANDING, customer_ids=[customer_id])
    service = next((one for one in standing.services if one.subscription_id == subscription_id), None)
    if service is None or service.open_invoice_id is not None or _holds_cut_off(standing, subscription_id):
        return False
    policy = await policy_in_force(work)
    return calm_reason(policy, at=work.at, zone=standing.zone, places=standing.jurisdictions) is None


async def lapsed_services(work: Work, *, after: UUID, limit: int) -> list[Lapsed]:
    """Subscriptions whose grace is over and which aren't suspended for it yet."""
    return await work.all(LAPSED_SERVICES, after=after, limit=limit, most=ALL)


@verb()
async def find_debtors(work: Work) -> DebtorsFound:
    """Brings up to date who owes, and from which day on, by what was written since the last time."""
    return await work.run(FIND_DEBTORS, most=TRANSFERS_AT_ONCE)


async def customers_due(work: Work, *, after: UUID, limit: int) -> Due:
    """The next customers in arrears, and for whom of them a step is due now."""
    customers = await work.all(DUNNED_CUSTOMERS, after=after, limit=limit - 1, most=ALL)
    policy = await policy_in_force(work)
    judged = ((one.customer_id, judge(one, policy, at=work.at)) for one in await work.all(DUNNING_STANDING, customer_ids=customers))
    return Due(customers, [customer_id for customer_id, step in judged if step is not None and step.due])


async def find_dunning(work: Work, *, customer_id: UUID) -> Dunning:
    """Where a customer stands: what is open, what comes next and when, what holds it, what was done."""
    standing = await work.one(DUNNING_STANDING, customer_ids=[customer_id])
    policy = await policy_in_force(work)
    judged = judge(standing, policy, at=work.at)
    return Dunning(
        customer_id=customer_id,
        policy_version=policy.version,
        next=judged.next if judged else None,
        open_invoices=standing.open_invoices,
        claims=standing.claims,
        holds=standing.holds,
        promise=standing.promise,
        bank_lines=money_waiting(standing),
        incidents=standing.incidents,
        done=await work.all(DUNNING_HISTORY, customer_id=customer_id),
    )


async def list_arrears(work: Work, *, limit: int, cursor: str | None) -> Page[Arrears]:
    """Who owes what is overdue at this moment: the last step taken, the next one, and what holds it."""
    purpose = f"arrears {work.organisation_id}"
    after = UUID(work.cursors.read(purpose, cursor)[0]) if cursor else FIRST
    customers = await work.all(DUNNED_CUSTOMERS, after=after, limit=limit, most=ALL)
    policy = await policy_in_force(work)
    rows = [_arrears(standing, policy, at=work.at) for standing in await work.all(DUNNING_STANDING, customer_ids=customers)]
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.customer_id,))


def _arrears(standing: Standing, policy: DunningPolicy, *, at: datetime) -> Arrears:
    judged = judge(standing, policy, at=at)
    today = at.astimezone(ZoneInfo(standing.zone)).date()
    overdue: dict[Currency, int] = {}
    for one in standing.open_invoices:
        if one.due_on < today:
            overdue[one.currency] = overdue.get(one.currency, 0) + one.open_minor
    for claim in standing.claims:
        overdue[claim.currency] = overdue.get(claim.currency, 0) + claim.open_minor
    owed: list[OpenInvoice | ClaimOwed] = [*standing.open_invoices, *standing.claims]
    last = max((one for one in owed if one.taken_on), key=lambda one: (one.taken_on, one.days_after), default=None)
    return Arrears(
        customer_id=standing.customer_id,
        customer_name=standing.name,
        overdue=[Money(minor, currency) for currency, minor in sorted(overdue.items())],
        last=last.kind if last else None,
        last_on=last.taken_on if last else None,
        next=judged.next if judged else None,
    )


async def contested_minor_of(work: Work, *, customer_id: UUID, invoice_id: UUID) -> int:
    """How much of what is open of an invoice its customer objects to."""
    standing = await work.one(DUNNING_STANDING, customer_ids=[customer_id])
    return next((contested_of(standing, one) for one in standing.open_invoices if one.invoice_id == invoice_id), 0)


async def why_open_again(work: Work, *, invoice_id: UUID) -> WhyOpenAgain | None:
    """Why the payment was taken back that opened an invoice last, and which cheque it was; None where a dispute, or nothing, opened it."""
    return await work.first(WHY_OPEN_AGAIN, invoice_id=invoice_id)
