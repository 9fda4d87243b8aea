from typing import Any

from tests.catalogue.builders import item, terms
from tests.world import World


async def in_force(world: World, on: str | None = None, **filters: str) -> list[dict[str, Any]]:
    query = "&".join(f"{name}={value}" for name, value in {**({"on": on} if on else {}), **filters}.items())
    answer = await world.get(f"/v1/catalogue?{query}")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def test_each_day_has_the_version_in_force_on_it(world: World) -> None:
    receipt = await item(world, price="100")
    await world.done("POST", f"/v1/catalogue/items/{receipt['id']}/versions", terms(effective_on="2026-04-01", price="120"))
    prices = {on: [one["price"] for one in await in_force(world, on)] for on in ("2025-12-31", "2026-01-01", "2026-03-31", "2026-04-01")}
    assert prices == {"2025-12-31": [], "2026-01-01": ["100"], "2026-03-31": ["100"], "2026-04-01": ["120"]}


async def test_without_a_day_it_is_today_by_the_organisations_calendar(world: World) -> None:
    receipt = await item(world, price="100")
    await world.done("POST", f"/v1/catalogue/items/{receipt['id']}/versions", terms(effective_on="2026-03-05", price="120"))
    world.clock.forward(hours=11.5)  # 2026-03-05 00:30 in Berlin, still the 4th in UTC
    assert [one["price"] for one in await in_force(world)] == ["120"]


async def test_a_past_day_keeps_what_was_in_force(world: World) -> None:
    receipt = await item(world)
    refused = await world.post(f"/v1/catalogue/items/{receipt['id']}/versions", terms(effective_on="2026-03-03", price="1"))
    assert (refused.status_code, refused.json()["code"]) == (409, "VERSION_BACKDATED")


async def test_the_same_version_twice_is_one_and_another_is_refused(world: World) -> None:
    receipt = await item(world)
    path, sent = f"/v1/catalogue/items/{receipt['id']}/versions", terms(effective_on="2026-05-01", price="95")
    assert [(await world.post(path, sent)).status_code for _ in range(2)] == [201, 200]
    refused = await world.post(path, {**sent, "price": "96"})
    assert (refused.status_code, refused.json()["code"]) == (409, "VERSION_EXISTS")


async def test_a_withdrawn_item_is_offered_no_more(world: World) -> None:
    receipt = await item(world)
    path = f"/v1/catalogue/items/{receipt['id']}/withdraw"
    assert [(await world.post(path, {"effective_on": "2026-06-01"})).status_code for _ in range(2)] == [201, 200]
    assert len(await in_force(world, "2026-05-31")) == 1
    assert await in_force(world, "2026-06-01") == []


async def test_a_withdrawn_item_comes_back_with_a_later_version(world: World) -> None:
    receipt = await item(world)
    await world.done("POST", f"/v1/catalogue/items/{receipt['id']}/withdraw", {"effective_on": "2026-06-01"})
    await world.done("POST", f"/v1/catalogue/items/{receipt['id']}/versions", terms(effective_on="2026-07-01", price="95"))
    assert [one["price"] for one in await in_force(world, "2026-07-01")] == ["95"]


async def test_the_price_book_is_searched_by_kind_code_and_name(world: World) -> None:
    await item(world, code="PADS", kind="part", name="Brake pads")
    await item(world, code="OIL", kind="labour", name="Oil change")
    assert [one["code"] for one in await in_force(world, kind="part")] == ["PADS"]
    assert [one["code"] for one in await in_force(world, code="OIL")] == ["OIL"]
    assert [one["code"] for one in await in_force(world, name="brake")] == ["PADS"]


async def test_an_item_that_is_not_there_has_no_versions(world: World) -> None:
    assert (await world.get(f"/v1/catalogue/items/{world.id()}")).status_code == 404
    refused = await world.post(f"/v1/catalogue/items/{world.id()}/versions", terms(effective_on="2026-05-01"))
    assert refused.status_code == 404


async def test_another_organisation_sees_nothing(world: World, other_world: World) -> None:
    receipt = await item(world)
    assert (await other_world.get(f"/v1/catalogue/items/{receipt['id']}")).status_code == 404
