"""The rule, line by line and then of the whole; pure: the same figures always give the same verdict."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from uuid import UUID

import msgspec

from service.billing.codes import RULES
from service.billing.judge.books import Bill, Books, Item, Line, Scope, Verdict, Work
from service.kit.money import rounded


def judge(bill: Bill, books: Books) -> Verdict:
    """Judges each line in the order of the rule, then the whole; the same figures always give the same verdict."""
    after = _copied(books)
    opening = {scope_id: scope.excess for scope_id, scope in after.scopes.items()}
    codes: list[str | None] = []
    nets: list[int] = []
    raises: list[bool] = []
    over_cap: list[bool] = []
    cited = [work_id for line in bill.lines for work_id in line.work]
    for line in bill.lines:
        code, net, raised, capped = _line(line, bill, after, twice={one for one in line.work if cited.count(one) > 1})
        codes.append(code)
        nets.append(net)
        raises.append(raised)
        over_cap.append(capped)
    taxes = _taxes(bill, after, nets)
    if not any(codes):
        codes = [
            _whole(line, bill, after, opening, raised, capped, taxes)
            for line, raised, capped in zip(bill.lines, raises, over_cap, strict=True)
        ]
    verdict = Verdict(codes=codes, lines_minor=sum(nets), tax_minor=taxes)
    if verdict.posts:
        for line in bill.lines:
            for work_id in line.work:
                after.work[work_id].used = True
            if line.item_id and line.period:
                after.items[line.item_id].periods.append(line.period)
        books.items, books.scopes, books.acts, books.work = after.items, after.scopes, after.acts, after.work
    return verdict


def rule_of(code: str) -> int:
    """Which of the 14 rules a code belongs to."""
    return RULES[code].rule


def _copied(books: Books) -> Books:
    return Books(
        items={key: msgspec.structs.replace(one, periods=list(one.periods)) for key, one in books.items.items()},
        scopes={key: msgspec.structs.replace(one) for key, one in books.scopes.items()},
        acts={key: msgspec.structs.replace(one) for key, one in books.acts.items()},
        work={key: msgspec.structs.replace(one) for key, one in books.work.items()},
    )


def _line(line: Line, bill: Bill, books: Books, *, twice: set[UUID]) -> tuple[str | None, int, bool, bool]:
    """The first of rules 1 to 13 that a line fails, its amount, whether it raises its scope's excess, whether it breaks its cap."""
    misshapen = line.quantity <= 0 or line.price < 0 or line.discount < 0 or line.discount > line.quantity * line.price
    item = books.items.get(line.item_id) if line.item_id else None
    ticks, factor = _ticks(line, item)
    if item is None or item.act_id is None or misshapen or ticks is None or factor is None:
        net = (0 if misshapen else rounded(line.quantity * line.price)) - line.discount
        return _code(_Case(line, bill, books, item, misshapen, None, net, 0, twice)), net, False, False
    price = line.price / factor
    before = (item.entitled, item.excess)
    net = item.amount(ticks=ticks, price=price) - line.discount
    scope, act = books.scopes[item.scope_id], books.acts[item.act_id]
    item.performed += ticks if line.period else 0
    item.billed += ticks
    item.net += net
    scope.entitled += item.entitled - before[0]
    scope.excess += item.excess - before[1]
    act.net += net
    code = _code(_Case(line, bill, books, item, False, ticks, net, item.performed, twice))
    return code, net, item.excess > before[1], act.net > act.cap_minor


def _ticks(line: Line, item: Item | None) -> tuple[int | None, Fraction | None]:
    """The quantity in the item's ticks (None: not a whole number of them) and how much of its unit one of the line's is."""
    if item is None:
        return None, None
    factor = Fraction(1) if line.unit in {None, item.unit} else item.conversions.get(line.unit or "")
    if factor is None:
        return None, None
    ticks = line.quantity * factor * item.denominator
    return (ticks.numerator if ticks.denominator == 1 else None), factor


class _Case(msgspec.Struct, frozen=True):
    """A line with what it cites, once its quantity and amount are known."""

    line: Line
    bill: Bill
    books: Books
    item: Item | None
    misshapen: bool
    ticks: int | None
    net: int
    performed: int
    twice: set[UUID]


def _code(case: _Case) -> str | None:
    return next(_failures(case), None)


def _failures(case: _Case) -> Iterator[str]:
    """Every failure of rules 1 to 13, in their order."""
    if case.misshapen:
        yield "NEGATIVE_OR_ZERO_LINE"
    if case.line.item_id is None:
        if case.net != 0:
            yield "UNAUTHORISED_LINE"
        return
    if case.item is None:
        yield "AUTH_NOT_FOUND"
        return
    yield from _consent(case, case.item)
    yield from _terms(case, case.item)
    if case.ticks is not None:
        yield from _amounts(case, case.item, case.ticks)


def _consent(case: _Case, item: Item) -> Iterator[str]:
    """Rules 3 to 6."""
    if case.books.scopes[item.scope_id].customer_id != case.bill.customer_id or case.bill.scope_id not in {None, item.scope_id}:
        yield "AUTH_WRONG_JOB"
    if item.act_id is None:
        yield item.consent
    if case.line.period:
        yield from _supply_out_of_time(item, case.books.scopes[item.scope_id], case.bill, case.line.period)
    findings = [work.finding for work in _own_work(case) if work.finding]
    if findings and min(findings) != "WORK_WITHDRAWN":
        yield min(findings)
    if case.ticks is not None and item.finding is not None and item.billed > case.performed and not _billed_before(case):
        yield item.finding
    if item.due_in_part is False and case.net != 0:
        yield "NO_PAYMENT_DUE"
    if case.books.scopes[item.scope_id].notice_missing:
        yield "NOTICE_MISSING"


def _terms(case: _Case, item: Item) -> Iterator[str]:
    """Rules 7 to 9."""
    if item.currency != case.bill.currency:
        yield "CURRENCY_MISMATCH"
    if item.tax_basis != case.bill.tax_basis:
        yield "TAX_BASIS_MISMATCH"
    yield from _substitutions(case.line, item)
    if case.ticks is None:
        yield "UNIT_MISMATCH"


def _amounts(case: _Case, item: Item, ticks: int) -> Iterator[str]:
    """Rules 10 to 13."""
    line = case.line
    if line.amount is not None and line.amount != case.net:
        yield "AMOUNT_MISMATCH"
    if _billed_before(case):
        yield "DUPLICATE_WORK_RECORD"
    if line.period and any(begins < line.period[1] and line.period[0] < ends for begins, ends in item.periods):
        yield "DUPLICATE_WORK_RECORD"
    if item.due_in_part and item.billed > case.performed:
        yield "OVER_AUTHORISED"
    if len(_own_work(case)) < len(line.work) or item.billed > case.performed:
        yield "BILLED_OVER_PERFORMED"
    if line.period and ticks > item.period_ticks:
        yield "QTY_OVER_AUTHORISED"
    if case.books.scopes[item.scope_id].tolerance.combine == "none":
        if item.billed > item.granted:
            yield "QTY_OVER_AUTHORISED"
        if case.net >= item.price * ticks / item.denominator + 1:
            yield "PRICE_OVER_AUTHORISED"


def _billed_before(case: _Case) -> bool:
    """Whether work that the line cites is billed already, or by another line of the bill."""
    return bool(case.twice) or any(work.used for one in case.line.work if (work := case.books.work.get(one)))


def _own_work(case: _Case) -> list[Work]:
    works = [case.books.work.get(one) for one in case.line.work]
    return [work for work in works if work is not None and work.item_id == case.line.item_id]


def _supply_out_of_time(item: Item, scope: Scope, bill: Bill, period: tuple[date, date]) -> Iterator[str]:
    if scope.ended:
        yield "SUBSCRIPTION_ENDED"
    authorised_at = item.authorised_at
    if authorised_at is not None and (authorised_at > bill.at or period[0] < authorised_at.astimezone(scope.zone).date()):
        yield "WORK_BEFORE_AUTH"
    if item.revoked_after is not None and item.revoked_after <= bill.at:
        yield "AUTH_REVOKED"
    if item.valid_until is not None and item.valid_until < bill.at:
        yield "AUTH_EXPIRED"


def _substitutions(line: Line, item: Item) -> Iterator[str]:
    if line.sku is not None and line.sku != item.sku and line.sku not in item.alternates:
        yield "ITEM_SUBSTITUTED"
    if line.condition is not None and item.condition is not None and line.condition != item.condition:
        yield "CONDITION_SUBSTITUTED"
    if line.method is not None and item.method is not None and line.method != item.method:
        yield "METHOD_CHANGED"
    if line.period and not item.recurring:
        yield "METHOD_CHANGED"


def taxes_of(lines: Sequence[tuple[str, Fraction, int]], *, tax_basis: str) -> list[tuple[str, Fraction, int, int]]:
    """Category, rate, sum and tax of each rate, from the category, rate and amount of each line."""
    rates: dict[tuple[str, Fraction], int] = {}
    for category, rate, net in lines:
        rates[category, rate] = rates.get((category, rate), 0) + net
    return [(category, rate, net, tax_of(net, rate, tax_basis=tax_basis)) for (category, rate), net in sorted(rates.items())]


def tax_of(net: int, rate: Fraction, *, tax_basis: str) -> int:
    """The tax on a sum; where prices include it, the part of the sum that it is."""
    return rounded(max(net, 0) * rate / (1 + rate if tax_basis == "incl" else 1))


def _taxes(bill: Bill, books: Books, nets: Sequence[int]) -> int:
    """Tax once per rate on the sum of its lines."""
    taxed = []
    for line, net in zip(bill.lines, nets, strict=True):
        item = books.items.get(line.item_id) if line.item_id else None
        taxed.append((item.tax_category, item.tax_rate, net) if item else ("O", Fraction(0), net))
    return sum(tax for _, _, _, tax in taxes_of(taxed, tax_basis=bill.tax_basis))


def _whole(line: Line, bill: Bill, books: Books, opening: Mapping[UUID, int], raised: bool, capped: bool, taxes: int) -> str | None:
    """Rule 14, of the job and the whole invoice."""
    if line.item_id is None:
        return None
    item = books.items[line.item_id]
    scope = books.scopes[item.scope_id]
    within = scope.tolerance.holds(excess=scope.excess, entitled=scope.entitled, opening_excess=opening[item.scope_id])
    if raised and not within:
        return "OVER_AUTHORISED" if scope.tolerance.combine == "none" else "OVER_TOLERANCE"
    if capped:
        return "CAP_EXCEEDED"
    return "TAX_MISMATCH" if bill.tax_minor is not None and bill.tax_minor != taxes else None
