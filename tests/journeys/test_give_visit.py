"""Whenever the demo is started, the technician whom it names has something on their day page."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from service.cli.demo.passes import give_a_visit
from service.cli.demo.stories.cast import Cast
from service.cli.demo.teller import Voice
from tests.dispatch.builders import job
from tests.world import World

BERLIN = ZoneInfo("Europe/Berlin")


async def visits_today(technician: Voice) -> list[str]:
    return [visit["state"] for visit in (await technician.send("GET", "/v1/me/day")).json()["visits"]]


@pytest.mark.parametrize("shifts", ["at night", "by day", "none"])
@pytest.mark.parametrize("clock", ["00:00", "03:10", "05:59", "12:00", "16:50", "21:59", "23:52", "23:59"])
async def test_there_is_one_visit_today_at_any_hour_however_often_it_is_asked_for(world: World, shifts: str, clock: str) -> None:
    local = datetime.combine(world.clock.now.date(), time.fromisoformat(clock), BERLIN)
    world.clock.now = local.astimezone(world.clock.now.tzinfo)
    person = await world.staff("technician")
    await world.done("POST", "/v1/technicians", {"staff_id": str(person["id"]), "zone": "Europe/Berlin"})
    if shifts != "none":
        starts, ends = {"at night": ("22:00:00", "06:00:00"), "by day": ("08:00:00", "17:00:00")}[shifts]
        days = {"from_on": str(local.date() - timedelta(days=1)), "until_on": str(local.date() + timedelta(days=3))}
        await world.done("POST", f"/v1/technicians/{person['id']}/shifts", days | {"starts": starts, "ends": ends})
    cast = Cast(http=world.http, organisation_id=str(world.organisation_id), stripe=None, mailbox=None)  # type: ignore[arg-type]
    cast.voices["dispatcher"] = Voice(world.http, name="dispatcher", credential=await world.token("dispatcher"))
    technician = Voice(world.http, name="technician", credential=person["token"])
    job_id = str((await job(world))["id"])
    assert await visits_today(technician) == []
    for _ in range(2):
        await give_a_visit(cast, technician, job_id, at=world.clock.now)
        assert await visits_today(technician) == ["dispatched"]
