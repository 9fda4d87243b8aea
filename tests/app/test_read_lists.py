"""Whoever may, reads every list and everything in it; an organisation that something happened in has something to show."""

from tests.security.company import lived_in
from tests.world import World


async def test_the_lists_of_an_organisation_show_what_is_there(world: World) -> None:
    await lived_in(world)
    for path in ("/v1/staff", "/v1/invoices", "/v1/customers"):
        items = (await world.done("GET", path)).get("items", [])
        assert items, path
    assert (await world.get("/v1/checkpoints")).status_code == 200, "none until the sealer has worked"
    assert (await world.get("/v1/ledger/transfers?kind=revenue&currency=EUR")).status_code == 200
    customer = (await world.done("GET", "/v1/customers"))["items"][0]["id"]
    sites = await world.done("GET", f"/v1/customers/{customer}/sites")
    assert sites["items"]
    for contact in (await world.done("GET", f"/v1/customers/{customer}/contacts"))["items"]:
        assert (await world.done("GET", f"/v1/customers/{customer}/contacts/{contact['id']}"))["id"] == contact["id"]
