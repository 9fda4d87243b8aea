"""Whenever the demo is started, the technician whom it names has something on their day page."""

from datetime import datetime, time, timedelta
from typing import NamedTuple
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


class Asked(NamedTuple):
    """Somebody who goes to doors and has nothing on their day, asked for at a time on the wall."""

    cast: Cast
    technician: Voice
    technician_id: str
    job_id: str


async def asked(world: World, shifts: str, clock: str) -> Asked:
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
    assert await visits_today(technician) == []
    return Asked(cast, technician, str(person["id"]), str((await job(world))["id"]))


@pytest.mark.parametrize("shifts", ["at night", "by day", "none"])
@pytest.mark.parametrize("clock", ["00:00", "03:10", "05:59", "12:00", "16:50", "21:59", "23:52", "23:59"])
async def test_there_is_one_visit_today_at_any_hour_however_often_it_is_asked_for(world: World, shifts: str, clock: str) -> None:
    cast, technician, _, job_id = await asked(world, shifts, clock)
    for _ in range(2):
        await give_a_visit(cast, technician, job_id, at=world.clock.now)
        assert await visits_today(technician) == ["dispatched"]


@pytest.mark.parametrize("minutes", [0, 12])
async def test_where_the_day_is_full_it_is_the_next_that_is_free(world: World, minutes: int) -> None:
    cast, technician, technician_id, job_id = await asked(world, "at night", "21:50")
    booking = {"technician_id": technician_id, "local_from": f"{world.clock.now.date()}T22:00:00"}
    await world.done("POST", f"/v1/jobs/{(await job(world, duration_minutes=150))['id']}/visits", booking)
    world.clock.forward(minutes=minutes)
    await give_a_visit(cast, technician, job_id, at=world.clock.now)
    span = f"from={world.clock.now.date()}T00:00:00Z&until={world.clock.now.date() + timedelta(days=3)}T00:00:00Z"
    listed = (await world.done("GET", f"/v1/visits?technician_id={technician_id}&{span}"))["items"]
    assert sorted(visit["state"] for visit in listed) == ["booked", "dispatched"]
