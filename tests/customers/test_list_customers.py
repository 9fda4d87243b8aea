"""Customers are listed by a part of their name or by their whole reference."""

from tests.world import World


async def test_customers_are_found_by_any_part_of_their_name(world: World) -> None:
    for name in ("Ada Owner", "Bea Tenant", "Cornelia Adams"):
        await world.customer(name=name)
    found = await world.get("/v1/customers?name=ada")
    assert {customer["name"] for customer in found.json()["items"]} == {"Ada Owner", "Cornelia Adams"}


async def test_signs_of_a_pattern_are_letters_in_a_search(world: World) -> None:
    await world.customer(name="Ada Owner")
    assert (await world.get("/v1/customers?name=%25")).json()["items"] == []
    assert (await world.get("/v1/customers?name=_da")).json()["items"] == []


async def test_a_customer_is_found_by_the_whole_reference(world: World) -> None:
    await world.customer(reference="C-10")
    assert len((await world.get("/v1/customers?reference=C-10")).json()["items"]) == 1
    assert (await world.get("/v1/customers?reference=C-1")).json()["items"] == []


async def test_a_cursor_belongs_to_its_search(world: World) -> None:
    for number in range(3):
        await world.customer(name=f"Ada {number}")
    cursor = (await world.get("/v1/customers?name=ada&limit=1")).json()["next"]
    assert (await world.get(f"/v1/customers?name=ada&limit=1&cursor={cursor}")).status_code == 200
    assert (await world.get(f"/v1/customers?name=bea&limit=1&cursor={cursor}")).json()["code"] == "CURSOR_INVALID"


async def test_another_organisation_finds_nobody(world: World, other_world: World) -> None:
    customer = await world.customer(reference="C-1")
    assert (await other_world.get(f"/v1/customers/{customer['id']}")).status_code == 404
    assert (await other_world.get("/v1/customers?reference=C-1")).json()["items"] == []
