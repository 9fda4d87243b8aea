"""The rules of EN 16931-1 for each category of tax: standard, zero, exempt, reverse charge, within the union, export, outside of tax.

Each category has the same ten, told by one function; the last two have more.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import msgspec

from service.documents.einvoice.model import AllowanceCharge, EInvoice, Line, TaxGroup
from service.documents.einvoice.rules import Rule, of_document
from service.documents.einvoice.sums import added, cents, is_taxed


class Category(msgspec.Struct, frozen=True):
    """A category: its code, the name in its rules' ids, and what people call it."""

    code: str
    name: str
    called: str
    taxed: bool = False
    reasoned: bool = False
    seller: str = "any"
    """Which of the seller's numbers it asks for: any, vat, none."""
    buyer: str = ""
    """Which of the buyer's: vat, vat or legal, none."""


WITHIN_THE_UNION: Final = Category("K", "IC", "an intra-community supply", reasoned=True, seller="vat", buyer="vat")
CATEGORIES: Final = (
    Category("S", "S", "standard rated", taxed=True),
    Category("Z", "Z", "zero rated"),
    Category("E", "E", "exempt from tax", reasoned=True),
    Category("AE", "AE", "under reverse charge", reasoned=True, buyer="vat or legal"),
    WITHIN_THE_UNION,
    Category("G", "G", "an export", reasoned=True, seller="vat"),
    Category("O", "O", "not subject to tax", reasoned=True, seller="none", buyer="none"),
)


def _groups(told: EInvoice, of: Category) -> list[TaxGroup]:
    return [one for one in told.taxes if one.category == of.code]


def _used(told: EInvoice, of: Category) -> bool:
    return any(one.category == of.code for group in (told.lines, told.allowances) for one in group)


def _grouped(told: EInvoice, of: Category) -> bool:
    """Its taxes are there where it is used, and only there; once, but for standard rates."""
    count, used = len(_groups(told, of)), _used(told, of)
    return (count >= 1) == used if of.taxed else count == int(used)


def _identified(told: EInvoice, of: Category) -> bool:
    seller, buyer = told.seller, told.buyer
    by_seller = {"any": bool(seller.vat_id or seller.tax_number), "vat": bool(seller.vat_id), "none": not seller.vat_id}[of.seller]
    by_buyer = {"": True, "vat": bool(buyer.vat_id), "vat or legal": bool(buyer.vat_id or buyer.legal_id), "none": not buyer.vat_id}[
        of.buyer
    ]
    return by_seller and by_buyer


def _rated(one: Line | AllowanceCharge, of: Category) -> bool:
    if one.category != of.code:
        return True
    if of.code == "O":
        return one.rate is None
    return one.rate is not None and (one.rate > 0 if of.taxed else one.rate == 0)


def _based(told: EInvoice, of: Category) -> bool:
    """What its tax is of is the sum of its lines, less allowances and with charges; rate by rate where there are rates."""

    def counted(group: TaxGroup) -> Decimal:
        def ours(one: Line | AllowanceCharge) -> bool:
            return one.category == of.code and (not of.taxed or one.rate == group.rate)

        lines = added(line.net for line in told.lines if ours(line))
        less = added(one.amount for one in of_document(told, charges=False) if ours(one))
        return lines - less + added(one.amount for one in of_document(told, charges=True) if ours(one))

    return all(group.base is None or group.base == cents(counted(group)) for group in _groups(told, of))


def _due(told: EInvoice, of: Category) -> bool:
    def right(one: TaxGroup) -> bool:
        if one.amount is None or one.base is None:
            return True
        if not of.taxed:
            return one.amount == 0
        return one.rate is None or is_taxed(one.amount, one.base, one.rate)

    return all(map(right, _groups(told, of)))


def _explained(told: EInvoice, of: Category) -> bool:
    return all(bool(one.reason or one.reason_code) is of.reasoned for one in _groups(told, of))


def _with(told: EInvoice, of: Category, *, charges: bool) -> bool:
    return any(one.category == of.code for one in of_document(told, charges=charges))


def _of(of: Category) -> Iterator[Rule]:
    """The ten rules of a category."""
    name, called = of.name, of.called
    if of.seller == "none":
        numbers = "no VAT id of seller or buyer"
    else:
        who = {"any": "the seller's VAT id or tax number", "vat": "the seller's VAT id"}[of.seller]
        numbers = who + {"": "", "vat": " and the buyer's VAT id", "vat or legal": " and the buyer's VAT id or register number"}[of.buyer]
    rate = "no rate" if of.code == "O" else "a rate above zero" if of.taxed else "the rate zero"
    yield Rule(f"BR-{name}-01", f"What is {called} has its tax told, and nothing else has.", lambda told: _grouped(told, of))
    yield Rule(
        f"BR-{name}-02",
        f"A line that is {called} needs {numbers}.",
        lambda told: _identified(told, of) or not any(line.category == of.code for line in told.lines),
    )
    yield Rule(
        f"BR-{name}-03",
        f"An allowance that is {called} needs {numbers}.",
        lambda told: _identified(told, of) or not _with(told, of, charges=False),
    )
    yield Rule(
        f"BR-{name}-04",
        f"A charge that is {called} needs {numbers}.",
        lambda told: _identified(told, of) or not _with(told, of, charges=True),
    )
    yield Rule(f"BR-{name}-05", f"A line that is {called} has {rate}.", lambda told: all(_rated(line, of) for line in told.lines))
    yield Rule(
        f"BR-{name}-06",
        f"An allowance that is {called} has {rate}.",
        lambda told: all(_rated(one, of) for one in of_document(told, charges=False)),
    )
    yield Rule(
        f"BR-{name}-07",
        f"A charge that is {called} has {rate}.",
        lambda told: all(_rated(one, of) for one in of_document(told, charges=True)),
    )
    yield Rule(
        f"BR-{name}-08",
        f"The base of what is {called} is the sum of its lines, less allowances and with charges.",
        lambda told: _based(told, of),
    )
    yield Rule(
        f"BR-{name}-09", f"The tax of what is {called} is {'its rate of its base' if of.taxed else 'zero'}.", lambda told: _due(told, of)
    )
    yield Rule(
        f"BR-{name}-10",
        f"What is {called} says {'why' if of.reasoned else 'no reason for an exemption'}.",
        lambda told: _explained(told, of),
    )


def _others(told: EInvoice) -> bool:
    return any(one.category == "O" for one in told.taxes)


BY_CATEGORY: Final = (
    *(rule for one in CATEGORIES for rule in _of(one)),
    Rule("BR-IC-11", "An intra-community supply has its day or its period.", lambda told: not _groups(told, WITHIN_THE_UNION) or bool(told.delivered_on or told.period_from or told.period_until)),
    Rule("BR-IC-12", "An intra-community supply goes to a country.", lambda told: not _groups(told, WITHIN_THE_UNION) or bool(told.deliver_to_country)),
    Rule("BR-O-11", "What is not subject to tax stands on an invoice with no other tax.", lambda told: not _others(told) or len(told.taxes) == 1),
    Rule("BR-O-12", "What is not subject to tax stands on an invoice with no other lines.", lambda told: not _others(told) or all(line.category == "O" for line in told.lines)),
    Rule("BR-O-13", "What is not subject to tax stands on an invoice with no other allowances.", lambda told: not _others(told) or all(one.category == "O" for one in of_document(told, charges=False))),
    Rule("BR-O-14", "What is not subject to tax stands on an invoice with no other charges.", lambda told: not _others(told) or all(one.category == "O" for one in of_document(told, charges=True))),
)  # fmt: skip
