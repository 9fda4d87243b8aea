"""An incident on a tag, such as a network node, reaches whoever hangs on it, also who comes to it while it lasts; what it was is said once it is over."""

from typing import Any

from tests.subscriptions.builders import opened
from tests.world import World


async def tagged(world: World, service: dict[str, Any], *tags: str) -> dict[str, Any]:
    path = f"/v1/subscriptions/{service['id']}/tags"
    read = {"If-Match": (await world.get(path, role="back_office")).headers["ETag"]}
    return await world.done("PUT", path, {"tags": list(tags)}, role="back_office", key=str(world.id()), headers=read)


async def reached(world: World, incident_id: str) -> set[str]:
    found = await world.done("GET", f"/v1/incidents/{incident_id}/services", role="back_office")
    return {one["subscription_id"] for one in found["items"]}


async def declared(world: World, **terms: Any) -> str:
    body = {"what": "The street cabinet has no power", "until_at": "2026-03-09T00:00:00Z", **terms}
    return str((await world.done("POST", "/v1/incidents", body, role="back_office"))["id"])


async def test_an_incident_on_a_node_reaches_what_hangs_on_it_now(world: World) -> None:
    here, there, late = [await opened(world) for _ in range(3)]
    assert (await tagged(world, here, "olt-7", "olt-7", "fibre"))["tags"] == ["fibre", "olt-7"]
    await tagged(world, there, "olt-8", "fibre")
    incident_id = await declared(world, tags=["olt-7"])
    assert await reached(world, incident_id) == {here["id"]}
    await tagged(world, late, "olt-7")
    await tagged(world, here, "fibre")
    assert await reached(world, incident_id) == {late["id"]}
    assert await world.done("GET", f"/v1/subscriptions/{here['id']}/tags", role="back_office") == {
        "id": here["id"],
        "tags": ["fibre"],
        "version": 2,
    }
    told = await world.done("GET", f"/v1/incidents/{incident_id}", role="back_office")
    assert (told["tags"], told["kind"], told["is_public"]) == (["olt-7"], "fault", True)


async def test_an_incident_that_reaches_nothing_and_a_tag_that_is_no_word_are_refused(world: World) -> None:
    for terms in ({}, {"tags": []}, {"tags": ["Two words"]}):
        body = {"what": "Nothing", "until_at": "2026-03-09T00:00:00Z", **terms}
        assert (await world.post("/v1/incidents", body, role="back_office")).status_code == 422, terms


async def test_what_it_was_is_said_once_it_is_over_and_may_be_said_better(world: World) -> None:
    service = await opened(world)
    incident_id = await declared(world, subscription_ids=[service["id"]])
    path = f"/v1/incidents/{incident_id}/explanation"

    async def explain(words: str) -> Any:
        return await world.post(path, {"words": words}, role="back_office", key=str(world.id()))

    early = await explain("A digger.")
    assert (early.status_code, early.json()["code"]) == (409, "INCIDENT_RUNNING")
    await world.done("POST", f"/v1/incidents/{incident_id}/close", role="back_office", key=str(world.id()))
    for words in ("A digger.", "A digger cut the cable; it lies deeper now."):
        assert (await explain(words)).status_code == 200
    told = await world.done("GET", f"/v1/incidents/{incident_id}", role="back_office")
    assert told["explanation"] == "A digger cut the cable; it lies deeper now."
