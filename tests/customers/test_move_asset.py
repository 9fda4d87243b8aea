import asyncpg
import pytest

from tests.customers.builders import asset, site
from tests.world import World


async def test_an_assets_history_says_where_it_stood_and_who_said_so(world: World) -> None:
    customer = await world.customer()
    home, shop = (await site(world, customer["id"]))["id"], (await site(world, customer["id"], address="Workshop"))["id"]
    added = await asset(world, customer["id"], site_id=home)
    path = f"/v1/customers/{customer['id']}/assets/{added['id']}"
    for version, change in enumerate(({"site_id": shop}, {"name": "Bench router"}, {"site_id": None}), start=1):
        await world.done("PATCH", path, change, headers={"If-Match": f'"{version}"'}, role="back_office")
    history = (await world.get(f"{path}/history")).json()["items"]
    assert [(step["happening"], step["site_id"], step["name"]) for step in history] == [
        ("added", home, "Hall router"),
        ("moved", shop, "Hall router"),
        ("changed", shop, "Bench router"),
        ("moved", None, "Bench router"),
    ]
    assert len({step["by"] for step in history}) == 2
    assert (await world.get(path)).json()["site_id"] is None


async def test_an_asset_stands_at_its_own_customers_site(world: World) -> None:
    customer, neighbour = await world.customer(), await world.customer()
    theirs = (await site(world, neighbour["id"]))["id"]
    refused = await world.post(f"/v1/customers/{customer['id']}/assets", {"kind": "router", "name": "Hall router", "site_id": theirs})
    assert (refused.status_code, refused.json()["code"]) == (409, "SITE_NOT_THE_CUSTOMERS")


async def test_assets_are_found_by_serial_and_site(world: World) -> None:
    customer = await world.customer()
    home = (await site(world, customer["id"]))["id"]
    await asset(world, customer["id"], serial="A-1", site_id=home)
    await asset(world, customer["id"], serial="A-2")
    path = f"/v1/customers/{customer['id']}/assets"
    assert [one["serial"] for one in (await world.get(f"{path}?serial=A-2")).json()["items"]] == ["A-2"]
    assert [one["serial"] for one in (await world.get(f"{path}?site_id={home}")).json()["items"]] == ["A-1"]


COPY = """insert into customers.asset_step (organisation_id, customer_id, asset_id, version, happening, site_before, site_id, kind, name, happened_at, actor)
  select organisation_id, customer_id, asset_id, {version}, '{happening}', {site_before}, {site}, kind, name, happened_at, actor
  from customers.asset_step where version = 1"""


@pytest.mark.parametrize(
    "version, happening, site_before, site, refused_by",
    [
        (3, "changed", "null", "null", "asset_step_follows"),
        (2, "moved", "gen_random_uuid()", "null", "asset_step_follows"),
        (2, "moved", "null", "null", "asset_moves_when_its_site_changes"),
        (2, "added", "null", "null", "asset_history_begins"),
        (1, "added", "null", "null", "one_asset_step_a_version"),
        (2, "moved", "null", "gen_random_uuid()", "asset_step_at_a_site_of_its_customer"),
    ],
)
async def test_a_history_cannot_be_forged(world: World, version: int, happening: str, site_before: str, site: str, refused_by: str) -> None:
    customer = await world.customer()
    await asset(world, customer["id"])
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as refused:
        await world.sql(COPY.format(version=version, happening=happening, site_before=site_before, site=site))
    assert refused.value.constraint_name == refused_by


async def test_a_history_cannot_be_rewritten(world: World) -> None:
    customer = await world.customer()
    await asset(world, customer["id"])
    for attack in ("update customers.asset_step set name = 'x'", "delete from customers.asset_step"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await world.sql(attack)
    with pytest.raises(asyncpg.ForeignKeyViolationError) as refused:
        await world.sql("update customers.asset set version = version + 1, name = 'x'")
    assert refused.value.constraint_name == "asset_has_its_history"
