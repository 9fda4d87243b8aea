from tests.dispatch.builders import job, site
from tests.world import World


async def test_a_job_is_opened_in_a_scope_of_its_own_and_found_again(world: World) -> None:
    opened = await job(world, kind="repair", symptom="The drum doesn't turn", priority=1, skills=["washers"])
    found = await world.done("GET", f"/v1/jobs/{opened['id']}")
    assert (found["state"], found["scope_id"], found["currency"]) == ("open", opened["scope_id"], "EUR")
    assert (found["symptom"], found["visits"]) == ("The drum doesn't turn", [])


async def test_the_same_job_under_the_same_id_twice_is_one(world: World) -> None:
    customer = await world.customer()
    document = {"id": str(world.id()), "customer_id": customer["id"], "site_id": await site(world, customer["id"]), "kind": "install"}
    first, again = await world.post("/v1/jobs", document), await world.post("/v1/jobs", document)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    other = await world.post("/v1/jobs", {**document, "priority": 1})
    assert (other.status_code, other.json()["code"]) == (409, "ID_TAKEN")


async def test_a_job_at_a_site_of_another_customer_is_refused(world: World) -> None:
    ours, theirs = await world.customer(), await world.customer()
    document = {"customer_id": ours["id"], "site_id": await site(world, theirs["id"]), "kind": "repair"}
    refused = await world.post("/v1/jobs", document)
    assert (refused.status_code, refused.json()["code"]) == (422, "SITE_UNKNOWN")


async def test_only_a_collection_names_invoices(world: World) -> None:
    customer = await world.customer()
    document = {"customer_id": customer["id"], "site_id": await site(world, customer["id"])}
    for wrong in ({"kind": "collection"}, {"kind": "repair", "collects_invoice_ids": [str(world.id())]}):
        assert (await world.post("/v1/jobs", {**document, **wrong})).status_code == 422


async def test_jobs_are_listed_by_state_and_customer_without_gaps_or_repeats(world: World) -> None:
    customer = await world.customer()
    made = sorted([(await job(world, customer_id=customer["id"]))["id"] for _ in range(3)])
    await job(world)
    await world.done("POST", f"/v1/jobs/{made[2]}/cancel")
    seen: list[str] = []
    path: str | None = f"/v1/jobs?customer_id={customer['id']}&state=open&limit=1"
    while path:
        page = await world.get(path)
        seen += [one["id"] for one in page.json()["items"]]
        path = page.links["next"]["url"] if "next" in page.links else None
    assert seen == made[:2]
