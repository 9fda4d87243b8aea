"""A draft may be deleted; what a customer saw, answered or had work done by may not, by anybody."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest

from service.authorisations.records import OfferReceipt
from service.identity.scopes import ROLES
from tests.authorisations.matters import Matter
from tests.authorisations.photographs import kept
from tests.world import World

SEALING: dict[str, Callable[[Matter, OfferReceipt], Awaitable[Any]]] = {
    "shown": lambda matter, offer: matter.present(offer),
    "authorised": lambda matter, offer: matter.consent(offer),
    "declined": lambda matter, offer: matter.consent(
        offer, approved=[], declined=[str(item) for item in offer.item_ids], added_minor=0, total_minor=0
    ),
    "worked on": lambda matter, offer: matter.work(str(offer.item_ids[0])),
}


@pytest.fixture
async def matter(world: World) -> Matter:
    """A matter without tolerance."""
    return await Matter(world).begin()


async def deleted(matter: Matter, offer: OfferReceipt, **options: Any) -> httpx.Response:
    return await matter.world.request("DELETE", f"/v1/offers/{offer.id}", **options)


@pytest.mark.parametrize("how", sorted(SEALING))
async def test_p12_an_offer_is_not_deleted_once_it_was(matter: Matter, how: str) -> None:
    offer = await matter.offer({})
    await SEALING[how](matter, offer)
    before = await matter.world.get(f"/v1/offers/{offer.id}")
    answer = await deleted(matter, offer)
    assert (answer.status_code, answer.json()["code"]) == (409, "REVISION_SEALED")
    assert (await matter.world.get(f"/v1/offers/{offer.id}")).content == before.content


async def test_p12_nor_by_any_role_nor_by_a_later_revision_that_nobody_saw(matter: Matter) -> None:
    offer = await matter.offer({})
    await matter.consent(offer)
    revision = {"revises": 1, "items": [{"quantity": "1", "kind": "fee", "description": "x", "unit": "EA", "unit_price": "1", "tax_category": "S", "tax_rate": "0"}]}  # fmt: skip
    await matter.world.done("POST", f"/v1/offers/{offer.id}/revisions", revision)
    for role in sorted(ROLES):
        answer = await deleted(matter, offer, role=role)
        assert (answer.status_code, answer.json()["code"]) in {(409, "REVISION_SEALED"), (403, "NOT_ALLOWED")}
    assert (await matter.world.get(f"/v1/offers/{offer.id}")).json()["revision"] == 2


@pytest.mark.parametrize("table", ["offer", "offer_revision", "offer_photo"])
async def test_p12_nor_by_a_raw_statement_of_the_service(matter: Matter, table: str) -> None:
    offer = await matter.offer({}, {}, photos=[UUID((await kept(matter))["id"])])
    await matter.consent(offer, approved=[str(offer.item_ids[0])], added_minor=10_000, total_minor=10_000)
    rows = f"from authorisations.{table} where offer_id = $1"
    before = await matter.world.sql(f"select count(*) {rows}", offer.id)
    await matter.world.sql(f"delete {rows}", offer.id)
    assert await matter.world.sql(f"select count(*) {rows}", offer.id) == before


async def test_p12_an_item_goes_with_its_whole_text_alone(matter: Matter) -> None:
    """Not even one of a draft: another could take its place in the text."""
    offer = await matter.offer({}, {})
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await matter.world.sql("delete from authorisations.offer_item where offer_id = $1", offer.id)
    await matter.world.sql("delete from authorisations.offer_revision where offer_id = $1", offer.id)
    assert await matter.world.sql("select item_id from authorisations.offer_item where offer_id = $1", offer.id) == []


async def test_a_draft_goes_whole_and_its_facts_tell_of_it(matter: Matter) -> None:
    photo = await kept(matter)
    offer = await matter.offer({}, {}, photos=[UUID(photo["id"])])
    answer = await deleted(matter, offer)
    assert (answer.status_code, answer.json()) == (200, {"id": str(offer.id)})
    assert (await deleted(matter, offer)).status_code == 404
    assert (await matter.world.get(f"/v1/offers/{offer.id}")).status_code == 404
    rows = await matter.world.sql("select kind from kit.fact where subject_id = $1 order by sequence", offer.id)
    assert [row["kind"] for row in rows] == ["offer_made", "offer_deleted"]
    assert (await matter.world.get(f"/v1/photos/{photo['id']}/picture")).status_code == 200, "it is the matter's"
