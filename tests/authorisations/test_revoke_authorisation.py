"""Taking an authorisation back works forward: what was begun stays billable, nothing new may begin."""

import asyncio

import pytest

from tests.authorisations.matters import Matter
from tests.world import World


@pytest.fixture
async def matter(world: World) -> Matter:
    """A matter without tolerance."""
    return await Matter(world).begin()


async def test_work_after_it_is_evidence_only_and_work_begun_before_stays_billable(matter: Matter) -> None:
    offer = await matter.offer({"quantity": "2"})
    act, [item] = await matter.consent(offer), [str(item) for item in offer.item_ids]
    begun = matter.world.clock.forward(minutes=1)
    matter.world.clock.forward(minutes=1)
    revoked = await matter.world.done("POST", f"/v1/authorisations/{act['id']}/revoke", {"channel": "oral_phone"})
    assert revoked["revised_total_minor"] == 0
    late = matter.world.clock.forward(minutes=1)
    assert (await matter.work(item, started_at=begun.isoformat()))["billable"]
    assert (await matter.work(item, started_at=late.isoformat()))["finding"] == "AUTH_REVOKED"
    await matter.posted({"item_id": item})
    assert await matter.refused({"item_id": item}) == ["AUTH_REVOKED"]


async def test_it_is_taken_back_once(matter: Matter) -> None:
    act = await matter.consent(await matter.offer({}))
    await matter.world.done("POST", f"/v1/authorisations/{act['id']}/revoke", {"channel": "link"})
    again = await matter.world.post(f"/v1/authorisations/{act['id']}/revoke", {"channel": "link"})
    assert (again.status_code, again.json()["code"]) == (409, "NOTHING_TO_REVOKE")


async def test_p16_a_posting_and_a_revocation_at_once_end_in_some_order(matter: Matter) -> None:
    matter = await Matter(matter.world).begin(of="subscription")
    offer = await matter.offer({"kind": "plan", "recurring": True})
    act, [item] = await matter.consent(offer), [str(item) for item in offer.item_ids]
    matter.world.clock.forward(minutes=1)
    supply = {"item_id": item, "supply": {"period_from": "2026-04-01", "period_until": "2026-05-01"}}
    posting, revoking = await asyncio.gather(
        matter.post(supply), matter.world.post(f"/v1/authorisations/{act['id']}/revoke", {"channel": "oral_phone"})
    )
    assert revoking.status_code == 201
    assert posting.status_code == 201 or posting.json()["lines"][0]["code"] == "AUTH_REVOKED"
    rows = await matter.world.sql("select kind from authorisations.capacity where item_id = $1 order by item_seq", offer.item_ids[0])
    assert [row[0] for row in rows] in (["grant", "perform", "bill", "revoke"], ["grant", "revoke"])
