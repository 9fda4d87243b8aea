"""Drafts: what a job may be billed for now, line by line with its evidence, and why not the rest; nothing is stored."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from uuid import UUID

import msgspec

from service.billing.codes import DONE_ALREADY, RULES, WAITING
from service.billing.judge import Item, taxes_of
from service.billing.queries.drafts import FIND_DRAFT_MATTER, LIST_DRAFT_ITEMS, LIST_DRAFT_WORK
from service.billing.records.drafts import (
    Draft,
    DraftBody,
    DraftInvoice,
    DraftItem,
    DraftLine,
    DraftMatter,
    DraftRequest,
    DraftTax,
    DraftWork,
    Evidence,
    NotBillable,
    WorkBehind,
)
from service.kit.money import exact_text, rounded
from service.kit.verbs import Work

MOST_LINES = 1000
MOST_BYTES = 200_000
"""Of the lines of one invoice: a body takes 256 KiB, and whoever sends it may write it with more spaces."""
MOST_RECORDS = 50
"""Work records that one line may name."""


class Part(msgspec.Struct, frozen=True):
    """So much of an item may be billed, for that amount, on that work."""

    item: DraftItem
    ticks: int
    amount: int
    work: Sequence[DraftWork]


async def draft_invoice(work: Work, *, job_id: UUID) -> Draft:
    """Everything of a job that may be billed now, ready to be posted as it is, and the reason of everything that may not."""
    matter = await work.one(FIND_DRAFT_MATTER, job_id=job_id)
    place = {"customer_id": matter.customer_id, "scope_id": matter.scope_id}
    items = await work.all(LIST_DRAFT_ITEMS, **place)
    records = await work.all(LIST_DRAFT_WORK, **place)
    parts = [] if matter.notice_missing else list(_parts(items, records))
    return Draft(
        job_id=matter.job_id, state=matter.state, customer_id=matter.customer_id, scope_id=matter.scope_id, currency=matter.currency,
        consent_may_follow_work=matter.consent_may_follow_work, invoices=[_invoice(matter, invoiced) for invoiced in _invoices(parts)], not_billable=list(_left_out(matter, items, records, parts)),
    )  # fmt: skip


def _parts(items: Sequence[DraftItem], records: Sequence[DraftWork]) -> Iterator[Part]:
    """What is granted, done and not yet billed, within each authorisation's cap. A tolerance is for what was done beyond; no draft spends it."""
    spent: dict[UUID, int] = {}
    for item in items:
        if item.authorisation_id is None or item.nothing_due:
            continue
        net = spent.get(item.authorisation_id, item.act_net)
        ticks = _within(item, max(min(item.granted, item.performed) - item.billed, 0), most=item.cap_minor - net)
        if ticks == 0:
            continue
        amount = _amount(item, ticks)
        spent[item.authorisation_id] = net + amount
        free = [one for one in records if one.item_id == item.item_id and one.finding is None and not one.used]
        yield Part(item, ticks, amount, free[:MOST_RECORDS])


def _within(item: DraftItem, ticks: int, *, most: int) -> int:
    """As many of the ticks as come to no more than that: all, or else whole hundredths of the unit (whole units of what is counted)."""
    if _amount(item, ticks) <= most:
        return ticks
    low, high = 0, ticks
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _amount(item, middle) <= most else (low, middle - 1)
    counted = all(figure % item.denominator == 0 for figure in (item.granted, item.performed, item.billed))
    step = item.denominator if counted else max(item.denominator // 100, 1)
    return low - low % step


def _amount(item: DraftItem, ticks: int) -> int:
    """What the next ticks come to at the authorised price, by the rule's own arithmetic."""
    price = Fraction(item.price_numerator, item.price_denominator)
    chain = Item(
        scope_id=item.offer_id, currency="", tax_basis=item.tax_basis, tax_rate=Fraction(0), tax_category="", unit=item.unit, denominator=item.denominator,
        price=price, billed=item.billed,
    )  # fmt: skip
    return chain.amount(ticks=ticks, price=price)


def _invoices(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """One invoice a tax basis, and another where lines are too many for one."""
    for basis in ("excl", "incl"):
        invoiced: list[Part] = []
        size = 0
        for part in (one for one in parts if one.item.tax_basis == basis):
            own = len(msgspec.json.encode(_line(part)))
            if invoiced and (len(invoiced) == MOST_LINES or size + own > MOST_BYTES):
                yield invoiced
                invoiced, size = [], 0
            invoiced.append(part)
            size += own
        if invoiced:
            yield invoiced


def _invoice(matter: DraftMatter, parts: Sequence[Part]) -> DraftInvoice:
    basis = parts[0].item.tax_basis
    rates = taxes_of([(part.item.tax_category, _rate(part.item), part.amount) for part in parts], tax_basis=basis)
    lines_minor, tax_minor = sum(part.amount for part in parts), sum(tax for _, _, _, tax in rates)
    body = DraftBody(
        customer_id=matter.customer_id, scope_id=matter.scope_id, currency=matter.currency, tax_basis=basis, tax_minor=tax_minor,
        lines=[_line(part) for part in parts],
    )  # fmt: skip
    return DraftInvoice(
        request=DraftRequest(method="POST", path="/v1/invoices", body=body),
        evidence=[_evidence(part, index=index) for index, part in enumerate(parts)],
        taxes=[
            DraftTax(tax_category=category, tax_rate=exact_text(rate * 100), lines_minor=net, tax_minor=tax)
            for category, rate, net, tax in rates
        ],
        lines_minor=lines_minor,
        tax_minor=tax_minor,
        total_minor=lines_minor + (tax_minor if basis == "excl" else 0),
    )


def _line(part: Part) -> DraftLine:
    item = part.item
    return DraftLine(
        item_id=item.item_id, quantity=exact_text(Fraction(part.ticks, item.denominator)), unit=item.unit,
        unit_price=exact_text(Fraction(item.price_numerator, item.price_denominator)), amount=part.amount, work_record_ids=[one.id for one in part.work],
    )  # fmt: skip


def _evidence(part: Part, *, index: int) -> Evidence:
    item = part.item
    if item.authorisation_id is None or item.consented_at is None or item.channel is None:
        raise AssertionError("only what was authorised is drafted")
    return Evidence(
        index=index, description=item.description, authorisation_id=item.authorisation_id, consented_at=item.consented_at, channel=item.channel,
        offer_id=item.offer_id, revision=item.revision, offer_hash=item.offer_hash, tax_category=item.tax_category, tax_rate=exact_text(_rate(item) * 100),
        work=[
            WorkBehind(one.id, exact_text(Fraction(one.ticks, item.denominator)), one.started_at, one.ended_at, one.staff_id) for one in part.work
        ],
    )  # fmt: skip


def _left_out(
    matter: DraftMatter, items: Sequence[DraftItem], records: Sequence[DraftWork], parts: Sequence[Part]
) -> Iterator[NotBillable]:
    """The rest of each item, then its work that was found not to be covered."""
    drafted = {part.item.item_id: part.ticks for part in parts}
    for item in items:
        unfit = [one for one in records if one.item_id == item.item_id and one.finding is not None]
        if item.authorisation_id is not None:
            yield from _rest(item, drafted.get(item.item_id, 0), held_by=_held_by(matter, item), ratifies=matter.consent_may_follow_work)
        elif item.consent is not None and item.is_latest and not unfit:
            yield _reason(item, item.consent, item.ticks)
        for one in unfit:
            yield _reason(item, one.finding or "", one.ticks, record=one.id)


def _held_by(matter: DraftMatter, item: DraftItem) -> str:
    if item.nothing_due:
        return "NO_PAYMENT_DUE"
    return "NOTICE_MISSING" if matter.notice_missing else "CAP_EXCEEDED"


def _rest(item: DraftItem, drafted: int, *, held_by: str, ratifies: bool) -> Iterator[NotBillable]:
    """What of a granted item isn't drafted: billed, held (by its authorisation's cap, or for a notice), not done, done beyond what was agreed."""
    covered = min(item.granted, item.performed)
    if item.billed:
        yield _reason(item, "ALREADY_BILLED", item.billed, amount=item.net)
    if held := max(covered - item.billed, 0) - drafted:
        yield _reason(item, held_by, held)
    if item.granted > item.performed:
        yield _reason(item, item.ended_by or "NOT_PERFORMED_YET", item.granted - item.performed)
    if (beyond := item.performed - max(item.granted, item.billed)) > 0:
        yield _reason(item, "QTY_OVER_AUTHORISED", beyond, remedy=DONE_ALREADY[ratifies])


def _reason(
    item: DraftItem, code: str, ticks: int, *, amount: int | None = None, record: UUID | None = None, remedy: str | None = None
) -> NotBillable:
    detail, usual = WAITING[code] if code in WAITING else (RULES[code].detail, RULES[code].remedy)
    worth = Fraction(ticks * item.price_numerator, item.denominator * item.price_denominator)
    return NotBillable(
        item_id=item.item_id, work_record_id=record, description=item.description, quantity=exact_text(Fraction(ticks, item.denominator)), unit=item.unit,
        amount_minor=rounded(worth) if amount is None else amount,
        tax_basis=item.tax_basis, code=code, detail=detail, remedy=remedy or usual,
    )  # fmt: skip


def _rate(item: DraftItem) -> Fraction:
    return Fraction(item.tax_numerator, item.tax_denominator)
