import json
from typing import Any

import pytest

from tests.dispatch.builders import Field, job, technician
from tests.world import World

DEPOT = {"latitude_e7": 525200000, "longitude_e7": 134050000}
PROFILE: dict[str, Any] = {
    "start": DEPOT, "end": None, "hour_cost": {"amount": 4500, "currency": "EUR"}, "overtime_hour_cost": {"amount": 6750, "currency": "EUR"}, "km_cost": {"amount": 35, "currency": "EUR"},
    "most_overtime_minutes": 60, "speed_percent": 80, "capacity": {"boxes": 12},
}  # fmt: skip
ORDINARY: dict[str, Any] = {
    "start": None, "end": None, "hour_cost": None, "overtime_hour_cost": None, "km_cost": None, "most_overtime_minutes": 0, "speed_percent": 100, "capacity": {},
}  # fmt: skip


async def say(world: World, of: Field, profile: dict[str, Any], *, version: int = 1) -> Any:
    return await world.request("PUT", f"/v1/technicians/{of.id}/planning", json=profile, headers={"If-Match": f'"{version}"'})


async def test_what_plans_go_by_is_ordinary_until_somebody_says_otherwise(world: World) -> None:
    anna = await technician(world)
    assert (await world.get(f"/v1/technicians/{anna.id}/planning")).json() == {"id": anna.id, **ORDINARY, "version": 1}
    said = await say(world, anna, PROFILE)
    assert (said.status_code, said.json(), said.headers["etag"]) == (200, {"id": anna.id, "version": 2}, '"2"')
    assert (await world.get(f"/v1/technicians/{anna.id}/planning")).json() == {"id": anna.id, **PROFILE, "version": 2}


async def test_what_is_not_named_is_as_if_it_had_never_been_said(world: World) -> None:
    anna = await technician(world)
    await say(world, anna, PROFILE)
    assert (await say(world, anna, {"speed_percent": 150}, version=2)).status_code == 200
    found = (await world.get(f"/v1/technicians/{anna.id}/planning")).json()
    assert found == {"id": anna.id, **ORDINARY, "speed_percent": 150, "version": 3}


async def test_a_profile_changes_by_the_technicians_version(world: World) -> None:
    anna = await technician(world)
    stale = await say(world, anna, PROFILE, version=7)
    assert (stale.status_code, stale.json()["code"]) == (412, "STALE_VERSION")
    assert (await world.get(f"/v1/technicians/{anna.id}/planning")).json()["version"] == 1


async def test_costs_are_in_the_organisations_own_currency(world: World) -> None:
    anna = await technician(world)
    refused = await say(world, anna, {**PROFILE, "overtime_hour_cost": {"amount": 1, "currency": "USD"}})
    assert (refused.status_code, refused.json()["code"]) == (422, "OTHER_CURRENCY")


@pytest.mark.parametrize(
    "wrong",
    [
        {"speed_percent": 0},
        {"most_overtime_minutes": 721},
        {"capacity": {"boxes": 0}},
        {"capacity": {"Big Boxes": 1}},
        {"start": {"latitude_e7": 525200000}},
        {"hour_cost": {"amount": -1, "currency": "EUR"}},
        {"seats": 2},
    ],
)
async def test_a_profile_without_sense_is_refused(world: World, wrong: dict[str, Any]) -> None:
    refused = await say(world, await technician(world), wrong)
    assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_DOCUMENT")


async def test_only_who_plans_sees_what_people_cost(world: World) -> None:
    anna = await technician(world)
    assert (await anna.get(world, f"/v1/technicians/{anna.id}/planning")).status_code == 403


async def test_a_customer_may_prefer_somebody_until_they_prefer_nobody(world: World) -> None:
    anna, customer = await technician(world), await world.customer()
    path = f"/v1/customers/{customer['id']}/preferred-technician"
    for technician_id in (None, anna.id, None):
        if technician_id or (await world.get(path)).json()["technician_id"]:
            said = await world.post(f"/v1/customers/{customer['id']}/prefer-technician", {"technician_id": technician_id})
            assert said.status_code == 200
        assert (await world.get(path)).json() == {"customer_id": customer["id"], "technician_id": technician_id}


async def test_nobody_prefers_who_goes_to_no_door(world: World) -> None:
    customer, nobody = await world.customer(), str(world.id())
    said = await world.post(f"/v1/customers/{customer['id']}/prefer-technician", {"technician_id": nobody})
    assert (said.status_code, said.json()["code"]) == (422, "TECHNICIAN_UNKNOWN")
    site = await world.done("POST", f"/v1/customers/{customer['id']}/sites", {"address": "1 Mill Lane", "zone": "Europe/Berlin"})
    document = {"customer_id": customer["id"], "site_id": site["id"], "kind": "inspection", "preferred_technician_id": nobody}
    opened = await world.post("/v1/jobs", document)
    assert (opened.status_code, opened.json()["code"]) == (422, "TECHNICIAN_UNKNOWN")


async def test_a_job_says_what_it_asks_of_whom_is_sent(world: World) -> None:
    anna = await technician(world)
    wanted = {"skills": {"fibre": 3}, "loads": {"boxes": 2}, "preferred_technician_id": anna.id}
    found = (await world.get(f"/v1/jobs/{(await job(world, **wanted))['id']}")).json()
    assert {name: found[name] for name in wanted} == wanted


@pytest.mark.parametrize(
    "column, document",
    [
        ("skills", {"fibre": 11}),
        ("skills", {"fibre": 1.5}),
        ("skills", {"fibre": "3"}),
        ("skills", {"Fibre": 3}),
        ("skills", ["fibre"]),
        ("capacity", {"boxes": -1}),
    ],
)
async def test_no_statement_keeps_levels_or_amounts_without_sense(world: World, column: str, document: Any) -> None:
    anna = await technician(world)
    with pytest.raises(Exception, match=r"technician_skills_are_bounded|capacity_is_bounded"):
        await world.sql(f"update dispatch.technician set {column} = $2 where technician_id = $1", anna.id, json.dumps(document))
