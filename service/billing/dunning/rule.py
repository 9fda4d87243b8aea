"""The rule of dunning: what comes next for a customer, from what stands at this moment. Pure: no clock, no statement."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from service.billing.dunning.calm import calm_reason, next_waking
from service.billing.likeness import ALIKE, likeness
from service.billing.records.dunning import (
    ClaimOwed,
    DunningPolicy,
    HeldBy,
    Holding,
    NextStep,
    OpenInvoice,
    PolicyStep,
    Service,
    Standing,
    StepKind,
    WaitingMoney,
)

SPARED: list[HeldBy] = ["promise", "dispute", "incident", "legal", "vulnerable"]
SHIPPED = DunningPolicy(
    version=0,
    calm_until="08:00:00",
    calm_from="20:00:00",
    rest_days=[7],
    rests_on_holidays=True,
    longest_promise_days=14,
    steps=[
        PolicyStep("remind", 3, "email", ["promise", "dispute", "incident", "legal"], None),
        PolicyStep("remind", 10, "email", ["promise", "dispute", "incident", "legal"], None),
        PolicyStep("call", 14, "phone", SPARED, None),
        PolicyStep("suspend", 21, "network", SPARED, None),
        PolicyStep("collect", 28, "door", SPARED, None),
        PolicyStep("end", 60, "person", SPARED, None),
    ],
    set_by=None,
    set_at=None,
)
"""The policy of whoever sets none."""
OF_CLAIMS: tuple[StepKind, ...] = ("remind", "call")
"""What is done about what is owed by no invoice: no service hangs on it, and nobody is sent to the door for it."""
REMINDED_FIRST: tuple[StepKind, ...] = ("suspend", "end")
"""Not taken by themselves of whoever no reminder could reach: a person calls, and then decides."""


class Judged(msgspec.Struct, frozen=True):
    """The next step with the figures that its row bears, and whom it cuts off."""

    next: NextStep
    episode: int
    ordinal: int
    base_on: date
    previous_on: date
    days_before: int
    days_after: int
    cut_off: list[UUID]
    due: bool
    """Now, with nothing that holds it."""


def judge(standing: Standing, policy: DunningPolicy, *, at: datetime) -> Judged | None:
    """The one step that comes next, of what is due the first; None while nothing is overdue, and when all was done."""
    both = (_of_invoices(standing, policy, at=at), _of_claims(standing, policy, at=at))
    return min((one for one in both if one), key=lambda one: (not one.due, one.next.not_before), default=None)


def _of_claims(standing: Standing, policy: DunningPolicy, *, at: datetime) -> Judged | None:
    """Told at once, then reminded of and called about as the policy says of invoices, with the days counted from the telling."""
    today = at.astimezone(ZoneInfo(standing.zone)).date()
    for claim in standing.claims:
        if not claim.ordinal:
            return _judged(standing, policy, claim, "tell", at=at, due_on=today, days_after=0, held=[], cut_off=[])
    ahead = (
        (max(claim.base_on + timedelta(days=step.days_after), claim.taken_on + timedelta(days=step.days_after - claim.days_after)), n, step)
        for n, claim in enumerate(standing.claims)
        for step in policy.steps
        if claim.base_on
        and claim.taken_on
        and claim.days_after is not None
        and step.kind in OF_CLAIMS
        and step.days_after > claim.days_after
    )
    if (first := min(ahead, key=lambda entry: entry[:2], default=None)) is None:
        return None
    due_on, n, step = first
    held = _held(standing, step)
    return _judged(standing, policy, standing.claims[n], step.kind, at=at, due_on=due_on, days_after=step.days_after, held=held, cut_off=[])


def _of_invoices(standing: Standing, policy: DunningPolicy, *, at: datetime) -> Judged | None:
    today = at.astimezone(ZoneInfo(standing.zone)).date()
    untold = [one for one in standing.open_invoices if one.episode and not one.ordinal]
    if untold:
        return _judged(standing, policy, untold[0], "tell", at=at, due_on=today, days_after=0, held=[], cut_off=[])
    disputed = contested(standing)
    overdue = sorted((_base(one), str(one.invoice_id), one) for one in standing.open_invoices if _base(one) < today)
    held_back = [entry for entry in overdue if entry[2].invoice_id in disputed]
    for *_, invoice in [*(entry for entry in overdue if entry not in held_back), *held_back]:
        for step, due_on, cut_off in _ahead(standing, policy, invoice, disputed=disputed, today=today):
            held = _held(standing, step)
            if invoice.invoice_id in disputed:
                held.append("dispute")
            return _judged(
                standing, policy, invoice, step.kind, at=at, due_on=due_on, days_after=step.days_after, held=held, cut_off=cut_off
            )
    return None


def contested(standing: Standing) -> set[UUID]:
    """Invoices of which nothing is open but what their customer contests; of any other the rest goes the way of dunning."""
    return {one.invoice_id for one in standing.open_invoices if contested_of(standing, one) == one.open_minor} | {
        one.invoice_id for one in standing.holds if one.invoice_id and one.contested_minor is None
    }


def contested_of(standing: Standing, invoice: OpenInvoice) -> int:
    """How much of what is open of an invoice its customer contests."""
    sums = [
        invoice.open_minor if one.contested_minor is None else one.contested_minor
        for one in standing.holds
        if one.invoice_id == invoice.invoice_id
    ]
    return min(sum(sums), invoice.open_minor)


def cuttable(service: Service, disputed: set[UUID]) -> bool:
    """Whether a service may be suspended as unpaid now: its grace is over, and what is billed of it isn't contested."""
    return not service.unpaid and service.grace_over and service.open_invoice_id not in disputed


def holding(standing: Standing) -> list[Holding]:
    """What holds a whole account, whatever the step."""
    held: set[Holding] = {one.kind for one in standing.holds if one.invoice_id is None}
    if standing.promise:
        held.add("promise")
    if standing.incidents:
        held.add("incident")
    if standing.bank_unjudged or money_waiting(standing):
        held.add("bank_line")
    return sorted(held)


def money_waiting(standing: Standing) -> list[WaitingMoney]:
    """What came by bank and would be suggested to be this customer's."""
    return [one for one in standing.bank_lines if one.found or likeness(one.party_name, standing.name) >= ALIKE]


def _base(invoice: OpenInvoice) -> date:
    """From when days count: from the due day, or from when its customer was told that it is open again."""
    return invoice.base_on or invoice.due_on


def _ahead(
    standing: Standing, policy: DunningPolicy, invoice: OpenInvoice, *, disputed: set[UUID], today: date
) -> Iterator[tuple[PolicyStep, date, list[UUID]]]:
    """The steps still to come of an invoice, those left out that nothing can come of."""
    base, days = _base(invoice), invoice.days_after or 0
    last_on = invoice.taken_on or base
    for step in policy.steps:
        if step.days_after <= days or (step.kind == "collect" and standing.site_id is None):
            continue
        due_on, cut_off = max(base + timedelta(days=step.days_after), last_on + timedelta(days=step.days_after - days)), []
        if step.kind == "suspend":
            cut_off = [one.subscription_id for one in standing.services if cuttable(one, disputed)]
            waiting = [
                one.cut_off_from
                for one in standing.services
                if not one.unpaid and not one.grace_over and one.open_invoice_id and one.open_invoice_id not in disputed
            ]
            if not cut_off and not waiting:
                continue
            if not cut_off:
                due_on = max(due_on, min(waiting), today + timedelta(days=1))
        yield step, due_on, cut_off


def _held(standing: Standing, step: PolicyStep) -> list[Holding]:
    held: list[Holding] = [one for one in holding(standing) if one == "bank_line" or one in step.held_by]
    if step.kind in REMINDED_FIRST and not standing.reachable:
        held.append("unreachable")
    return held


def _judged(
    standing: Standing,
    policy: DunningPolicy,
    owed: OpenInvoice | ClaimOwed,
    kind: StepKind,
    *,
    at: datetime,
    due_on: date,
    days_after: int,
    held: list[Holding],
    cut_off: list[UUID],
) -> Judged:
    today = at.astimezone(ZoneInfo(standing.zone)).date()
    opens = max(at, datetime.combine(due_on, time.min, ZoneInfo(standing.zone)))
    calm = calm_reason(policy, at=at, zone=standing.zone, places=standing.jurisdictions) if due_on <= today else None
    told_now = kind == "tell"
    invoice = owed if isinstance(owed, OpenInvoice) else None
    since = invoice.due_on if invoice else today
    base = max(since, today) if told_now else owed.base_on or since
    return Judged(
        next=NextStep(
            kind=kind,
            invoice_id=invoice.invoice_id if invoice else None,
            claim_id=owed.claim_id if isinstance(owed, ClaimOwed) else None,
            number=owed.number,
            due_on=due_on,
            not_before=next_waking(policy, after=opens, zone=standing.zone, places=standing.jurisdictions),
            held_by=[*held, *([calm] if calm else [])],
        ),
        episode=invoice.episode if invoice else 0,
        ordinal=(owed.ordinal or 0) + 1,
        base_on=base,
        previous_on=base if told_now else owed.taken_on or base,
        days_before=owed.days_after or 0,
        days_after=days_after,
        cut_off=cut_off,
        due=due_on <= today and not held and calm is None,
    )
