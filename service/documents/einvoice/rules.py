"""What is there, and in which words: the integrity constraints of EN 16931-1 and its code lists, each by its id.

A rule is a sentence and a question to the model. Where a rule is about something that isn't there, it holds: another asks for it.
"""

import re
from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from service.documents.einvoice import codes
from service.documents.einvoice.model import AllowanceCharge, EInvoice, Line, Party, TaxGroup
from service.identity.trade import EXEMPTION


class Rule(msgspec.Struct, frozen=True):
    """One rule of the norm."""

    id: str
    says: str
    holds: Callable[[EInvoice], bool]


def each_line(holds: Callable[[Line], bool]) -> Callable[[EInvoice], bool]:
    return lambda told: all(map(holds, told.lines))


def of_document(told: EInvoice, *, charges: bool) -> Iterable[AllowanceCharge]:
    return (one for one in told.allowances if one.is_charge is charges)


def each_allowance(holds: Callable[[AllowanceCharge], bool], *, charges: bool = False) -> Callable[[EInvoice], bool]:
    return lambda told: all(map(holds, of_document(told, charges=charges)))


def each_line_allowance(holds: Callable[[AllowanceCharge], bool], *, charges: bool = False) -> Callable[[EInvoice], bool]:
    return lambda told: all(holds(one) for line in told.lines for one in line.allowances if one.is_charge is charges)


def _reasoned(one: AllowanceCharge) -> bool:
    return bool(one.reason or one.reason_code)


def _parties(holds: Callable[[Party], bool]) -> Callable[[EInvoice], bool]:
    return lambda told: holds(told.seller) and holds(told.buyer)


def _listed(ones: Iterable[Line | TaxGroup | AllowanceCharge]) -> bool:
    return {one.category for one in ones} - {None} <= codes.CATEGORIES | codes.OTHER_CATEGORIES


def _accounted(told: EInvoice) -> bool:
    return told.payment is None or told.payment.means not in codes.CREDIT_TRANSFERS or bool(told.payment.account)


PRESENT: Final = (
    Rule("BR-01", "It names the specification that it follows.", lambda told: bool(told.specification)),
    Rule("BR-02", "It has a number.", lambda told: bool(told.number)),
    Rule("BR-03", "It has a day of issue.", lambda told: told.issued_on is not None),
    Rule("BR-04", "It says what kind of document it is.", lambda told: bool(told.type_code)),
    Rule("BR-05", "It has a currency.", lambda told: bool(told.currency)),
    Rule("BR-06", "The seller has a name.", lambda told: bool(told.seller.name)),
    Rule("BR-07", "The buyer has a name.", lambda told: bool(told.buyer.name)),
    Rule("BR-08", "The seller has a postal address.", lambda told: told.seller.addressed),
    Rule("BR-09", "The seller's address has a country.", lambda told: not told.seller.addressed or bool(told.seller.country)),
    Rule("BR-10", "The buyer has a postal address.", lambda told: told.buyer.addressed),
    Rule("BR-11", "The buyer's address has a country.", lambda told: not told.buyer.addressed or bool(told.buyer.country)),
    Rule("BR-12", "It has the sum of its lines.", lambda told: told.sums.lines is not None),
    Rule("BR-13", "It has a total without tax.", lambda told: told.sums.net is not None),
    Rule("BR-14", "It has a total with tax.", lambda told: told.sums.total is not None),
    Rule("BR-15", "It has the amount due.", lambda told: told.sums.due is not None),
    Rule("BR-16", "It has a line.", lambda told: bool(told.lines)),
    Rule("BR-21", "Each line has an identifier.", each_line(lambda line: bool(line.id))),
    Rule("BR-22", "Each line has a quantity.", each_line(lambda line: line.quantity is not None)),
    Rule("BR-23", "Each quantity has a unit.", each_line(lambda line: line.quantity is None or bool(line.unit))),
    Rule("BR-24", "Each line has a net amount.", each_line(lambda line: line.net is not None)),
    Rule("BR-25", "Each line says what it is for.", each_line(lambda line: bool(line.name))),
    Rule("BR-26", "Each line has a net price.", each_line(lambda line: line.price is not None)),
    Rule("BR-27", "No net price is negative.", each_line(lambda line: line.price is None or line.price >= 0)),
    Rule(
        "BR-29", "The period doesn't end before it begins.",
        lambda told: told.period_from is None or told.period_until is None or told.period_until >= told.period_from,
    ),
    Rule("BR-31", "Each allowance has an amount.", each_allowance(lambda one: one.amount is not None)),
    Rule("BR-32", "Each allowance has a tax category.", each_allowance(lambda one: bool(one.category))),
    Rule("BR-33", "Each allowance has a reason.", each_allowance(_reasoned)),
    Rule("BR-36", "Each charge has an amount.", each_allowance(lambda one: one.amount is not None, charges=True)),
    Rule("BR-37", "Each charge has a tax category.", each_allowance(lambda one: bool(one.category), charges=True)),
    Rule("BR-38", "Each charge has a reason.", each_allowance(_reasoned, charges=True)),
    Rule("BR-41", "Each allowance of a line has an amount.", each_line_allowance(lambda one: one.amount is not None)),
    Rule("BR-42", "Each allowance of a line has a reason.", each_line_allowance(_reasoned)),
    Rule("BR-43", "Each charge of a line has an amount.", each_line_allowance(lambda one: one.amount is not None, charges=True)),
    Rule("BR-44", "Each charge of a line has a reason.", each_line_allowance(_reasoned, charges=True)),
    Rule("BR-45", "Each tax has the amount that it is of.", lambda told: all(one.base is not None for one in told.taxes)),
    Rule("BR-46", "Each tax has an amount.", lambda told: all(one.amount is not None for one in told.taxes)),
    Rule("BR-47", "Each tax has a category.", lambda told: all(one.category for one in told.taxes)),
    Rule("BR-48", "Each tax has a rate, unless it is outside of tax.", lambda told: all(one.rate is not None or one.category == "O" for one in told.taxes)),
    Rule("BR-49", "Payment instructions say by which means.", lambda told: told.payment is None or bool(told.payment.means)),
    Rule("BR-50", "A credit transfer goes to an account.", _accounted),
    Rule("BR-55", "An invoice that is corrected is named by its number.", lambda told: all(one.number for one in told.preceding)),
    Rule("BR-57", "A delivery address has a country.", lambda told: not told.delivers_somewhere or bool(told.deliver_to_country)),
    Rule("BR-61", "A transfer (30, 58) names the account that it goes to.", _accounted),
    Rule("BR-62", "The seller's electronic address has a scheme.", lambda told: not told.seller.electronic_address or bool(told.seller.electronic_scheme)),
    Rule("BR-63", "The buyer's electronic address has a scheme.", lambda told: not told.buyer.electronic_address or bool(told.buyer.electronic_scheme)),
    Rule("BR-CO-04", "Each line has a tax category.", each_line(lambda line: bool(line.category))),
    Rule("BR-CO-18", "There is at least one tax, be it of nothing.", lambda told: bool(told.taxes)),
    Rule("BR-CO-19", "A period has a first or a last day.", lambda told: not told.has_period or bool(told.period_from or told.period_until)),
    Rule("BR-CO-21", "Each allowance has a reason or its code.", each_allowance(_reasoned)),
    Rule("BR-CO-22", "Each charge has a reason or its code.", each_allowance(_reasoned, charges=True)),
    Rule("BR-CO-23", "Each allowance of a line has a reason or its code.", each_line_allowance(_reasoned)),
    Rule("BR-CO-24", "Each charge of a line has a reason or its code.", each_line_allowance(_reasoned, charges=True)),
    Rule("BR-CO-26", "The seller can be told by a register number or VAT id.", lambda told: bool(told.seller.legal_id or told.seller.vat_id)),
)  # fmt: skip

LISTED: Final = (
    Rule("BR-CL-01", "The kind of document is of UNTDID 1001.", lambda told: not told.type_code or told.type_code in codes.INVOICE_TYPES),
    Rule("BR-CL-04", "The currency is of ISO 4217.", lambda told: not told.currency or told.currency in codes.CURRENCIES),
    Rule("BR-CL-14", "Countries are of ISO 3166-1.", lambda told: {told.seller.country, told.buyer.country, told.deliver_to_country} - {None} <= codes.COUNTRIES),
    Rule("BR-CL-16", "The means of payment is of UNTDID 4461.", lambda told: not told.payment or not told.payment.means or told.payment.means in codes.PAYMENT_MEANS),
    Rule("BR-CL-17", "The categories of taxes are of UNCL5305.", lambda told: _listed(told.taxes)),
    Rule("BR-CL-18", "The tax categories of lines, allowances and charges are of UNCL5305.", lambda told: _listed(told.lines) and _listed(told.allowances)),
    Rule("BR-CL-22", "Codes of exemptions are of VATEX.", lambda told: all(one.reason_code is None or re.match(EXEMPTION, one.reason_code.upper()) for one in told.taxes)),
    Rule("BR-CL-23", "Units are of UN/ECE Recommendation 20 or 21.", each_line(lambda line: not line.unit or (((line.unit.isalnum() and line.unit.isupper()) or line.unit.isdigit()) and 2 <= len(line.unit) <= 3))),
    Rule("BR-CL-25", "Schemes of electronic addresses are of EAS.", _parties(lambda party: not party.electronic_scheme or party.electronic_scheme in codes.ELECTRONIC_SCHEMES)),
    Rule("BR-CO-09", "A VAT id begins with its country.", _parties(lambda party: not party.vat_id or party.vat_id[:2] in codes.VAT_PREFIXES)),
)  # fmt: skip
