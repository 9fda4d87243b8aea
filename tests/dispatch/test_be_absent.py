import asyncio
from typing import Any

import asyncpg
import pytest

from tests.dispatch.builders import Field, job, technician, visit
from tests.world import World

SICK = {"reason": "sick", "from_on": "2026-03-05", "until_on": "2026-03-07"}
YEAR = "from=2026-01-01T00:00:00Z&until=2027-01-01T00:00:00Z"
BREAK = {"break": {"starts": "12:00:00", "ends": "12:30:00"}}


async def away(world: World, who: Field, **differences: Any) -> dict[str, Any]:
    return await world.done("POST", f"/v1/technicians/{who.id}/absences", {**SICK, **differences})


async def breaks(world: World, who: Field) -> list[Any]:
    return await world.sql(
        "select starts_at from dispatch.occupancy where organisation_id = $1 and technician_id::text = $2 and kind = 'break' order by 1",
        world.organisation_id,
        who.id,
    )


async def test_whole_days_are_those_of_the_technicians_zone_also_when_the_clocks_change(world: World) -> None:
    anna = await technician(world, zone="America/New_York", shifts={"from_on": "2026-04-01", "until_on": "2026-04-02"})
    made = await away(world, anna, from_on="2026-03-08", until_on="2026-03-09")  # summer time begins: 23 hours
    assert (made["from"], made["until"]) == ("2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z")
    [listed] = (await world.done("GET", f"/v1/absences?{YEAR}"))["items"]
    assert (listed["local_from"], listed["local_until"], listed["zone"]) == (
        "2026-03-08T00:00:00",
        "2026-03-09T00:00:00",
        "America/New_York",
    )
    assert (listed["technician_name"], listed["reason"]) == ("Robin Field", "sick")


async def test_nobody_is_booked_while_they_are_away(world: World) -> None:
    anna = await technician(world)
    await away(world, anna)
    for start in ("2026-03-05T09:00:00Z", "2026-03-06T15:00:00Z"):
        refused = await world.post(f"/v1/jobs/{(await job(world))['id']}/visits", {"technician_id": anna.id, "from": start})
        assert (refused.status_code, refused.json()["code"]) == (409, "SLOT_TAKEN")
        assert refused.json()["slots"][0]["from"] == "2026-03-07T07:00:00Z"
    await visit(world, by=anna, at="2026-03-07T07:00:00Z")


async def test_what_is_booked_in_it_is_named_and_nothing_changes(world: World) -> None:
    anna = await technician(world, shifts=BREAK)
    second, first = await visit(world, by=anna, at="2026-03-06T09:00:00Z"), await visit(world, by=anna, at="2026-03-05T09:00:00Z")
    held = await world.done(
        "POST", f"/v1/jobs/{(await job(world))['id']}/holds", {"technician_id": anna.id, "from": "2026-03-06T12:00:00Z"}
    )
    before = await breaks(world, anna)
    refused = await world.post(f"/v1/technicians/{anna.id}/absences", SICK)
    assert (refused.status_code, refused.json()["code"]) == (409, "TECHNICIAN_BUSY")
    assert [(one["id"], one["held"]) for one in refused.json()["visits"]] == [
        (first["id"], False),
        (second["id"], False),
        (held["id"], True),
    ]
    assert refused.json()["remedy"].startswith("Move or cancel")
    assert await breaks(world, anna) == before
    assert (await world.done("GET", f"/v1/absences?{YEAR}"))["items"] == []


async def test_a_hold_that_ran_out_gives_way_to_an_absence(world: World) -> None:
    anna = await technician(world)
    held = await world.done(
        "POST", f"/v1/jobs/{(await job(world))['id']}/holds", {"technician_id": anna.id, "from": "2026-03-05T09:00:00Z"}
    )
    world.clock.forward(minutes=10)
    await away(world, anna)
    assert (await world.done("GET", f"/v1/visits/{held['id']}"))["state"] == "cancelled"


async def test_two_absences_at_one_time_are_one_and_those_that_touch_are_two(world: World) -> None:
    anna = await technician(world)
    first = await away(world, anna)
    refused = await world.post(f"/v1/technicians/{anna.id}/absences", {**SICK, "from_on": "2026-03-06", "until_on": "2026-03-08"})
    assert (refused.json()["code"], [one["id"] for one in refused.json()["absences"]]) == ("ALREADY_ABSENT", [first["id"]])
    await away(world, anna, from_on="2026-03-07", until_on="2026-03-08")


async def test_a_cancelled_absence_gives_the_time_back_with_its_fixed_breaks(world: World) -> None:
    anna = await technician(world, shifts={**BREAK, "from_on": "2026-03-04", "until_on": "2026-03-08"})
    before = await breaks(world, anna)
    made = await away(world, anna)
    assert len(await breaks(world, anna)) == len(before) - 2
    path = f"/v1/technicians/{anna.id}/absences/{made['id']}/cancel"
    done = await world.done("POST", path)
    assert (done["from"], done["until"]) == (made["from"], made["until"])
    assert await breaks(world, anna) == before
    again = await world.post(path)
    assert (again.status_code, again.json()["code"]) == (404, "ABSENCE_NOT_FOUND")
    await visit(world, by=anna, at="2026-03-05T09:00:00Z")
    kinds = await world.sql(
        "select kind, actor from kit.fact where organisation_id = $1 and kind like 'absence%' order by transaction_id",
        world.organisation_id,
    )
    assert [row["kind"] for row in kinds] == ["absence_added", "absence_cancelled"]
    assert all(row["actor"].startswith("staff:") for row in kinds)


async def test_who_comes_back_early_was_away_until_then(world: World) -> None:
    anna = await technician(world, shifts=BREAK)
    made = await away(world, anna, from_on="2026-03-04", until_on="2026-03-07")  # it is noon UTC of the fourth
    path = f"/v1/technicians/{anna.id}/absences/{made['id']}/cancel"
    world.clock.forward(minutes=30)
    assert (await world.done("POST", path))["from"] == "2026-03-04T12:30:00Z"
    [left] = (await world.done("GET", f"/v1/absences?{YEAR}&technician_id={anna.id}"))["items"]
    assert (left["from"], left["until"]) == ("2026-03-03T23:00:00Z", "2026-03-04T12:30:00Z")
    assert [row["starts_at"].day for row in await breaks(world, anna)][:5] == [1, 2, 3, 5, 6]  # that of the fourth is over
    again = await world.post(path)
    assert (again.status_code, again.json()["code"]) == (409, "ABSENCE_OVER")


async def test_shifts_are_added_over_an_absence_without_a_break_in_it(world: World) -> None:
    anna = await technician(world, shifts={"from_on": "2026-03-01", "until_on": "2026-03-02"})
    made = await away(world, anna)
    hours = {"from_on": "2026-03-04", "until_on": "2026-03-08", "starts": "08:00:00", "ends": "17:00:00", **BREAK}
    await world.done("POST", f"/v1/technicians/{anna.id}/shifts", hours)
    assert [row["starts_at"].day for row in await breaks(world, anna)] == [4, 7]
    await world.done("POST", f"/v1/technicians/{anna.id}/absences/{made['id']}/cancel")
    assert [row["starts_at"].day for row in await breaks(world, anna)] == [4, 5, 6, 7]


async def test_of_an_absence_and_bookings_at_the_same_moment_one_side_wins(world: World) -> None:
    anna = await technician(world)
    jobs = [await job(world) for _ in range(6)]
    booking = {"technician_id": anna.id, "from": "2026-03-05T09:00:00Z"}
    answers = await asyncio.gather(
        *(world.post(f"/v1/jobs/{of['id']}/visits", booking) for of in jobs[:3]),
        world.post(f"/v1/technicians/{anna.id}/absences", SICK),
        *(world.post(f"/v1/jobs/{of['id']}/visits", booking) for of in jobs[3:]),
    )
    assert [answer.status_code for answer in answers].count(201) == 1
    assert {answer.json()["code"] for answer in answers if answer.status_code != 201} <= {"SLOT_TAKEN", "TECHNICIAN_BUSY"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"until_on": "2026-03-05"},
        {"until_on": None},
        {"from": "2026-03-05T00:00:00Z"},
        {"from_on": None, "until_on": None},
        {"from_on": None, "until_on": None, "from": "2026-03-05T00:00:00Z", "until": "2026-03-05T00:00:00Z"},
        {"until_on": "2027-06-01"},
        {"reason": "Sick!"},
    ],
)
async def test_an_absence_without_sense_is_refused(world: World, wrong: dict[str, Any]) -> None:
    anna = await technician(world)
    refused = await world.post(f"/v1/technicians/{anna.id}/absences", {**SICK, **wrong})
    assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_DOCUMENT")


async def test_absences_come_in_pages_in_the_order_in_which_people_go(world: World) -> None:
    made = []
    for number in range(3):
        who = await technician(world)
        made.append((await away(world, who, from_on=f"2026-03-{10 - number:02}", until_on="2026-03-12"))["id"])
    seen: list[str] = []
    path: str | None = "/v1/absences?from=2026-03-05T00:00:00Z&until=2026-03-31T00:00:00Z&limit=2"
    while path:
        page = await world.get(path)
        seen += [one["id"] for one in page.json()["items"]]
        path = page.links["next"]["url"] if "next" in page.links else None
    assert seen == made[::-1]


@pytest.mark.parametrize(
    "query, told", [("", "`from` and `until` have to be given."), ("?from=2026-03-05T00:00:00Z", "`until` has to be given.")]
)
async def test_a_list_of_absences_says_which_instants_it_lacks(world: World, query: str, told: str) -> None:
    refused = await world.get(f"/v1/absences{query}")
    assert (refused.status_code, refused.json()["detail"]) == (422, told)


async def test_a_technician_may_neither_declare_nor_list_absences(world: World) -> None:
    anna = await technician(world)
    assert (await anna.post(world, f"/v1/technicians/{anna.id}/absences", SICK)).status_code == 403
    assert (await anna.get(world, f"/v1/absences?{YEAR}")).status_code == 403


async def test_another_organisation_sees_and_cancels_no_absence_of_ours(world: World, other: World) -> None:
    anna = await technician(world)
    made = await away(world, anna)
    assert (await other.done("GET", f"/v1/absences?{YEAR}"))["items"] == []
    assert (await other.post(f"/v1/technicians/{anna.id}/absences/{made['id']}/cancel")).status_code == 404


async def test_nobody_is_put_away_over_a_visit_by_hand(world: World) -> None:
    anna = await technician(world)
    await visit(world, by=anna)
    with pytest.raises(asyncpg.ExclusionViolationError, match="nobody_in_two_places"):
        await world.sql(
            "insert into dispatch.occupancy (organisation_id, occupancy_id, technician_id, kind, starts_at, ends_at, reason)"
            " values ($1, gen_random_uuid(), $2::text::uuid, 'absence', '2026-03-01Z', '2026-03-31Z', 'sick')",
            world.organisation_id,
            anna.id,
        )
