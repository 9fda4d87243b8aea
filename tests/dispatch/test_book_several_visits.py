"""Work of several days is booked as one: every part of it, or none."""

import asyncio
from typing import Any

from tests.dispatch.builders import Field, facts, job, technician, visit
from tests.world import World


def parts(by: Field, *days: int, **said: Any) -> dict[str, Any]:
    """At nine of those days in Berlin."""
    return {"visits": [{"technician_id": by.id, "local_from": f"2026-03-{day:02}T09:00:00", **said} for day in days]}


async def standing(world: World, of: dict[str, Any]) -> list[str]:
    """When its visits begin."""
    return sorted(one["from"] for one in (await world.done("GET", f"/v1/jobs/{of['id']}"))["visits"] if one["state"] != "cancelled")


async def test_every_part_is_booked_and_promised_at_once(world: World) -> None:
    anna, of = await technician(world), await job(world, visits_needed=3)
    made = await world.done("POST", f"/v1/jobs/{of['id']}/bookings", parts(anna, 27, 28, 29))
    assert (made["job_id"], [one["from"] for one in made["visits"]]) == (
        of["id"],
        ["2026-03-27T08:00:00Z", "2026-03-28T08:00:00Z", "2026-03-29T07:00:00Z"],  # by the wall, across a clock change
    )
    assert await standing(world, of) == [one["from"] for one in made["visits"]]
    for one in made["visits"]:
        assert await facts(world, one["id"]) == ["visit_booked"]
        [promise] = (await world.done("GET", f"/v1/promises?subject_id={one['id']}"))["items"]
        assert (promise["state"], promise["due_at"]) == ("open", one["arrive"]["until"])


async def test_where_one_part_has_no_place_none_is_booked_and_it_is_said_which_and_where_else(world: World) -> None:
    anna, of = await technician(world), await job(world, visits_needed=3)
    await visit(world, by=anna, at="2026-03-06T08:30:00Z")
    for key in (None, "parts-at-once"):
        refused = await world.post(f"/v1/jobs/{of['id']}/bookings", parts(anna, 5, 6, 9), key=key)
        told = refused.json()
        assert (refused.status_code, told["code"], told["index"]) == (409, "SLOT_TAKEN", 1)
        assert told["slots"]
        assert await standing(world, of) == []
    again = await world.post(f"/v1/jobs/{of['id']}/bookings", parts(anna, 5, 6, 9), key="parts-at-once")
    assert (again.headers["idempotency-replayed"], again.content) == ("true", refused.content)
    best = {"technician_id": told["slots"][0]["technician_id"], "from": told["slots"][0]["from"]}
    mended = parts(anna, 5, 9)["visits"]
    await world.done("POST", f"/v1/jobs/{of['id']}/bookings", {"visits": [mended[0], best, mended[1]]})
    assert len(await standing(world, of)) == 3


async def test_two_parts_of_one_hour_are_refused_like_two_of_anybody(world: World) -> None:
    anna, of = await technician(world), await job(world, visits_needed=2)
    refused = await world.post(f"/v1/jobs/{of['id']}/bookings", parts(anna, 5, 5))
    assert (refused.json()["code"], refused.json()["index"]) == ("SLOT_TAKEN", 1)
    assert await standing(world, of) == []


async def test_the_same_parts_under_one_key_are_booked_once(world: World) -> None:
    anna, of = await technician(world), await job(world, visits_needed=2)
    first, again = [await world.post(f"/v1/jobs/{of['id']}/bookings", parts(anna, 5, 6), key="twice-is-once") for _ in range(2)]
    assert (first.status_code, again.content) == (201, first.content)
    assert len(await standing(world, of)) == 2


async def test_of_many_who_want_overlapping_days_each_gets_all_of_theirs_or_nothing(world: World) -> None:
    anna, ben = await technician(world), await technician(world)
    jobs = [await job(world, visits_needed=3) for _ in range(8)]
    answers = await asyncio.gather(
        *(world.post(f"/v1/jobs/{of['id']}/bookings", parts((anna, ben)[n % 2], 5 + n % 3, 8, 6 + n % 4)) for n, of in enumerate(jobs))
    )
    for of, answer in zip(jobs, answers, strict=True):
        assert len(await standing(world, of)) == (3 if answer.status_code == 201 else 0), answer.json()
    assert sum(answer.status_code == 201 for answer in answers) == 2


async def test_a_crew_goes_on_every_day_or_nobody_on_any(world: World) -> None:
    anna, ben, of = await technician(world), await technician(world), await job(world, visits_needed=2, crew_size=2)
    await visit(world, by=ben, at="2026-03-06T08:00:00Z")
    refused = await world.post(f"/v1/jobs/{of['id']}/bookings", parts(anna, 5, 6, crew=[ben.id]))
    assert (refused.json()["code"], refused.json()["index"]) == ("SLOT_TAKEN", 1)
    made = await world.done("POST", f"/v1/jobs/{of['id']}/bookings", parts(anna, 5, 9, crew=[ben.id]))
    assert [one["crew"] for one in made["visits"]] == [[ben.id], [ben.id]]


async def test_nobody_books_parts_of_a_job_of_others(world: World, other: World) -> None:
    anna, of = await technician(world), await job(other)
    assert (await world.post(f"/v1/jobs/{of['id']}/bookings", parts(anna, 5))).status_code == 404
    assert (await world.post(f"/v1/jobs/{of['id']}/bookings", {"visits": []})).status_code == 422
