import asyncpg
import pytest

from tests.catalogue.builders import document, item
from tests.world import World


async def test_an_item_is_created_with_its_first_version(world: World) -> None:
    receipt = await item(world, price="1/3")
    found = (await world.get(f"/v1/catalogue/items/{receipt['id']}")).json()
    assert [version["price"] for version in found["versions"]] == ["1/3"]


@pytest.mark.parametrize("sent, kept", [("8990", "8990"), ("0.5", "0.5"), ("2/4", "0.5"), ("10/3", "10/3"), ("0.000001", "0.000001")])
async def test_a_price_is_kept_exactly(world: World, sent: str, kept: str) -> None:
    receipt = await item(world, price=sent)
    found = (await world.get(f"/v1/catalogue/items/{receipt['id']}")).json()
    assert found["versions"][0]["price"] == kept


async def test_the_same_item_under_the_same_id_twice_is_one(world: World) -> None:
    sent = document(world, id=str(world.id()))
    first, again = await world.post("/v1/catalogue/items", sent), await world.post("/v1/catalogue/items", sent)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


async def test_another_item_under_the_same_id_is_refused(world: World) -> None:
    sent = document(world, id=str(world.id()))
    await world.done("POST", "/v1/catalogue/items", sent)
    refused = await world.post("/v1/catalogue/items", {**sent, "price": "9990"})
    assert (refused.status_code, refused.json()["code"]) == (409, "ID_TAKEN")


@pytest.mark.parametrize(
    "differences, code",
    [
        ({"price": "-1"}, "INVALID_DOCUMENT"),
        ({"price": "1e9"}, "INVALID_DOCUMENT"),
        ({"price": 12.5}, "INVALID_DOCUMENT"),
        ({"price": "999999999.999999"}, "PRICE_OUT_OF_RANGE"),
        ({"tax_category": "Z"}, "TAX_DOES_NOT_FIT"),
        ({"effective_on": "1999-12-31"}, "EFFECTIVE_OUT_OF_REACH"),
        ({"effective_on": "1066-10-14"}, "OUT_OF_RANGE"),
        ({"effective_on": "2026-13-01"}, "INVALID_DOCUMENT"),
        ({"currency": "XXX"}, "INVALID_DOCUMENT"),
        ({"kind": "gift"}, "INVALID_DOCUMENT"),
        ({"name": "Pay 4111 1111 1111 1111"}, "CARD_NUMBER"),
        ({"colour": "red"}, "INVALID_DOCUMENT"),
    ],
)
async def test_what_can_never_be_an_item_is_refused(world: World, differences: dict[str, object], code: str) -> None:
    refused = await world.post("/v1/catalogue/items", document(world, **differences))
    assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_a_code_names_one_item(world: World) -> None:
    await item(world, code="PADS")
    refused = await world.post("/v1/catalogue/items", document(world, code="PADS"))
    assert (refused.status_code, refused.json()["code"]) == (409, "CODE_TAKEN")


async def test_only_a_manager_writes_the_price_book(world: World) -> None:
    refused = await world.post("/v1/catalogue/items", document(world), role="back_office")
    assert (refused.status_code, refused.json()["code"]) == (403, "NOT_ALLOWED")


async def test_the_service_cannot_change_a_version(world: World) -> None:
    await item(world)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await world.sql("update catalogue.item_version set price_numerator = 1")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await world.sql("delete from catalogue.item_version")
