import pytest

from tests.customers.builders import contact
from tests.world import World


async def test_a_contact_is_added_changed_and_listed(world: World) -> None:
    customer = await world.customer()
    added = await contact(world, customer["id"])
    path = f"/v1/customers/{customer['id']}/contacts"
    await world.done("PATCH", f"{path}/{added['id']}", {"may_authorise": False}, headers={"If-Match": '"1"'})
    listed = (await world.get(path)).json()["items"]
    assert [(one["address"], one["may_authorise"], one["version"]) for one in listed] == [("ada@home.example", False, 2)]


@pytest.mark.parametrize(
    "channel, address", [("email", "no address"), ("email", "a@b@c"), ("phone", "call me"), ("sms", "ada@home.example")]
)
async def test_an_address_fits_its_channel(world: World, channel: str, address: str) -> None:
    customer = await world.customer()
    refused = await world.post(
        f"/v1/customers/{customer['id']}/contacts", {"name": "Ada", "channel": channel, "address": address, "may_authorise": False}
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "ADDRESS_DOES_NOT_FIT")


@pytest.mark.parametrize("address", ["+49 30 5550100", "0049 (30) 555-0100", "+4111111111111111"])
async def test_telephone_numbers_are_not_taken_for_cards(world: World, address: str) -> None:
    customer = await world.customer()
    assert (await contact(world, customer["id"], channel="phone", address=address))["id"]


async def test_nobody_is_reached_who_is_not_there(world: World) -> None:
    refused = await world.post(f"/v1/customers/{world.id()}/contacts", {"name": "Ada", "channel": "post", "address": "Lindenallee 7"})
    assert refused.status_code == 404


async def test_the_same_contact_under_the_same_id_twice_is_one(world: World) -> None:
    customer = await world.customer()
    contact_id = str(world.id())
    first = await contact(world, customer["id"], id=contact_id)
    assert await contact(world, customer["id"], id=contact_id) == first
    refused = await world.post(
        f"/v1/customers/{customer['id']}/contacts", {"id": contact_id, "name": "Bea", "channel": "email", "address": "bea@home.example"}
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "ID_TAKEN")
