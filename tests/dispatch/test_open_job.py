from typing import Any

import asyncpg
import pytest

from tests.authorisations.matters import LABOUR, Matter
from tests.dispatch.builders import job, site
from tests.world import World


async def test_a_job_is_opened_in_a_scope_of_its_own_and_found_again(world: World) -> None:
    opened = await job(world, kind="repair", symptom="The drum doesn't turn", priority=1, skills={"washers": 1})
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


@pytest.mark.parametrize("differs", [{"currency": "CHF"}, {"policy_name": "OURS"}, {"trade": "auto"}, {"price_form": "limit"}])
async def test_the_terms_of_a_job_are_part_of_it(world: World, differs: dict[str, Any]) -> None:
    await world.done(
        "POST", "/v1/policies", {"name": "OURS", "citation": "ours", "jurisdiction": "ZZ", "combine": "pct", "percent_of": "1/10"}
    )
    customer = await world.customer()
    document = {"id": str(world.id()), "customer_id": customer["id"], "site_id": await site(world, customer["id"]), "kind": "install"}
    first = await world.done("POST", "/v1/jobs", document)
    assert (await world.done("POST", "/v1/jobs", document)) == first
    other = await world.post("/v1/jobs", document | differs)
    assert (other.status_code, other.json()["code"]) == (409, "ID_TAKEN")


@pytest.mark.parametrize("end", ["close", "cancel"])
async def test_an_ended_job_takes_no_offer_and_no_revision(world: World, owner: asyncpg.Connection, end: str) -> None:
    matter = await Matter(world).of_job()
    offer = await matter.offer()
    if end == "close":
        async with owner.transaction():  # as if a visit had completed it
            await owner.execute("set local session_replication_role = replica")
            await owner.execute(
                "insert into dispatch.job_step (organisation_id, job_id, step, from_state, to_state, visits_done, completed_visit, completed_step, actor, happened_at) values"
                " ($1, $2::uuid, 2, 'open', 'in_progress', 0, null, null, 'system:1', now()), ($1, $2::uuid, 3, 'in_progress', 'work_done', 1, $1, 7, 'system:1', now())",
                world.organisation_id, matter.job_id,
            )  # fmt: skip
    await world.done("POST", f"/v1/jobs/{matter.job_id}/{end}")
    refused = await world.post(f"/v1/jobs/{matter.job_id}/offers", {"items": [LABOUR]})
    assert (refused.status_code, refused.json()["code"]) == (409, "JOB_NOT_OPEN")
    revised = await world.post(f"/v1/offers/{offer.id}/revisions", {"revises": 1, "items": [LABOUR]})
    assert (revised.status_code, revised.json()["code"]) == (409, "MATTER_CLOSED")


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


async def test_a_job_is_found_by_what_people_call_it(world: World) -> None:
    first, second = await job(world), await job(world)
    reference = (await world.done("GET", f"/v1/jobs/{first['id']}"))["reference"]
    [found] = (await world.done("GET", f"/v1/jobs?reference={reference}"))["items"]
    assert (found["id"], found["reference"]) == (first["id"], reference)
    assert (await world.done("GET", f"/v1/jobs/{second['id']}"))["reference"] != reference
    assert (await world.get("/v1/jobs?reference=J-00000-OOOOO")).status_code == 422


async def test_no_two_jobs_are_called_the_same(world: World) -> None:
    first = await job(world)
    twin = "01890000-0000-7abc-" + first["id"][19:]
    answer = await world.post("/v1/jobs", {"id": twin, "customer_id": first["customer_id"], "site_id": first["site_id"], "kind": "repair"})
    assert (answer.status_code, answer.json()["code"]) == (409, "MATTER_REFERENCE_TAKEN")
