import asyncio

from tests.world import World

ADA = {"name": "Ada Owner", "zone": "Europe/Berlin"}


async def test_the_same_request_with_the_same_key_answers_the_same_bytes(world: World) -> None:
    first = await world.post("/v1/customers", ADA, key="key-of-ada-1")
    again = await world.post("/v1/customers", ADA, key="key-of-ada-1")
    assert again.content == first.content
    assert (again.status_code, again.headers["idempotency-replayed"]) == (first.status_code, "true")


async def test_a_key_with_another_body_is_refused(world: World) -> None:
    await world.post("/v1/customers", ADA, key="key-of-ada-1")
    refused = await world.post("/v1/customers", {**ADA, "name": "Grace"}, key="key-of-ada-1")
    assert (refused.status_code, refused.json()["code"]) == (422, "IDEMPOTENCY_KEY_REUSED")


async def test_a_refusal_is_replayed_too(world: World) -> None:
    await world.customer(reference="C-1")
    first = await world.post("/v1/customers", {**ADA, "reference": "C-1"}, key="key-of-ada-1")
    again = await world.post("/v1/customers", {**ADA, "reference": "C-1"}, key="key-of-ada-1")
    assert (first.status_code, first.json()["code"]) == (409, "REFERENCE_TAKEN")
    assert (again.status_code, again.json()["code"], again.headers["idempotency-replayed"]) == (409, "REFERENCE_TAKEN", "true")


async def test_twenty_at_once_with_one_key_make_one_customer(world: World) -> None:
    answers = await asyncio.gather(*(world.post("/v1/customers", ADA, key="key-of-ada-1") for _ in range(20)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {"IDEMPOTENCY_KEY_IN_USE"}
    assert len((await world.get("/v1/customers")).json()["items"]) == 1
