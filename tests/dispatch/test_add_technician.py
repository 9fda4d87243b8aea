from typing import Any

import pytest

from tests.dispatch.builders import job, technician
from tests.world import World


async def test_a_member_of_staff_becomes_a_technician_once(world: World) -> None:
    staff = await world.staff("technician")
    document = {"staff_id": str(staff["id"]), "zone": "Europe/Berlin", "skills": {"fibre": 3, "drains": 1}}
    first, again = await world.post("/v1/technicians", document), await world.post("/v1/technicians", document)
    assert (first.status_code, again.status_code) == (201, 200)
    found = await world.get(f"/v1/technicians/{staff['id']}")
    assert (found.json()["skills"], found.json()["name"]) == ({"drains": 1, "fibre": 3}, "Robin Field")
    other = await world.post("/v1/technicians", {**document, "may_take_cash": True})
    assert (other.status_code, other.json()["code"]) == (409, "ID_TAKEN")


async def test_nobody_unknown_becomes_a_technician(world: World) -> None:
    refused = await world.post("/v1/technicians", {"staff_id": str(world.id()), "zone": "Europe/Berlin"})
    assert (refused.status_code, refused.json()["code"]) == (422, "STAFF_UNKNOWN")


async def test_a_technician_changes_by_version(world: World) -> None:
    anna = await technician(world)
    change = {"zone": "Europe/Berlin", "skills": {"fibre": 2}, "may_take_cash": True, "home": None, "reach_metres": 5000, "active": False}
    done = await world.request("PUT", f"/v1/technicians/{anna.id}", json=change, headers={"If-Match": '"1"'})
    assert (done.status_code, done.json()["version"], done.headers["etag"]) == (200, 2, '"2"')
    stale = await world.request("PUT", f"/v1/technicians/{anna.id}", json=change, headers={"If-Match": '"1"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "STALE_VERSION")
    booking = {"technician_id": anna.id, "from": "2026-03-05T09:00:00Z"}
    refused = await world.post(f"/v1/jobs/{(await job(world))['id']}/visits", booking)
    assert refused.json()["code"] == "TECHNICIAN_UNKNOWN"


async def test_technicians_come_in_pages_without_gaps_or_repeats(world: World) -> None:
    made = sorted([(await technician(world)).id for _ in range(3)])
    seen: list[str] = []
    path: str | None = "/v1/technicians?limit=2"
    while path:
        page = await world.get(path)
        seen += [one["id"] for one in page.json()["items"]]
        path = page.links["next"]["url"] if "next" in page.links else None
    assert seen == made


async def test_shifts_that_overlap_are_refused_and_those_that_touch_are_not(world: World) -> None:
    anna = await technician(world)
    evening = {"from_on": "2026-03-10", "until_on": "2026-03-11", "starts": "17:00:00", "ends": "20:00:00"}
    assert (await world.done("POST", f"/v1/technicians/{anna.id}/shifts", evening))["shifts"] == 1
    refused = await world.post(f"/v1/technicians/{anna.id}/shifts", {**evening, "starts": "16:59:00", "from_on": "2026-03-09"})
    assert (refused.status_code, refused.json()["code"]) == (409, "SHIFTS_OVERLAP")


async def test_a_weekly_pattern_falls_on_its_weekdays(world: World) -> None:
    anna = await technician(world, shifts={"weekdays": [1, 3], "from_on": "2026-03-02", "until_on": "2026-03-16"})
    worked = [day for day in range(2, 16) if (await anna.get(world, f"/v1/me/day?on=2026-03-{day:02}")).json()["shifts"]]
    assert worked == [2, 4, 9, 11]


@pytest.mark.parametrize(
    "wrong",
    [
        {"until_on": "2026-03-01"},
        {"until_on": "2027-06-01"},
        {"weekdays": [0]},
        {"weekdays": []},
        {"starts": "25:00:00"},
        {"starts": "08:00:00Z"},
    ],
)
async def test_shifts_without_sense_are_refused(world: World, wrong: dict[str, Any]) -> None:
    anna = await technician(world)
    document = {"from_on": "2026-03-01", "until_on": "2026-03-02", "starts": "20:00:00", "ends": "21:00:00", **wrong}
    refused = await world.post(f"/v1/technicians/{anna.id}/shifts", document)
    assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_DOCUMENT")
