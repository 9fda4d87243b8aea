from tests.world import World


async def test_a_customers_timeline_begins_with_being_added(world: World) -> None:
    customer = await world.customer()
    entries = (await world.get(f"/v1/customers/{customer['id']}/timeline")).json()["items"]
    assert [entry["kind"] for entry in entries] == ["customer_added"]
    assert entries[0]["actor_name"] == "Robin Field"


async def test_a_timeline_holds_nothing_of_another_customer(world: World) -> None:
    await world.customer(name="Somebody Else")
    customer = await world.customer()
    entries = (await world.get(f"/v1/customers/{customer['id']}/timeline")).json()["items"]
    assert {entry["subject_id"] for entry in entries} == {customer["id"]}


async def test_the_timeline_of_nobody_is_not_found(world: World) -> None:
    assert (await world.get(f"/v1/customers/{world.id()}/timeline")).status_code == 404
