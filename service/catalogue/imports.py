"""Files of the price book: a code's first row makes the item, every other adds a version."""

from collections.abc import Sequence
from datetime import date
from typing import get_args
from uuid import UUID

from service.catalogue.items import add_version, create_item
from service.catalogue.queries import ITEMS_BY_CODE
from service.catalogue.records import Code, ItemKind, ItemName, NewItem, TaxRate, Terms, Unit
from service.identity.trade import ExemptionReason, TaxCategory
from service.kit.imports.cells import Column, basis_points, minor_units, named_id, price, prose, typed
from service.kit.imports.files import Row
from service.kit.imports.loading import ImportKind, Known, added, decoded
from service.kit.money import Currency
from service.kit.verbs import Work


async def items_by_code(work: Work, *, codes: Sequence[str]) -> dict[str, UUID]:
    """The items that have these codes."""
    rows = await work.all(ITEMS_BY_CODE, codes=sorted(set(codes)))
    return {row.code: row.id for row in rows}


async def _look_up(work: Work, rows: Sequence[Row]) -> Known:
    codes = [(code, row.line) for row in rows if (code := row.cells.get("code"))]
    first_line: dict[str, int] = {}
    for code, line in codes:
        first_line.setdefault(code, line)
    return {"items": await items_by_code(work, codes=[code for code, _ in codes]), "first_line": first_line}


def _judge(row: Row, known: Known) -> list[str]:
    del known
    if row.values.get("tax_category", "S") != "S" and row.values.get("tax_rate"):
        return ["tax_rate has to be 0 where tax_category isn't S."]
    if (category := row.values.get("tax_category")) == "E" and not row.values.get("exemption_reason"):
        return ["exemption_reason is wanted where tax_category is E."]
    if category in ("S", "Z") and row.values.get("exemption_reason"):
        return ["exemption_reason has no place where tax_category is S or Z."]
    return []


async def _add(work: Work, row: Row, known: Known) -> bool:
    values, code = row.values, row.values["code"]
    terms = {
        "effective_on": values["effective_on"],
        "name": values["name"],
        "unit": values["unit"],
        "currency": values["currency"],
        "price": minor_units(values["price"], values["currency"]),
        "tax_category": values["tax_category"],
        "tax_rate_bp": values["tax_rate"],
        "exemption_reason": values.get("exemption_reason"),
    }
    item_id = known["items"].get(code) or named_id(work.organisation_id, "item", code)
    if code not in known["items"] and known["first_line"][code] == row.line:
        return await added(create_item, work, item=decoded(NewItem, id=item_id, code=code, kind=values["kind"], **terms))
    return await added(add_version, work, item_id=item_id, terms=decoded(Terms, **terms))


PRICE_BOOK = ImportKind(
    name="price-book",
    about="a row an item from a day on; further days of the same code are further rows",
    columns=(
        Column("code", "1 to 40 letters, digits, dots, - and _", "NET-100", typed(Code), required=True, note="your own code of the item"),
        Column("kind", f"one of {', '.join(get_args(ItemKind))}", "plan", typed(ItemKind), required=True),
        Column(
            "effective_on",
            "a day as year-month-day",
            "2026-01-01",
            typed(date),
            required=True,
            note="from then on the rest of the row holds",
        ),
        Column("name", "1 to 200 characters", "Internet 100 Mbit/s", prose(ItemName), required=True, note="what customers read"),
        Column(
            "unit", "a code of UN/ECE Recommendation 20", "MON", typed(Unit), required=True, note="HUR is an hour, C62 one, MON a month"
        ),
        Column(
            "currency",
            "the ISO 4217 code of a currency that Sayso serves",
            "EUR",
            typed(Currency),
            required=True,
            note="`sayso init --help` lists them",
        ),
        Column("price", "a decimal in major units with a point", "29.90", price, required=True),
        Column(
            "tax_category",
            f"one of {', '.join(get_args(TaxCategory))}",
            "S",
            typed(TaxCategory),
            required=True,
            note="S standard, Z zero rated, E exempt, AE reverse charge",
        ),
        Column(
            "tax_rate",
            "a percentage of at most two places",
            "19",
            basis_points(TaxRate),
            required=True,
            note="0 where tax_category isn't S; write a rate below 1 % as 0.5%",
        ),
        Column(
            "exemption_reason",
            "1 to 200 characters",
            "",
            prose(ExemptionReason),
            note="why no tax is charged; wanted where tax_category is E",
        ),
    ),
    key=("code", "effective_on"),
    look_up=_look_up,
    add=_add,
    judge=_judge,
)
