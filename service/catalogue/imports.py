"""Files of the price book: a code's first row makes the item, every other adds a version."""

from collections.abc import Sequence
from uuid import UUID

from service.catalogue.items import add_version, create_item
from service.catalogue.queries import ITEMS_BY_CODE
from service.catalogue.records import NewItem, Terms
from service.kit.imports.cells import basis_points, minor_units, named_id
from service.kit.imports.files import Row
from service.kit.imports.loading import ImportKind, Known, added, decoded
from service.kit.verbs import Work


async def items_by_code(work: Work, *, codes: Sequence[str]) -> dict[str, UUID]:
    """The items that have these codes."""
    rows = await work.all(ITEMS_BY_CODE, codes=sorted(set(codes)))
    return {row.code: row.id for row in rows}


async def _look_up(work: Work, rows: Sequence[Row]) -> Known:
    known: Known = {**await items_by_code(work, codes=[row.cells["code"] for row in rows])}
    first_line: dict[str, int] = {}
    for row in rows:
        first_line.setdefault(row.cells["code"], row.line)
    return {"items": known, "first_line": first_line}


async def _add(work: Work, row: Row, known: Known) -> bool:
    cells, code = row.cells, row.cells["code"]
    terms = {
        "effective_on": cells["effective_on"],
        "name": cells["name"],
        "unit": cells["unit"],
        "currency": cells["currency"],
        "price": minor_units(cells["price"], cells["currency"]),
        "tax_category": cells["tax_category"],
        "tax_rate_bp": basis_points(cells["tax_rate"]),
    }
    item_id = known["items"].get(code) or named_id(work.organisation_id, "item", code)
    if code not in known["items"] and known["first_line"][code] == row.line:
        return await added(create_item, work, item=decoded(NewItem, id=item_id, code=code, kind=cells["kind"], **terms))
    return await added(add_version, work, item_id=item_id, terms=decoded(Terms, **terms))


PRICE_BOOK = ImportKind(
    name="price-book",
    columns=("code", "kind", "effective_on", "name", "unit", "currency", "price", "tax_category", "tax_rate"),
    required=("code", "kind", "effective_on", "name", "unit", "currency", "price", "tax_category", "tax_rate"),
    key=("code", "effective_on"),
    look_up=_look_up,
    add=_add,
)
