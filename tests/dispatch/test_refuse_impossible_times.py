from typing import Any

import pytest

from tests.dispatch.builders import job, technician, visit
from tests.world import World

AT_THE_END, AT_THE_BEGINNING = "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00"


@pytest.mark.parametrize("at", [AT_THE_END, AT_THE_BEGINNING, "9999-12-31T23:59:59.999999Z"])
async def test_a_time_at_the_edge_of_the_calendar_is_refused_everywhere(world: World, at: str) -> None:
    anna, of = await technician(world), await job(world)
    booked = await visit(world, by=anna, of=of)
    for path, document in (
        (f"jobs/{of['id']}/visits", {"technician_id": anna.id, "from": at}),
        (f"jobs/{of['id']}/holds", {"technician_id": anna.id, "local_from": at[:19]}),
        (f"jobs/{of['id']}/slots", {"from_on": at[:10], "days": 31}),
        (f"visits/{booked['id']}/move", {"technician_id": anna.id, "from": at, "reason": "customer_asked"}),
        (f"visits/{booked['id']}/dispatch", {"captured_at": at}),
        (f"technicians/{anna.id}/absences", {"from": AT_THE_BEGINNING, "until": at, "reason": "ill"}),
        (f"technicians/{anna.id}/shifts", {"from_on": at[:10], "until_on": "9999-12-31", "starts": "20:00:00", "ends": "22:00:00"}),
    ):
        assert (await world.post(f"/v1/{path}", document)).status_code == 422, path
    assert (await world.get(f"/v1/technicians/{anna.id}/day?on={at[:10]}")).status_code == 422


@pytest.mark.parametrize(
    "wrong, code",
    [
        ({"customer_id": "019cb8b8-1e00-7d94-8ae6-d57914c51dbb"}, "SITE_UNKNOWN"),
        ({"asset_id": "019cb8b8-1e00-7d94-8ae6-d57914c51dbb"}, "ASSET_UNKNOWN"),
        ({"policy_name": "nobody published this"}, "POLICY_UNKNOWN"),
        ({"symptom": "a\x00b"}, "INVALID_DOCUMENT"),
        ({"priority": 0}, "INVALID_DOCUMENT"),
        ({"priority": True}, "INVALID_DOCUMENT"),
        ({"skills": {"Not A Word": 1}}, "INVALID_DOCUMENT"),
    ],
)
async def test_a_job_that_can_never_be_is_refused(world: World, wrong: dict[str, Any], code: str) -> None:
    of = await job(world)
    refused = await world.post("/v1/jobs", {"customer_id": of["customer_id"], "site_id": of["site_id"], "kind": "repair", **wrong})
    assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_the_same_absence_under_the_same_id_twice_is_one(world: World) -> None:
    anna = await technician(world)
    path = f"/v1/technicians/{anna.id}/absences"
    absence = {"id": str(world.id()), "from": "2026-03-20T00:00:00Z", "until": "2026-03-21T00:00:00Z", "reason": "ill"}
    first, again = await world.post(path, absence), await world.post(path, absence)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    other = await world.post(path, {**absence, "reason": "holiday"})
    assert (other.status_code, other.json()["code"]) == (409, "ID_TAKEN")
