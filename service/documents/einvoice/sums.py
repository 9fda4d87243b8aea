"""The arithmetic of EN 16931-1: sums are sums of their parts, to the cent, and no amount has more than two digits after the point."""

from collections.abc import Callable, Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from service.documents.einvoice.model import AllowanceCharge, EInvoice, Sums
from service.documents.einvoice.rules import Rule, of_document

CENT: Final = Decimal("0.01")


def cents(value: Decimal) -> Decimal:
    """Half up, away from zero for what is negative, as the norm rounds."""
    return value.quantize(CENT, ROUND_HALF_UP)


def added(values: Iterable[Decimal | None]) -> Decimal:
    return sum((value for value in values if value is not None), Decimal(0))


def _none(value: Decimal | None) -> Decimal:
    return value if value is not None else Decimal(0)


def _is(told: Decimal | None, counted: Decimal) -> bool:
    """Whether it is what was counted; where it is missing another rule says so."""
    return told is None or told == cents(counted)


def _optional(told: Decimal | None, parts: list[Decimal | None]) -> bool:
    """A sum that may be left out where there is nothing to add."""
    return told == cents(added(parts)) if told is not None else not parts


def _of_sums(holds: Callable[[Sums], bool]) -> Callable[[EInvoice], bool]:
    return lambda told: holds(told.sums)


def is_taxed(amount: Decimal, base: Decimal, rate: Decimal) -> bool:
    """Whether a tax is its rate of its base, to one of its own last digits.

    Prices that include tax are split once (what remains of the rounded tax is net), the tax of a credit is the difference of two roundings, and a yen has no
    cents: all three are within one of the smallest unit. The published programs let anything below a whole unit pass.
    """
    apart = abs(amount - base * rate / 100)
    return apart <= Decimal(1).scaleb(min(int(amount.as_tuple().exponent), 0)) and apart < 1


def _taxed(told: EInvoice) -> bool:
    return all(one.base is None or one.amount is None or is_taxed(one.amount, one.base, _none(one.rate)) for one in told.taxes)


def _terms_known(told: EInvoice) -> bool:
    return _none(told.sums.due) <= 0 or bool(told.due_on or told.terms)


ADDED: Final = (
    Rule("BR-CO-10", "The sum of lines is the sum of the lines.", lambda told: _is(told.sums.lines, added(line.net for line in told.lines))),
    Rule("BR-CO-11", "The sum of allowances is the sum of the allowances.", lambda told: _optional(told.sums.allowances, [one.amount for one in of_document(told, charges=False)])),
    Rule("BR-CO-12", "The sum of charges is the sum of the charges.", lambda told: _optional(told.sums.charges, [one.amount for one in of_document(told, charges=True)])),
    Rule("BR-CO-13", "The total without tax is lines less allowances and with charges.", _of_sums(lambda sums: sums.lines is None or _is(sums.net, sums.lines - _none(sums.allowances) + _none(sums.charges)))),
    Rule("BR-CO-14", "The tax is the sum of the taxes.", lambda told: _is(told.sums.tax, added(one.amount for one in told.taxes))),
    Rule("BR-CO-15", "The total with tax is the total without and the tax.", _of_sums(lambda sums: sums.net is None or _is(sums.total, sums.net + _none(sums.tax)))),
    Rule("BR-CO-16", "The amount due is the total less what is paid, and rounded as told.", _of_sums(lambda sums: sums.total is None or _is(sums.due, sums.total - _none(sums.prepaid) + _none(sums.rounding)))),
    Rule("BR-CO-17", "Each tax is its rate of its base, to the cent.", _taxed),
    Rule("BR-CO-25", "What is due has a day or terms of payment.", _terms_known),
)  # fmt: skip


def _short(*values: Decimal | None) -> bool:
    return all(value is None or -int(value.as_tuple().exponent) <= 2 for value in values)


def _allowances(told: EInvoice, *, charges: bool) -> list[AllowanceCharge]:
    return list(of_document(told, charges=charges))


def _of_lines(told: EInvoice, *, charges: bool) -> list[AllowanceCharge]:
    return [one for line in told.lines for one in line.allowances if one.is_charge is charges]


def _two(rule: str, what: str, values: Callable[[EInvoice], Iterable[Decimal | None]]) -> Rule:
    return Rule(rule, f"{what} has at most two digits after the point.", lambda told: _short(*values(told)))


SHORT: Final = (
    _two("BR-DEC-01", "An allowance", lambda told: [one.amount for one in _allowances(told, charges=False)]),
    _two("BR-DEC-02", "The base of an allowance", lambda told: [one.base for one in _allowances(told, charges=False)]),
    _two("BR-DEC-05", "A charge", lambda told: [one.amount for one in _allowances(told, charges=True)]),
    _two("BR-DEC-06", "The base of a charge", lambda told: [one.base for one in _allowances(told, charges=True)]),
    _two("BR-DEC-09", "The sum of lines", lambda told: [told.sums.lines]),
    _two("BR-DEC-10", "The sum of allowances", lambda told: [told.sums.allowances]),
    _two("BR-DEC-11", "The sum of charges", lambda told: [told.sums.charges]),
    _two("BR-DEC-12", "The total without tax", lambda told: [told.sums.net]),
    _two("BR-DEC-13", "The tax", lambda told: [told.sums.tax]),
    _two("BR-DEC-14", "The total with tax", lambda told: [told.sums.total]),
    _two("BR-DEC-16", "What is paid", lambda told: [told.sums.prepaid]),
    _two("BR-DEC-17", "The rounding", lambda told: [told.sums.rounding]),
    _two("BR-DEC-18", "The amount due", lambda told: [told.sums.due]),
    _two("BR-DEC-19", "The base of a tax", lambda told: [one.base for one in told.taxes]),
    _two("BR-DEC-20", "A tax", lambda told: [one.amount for one in told.taxes]),
    _two("BR-DEC-23", "A line's net amount", lambda told: [line.net for line in told.lines]),
    _two("BR-DEC-24", "A line's allowance", lambda told: [one.amount for one in _of_lines(told, charges=False)]),
    _two("BR-DEC-25", "The base of a line's allowance", lambda told: [one.base for one in _of_lines(told, charges=False)]),
    _two("BR-DEC-27", "A line's charge", lambda told: [one.amount for one in _of_lines(told, charges=True)]),
    _two("BR-DEC-28", "The base of a line's charge", lambda told: [one.base for one in _of_lines(told, charges=True)]),
)  # fmt: skip
