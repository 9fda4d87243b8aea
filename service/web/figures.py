"""What a customer reads of an offer: each item with its figures, the sums as an invoice would have them, and what differs from before."""

from collections import Counter
from collections.abc import Collection
from datetime import datetime
from fractions import Fraction
from math import floor
from typing import Any, Literal
from uuid import UUID

import msgspec

from service.billing.judge import Tolerance, tax_of, taxes_of
from service.kit.money import exact_text, rounded
from service.web.words import UNITS


class ShownItem(msgspec.Struct, frozen=True):
    """An item with the figures a customer reads; amounts in minor units, tax included."""

    item_id: str
    description: str
    quantity: str
    unit_name: str
    unit_price_minor: str
    recurring: bool
    condition: str | None
    sku: str | None
    alternates: list[str]
    conversions: list[tuple[str, str]]
    """Another unit and how much of the item's own one of it is."""
    method: str | None
    amount_minor: int
    """As offered, and the rate it is taxed at: what the page's running total is made from."""
    rate: str
    tax_category: str
    exemption: str | None
    """Why no tax is charged, as sealed."""
    vat_ids: tuple[str, str] | None
    """Ours and the customer's, where they owe the tax."""
    tax_minor: int
    gross_minor: int
    verdict: str | None


class ShownPhoto(msgspec.Struct, frozen=True):
    """A photo that the offer shows; `number` counts those that show the same, `erased` ones have no picture any more."""

    photo_id: str
    shows: str
    taken_at: datetime
    number: int
    erased: bool


class Change(msgspec.Struct, frozen=True):
    """An item that is new, gone, or no longer as it was; amounts in minor units, tax included."""

    kind: Literal["new", "gone", "changed"]
    description: str
    before_minor: int | None
    now_minor: int | None


Basis = Literal["excl", "incl"]


def totals(items: list[dict[str, Any]], *, basis: Basis) -> tuple[int, int]:
    """Tax and gross as an invoice of all these items has them: the tax once per rate, on the sum of its lines."""
    taxes = taxes_of([(item["tax_category"], _rate(item), _amount(item)) for item in items], tax_basis=basis)
    tax = sum(one for _, _, _, one in taxes)
    return tax, sum(amount for _, _, amount, _ in taxes) + (tax if basis == "excl" else 0)


def tolerated(offer: dict[str, Any]) -> int:
    """How far the bills of the job may exceed what was agreed, with all of this offer agreed to, in whole minor units before or with tax as the offer's prices are."""
    sealed = offer["policy"]
    tolerance = Tolerance(
        combine=sealed["combine"],
        percent=Fraction(sealed["pct_numerator"], sealed["pct_denominator"]),
        abs_minor=sealed["abs_minor"],
        hard_cap_minor=sealed["hard_cap_minor"],
        at_limit_refuses=sealed["at_limit_refuses"],
    )
    return floor(tolerance.allowed(offer["prior_total_minor"] + offer["total_minor"]))


def _amount(item: dict[str, Any]) -> int:
    return rounded(Fraction(item["ticks"], item["denominator"]) * Fraction(item["price_numerator"], item["price_denominator"]))


def _rate(item: dict[str, Any]) -> Fraction:
    return Fraction(item["tax_numerator"], item["tax_denominator"])


def shown_item(item: dict[str, Any], *, basis: Basis, verdicts: dict[str, str]) -> ShownItem:
    price = Fraction(item["price_numerator"], item["price_denominator"])
    amount = _amount(item)
    tax = tax_of(amount, _rate(item), tax_basis=basis)
    return ShownItem(
        item_id=item["item_id"],
        description=item["description"],
        quantity=exact_text(Fraction(item["ticks"], item["denominator"])),
        unit_name=UNITS.get(item["unit"], item["unit"]),
        unit_price_minor=exact_text(price),
        recurring=item["recurring"],
        condition=item["condition"],
        sku=item["sku"],
        alternates=item["alternates"],
        conversions=[
            (UNITS.get(unit, unit), exact_text(Fraction(int(much), int(parts)))) for unit, (much, parts) in item["conversions"].items()
        ],
        method=item["method"],
        amount_minor=amount,
        rate=f"{item['tax_category']} {item['tax_numerator']}/{item['tax_denominator']}",
        tax_category=item["tax_category"],
        exemption=item.get("exemption_reason") or item.get("exemption_code"),
        vat_ids=(item["seller_vat_id"], item["buyer_vat_id"]) if "buyer_vat_id" in item else None,
        tax_minor=tax,
        gross_minor=amount + tax if basis == "excl" else amount,
        verdict=verdicts.get(item["item_id"]),
    )


def changes(before: dict[str, Any], now: dict[str, Any], *, findings: str) -> list[Change]:
    """What is different between two wordings of an offer: what was found (called `findings`), then items. An item is the same one where kind, part and words are."""
    then, told = _by_words(before["items"]), _findings(before, now, findings)
    for words, item in _by_words(now["items"]).items():
        old = then.pop(words, None)
        if old is None:
            told.append(Change("new", item["description"], None, _gross(item, now)))
        elif _terms(old, before) != _terms(item, now):
            told.append(Change("changed", item["description"], _gross(old, before), _gross(item, now)))
    return [*told, *(Change("gone", item["description"], _gross(item, before), None) for item in then.values())]


def shown_photos(offer: dict[str, Any], *, there: Collection[UUID]) -> dict[str, list[ShownPhoto]]:
    """The photos of a sealed offer by what they show, in its order."""
    told: dict[str, list[ShownPhoto]] = {}
    for one in offer["photos"]:
        same = told.setdefault(one["shows"], [])
        same.append(
            ShownPhoto(
                one["photo_id"], one["shows"], datetime.fromisoformat(one["taken_at"]), len(same) + 1, UUID(one["photo_id"]) not in there
            )
        )
    return told


def _findings(before: dict[str, Any], now: dict[str, Any], findings: str) -> list[Change]:
    """Whether other words or photos of what was found are shown."""
    old, new = ((offer["found"], [one["photo_hash"] for one in offer["photos"]]) for offer in (before, now))
    if old == new:
        return []
    return [Change("new" if old == (None, []) else "gone" if new == (None, []) else "changed", findings, None, None)]


_OWN = ("item_id", "position")
"""What every revision gives anew."""


def _by_words(items: list[dict[str, Any]]) -> dict[tuple[Any, ...], dict[str, Any]]:
    seen: Counter[tuple[Any, ...]] = Counter()
    named = {}
    for item in items:
        words = (item["kind"], item["sku"], item["description"])
        seen[words] += 1
        named[*words, seen[words]] = item
    return named


def _terms(item: dict[str, Any], offer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name not in _OWN} | {"tax_basis": offer["tax_basis"]}


def _gross(item: dict[str, Any], offer: dict[str, Any]) -> int:
    return shown_item(item, basis=offer["tax_basis"], verdicts={}).gross_minor
