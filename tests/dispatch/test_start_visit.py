from typing import Any

import pytest

from tests.dispatch.builders import advance, approved, job, offered, technician, visit
from tests.world import World


async def at_the_door(world: World) -> tuple[dict[str, Any], str]:
    """A repair whose technician has just arrived."""
    anna, of = await technician(world), await job(world, kind="repair")
    booked = await visit(world, by=anna, of=of)
    await advance(world, booked["id"], to="arrive")
    return of, booked["id"]


async def start(world: World, visit_id: str, *item_ids: str) -> Any:
    return await world.post(f"/v1/visits/{visit_id}/start", {"item_ids": list(item_ids)})


async def test_work_starts_on_what_the_customer_approved(world: World) -> None:
    of, visit_id = await at_the_door(world)
    _, items = await approved(world, of)
    assert (await start(world, visit_id, *items)).json()["state"] == "working"
    found = await world.done("GET", f"/v1/visits/{visit_id}")
    [item] = found["authorised_items"]
    assert (item["item_id"], item["quantity"], item["unit"], item["started"]) == (items[0], "1", "HUR", True)


async def test_work_on_an_item_that_was_only_offered_is_refused_with_what_to_do(world: World) -> None:
    of, visit_id = await at_the_door(world)
    offer = await offered(world, of)
    refused = await start(world, visit_id, *offer["item_ids"])
    assert (refused.status_code, refused.json()["code"]) == (409, "WORK_NOT_AUTHORISED")
    assert refused.json()["items"] == [{"item_id": offer["item_ids"][0], "code": "NO_EXPRESS_CONSENT"}]
    assert "approve" in refused.json()["remedy"]
    assert (await world.done("GET", f"/v1/visits/{visit_id}"))["state"] == "on_site"


async def test_one_item_that_is_not_authorised_stops_the_start_of_all(world: World) -> None:
    of, visit_id = await at_the_door(world)
    _, items = await approved(world, of)
    extra = await offered(world, of)
    refused = await start(world, visit_id, *items, *extra["item_ids"])
    assert [item["item_id"] for item in refused.json()["items"]] == extra["item_ids"]
    assert not any(item["started"] for item in (await world.done("GET", f"/v1/visits/{visit_id}"))["authorised_items"])


async def test_a_repair_starts_on_nothing_unnamed(world: World) -> None:
    _, visit_id = await at_the_door(world)
    assert (await start(world, visit_id)).json()["code"] == "WORK_NOT_AUTHORISED"


async def test_items_of_another_job_or_of_nobody_are_not_this_jobs(world: World) -> None:
    _, visit_id = await at_the_door(world)
    _, items = await approved(world, await job(world))
    stranger = str(world.id())
    refused = await start(world, visit_id, *items, stranger)
    assert {item["item_id"]: item["code"] for item in refused.json()["items"]} == {items[0]: "AUTH_NOT_FOUND", stranger: "AUTH_NOT_FOUND"}


async def test_what_was_revoked_does_not_start(world: World) -> None:
    of, visit_id = await at_the_door(world)
    act, items = await approved(world, of)
    await world.done("POST", f"/v1/authorisations/{act}/revoke", {"channel": "oral_phone"})
    world.clock.forward(seconds=1)
    assert (await start(world, visit_id, *items)).json()["items"] == [{"item_id": items[0], "code": "AUTH_REVOKED"}]


async def test_what_is_approved_on_the_spot_starts_while_working(world: World) -> None:
    of, visit_id = await at_the_door(world)
    _, first = await approved(world, of)
    await start(world, visit_id, *first)
    assert (await start(world, visit_id)).json()["code"] == "WORK_NOT_AUTHORISED"
    _, extra = await approved(world, of, {"description": "Brake pads"})
    assert (await start(world, visit_id, *extra)).json()["state"] == "working"
    assert all(item["started"] for item in (await world.done("GET", f"/v1/visits/{visit_id}"))["authorised_items"])


@pytest.mark.parametrize("kind", ["inspection", "collection"])
async def test_looking_and_collecting_need_no_item(world: World, kind: str) -> None:
    anna = await technician(world, may_take_cash=True)
    wanted = {"collects_invoice_ids": [str(world.id())]} if kind == "collection" else {}
    booked = await visit(world, by=anna, of=await job(world, kind=kind, **wanted))
    await advance(world, booked["id"], to="arrive")
    assert (await start(world, booked["id"])).json()["state"] == "working"


async def test_a_closed_matter_takes_no_offer(world: World) -> None:
    of = await job(world)
    await world.done("POST", f"/v1/jobs/{of['id']}/cancel")
    refused = await world.post(f"/v1/jobs/{of['id']}/offers", {"items": [{"quantity": "1"}]})
    assert (refused.status_code, refused.json()["code"]) == (409, "JOB_NOT_OPEN")
