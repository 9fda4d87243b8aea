"""An item of an offer as it is sealed: every figure exact, whole ticks over one denominator."""

from fractions import Fraction
from math import lcm
from typing import Any
from uuid import UUID

from service.authorisations.records import BookRow, NewItem, ScopeRow
from service.catalogue.items import ExemptionDoesNotFit, TaxDoesNotFit
from service.kit.money import MOST_MINOR, exact
from service.kit.refusals import Refusal

BUYER_OWES = ("AE", "K")
"""Tax categories under which the buyer owes the tax: reverse charge, and supplies within the union."""
PARTS = 9_000_000
"""Every quantity is whole ticks over at least this: six decimals and a 3,600th both come out even."""


class ItemIncomplete(Refusal):
    """An item says too little to be judged by."""

    code, status, remedy = (
        "ITEM_INCOMPLETE",
        422,
        "Name a book item, or give `kind`, `description`, `unit`, `unit_price`, `tax_category` and `tax_rate`.",
    )


class BookItemNotFound(Refusal):
    """The price book has no such item in force today."""

    code, status, remedy = "BOOK_ITEM_NOT_FOUND", 404, "Read the price book; a withdrawn or future version can't be offered."


class CurrencyMismatch(Refusal):
    """The currency isn't the one this matter was opened in."""

    code, status, remedy = "CURRENCY_MISMATCH", 422, "Offer and bill in the currency of the job."


class QuantityNotExact(Refusal):
    """A quantity, price or rate has more digits than can be kept exactly."""

    code, status, remedy = "QUANTITY_NOT_EXACT", 422, "Use at most six decimals; a price may be a fraction such as `1/3`."


class UnitConvertsItself(Refusal):
    """An item's own unit is among its conversions."""

    code, status, remedy = "UNIT_CONVERTS_ITSELF", 422, "Leave the item's own unit out of `conversions`: one of it is one of it."
    constraints = ("authorisations.no_unit_converts_itself",)


class VatIdsMissing(Refusal):
    """A customer owes the tax themselves only where both sides have a VAT id."""

    code, status, remedy = (
        "VAT_IDS_MISSING",
        422,
        "Keep the customer's `vat_id` and the organisation's first, or offer with another tax category than AE or K.",
    )
    constraints = ("authorisations.buyer_owes_tax_between_vat_ids",)


def sealed_item(item: NewItem, *, position: int, scope: ScopeRow, book: dict[UUID, BookRow], new_id: UUID) -> dict[str, Any]:
    """The item as sealed: every figure an exact rational, every word as the customer sees it."""
    row = book.get(item.book_item) if item.book_item else None
    if item.book_item and row is None:
        raise BookItemNotFound(position=position)
    if row and row.currency != scope.currency:
        raise CurrencyMismatch(position=position)
    price = exact(item.unit_price) if item.unit_price is not None else Fraction(row.price_numerator, row.price_denominator) if row else None
    rate = Fraction(item.tax_rate) / 100 if item.tax_rate is not None else Fraction(row.tax_rate_bp, 10_000) if row else None
    kind, description = item.kind or (row and row.kind), (item.description or (row.name if row else "")).strip()
    unit, tax_category = item.unit or (row and row.unit), item.tax_category or (row and row.tax_category)
    if price is None or rate is None or not kind or not description or not unit or not tax_category:
        raise ItemIncomplete(position=position)
    if unit in item.conversions:
        raise UnitConvertsItself(position=position)
    quantity, conversions = exact(item.quantity), {one: exact(factor) for one, factor in item.conversions.items()}
    denominator = _denominator([quantity, *conversions.values()])
    ticks = quantity * denominator
    if not (price >= 0 and 0 <= rate <= 1 and 1 <= ticks <= 10**15 and all(factor > 0 for factor in conversions.values())):
        raise ItemIncomplete(
            "Quantities and conversions are above 0, prices at least 0, a tax rate is between 0 and 100.", position=position
        )
    if price.denominator > 10**6 or rate.denominator > 10**6 or price.numerator > 10**12 or quantity * price > MOST_MINOR:
        raise QuantityNotExact(position=position)
    return {
        "item_id": str(item.id or new_id), "position": position, "kind": kind, "description": description,
        "catalogue_item_id": str(item.book_item) if item.book_item else None, "catalogue_effective_on": row.effective_on.isoformat() if row else None,
        "sku": item.sku, "alternates": item.alternates, "condition": item.condition, "method": item.method, "unit": unit,
        "conversions": {one: [str(factor.numerator), str(factor.denominator)] for one, factor in conversions.items()},
        "ticks": int(ticks), "denominator": denominator, "price_numerator": price.numerator, "price_denominator": price.denominator,
        "tax_category": tax_category, "tax_numerator": rate.numerator, "tax_denominator": rate.denominator,
        "recurring": item.recurring, "optional": item.optional, "preselected": item.preselected,
        **_untaxed(item, row, category=tax_category, rate=rate, scope=scope, position=position),
    }  # fmt: skip


def _untaxed(item: NewItem, row: BookRow | None, *, category: str, rate: Fraction, scope: ScopeRow, position: int) -> dict[str, str]:
    """What the customer is told where no tax is charged: why and, where they owe it themselves, between whom. Nothing is added to what is taxed."""
    if category != "S" and rate:
        raise TaxDoesNotFit(position=position)
    of_book = row if row and category == row.tax_category else None
    told = {
        "exemption_code": item.exemption_code or (of_book and of_book.exemption_code),
        "exemption_reason": item.exemption_reason or (of_book and of_book.exemption_reason),
    }
    if any(told.values()) if category in ("S", "Z") else category == "E" and not any(told.values()):
        raise ExemptionDoesNotFit(position=position)
    if category in BUYER_OWES:
        if not (scope.seller_vat_id and scope.buyer_vat_id):
            raise VatIdsMissing(position=position)
        told |= {"seller_vat_id": scope.seller_vat_id, "buyer_vat_id": scope.buyer_vat_id}
    return {name: value for name, value in told.items() if value}


def _denominator(values: list[Fraction]) -> int:
    """Parts of the unit fine enough for each value; raises QuantityNotExact."""
    parts = lcm(PARTS, *(value.denominator for value in values))
    if parts > 100_000_000:
        raise QuantityNotExact
    return parts
