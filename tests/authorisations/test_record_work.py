"""What was done is always kept; what can't be billed says why; a mistake is corrected by a new entry."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.authorisations.matters import Matter
from tests.world import World


@pytest.fixture
async def matter(world: World) -> Matter:
    """A matter without tolerance."""
    return await Matter(world).begin()


async def test_work_nobody_authorised_is_kept_as_evidence(matter: Matter) -> None:
    offer = await matter.offer({})
    record = await matter.work(str(offer.item_ids[0]))
    assert (record["billable"], record["finding"]) == (False, "NO_EXPRESS_CONSENT")


async def test_the_same_record_twice_is_one(matter: Matter) -> None:
    [item] = await matter.authorised({"quantity": "2"})
    record_id = str(matter.world.id())
    assert await matter.work(item, id=record_id) == await matter.work(item, id=record_id)
    await matter.posted({"item_id": item})
    assert await matter.refused({"item_id": item}) == ["BILLED_OVER_PERFORMED"]


@pytest.mark.parametrize("differences", [{"quantity": "2"}, {"emergency": "water"}])
async def test_another_record_under_its_id_is_refused(matter: Matter, differences: dict[str, Any]) -> None:
    [item] = await matter.authorised({"quantity": "2"})
    record = await matter.work(item, note="A pipe had burst")
    at = matter.world.clock.now.isoformat()
    document = {
        "id": record["id"],
        "item_id": item,
        "quantity": "1",
        "started_at": at,
        "ended_at": at,
        "staff_id": matter.staff_id,
        "note": "A pipe had burst",
    } | differences
    answer = await matter.world.post("/v1/work-records", document)
    assert (answer.status_code, answer.json()["code"]) == (409, "ID_TAKEN")


@pytest.mark.parametrize("told, again", [("60 MIN", "1 HUR"), ("1 HUR", "60 MIN"), ("1", "60 MIN"), ("60 MIN", "1"), ("30 MIN", "0.5 HUR")])
async def test_the_same_work_in_another_unit_of_its_item_is_the_same_record(matter: Matter, told: str, again: str) -> None:
    [item] = await matter.authorised({"quantity": "2", "conversions": {"MIN": "1/60"}})
    record_id = str(matter.world.id())
    first, same = [
        await matter.world.post("/v1/work-records", recorded(matter, item, how_much) | {"id": record_id}) for how_much in (told, again)
    ]
    assert (first.status_code, same.status_code) == (201, 200)
    assert first.json() == same.json()


@pytest.mark.parametrize("other", ["1 MIN", "61 MIN", "60 HUR", "1 KGM"])
async def test_the_same_figure_in_another_unit_is_other_work(matter: Matter, other: str) -> None:
    [item] = await matter.authorised({"quantity": "100", "conversions": {"MIN": "1/60"}})
    record = await matter.work(item, "1")
    answer = await matter.world.post("/v1/work-records", recorded(matter, item, other) | {"id": record["id"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "ID_TAKEN")


def recorded(matter: Matter, item: str, how_much: str) -> dict[str, Any]:
    """So much work done just now, in that unit."""
    at, (quantity, *unit) = matter.world.clock.now.isoformat(), how_much.split()
    document = {"item_id": item, "quantity": quantity, "started_at": at, "ended_at": at, "staff_id": matter.staff_id}
    return document | ({"unit": unit[0]} if unit else {})


@pytest.mark.parametrize("corrects", [False, True], ids=["recorded", "corrected"])
async def test_work_that_is_still_to_come_is_not_done(matter: Matter, corrects: bool) -> None:
    [item] = await matter.authorised({"quantity": "2"})
    now = matter.world.clock.now
    path = f"/v1/work-records/{(await matter.work(item))['id']}/corrections" if corrects else "/v1/work-records"
    document = {"quantity": "1", "started_at": now.isoformat()} | ({} if corrects else {"item_id": item, "staff_id": matter.staff_id})
    early, soon = ((now + timedelta(minutes=minutes)).isoformat() for minutes in (6, 4))
    refused = await matter.world.post(path, document | {"ended_at": early})
    assert (refused.status_code, refused.json()["code"]) == (422, "WORK_NOT_OVER")
    assert (await matter.world.post(path, document | {"ended_at": soon})).status_code == 201  # a clock may be a little ahead


@pytest.mark.parametrize(
    "at", ["2026-03-04T12:00:00+23:59", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "1431-12-25T21:06:55.3Z"]
)
async def test_no_way_to_write_an_instant_is_a_failure(matter: Matter, at: str) -> None:
    [item] = await matter.authorised({})
    document = {"item_id": item, "quantity": "1", "started_at": at, "ended_at": at, "staff_id": matter.staff_id}
    assert (await matter.world.post("/v1/work-records", document)).status_code == (201 if at.endswith("+23:59") else 422)


async def test_work_past_the_validity_of_its_offer_is_evidence_only(matter: Matter) -> None:
    [item] = await matter.authorised({}, valid_until=matter.world.clock.now)
    assert (await matter.work(item))["finding"] == "AUTH_EXPIRED"


async def test_a_correction_replaces_what_was_mistyped(matter: Matter) -> None:
    [item] = await matter.authorised({"quantity": "4"})
    record = await matter.work(item, "3")
    await matter.posted({"item_id": item, "quantity": "3"})
    at = matter.world.clock.now.isoformat()
    corrected = {"quantity": "4", "started_at": at, "ended_at": at}
    receipt = await matter.world.done("POST", f"/v1/work-records/{record['id']}/corrections", corrected)
    assert (receipt["quantity"], receipt["corrects"], receipt["billable"]) == ("4", record["id"], True)
    await matter.posted({"item_id": item})
    assert await matter.refused({"item_id": item}) == ["BILLED_OVER_PERFORMED"]


async def test_a_record_is_corrected_once_and_then_its_correction(matter: Matter) -> None:
    [item] = await matter.authorised({"quantity": "4"})
    record = await matter.work(item, "3")
    at = matter.world.clock.now.isoformat()
    corrected = {"quantity": "0", "started_at": at, "ended_at": at}
    receipt = await matter.world.done("POST", f"/v1/work-records/{record['id']}/corrections", corrected)
    again = await matter.world.post(f"/v1/work-records/{record['id']}/corrections", corrected)
    assert (again.status_code, again.json()["code"]) == (409, "ALREADY_CORRECTED")
    await matter.world.done("POST", f"/v1/work-records/{receipt['id']}/corrections", corrected | {"quantity": "2"})
    assert await matter.refused({"item_id": item, "quantity": "3"}) == ["BILLED_OVER_PERFORMED"]
    await matter.posted({"item_id": item, "quantity": "2"})


async def corrected(matter: Matter, record: dict[str, Any], quantity: str, at: datetime) -> dict[str, Any]:
    document = {"quantity": quantity, "started_at": at.isoformat(), "ended_at": at.isoformat()}
    return await matter.world.done("POST", f"/v1/work-records/{record['id']}/corrections", document)


@pytest.mark.parametrize("by_way_of_nothing", [False, True])
async def test_evidence_does_not_become_billable_by_naming_later_times(matter: Matter, by_way_of_nothing: bool) -> None:
    offer = await matter.offer({})
    record = await matter.work(str(offer.item_ids[0]))
    matter.world.clock.forward(minutes=5)
    await matter.consent(offer)
    later = matter.world.clock.forward(minutes=5)
    if by_way_of_nothing:
        record = await corrected(matter, record, "0", later)
    for _ in range(2):  # the correction of the correction neither
        record = await corrected(matter, record, "1", later)
        assert (record["billable"], record["finding"]) == (False, "NO_EXPRESS_CONSENT")
    assert await matter.refused({"item_id": str(offer.item_ids[0])}) == ["NO_EXPRESS_CONSENT"]


async def test_evidence_past_its_validity_does_not_become_billable_by_naming_earlier_times(matter: Matter) -> None:
    [item] = await matter.authorised({}, valid_until=matter.world.clock.now + timedelta(minutes=3))
    within = matter.world.clock.forward(minutes=1)
    matter.world.clock.forward(minutes=5)
    record = await corrected(matter, await matter.work(item), "1", within)
    assert (record["billable"], record["finding"]) == (False, "AUTH_EXPIRED")


async def test_a_record_that_came_before_its_consent_is_judged_anew_at_its_own_times(world: World) -> None:
    matter = await Matter(world).begin(record_lag_seconds=900)
    offer = await matter.offer({})
    consented_at, started_at = world.clock.now, world.clock.forward(minutes=1)
    record = await matter.work(str(offer.item_ids[0]))
    world.clock.forward(minutes=5)
    await matter.consent(offer, consented_at=consented_at.isoformat())
    assert (record["billable"], (await corrected(matter, record, "1", started_at))["billable"]) == (False, True)
    await matter.posted({"item_id": str(offer.item_ids[0])})


async def test_authorised_work_is_corrected_to_when_it_was_done(matter: Matter) -> None:
    [item] = await matter.authorised({})
    record, later = await matter.work(item), matter.world.clock.forward(minutes=5)
    taken_back = await corrected(matter, record, "0", later)
    assert taken_back["finding"] == "WORK_WITHDRAWN"
    assert (await corrected(matter, taken_back, "1", matter.world.clock.forward(minutes=5)))["billable"]


async def test_billed_work_is_not_corrected_away(matter: Matter) -> None:
    [item] = await matter.done({"quantity": "2"})
    await matter.posted({"item_id": item, "quantity": "2"})
    rows = await matter.world.sql(
        "select work_record_id from authorisations.work_record where organisation_id = $1", matter.world.organisation_id
    )
    at = matter.world.clock.now.isoformat()
    answer = await matter.world.post(f"/v1/work-records/{rows[0][0]}/corrections", {"quantity": "1", "started_at": at, "ended_at": at})
    assert (answer.status_code, answer.json()["code"]) == (409, "WORK_ALREADY_BILLED")


async def test_several_records_are_kept_all_or_none_and_each_says_if_it_can_be_billed(world: World) -> None:
    matter = await Matter(world).begin()
    pads, oil = await matter.authorised({}, {"quantity": "2"})
    unanswered = str((await matter.offer({})).item_ids[0])
    at = world.clock.now.isoformat()
    document = [
        {"item_id": item, "quantity": quantity, "started_at": at, "ended_at": at, "staff_id": matter.staff_id}
        for item, quantity in ((pads, "1"), (oil, "0.5"), (oil, "1.5"), (unanswered, "1"))
    ]
    kept = await world.done("POST", "/v1/work-records/several", {"records": document})
    assert [(record["billable"], record["finding"]) for record in kept["records"]] == [
        (True, None),
        (True, None),
        (True, None),
        (False, "NO_EXPRESS_CONSENT"),
    ]
    await matter.posted({"item_id": pads}, {"item_id": oil, "quantity": "2"})
    refused = await world.post(
        "/v1/work-records/several", {"records": [{**document[0], "id": str(world.id())}, {**document[1], "unit": "KGM"}]}
    )
    assert (refused.status_code, refused.json()["code"], refused.json()["index"]) == (409, "UNIT_MISMATCH", 1)
    rows = await world.sql("select count(*) from authorisations.work_record where organisation_id = $1", world.organisation_id)
    assert rows[0][0] == 4
