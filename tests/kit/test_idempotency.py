import asyncio

import msgspec
import pytest

from service.kit.problems import problem_of
from service.kit.refusals import Conflict
from service.kit.verbs import Remember, Work, verb
from tests.authorisations.matters import Matter
from tests.world import World

ADA = {"name": "Ada Owner", "zone": "Europe/Berlin"}


@pytest.fixture
async def matter(world: World) -> Matter:
    """Something to bill."""
    return await Matter(world).begin()


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
    assert (again.status_code, again.content, again.headers["idempotency-replayed"]) == (409, first.content, "true")
    assert again.headers["x-request-id"] != first.headers["x-request-id"], "the request is another, its answer is the first one's"


async def test_a_refusal_that_a_statement_answered_is_replayed_byte_for_byte(matter: Matter) -> None:
    [item] = await matter.authorised({})
    first, again = [await matter.post({"item_id": item}, key="one-intended-effect") for _ in range(2)]
    assert (first.status_code, first.json()["code"]) == (422, "INVOICE_REFUSED")
    assert (again.status_code, again.content, again.headers["idempotency-replayed"]) == (422, first.content, "true")


async def test_a_refusal_keeps_the_order_of_its_members_as_it_is_kept(world: World) -> None:
    """As a rule raised it, not in the order of a database's document."""

    @verb(refusals=(Conflict,))
    async def refusing(work: Work) -> None:
        raise Conflict(zone="Europe/Berlin", id=str(work.new_id()), at=work.at)

    async def told() -> bytes:
        asked = Remember(route="POST /v1/nothing", key_hash=b"1" * 32, body_hash=b"2" * 32)
        with pytest.raises(Conflict) as refused:
            await world.database.perform(
                refusing, principal=world.principal(), at=world.clock.now, request_id=world.id(), remember=asked, values={}
            )
        return msgspec.json.encode(problem_of(refused.value, instance=""))

    assert await told() == await told()


async def test_twenty_at_once_with_one_key_make_one_customer(world: World) -> None:
    answers = await asyncio.gather(*(world.post("/v1/customers", ADA, key="key-of-ada-1") for _ in range(20)))
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} <= {"IDEMPOTENCY_KEY_IN_USE"}
    assert len((await world.get("/v1/customers")).json()["items"]) == 1
