from tests.world import World


async def test_a_customer_is_added_and_found_again(world: World) -> None:
    receipt = await world.done("POST", "/v1/customers", {"name": "Ada Owner", "zone": "Europe/Berlin"})
    found = await world.get(f"/v1/customers/{receipt['id']}")
    assert found.json()["name"] == "Ada Owner"
    assert found.headers["etag"] == '"1"'


async def test_the_same_customer_under_the_same_id_twice_is_one(world: World) -> None:
    document = {"id": str(world.id()), "name": "Ada Owner", "zone": "Europe/Berlin"}
    first = await world.post("/v1/customers", document)
    again = await world.post("/v1/customers", document)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()


async def test_another_customer_under_the_same_id_is_refused(world: World) -> None:
    customer_id = str(world.id())
    await world.customer(id=customer_id)
    refused = await world.post("/v1/customers", {"id": customer_id, "name": "Somebody Else", "zone": "Europe/Berlin"})
    assert (refused.status_code, refused.json()["code"]) == (409, "ID_TAKEN")


async def test_an_unknown_zone_is_refused(world: World) -> None:
    refused = await world.post("/v1/customers", {"name": "Ada Owner", "zone": "Europe/Atlantis"})
    assert (refused.status_code, refused.json()["code"]) == (422, "ZONE_UNKNOWN")


async def test_customers_come_in_pages_without_gaps_or_repeats(world: World) -> None:
    made = [(await world.customer(name=f"Customer {number}"))["id"] for number in range(5)]
    seen: list[str] = []
    path: str | None = "/v1/customers?limit=2"
    while path:
        page = await world.get(path)
        seen += [customer["id"] for customer in page.json()["items"]]
        path = page.links["next"]["url"] if "next" in page.links else None
    assert seen == sorted(made)
