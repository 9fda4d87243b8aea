import asyncio

import pytest

from tests.world import World

PATHS = {
    "contacts": {"name": "Ada Owner", "channel": "email", "address": "ada@home.example"},
    "sites": {"address": "Lindenallee 7", "zone": "Europe/Berlin"},
    "assets": {"kind": "router", "name": "Hall router"},
}


async def test_only_the_fields_sent_are_changed(world: World) -> None:
    customer = await world.customer(reference="C-1")
    path = f"/v1/customers/{customer['id']}"
    changed = await world.request("PATCH", path, json={"name": "Ada Lovelace"}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    found = (await world.get(path)).json()
    assert (found["name"], found["reference"]) == ("Ada Lovelace", "C-1")


async def test_null_takes_a_value_away_where_there_may_be_none(world: World) -> None:
    customer = await world.customer(reference="C-1")
    path = f"/v1/customers/{customer['id']}"
    await world.done("PATCH", path, {"reference": None}, headers={"If-Match": '"1"'})
    assert (await world.get(path)).json()["reference"] is None
    refused = await world.request("PATCH", path, json={"name": None}, headers={"If-Match": '"2"'})
    assert refused.status_code == 422


async def test_a_change_names_the_version_it_is_made_to(world: World) -> None:
    path = f"/v1/customers/{(await world.customer())['id']}"
    missing = await world.request("PATCH", path, json={"name": "Ada"})
    stale = await world.request("PATCH", path, json={"name": "Ada"}, headers={"If-Match": '"7"'})
    assert (missing.status_code, missing.json()["code"]) == (428, "VERSION_MISSING")
    assert (stale.status_code, stale.json()["code"]) == (412, "STALE_VERSION")


async def test_of_two_changes_to_one_version_one_stands(world: World) -> None:
    path = f"/v1/customers/{(await world.customer())['id']}"
    answers = await asyncio.gather(
        *(world.request("PATCH", path, json={"name": f"Ada {number}"}, headers={"If-Match": '"1"'}) for number in range(8))
    )
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 7


async def test_somebody_who_is_not_there_cannot_be_changed(world: World, other_world: World) -> None:
    path = f"/v1/customers/{(await world.customer())['id']}"
    refused = await other_world.request("PATCH", path, json={"name": "Mine"}, headers={"If-Match": '"1"'})
    assert refused.status_code == 404


async def test_a_reference_names_one_customer(world: World) -> None:
    await world.customer(reference="C-1")
    other = await world.customer()
    refused = await world.request("PATCH", f"/v1/customers/{other['id']}", json={"reference": "C-1"}, headers={"If-Match": '"1"'})
    assert (refused.status_code, refused.json()["code"]) == (409, "REFERENCE_TAKEN")


async def test_the_change_is_a_fact_without_anything_about_the_person(world: World) -> None:
    customer = await world.customer()
    await world.done("PATCH", f"/v1/customers/{customer['id']}", {"name": "Ada Lovelace"}, headers={"If-Match": '"1"'})
    facts = await world.sql("select body::text from kit.fact where kind = 'customer_changed'")
    assert [fact["body"] for fact in facts] == ['{"changed": ["name"], "version": 2}']


@pytest.mark.parametrize("noun", PATHS)
async def test_card_numbers_are_never_kept(world: World, noun: str) -> None:
    customer = await world.customer()
    path = f"/v1/customers/{customer['id']}/{noun}"
    field = "address" if noun == "sites" else "name"
    refused = await world.post(path, {**PATHS[noun], field: "Card 4111-1111-1111-1111"})
    assert (refused.status_code, refused.json()["code"]) == (422, "CARD_NUMBER")
    kept = await world.done("POST", path, PATHS[noun])
    changed = await world.request("PATCH", f"{path}/{kept['id']}", json={field: "5555 5555 5555 4444"}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.json()["code"]) == (422, "CARD_NUMBER")
