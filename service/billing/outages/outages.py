"""An outage of a service goes on record, and what is due for it by the policy is given back in the same commit."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from service.authorisations.capacity import CapacityMoved
from service.billing.credit_notes import CreditBelowItsShare, CreditExceedsInvoice, credit_invoice
from service.billing.outages.policies import outage_policy_in_force
from service.billing.outages.rule import Plan, Span, beside, credits_due, union, within
from service.billing.queries.outages import (
    CREDITED_PERIODS,
    FIND_OUTAGE,
    LIST_OUTAGES,
    NOTE_OUTAGE,
    OUTAGE_OF_INCIDENT,
    OUTAGE_SPANS,
    SERVICE_STEPS,
    TOLD_OUTAGES,
)
from service.billing.records.credit_notes import NewCreditLine, NewCreditNote
from service.billing.records.outages import (
    CreditPart,
    NewOutage,
    Outage,
    OutageCredit,
    OutagePolicy,
    OutageReceipt,
    PeriodCredit,
    ToldOutage,
)
from service.billing.refusals import InvoiceWrittenOff
from service.billing.renewals import renewal_locks
from service.kit.card_numbers import refuse_card_numbers
from service.kit.lists import under
from service.kit.money import MINOR_DIGITS
from service.kit.paging import LATEST, Page
from service.kit.refusals import CardNumber, IdTaken, Refusal
from service.kit.verbs import Work, verb
from service.subscriptions.records import Subscription
from service.subscriptions.records.incidents import Incident
from service.subscriptions.subscriptions import find_subscription

LONGEST = timedelta(days=90)


class OutageUnclear(Refusal):
    """An outage is over, began before it ended, and took 90 days at most."""

    code, status, remedy = "OUTAGE_UNCLEAR", 422, "Send `from_at` before `until_at`, neither in the future and no more than 90 days apart."
    constraints = ("billing.outage_is_over",)


class OutageKnown(Refusal):
    """What this incident did to this service was told at the same moment by somebody else."""

    code, status, remedy = "OUTAGE_KNOWN", 409, "Read the service's outages."
    constraints = ("billing.one_outage_an_incident", "billing.no_moment_counts_twice")


class Judged(NamedTuple):
    """What a service's time without it comes to, with what an outage adds."""

    policy: OutagePolicy
    spans: list[Span]
    credits: list[PeriodCredit]
    steps: dict[int, int]


GIVING = (OutageKnown, InvoiceWrittenOff, CreditExceedsInvoice, CreditBelowItsShare, CapacityMoved)


@verb(refusals=(CardNumber, OutageUnclear, IdTaken, *GIVING), locks=renewal_locks)
async def credit_outage(work: Work, *, subscription_id: UUID, outage: NewOutage) -> OutageReceipt:
    """Notes that a service didn't work, and gives back at once what the policy says; time that counts already gives nothing more.

    Only time in which it was to work counts, so none in which it was suspended for other reasons than a fault.
    """
    refuse_card_numbers(outage.why)
    span = _span(work, from_at=outage.from_at, until_at=outage.until_at)
    known: Outage | None = None
    if outage.id is not None:
        known = await work.first(FIND_OUTAGE, outage_id=outage.id)
    if known is not None:
        if (known.subscription_id, known.from_at, known.until_at, known.why) != (subscription_id, *span, outage.why):
            raise IdTaken
        work.status = 200
        return OutageReceipt(known.id, subscription_id, known.credit_minor, known.credit_note_ids)
    found = await find_subscription(work, subscription_id=subscription_id)
    return await _note(work, found, span, outage_id=outage.id or work.new_id(), incident_id=None, why=outage.why)


@verb(refusals=GIVING, locks=renewal_locks)
async def credit_incident(work: Work, *, subscription_id: UUID, incident: Incident, of_price: bool) -> OutageReceipt:
    """Notes what an incident that is over did to a service and gives back what is due of its price, where that is given, once."""
    known = await work.first(OUTAGE_OF_INCIDENT, subscription_id=subscription_id, incident_id=incident.id, of_price=of_price)
    if known is not None:
        work.status = 200
        return OutageReceipt(known.id, subscription_id, known.credit_minor, known.credit_note_ids)
    found = await find_subscription(work, subscription_id=subscription_id)
    span = lasted(work, incident)
    return await _note(work, found, span, outage_id=work.new_id(), incident_id=incident.id, why=None, of_price=of_price)


@verb(refusals=GIVING, locks=renewal_locks)
async def credit_later_periods(work: Work, *, subscription_id: UUID) -> OutageReceipt:
    """Gives back what is due of periods that were billed only after the time without service in them was told."""
    return await _note(
        work, await find_subscription(work, subscription_id=subscription_id), None, outage_id=None, incident_id=None, why=None
    )


async def find_outage_credit(work: Work, *, subscription_id: UUID, from_at: datetime, until_at: datetime) -> OutageCredit:
    """What would be given back for an outage from when until when, and how it is computed; nothing is written."""
    span = _span(work, from_at=from_at, until_at=until_at)
    return await foreseen(work, await find_subscription(work, subscription_id=subscription_id), span)


async def foreseen(work: Work, found: Subscription, span: Span) -> OutageCredit:
    """What an outage of a service would give back."""
    judged = await _judged(work, found, span)
    total = sum(one.credit_minor for one in judged.credits)
    return OutageCredit(
        found.id, found.customer_id, found.amount.currency, judged.policy.version, judged.policy.unit, judged.credits, total, given=False
    )


@under(find_subscription)
async def list_outages(work: Work, *, subscription_id: UUID, limit: int, cursor: str | None) -> Page[Outage]:
    """When a service didn't work and what was given back for it, the last time first."""
    purpose = f"outages {work.organisation_id} {subscription_id}"
    before_at, before_id = work.cursors.read_moment(purpose, cursor, begins=LATEST)
    rows = await work.all(LIST_OUTAGES, subscription_id=subscription_id, before_at=before_at, before_id=before_id, limit=limit)
    return work.cursors.page(purpose, rows, limit=limit, key=lambda row: (row.from_at.isoformat(), str(row.id)))


async def outages_told(work: Work, *, credit_note_id: UUID) -> list[ToldOutage]:
    """The outages that a credit note is for."""
    return await work.all(TOLD_OUTAGES, credit_note_id=credit_note_id)


def lasted(work: Work, incident: Incident) -> Span:
    """From when until when an incident was, or has been by now."""
    return Span(incident.begins_at, max(incident.begins_at, min(incident.closed_at or work.at, incident.until_at, work.at)))


def _span(work: Work, *, from_at: datetime, until_at: datetime) -> Span:
    span = Span(from_at.astimezone(UTC), until_at.astimezone(UTC))
    if not span.from_at < span.until_at <= min(work.at, span.from_at + LONGEST):
        raise OutageUnclear
    return span


async def _judged(work: Work, found: Subscription, span: Span | None) -> Judged:
    """What is due with it; without one, of all that counts already."""
    policy = await outage_policy_in_force(work)
    counted = [Span(one.from_at, one.until_at) for one in await work.all(OUTAGE_SPANS, subscription_id=found.id)]
    added = [] if span is None else [rest for part in within(span, await _ours(work, found)) for rest in beside(part, counted)]
    outages = union([*counted, *added])
    touched = outages if span is None else [one for one in outages if within(one, added)]
    if not touched:
        return Judged(policy, added, [], {})
    place = ZoneInfo(found.zone)
    periods = await work.all(
        CREDITED_PERIODS,
        subscription_id=found.id,
        from_on=touched[0].from_at.astimezone(place).date(),
        until_on=touched[-1].until_at.astimezone(place).date(),
    )
    plan = Plan(found.amount.currency, Fraction(found.amount.amount, found.period_months), found.zone)
    due = credits_due(policy, plan, outages=outages, periods=periods)
    return Judged(policy, added, due, {one.number: one.step for one in periods})


async def _recorded(work: Work, found: Subscription, span: Span | None) -> Judged:
    """The time alone, of which nothing is given back."""
    return Judged(await outage_policy_in_force(work), within(span, await _ours(work, found)) if span else [], [], {})


async def _ours(work: Work, found: Subscription) -> list[Span]:
    """When it was ours to let the service work."""
    steps = await work.all(SERVICE_STEPS, subscription_id=found.id)
    ends = [*(step.at for step in steps[1:]), work.at]
    return [Span(step.at, end) for step, end in zip(steps, ends, strict=True) if step.ours and step.at < end]


async def _note(
    work: Work,
    found: Subscription,
    span: Span | None,
    *,
    outage_id: UUID | None,
    incident_id: UUID | None,
    why: str | None,
    of_price: bool = True,
) -> OutageReceipt:
    judged = await (_judged if of_price else _recorded)(work, found, span)
    notes = await _give(work.part(), found, judged, span)
    rows: list[dict[str, Any]] = []
    for one in judged.credits:
        if not one.credit_minor and judged.steps[one.number]:
            continue  # as it stands already
        given: dict[str, Any] = msgspec.to_builtins(one) | {
            "step": judged.steps[one.number] + 1,
            "credit_note_id": notes.get(one.invoice_id),
        }
        rows.append(given if one.credit_minor else given | {"credit_note_id": None, "invoice_id": None, "line_number": None})
    return await work.run(
        NOTE_OUTAGE,
        outage_id=outage_id,
        subscription_id=found.id,
        customer_id=found.customer_id,
        incident_id=incident_id,
        from_at=span and span.from_at,
        until_at=span and span.until_at,
        why=why,
        of_price=of_price,
        policy_version=judged.policy.version,
        unit=judged.policy.unit,
        currency=found.amount.currency,
        spans=msgspec.json.encode([one._asdict() for one in judged.spans]).decode(),
        credits=msgspec.json.encode(rows).decode(),
    )


async def _give(part: Work, found: Subscription, judged: Judged, span: Span | None) -> dict[UUID, UUID]:
    """A credit note for each invoice that bills something of it, by invoice."""
    lines: defaultdict[UUID, list[NewCreditLine]] = defaultdict(list)
    told: defaultdict[UUID, list[str]] = defaultdict(list)
    for one in judged.credits:
        if one.credit_minor:
            lines[one.invoice_id].append(NewCreditLine(line_number=one.line_number, quantity="0", amount=one.credit_minor))
            told[one.invoice_id].append(_computed(found, judged.policy, one))
    head = found.reference or str(found.id)
    if span is not None:
        place = ZoneInfo(found.zone)
        head += f": {span.from_at.astimezone(place):%Y-%m-%d %H:%M} – {span.until_at.astimezone(place):%Y-%m-%d %H:%M}"
    given = {}
    for invoice_id, credited in lines.items():
        note = NewCreditNote(lines=credited, reason="; ".join([head, *told[invoice_id]])[:2000])
        given[invoice_id] = (await credit_invoice(part, invoice_id=invoice_id, credit=note)).id
    return given


def _computed(found: Subscription, policy: OutagePolicy, one: PeriodCredit) -> str:
    """How a period's credit was computed, in figures that need no language: `28 h × 1/744 × 29.90 EUR`."""
    currency, unit = found.amount.currency, "h" if policy.unit == "hour" else "d"

    def price(minor: int) -> str:
        return str(Decimal(minor).scaleb(-MINOR_DIGITS[currency]))

    def said(part: CreditPart) -> str:
        share = f"{part.part} × {price(part.base_minor)}"
        return (
            f"{part.units} {unit} × " + (share if part.least_minor is None else f"max({share}; {price(part.least_minor)})") + f" {currency}"
        )

    before = f" − {price(one.given_before)}" if one.given_before else ""
    return " + ".join(map(said, one.parts)) + before
