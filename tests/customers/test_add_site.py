import pytest

from tests.customers.builders import site
from tests.world import World


async def test_a_site_tells_its_own_wall_clock(world: World) -> None:
    customer = await world.customer()
    added = await site(world, customer["id"], zone="Asia/Tokyo", access_notes="Ring twice")
    found = (await world.get(f"/v1/customers/{customer['id']}/sites/{added['id']}")).json()
    assert (found["zone"], found["local_time"], found["access_notes"]) == ("Asia/Tokyo", "2026-03-04T21:00:00", "Ring twice")


@pytest.mark.parametrize(
    "differences, code",
    [
        ({"latitude_e7": None}, "COORDINATES_INCOMPLETE"),
        ({"latitude_e7": 900_000_001}, "INVALID_DOCUMENT"),
        ({"latitude_e7": 52.5}, "INVALID_DOCUMENT"),
        ({"zone": "Europe/Atlantis"}, "ZONE_UNKNOWN"),
        ({"access_notes": "n" * 2001}, "INVALID_DOCUMENT"),
    ],
)
async def test_what_can_never_be_a_site_is_refused(world: World, differences: dict[str, object], code: str) -> None:
    customer = await world.customer()
    usual = {"address": "Lindenallee 7", "zone": "Europe/Berlin", "latitude_e7": 1, "longitude_e7": 1}
    refused = await world.post(f"/v1/customers/{customer['id']}/sites", {**usual, **differences})
    assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_a_changed_site_keeps_what_was_not_sent(world: World) -> None:
    customer = await world.customer()
    added = await site(world, customer["id"])
    path = f"/v1/customers/{customer['id']}/sites/{added['id']}"
    await world.done("PATCH", path, {"latitude_e7": None, "longitude_e7": None}, headers={"If-Match": '"1"'})
    found = (await world.get(path)).json()
    assert (found["latitude_e7"], found["address"]) == (None, "Lindenallee 7, 12043 Berlin")
