"""An invoice says for how long, and for how far, what was done is good for, from the hand-back: as the price book had it when it was agreed to."""

from typing import Any
from uuid import UUID

import pytest

from tests.authorisations.matters import Matter
from tests.catalogue.builders import item, terms
from tests.documents.papers import text_of
from tests.world import World

PART = {"kind": "part", "name": "Drum belt", "unit": "C62", "price": "5000", "tax_category": "Z", "tax_rate_bp": 0}
FROM_THE_BOOK: dict[str, Any] = dict.fromkeys(("kind", "description", "unit", "unit_price", "tax_category", "tax_rate"))


async def billed(matter: Matter, *books: str) -> str:
    """Where the invoice of one of each is printed."""
    items = await matter.done(*(FROM_THE_BOOK | {"book_item": UUID(book)} for book in books))
    lines = [{"item_id": one, "unit_price": "5000", "quantity": "1"} for one in items]
    return f"/v1/invoices/{(await matter.posted(*lines))['id']}/invoice.pdf"


@pytest.fixture
async def matter(world: World) -> Matter:
    return await Matter(world).begin()


async def test_each_line_tells_months_and_distance_whichever_the_book_has(matter: Matter) -> None:
    both = await item(matter.world, **PART, warranty={"months": 24, "distance": 40_000, "unit": "KMT"})
    month = await item(matter.world, **PART | {"name": "Care"}, warranty={"months": 1})
    hours = await item(matter.world, **PART | {"name": "Pump"}, warranty={"distance": 500, "unit": "HUR"})
    none = await item(matter.world, **PART | {"name": "Rag"})
    told = await text_of(matter.world, await billed(matter, *(one["id"] for one in (both, month, hours, none))))
    assert "Drum belt warranty from the hand-back: 24 months or 40,000 km, whichever ends first" in told
    assert "Care warranty from the hand-back: 1 month" in told
    assert "Pump warranty from the hand-back: 500 h" in told
    assert told.count("warranty from") == 3


async def test_an_invoice_goes_on_telling_what_was_agreed_to_whatever_the_book_has_by_then(matter: Matter) -> None:
    world = matter.world
    book = await item(world, **PART, warranty={"months": 24})
    path = await billed(matter, book["id"])
    before = await text_of(world, path)
    later = terms(**{name: value for name, value in PART.items() if name != "kind"}, effective_on="2026-05-01", warranty={"months": 12})
    await world.done("POST", f"/v1/catalogue/items/{book['id']}/versions", later)
    world.clock.forward(days=90)
    assert await text_of(world, path) == before
    assert "24 months" in before
    versions = (await world.done("GET", f"/v1/catalogue/items/{book['id']}"))["versions"]
    assert [one["warranty_months"] for one in versions] == [24, 12]


@pytest.mark.parametrize("unclear", [{}, {"distance": 5}, {"months": 3, "unit": "KMT"}])
async def test_a_warranty_says_how_long_or_how_far_in_which_unit(world: World, unclear: dict[str, Any]) -> None:
    sent = {"code": "BELT", **terms(**PART), "warranty": unclear}
    refused = await world.post("/v1/catalogue/items", sent)
    assert (refused.status_code, refused.json()["code"]) == (422, "WARRANTY_UNCLEAR")
