"""An oral consent binds when its record is whole; one that isn't is kept, and lets nothing be billed."""

from typing import Any

import pytest

from tests.authorisations.matters import Matter
from tests.world import World


@pytest.fixture
async def matter(world: World) -> Matter:
    """A matter without tolerance."""
    return await Matter(world).begin()


async def test_a_complete_record_by_telephone_authorises(matter: Matter) -> None:
    offer = await matter.offer({})
    act = await matter.consent(offer, channel="oral_phone", number_called="+1 555 0100")
    assert (act["active"], act["shortcoming"]) == (True, None)


@pytest.mark.parametrize(
    "missing",
    [
        {"authoriser": {}}, {"received_by": None}, {"conditions": None}, {"added_minor": None}, {"total_minor": None}, {"total_minor": 9_999},
        {"channel": "oral_phone"},
    ],
)  # fmt: skip
async def test_a_record_that_lacks_a_field_is_kept_and_lets_nothing_be_billed(matter: Matter, missing: dict[str, Any]) -> None:
    offer = await matter.offer({})
    act = await matter.consent(offer, **missing)
    assert (act["active"], act["shortcoming"], act["revised_total_minor"]) == (False, "AUTH_RECORD_INCOMPLETE", 0)
    matter.world.clock.forward(minutes=1)
    item = str(offer.item_ids[0])
    assert (await matter.work(item))["finding"] == "AUTH_RECORD_INCOMPLETE"
    assert await matter.refused({"item_id": item}) == ["AUTH_RECORD_INCOMPLETE"]


async def test_a_payer_is_not_the_customer(matter: Matter) -> None:
    offer = await matter.offer({})
    act = await matter.consent(offer, authoriser={"name": "An Insurer", "capacity": "payer"})
    assert (act["active"], act["shortcoming"]) == (False, "AUTHORISER_NOT_ENTITLED")


@pytest.mark.parametrize("capacity", ["customer", "designee"])
async def test_a_name_alone_says_nobody_who_may_authorise(matter: Matter, capacity: str) -> None:
    offer = await matter.offer({})
    act = await matter.consent(offer, authoriser={"name": "Ada Owner", "capacity": capacity})
    assert (act["active"], act["shortcoming"], act["revised_total_minor"]) == (False, "AUTHORISER_NOT_ENTITLED", 0)
    matter.world.clock.forward(minutes=1)
    item = str(offer.item_ids[0])
    assert (await matter.work(item))["finding"] == "AUTHORISER_NOT_ENTITLED"
    assert await matter.refused({"item_id": item}) == ["AUTHORISER_NOT_ENTITLED"]


@pytest.mark.parametrize("may_authorise", [True, False])
async def test_a_contact_who_may_authorise_binds_the_customer_whoever_it_is(matter: Matter, may_authorise: bool) -> None:
    contact_id = str(await matter.contact(may_authorise=may_authorise))
    act = await matter.consent(await matter.offer({}), authoriser={"contact_id": contact_id, "capacity": "designee"})
    assert act["active"] is may_authorise


async def test_a_written_offer_is_needed_where_the_policy_says_so(world: World) -> None:
    matter = await Matter(world).begin(requires_written_offer=True)
    act = await matter.consent(await matter.offer({}))
    assert (act["active"], act["shortcoming"]) == (False, "NO_WRITTEN_OFFER")


async def test_names_and_numbers_enter_the_act_as_commitments_alone(matter: Matter) -> None:
    act = await matter.consent(await matter.offer({}), channel="oral_phone", number_called="+1 555 0100")
    [row] = await matter.world.sql("select a::text from authorisations.authorisation a where authorisation_id = $1", act["id"])
    assert "Ada Owner" not in row[0]
    assert "555 0100" not in row[0]


@pytest.mark.parametrize("lag, finding", [(900, None), (0, "AUTH_BACKDATED")])
async def test_a_consent_recorded_after_the_work_began_counts_within_the_lag_alone(world: World, lag: int, finding: str | None) -> None:
    matter = await Matter(world).begin(record_lag_seconds=lag)
    offer = await matter.offer({})
    consented_at = world.clock.now
    started_at = world.clock.forward(minutes=5)
    world.clock.forward(minutes=5)
    await matter.consent(offer, consented_at=consented_at.isoformat())
    record = await matter.work(str(offer.item_ids[0]), started_at=started_at.isoformat())
    assert record["finding"] == finding


async def test_a_yes_to_what_was_taken_back_puts_nothing_in_force(matter: Matter) -> None:
    offer = await matter.offer({})
    act = await matter.consent(offer)
    assert (act["active"], act["in_force"]) == (True, [str(offer.item_ids[0])])
    await matter.world.done("POST", f"/v1/authorisations/{act['id']}/revoke", {"channel": "oral_phone"})
    again = await matter.consent(offer, added_minor=0, total_minor=0)
    assert (again["active"], again["in_force"], again["shortcoming"]) == (False, [], None)


async def test_the_same_consent_under_its_id_twice_is_one(matter: Matter) -> None:
    offer, consent_id = await matter.offer({}), str(matter.world.id())
    first = await matter.consent(offer, id=consent_id, consented_at="2026-03-04T12:00:00+00:00")
    again = await matter.consent(offer, id=consent_id, consented_at="2026-03-04T12:00:00+00:00", total_minor=10_000)
    assert first == again
