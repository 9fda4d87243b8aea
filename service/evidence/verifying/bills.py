"""What was done and billed: that it follows from what the customer agreed to, as far as a stranger can compute it over again."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from service.evidence.records.bills import InvoiceTold, LineTold
from service.evidence.records.packs import ActTold, PackTold, ScopeTold, WorkTold
from service.evidence.verifying.acts import microseconds, said_in
from service.evidence.verifying.findings import Fault
from service.kit.money import rounded

_NUMBER = re.compile(r"-?[0-9]{1,40}(\.[0-9]{1,6}|/[0-9]{1,40})?", re.ASCII)


class Agreed(NamedTuple):
    """An item with the act that agreed to it, in the figures of the sealed text."""

    act: ActTold
    since_us: int
    until_us: int | None
    """The last instant at which work on it may begin."""
    item: dict[str, Any]
    tax_basis: str
    cap_minor: int | None

    @property
    def quantity(self) -> Fraction:
        """Of each period where it is recurring."""
        return Fraction(self.item["ticks"], self.item["denominator"])

    @property
    def price(self) -> Fraction:
        """Of one of its unit, in minor units."""
        return Fraction(self.item["price_numerator"], self.item["price_denominator"])

    def counted(self, line: LineTold) -> Fraction:
        """A line's quantity in the item's own unit."""
        if line.unit == self.item["unit"]:
            return number(line.quantity)
        numerator, denominator = self.item["conversions"][line.unit]
        return number(line.quantity) * Fraction(int(numerator), int(denominator))

    def worth(self, quantity: Fraction) -> int:
        """What a quantity may cost by itself: no more than was agreed to of it, period by period where it recurs."""
        return rounded((quantity if self.item["recurring"] else min(quantity, self.quantity)) * self.price)


def number(text: str) -> Fraction:
    """A quantity, price or rate as it is written in a pack; raises ValueError."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(f"not a number as packs write them: {text[:50]!r}")
    return Fraction(text)


def agreed_in(pack: PackTold) -> dict[str, Agreed]:
    """The items that acts in force when recorded agreed to, each by the first that did."""
    texts = {(one.offer_id, one.revision): said_in(one.text) for one in pack.offers}
    found: dict[str, Agreed] = {}
    for act in pack.acts:
        text = texts.get((act.offer_id, act.revision), {})
        items = {one["item_id"]: one for one in text.get("items", [])}
        for item_id in act.approved if act.active else []:
            if item_id in items and item_id not in found:
                since, until = since_us(act, pack.scope), microseconds(text.get("valid_until"))
                found[item_id] = Agreed(act, since, until, items[item_id], text["tax_basis"], text["cap_minor"])
    return found


def since_us(act: ActTold, scope: ScopeTold) -> int:
    """From when an act counts: from when it was done where it was recorded soon enough after it, else from when it was recorded."""
    in_time = act.consented_us <= act.recorded_us <= act.consented_us + scope.record_lag_seconds * 1_000_000
    return act.consented_us if in_time else act.recorded_us


def work(pack: PackTold) -> Iterator[Fault]:
    """Each record is of an item offered here; one that may be billed was agreed to by the deadline, and says so where that was only afterwards."""
    offered = {item["item_id"] for one in pack.offers for item in said_in(one.text).get("items", [])}
    agreed = agreed_in(pack)
    taken_back = {act.revokes: act.recorded_us for act in pack.acts if act.kind == "revocation"}
    for one in pack.work:
        name = f"work record {one.work_record_id}"
        if one.item_id not in offered or one.ended_us < one.started_us:
            yield Fault("LOG_INCONSISTENT", f"{name} is of no item offered here, or contradicts itself")
            continue
        by = agreed.get(one.item_id)
        if one.finding is None and not (
            by and _in_time(one, by, pack.scope) and not _too_late(one, taken_back.get(by.act.authorisation_id))
        ):
            yield Fault("LOG_INCONSISTENT", f"{name} is told to be billable, and no act agreed to it in time")
        if one.ratified != (one.finding is None and by is not None and by.since_us > one.ended_us):
            yield Fault("LOG_INCONSISTENT", f"{name} tells wrongly whether it was agreed to only afterwards")


def _in_time(one: WorkTold, by: Agreed, scope: ScopeTold) -> bool:
    deadline = {"before_work": one.started_us, "before_completion": one.ended_us}.get(scope.consent_deadline, by.since_us)
    within_period = one.period_from is None or number(one.quantity) <= by.quantity
    return by.since_us <= deadline and (by.until_us is None or one.started_us <= by.until_us) and within_period


def _too_late(one: WorkTold, taken_back_us: int | None) -> bool:
    """Begun after the act was taken back, and not recorded before: a device's clock may be ahead."""
    return taken_back_us is not None and one.started_us >= taken_back_us and one.recorded_us >= taken_back_us


def invoices(pack: PackTold) -> Iterator[Fault]:
    """Sums and taxes are those of the lines, lines of this matter stand on an act and passed, and what cites nothing costs nothing."""
    agreed = agreed_in(pack)
    passed = {
        (attempt.attempt_id, attempt.invoice_id, decision.line, decision.item_id)
        for attempt in pack.decisions.attempts
        for decision in attempt.decisions
        if (attempt.verdict, decision.verdict) == ("posted", "passed")
    }
    for one in pack.invoices:
        yield from _invoice(one, pack.scope, agreed, passed)


def _invoice(
    one: InvoiceTold, scope: ScopeTold, agreed: dict[str, Agreed], passed: set[tuple[str, str, int, str | None]]
) -> Iterator[Fault]:
    name = f"invoice {one.number}"
    for line in one.lines:
        where = f"{name} line {line.number}"
        by = agreed.get(line.item_id or "")
        if line.item_id is None:
            if line.net_minor or line.scope_id is not None or number(line.tax_rate):
                yield Fault("LOG_INCONSISTENT", f"{where} cites no item and isn't free")
        elif line.scope_id is None or (by is not None) != (line.scope_id == scope.scope_id):
            yield Fault("LOG_INCONSISTENT", f"{where} bills an item that no act had agreed to")
        elif by is not None:
            yield from _line(where, line, one, by, scope=scope)
            if (one.attempt_id, one.invoice_id, line.number, line.item_id) not in passed:
                yield Fault("LOG_INCONSISTENT", f"{where} has no decision that let it post")
    if _sums(one) != (one.lines_minor, one.tax_minor, one.total_minor) or not _taxed(one):
        yield Fault("HASH_MISMATCH", f"{name} isn't the sum of its lines and taxes")


def _line(where: str, line: LineTold, one: InvoiceTold, by: Agreed, *, scope: ScopeTold) -> Iterator[Fault]:
    item, quantity = by.item, by.counted(line)
    if by.act.recorded_us > one.issued_us or one.currency != scope.currency:
        yield Fault("LOG_INCONSISTENT", f"{where} bills an item that no act had agreed to by then, in this currency")
    # Parts of an item add up to the rounded whole, so a part may be off by one.
    if (
        abs(line.net_minor + line.discount_minor - number(line.quantity) * number(line.unit_price)) > 1
        or quantity <= 0
        or line.net_minor < 0
    ):
        yield Fault("HASH_MISMATCH", f"{where} isn't its quantity times its price")
    if scope.combine == "none" and line.net_minor >= quantity * by.price + 1:
        yield Fault("LOG_INCONSISTENT", f"{where} costs more than was agreed to")
    taxed = (by.tax_basis, item["tax_category"], Fraction(item["tax_numerator"], item["tax_denominator"]) * 100)
    if taxed != (one.tax_basis, line.tax_category, number(line.tax_rate)):
        yield Fault("LOG_INCONSISTENT", f"{where} is taxed otherwise than offered")


def _sums(one: InvoiceTold) -> tuple[int, int, int]:
    lines, tax = sum(line.net_minor for line in one.lines), sum(rate.tax_minor for rate in one.taxes)
    return lines, tax, one.lines_minor + (tax if one.tax_basis == "excl" else 0)


def _taxed(one: InvoiceTold) -> bool:
    """Tax is computed once a rate, on the sum of its lines."""
    by_rate: Counter[tuple[str, str]] = Counter()
    for line in one.lines:
        by_rate[line.tax_category, line.tax_rate] += line.net_minor
    told = {(rate.tax_category, rate.tax_rate): rate for rate in one.taxes}
    return len(told) == len(one.taxes) and told.keys() == by_rate.keys() and all(
        (told[rate].lines_minor, told[rate].tax_minor) == (minor, _tax(minor, number(rate[1]), one.tax_basis)) for rate, minor in by_rate.items()
    )  # fmt: skip


def _tax(minor: int, percent: Fraction, basis: str) -> int:
    return rounded(Fraction(minor) * percent / (100 + (percent if basis == "incl" else 0)))


def billed(pack: PackTold) -> Iterator[Fault]:
    """All invoices together, less what was credited: of each item no more than was done and agreed to, but for what the sealed policy tolerates."""
    agreed = agreed_in(pack)
    gross, done, credited = _gross(pack, agreed), _done(pack), _credited(pack, agreed)
    entitled, excess, by_act = 0, 0, Counter[str]()
    for item_id, (quantity, minor) in gross.items():
        by = agreed[item_id]
        less_quantity, less_minor = credited[item_id]
        if quantity - less_quantity > done[item_id]:
            yield Fault("LOG_INCONSISTENT", f"of item {item_id} more is billed than was done")
        if pack.scope.combine == "none" and not by.item["recurring"] and quantity - less_quantity > by.quantity:
            yield Fault("LOG_INCONSISTENT", f"of item {item_id} more is billed than was agreed to")
        entitled += by.worth(quantity)
        excess += max(0, minor - less_minor - by.worth(quantity - less_quantity))
        by_act[by.act.authorisation_id] += minor - less_minor
    # What a credit gives back may be off by one where the parts were.
    if excess > _tolerated(pack.scope, entitled) + sum(len(note.lines) for one in pack.invoices for note in one.credits):
        yield Fault("LOG_INCONSISTENT", f"{excess} are billed beyond what was agreed to, and the policy doesn't tolerate that")
    caps = {by.act.authorisation_id: by.cap_minor for by in agreed.values() if by.cap_minor is not None}
    for authorisation_id, cap in caps.items():
        if by_act[authorisation_id] > cap:
            yield Fault(
                "LOG_INCONSISTENT", f"{by_act[authorisation_id]} are billed by act {authorisation_id}, which agreed to no more than {cap}"
            )


def _gross(pack: PackTold, agreed: dict[str, Agreed]) -> dict[str, tuple[Fraction, int]]:
    found: dict[str, tuple[Fraction, int]] = {}
    for one in pack.invoices:
        for line in one.lines:
            if line.item_id in agreed:
                quantity, minor = found.get(line.item_id, (Fraction(0), 0))
                found[line.item_id] = (quantity + agreed[line.item_id].counted(line), minor + line.net_minor)
    return found


def _done(pack: PackTold) -> dict[str, Fraction]:
    """What may be billed by the work alone: a correction speaks for what it corrects."""
    corrected = {one.corrects for one in pack.work}
    found: dict[str, Fraction] = defaultdict(Fraction)
    for one in pack.work:
        if one.finding is None and one.work_record_id not in corrected:
            found[one.item_id] += number(one.quantity)
    return found


def _credited(pack: PackTold, agreed: dict[str, Agreed]) -> dict[str, tuple[Fraction, int]]:
    found: dict[str, tuple[Fraction, int]] = defaultdict(lambda: (Fraction(0), 0))
    for one in pack.invoices:
        items = {line.number: line.item_id for line in one.lines}
        for credit in (line for note in one.credits for line in note.lines):
            item_id = items[credit.line]
            if item_id in agreed:
                quantity, minor = found[item_id]
                found[item_id] = (quantity + number(credit.quantity), minor + credit.net_minor)
    return found


def _tolerated(scope: ScopeTold, entitled: int) -> Fraction:
    """The five shapes that laws have; reaching the limit is already too much where the policy says so."""
    percentage, absolute = Fraction(scope.pct_numerator, scope.pct_denominator) * entitled, Fraction(scope.abs_minor)
    shapes = {
        "none": Fraction(0),
        "pct": percentage,
        "abs": absolute,
        "greater": max(percentage, absolute),
        "lesser": min(percentage, absolute),
    }
    limit = min(shapes[scope.combine], Fraction(scope.hard_cap_minor))
    below = Fraction(-(-limit.numerator // limit.denominator) - 1) if scope.at_limit_refuses else limit
    return max(Fraction(0), below)
