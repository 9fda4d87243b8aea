"""Work that comes again: each occurrence once, at its time on the wall, whatever the clocks do."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
import pytest

from service.dispatch import background
from service.kit.tasks.registry import KINDS
from service.kit.tasks.runner import Runner
from tests.dispatch.builders import Field, facts, job, site, technician
from tests.world import World

FRIDAYS = {"local_from": "2026-03-06T09:00:00", "rule": "FREQ=WEEKLY;BYDAY=FR"}
ALL_DAY = {"from_on": "2026-03-01", "until_on": "2027-04-01", "starts": "00:00:00", "ends": "00:00:00"}
ZONES = (
    "Europe/Berlin", "Europe/London", "America/New_York", "America/St_Johns", "America/Santiago",
    "Australia/Lord_Howe", "Australia/Sydney", "Pacific/Auckland", "Europe/Dublin", "Asia/Jerusalem",
)  # fmt: skip
NAMES = ("continue_one_series", "continue_series", "book_occurrence")


async def go_on(world: World) -> None:
    """An hour goes by; what the worker does then, and what that leads to."""
    assert background.run_continue_series is KINDS["continue_series"].handler
    world.clock.forward(hours=1)
    worker = Runner(world.database, kinds={name: KINDS[name] for name in NAMES}, clock=world.clock, jitter=lambda: 0.0)
    worker._committed(world.organisation_id)
    await worker.drain()


async def series(world: World, *, zone: str = "Europe/Berlin", work: dict[str, Any] | None = None, **differences: Any) -> dict[str, Any]:
    customer = await world.customer()
    place = await site(world, customer["id"], zone=zone)
    document = {"job": {"customer_id": customer["id"], "site_id": place, "kind": "inspection", **(work or {})}, **FRIDAYS, **differences}
    return {**await world.done("POST", "/v1/visit-series", document), "document": document}


async def occurrences(world: World, of: dict[str, Any], from_on: str = "2026-03-01", until_on: str = "2026-04-01") -> list[dict[str, Any]]:
    found = await world.done("GET", f"/v1/visit-series/{of['id']}/occurrences?from_on={from_on}&until_on={until_on}")
    items: list[dict[str, Any]] = found["items"]
    return items


async def standing(world: World, of: dict[str, Any], **days: str) -> list[tuple[str, str]]:
    return [(one["local_from"][5:10], one["state"]) for one in await occurrences(world, of, **days)]


async def test_a_job_is_opened_for_each_occurrence_in_the_horizon_and_its_visit_is_booked(world: World) -> None:
    anna = await technician(world)
    made = await series(world, technician_id=anna.id, horizon_days=14)
    await go_on(world)
    assert await standing(world, made) == [("03-06", "opened"), ("03-13", "opened"), ("03-20", "to_come"), ("03-27", "to_come")]
    for one in (await occurrences(world, made))[:2]:
        visit = await world.done("GET", f"/v1/visits/{one['visit_id']}")
        assert (visit["state"], visit["technician_id"], visit["local_from"]) == ("booked", anna.id, one["local_from"])
        assert visit["job_id"] == one["job_id"]
        [promise] = (await world.done("GET", f"/v1/promises?subject_id={visit['id']}"))["items"]
        assert promise["state"] == "open"
    world.clock.forward(days=7)
    await go_on(world)
    assert await standing(world, made) == [("03-06", "opened"), ("03-13", "opened"), ("03-20", "opened"), ("03-27", "to_come")]
    assert await facts(world, made["id"]) == ["visit_series_begun", *["occurrence_opened"] * 3]


async def test_however_often_it_is_gone_on_with_each_occurrence_is_opened_once(world: World) -> None:
    made = await series(world, technician_id=(await technician(world)).id)
    for _ in range(3):
        await go_on(world)
    [jobs] = await world.sql("select count(*) from dispatch.job where organisation_id = $1", world.organisation_id)
    [visits] = await world.sql("select count(*) from dispatch.visit where organisation_id = $1", world.organisation_id)
    assert jobs["count"] == len([one for one in await occurrences(world, made, until_on="2026-06-01") if one["state"] == "opened"]) == 8
    assert visits["count"] == 4  # until the end of the shifts


async def test_where_nobody_can_go_the_job_waits_and_says_why(world: World) -> None:
    anna = await technician(world, shifts={"from_on": "2026-03-01", "until_on": "2026-03-10"})
    await world.done("POST", f"/v1/jobs/{(await job(world))['id']}/visits", {"technician_id": anna.id, "local_from": "2026-03-06T09:30:00"})
    made = await series(world, technician_id=anna.id, horizon_days=14)
    await go_on(world)
    first, second = (await occurrences(world, made))[:2]
    assert (first["state"], first["visit_id"], first["job_state"], second["visit_id"]) == ("opened", None, "open", None)
    rows = await world.sql(
        "select body ->> 'code' as code from kit.fact where organisation_id = $1 and kind = 'occurrence_not_booked' order by sequence",
        world.organisation_id,
    )
    assert sorted(row["code"] for row in rows) == ["OUTSIDE_SHIFT", "SLOT_TAKEN"]


async def test_a_paused_series_opens_nothing_and_what_passed_meanwhile_is_gone(world: World) -> None:
    made = await series(world, horizon_days=3)
    await go_on(world)
    paused = await world.done("POST", f"/v1/visit-series/{made['id']}/pause")
    assert (paused["state"], [one["local_from"] for one in paused["open"]]) == ("paused", ["2026-03-06T09:00:00"])
    world.clock.forward(days=8)
    await go_on(world)
    world.clock.forward(days=3)
    assert (await world.done("POST", f"/v1/visit-series/{made['id']}/resume"))["state"] == "active"
    world.clock.forward(days=4)
    await go_on(world)
    assert await standing(world, made) == [("03-06", "opened"), ("03-20", "opened"), ("03-27", "to_come")]


async def test_an_ended_series_is_over_for_good_and_names_what_it_had_opened(world: World) -> None:
    made = await series(world, horizon_days=10)
    await go_on(world)
    ended = await world.done("POST", f"/v1/visit-series/{made['id']}/end")
    assert [one["job_id"] for one in ended["open"]] == [one["job_id"] for one in await occurrences(world, made)]
    world.clock.forward(days=10)
    await go_on(world)
    assert await standing(world, made) == [("03-06", "opened"), ("03-13", "opened")]
    for act in ("resume", "pause", "end"):
        refused = await world.post(f"/v1/visit-series/{made['id']}/{act}")
        assert (refused.status_code, refused.json()["code"]) == (409, "SERIES_NOT_IN_STATE")


async def test_one_occurrence_is_skipped_and_an_opened_one_is_not(world: World) -> None:
    made = await series(world, horizon_days=5)
    await go_on(world)
    path = f"/v1/visit-series/{made['id']}/skip"
    for _ in range(2):
        assert (await world.done("POST", path, {"local_from": "2026-03-13T09:00:00"}))["local_from"] == "2026-03-13T09:00:00"
    opened = await world.post(path, {"local_from": "2026-03-06T09:00:00"})
    assert (opened.json()["code"], opened.json()["job_id"]) == ("OCCURRENCE_OPENED", (await occurrences(world, made))[0]["job_id"])
    for never in ("2026-03-14T09:00:00", "2026-03-13T09:00:01", "2026-02-27T09:00:00", "9999-12-31T23:59:59", "2999-01-04T09:00:00"):
        assert (await world.post(path, {"local_from": never})).status_code == 422, never
    world.clock.forward(days=12)
    await go_on(world)
    assert await standing(world, made) == [("03-06", "opened"), ("03-13", "skipped"), ("03-20", "opened"), ("03-27", "to_come")]


async def test_a_crew_comes_again_as_a_crew(world: World) -> None:
    anna, ben = await technician(world), await technician(world)
    made = await series(world, technician_id=anna.id, crew=[ben.id], work={"crew_size": 2}, horizon_days=4)
    await go_on(world)
    [first] = [one for one in await occurrences(world, made) if one["visit_id"]]
    assert [one["id"] for one in (await world.done("GET", f"/v1/visits/{first['visit_id']}"))["crew"]] == [ben.id]
    document = {**made["document"], "crew": []}
    assert (await world.post("/v1/visit-series", document)).json()["code"] == "CREW_NOT_WHOLE"


async def test_the_same_series_under_the_same_id_twice_is_one(world: World) -> None:
    made = await series(world, id=str(world.id()))
    again = await world.post("/v1/visit-series", made["document"])
    assert (again.status_code, again.json()["id"]) == (200, made["id"])
    other = await world.post("/v1/visit-series", {**made["document"], "rule": "FREQ=WEEKLY"})
    assert other.json()["code"] == "ID_TAKEN"
    found = await world.done("GET", f"/v1/visit-series/{made['id']}")
    assert (found["rule"], found["zone"], found["state"], found["job"]["kind"]) == (
        FRIDAYS["rule"],
        "Europe/Berlin",
        "active",
        "inspection",
    )
    [listed] = (await world.done("GET", f"/v1/visit-series?customer_id={found['customer_id']}&state=active"))["items"]
    assert listed == found


@pytest.mark.parametrize(
    "rule, starts, left_out, until_on, days",
    [
        ("FREQ=DAILY;INTERVAL=3;COUNT=4", "2026-03-30", [], "2026-05-01", ["03-30", "04-02", "04-05", "04-08"]),
        ("FREQ=DAILY;COUNT=4", "2026-03-30", ["2026-03-31"], "2026-05-01", ["03-30", "04-01", "04-02"]),  # what is left out counts
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "2026-03-05", [], "2026-04-03", ["03-05", "03-16", "03-19", "03-30", "04-02"]),
        ("FREQ=MONTHLY;BYDAY=2TU", "2026-03-10", [], "2026-06-01", ["03-10", "04-14", "05-12"]),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2026-03-27", [], "2026-06-01", ["03-27", "04-24", "05-29"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2026-03-31", [], "2026-08-01", ["03-31", "05-31", "07-31"]),  # months without one are left out
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2026-03-31", [], "2026-06-01", ["03-31", "04-30", "05-31"]),
        ("FREQ=YEARLY", "2026-03-05", [], "2027-04-01", ["03-05", "03-05"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "2026-03-31", [], "2026-07-01", ["03-31", "04-30", "05-29", "06-30"]),
        ("FREQ=MONTHLY;BYMONTH=3,5;BYMONTHDAY=10", "2026-03-10", [], "2027-03-15", ["03-10", "05-10", "03-10"]),
        ("FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU", "2026-03-29", [], "2027-01-01", ["03-29", "10-25"]),
        ("FREQ=WEEKLY;UNTIL=20260320", "2026-03-06", [], "2026-05-01", ["03-06", "03-13", "03-20"]),
        ("FREQ=WEEKLY;UNTIL=20260320T075959Z", "2026-03-06", [], "2026-05-01", ["03-06", "03-13"]),
        ("FREQ=WEEKLY;UNTIL=20260320T080000Z", "2026-03-06", [], "2026-05-01", ["03-06", "03-13", "03-20"]),
    ],
)
async def test_a_rule_falls_on_the_days_that_rfc_5545_says(
    world: World, rule: str, starts: str, left_out: list[str], until_on: str, days: list[str]
) -> None:
    made = await series(world, rule=rule, local_from=f"{starts}T09:00:00", local_left_out=[f"{day}T09:00:00" for day in left_out])
    assert [day for day, _ in await standing(world, made, until_on=until_on)] == days


async def test_what_is_added_is_opened_too_and_counts_for_no_count(world: World) -> None:
    added = [f"2026-03-{day}T09:00:00" for day in ("13", "18", "27")]
    made = await series(world, rule="FREQ=WEEKLY;COUNT=2", local_added=added, local_left_out=["2026-03-27T09:00:00"], horizon_days=20)
    await go_on(world)
    assert await standing(world, made) == [("03-06", "opened"), ("03-13", "opened"), ("03-18", "opened")]
    found = await world.done("GET", f"/v1/visit-series/{made['id']}")
    assert found["local_added"] == added
    early = {**made["document"], "local_added": ["2026-03-06T09:00:00"]}
    assert (await world.post("/v1/visit-series", early)).json()["code"] == "RULE_NOT_TAKEN"


@pytest.mark.parametrize("zone", ZONES)
async def test_the_last_sunday_and_what_is_added_keep_their_time_on_the_wall_in_every_zone(world: World, zone: str) -> None:
    there = ZoneInfo(zone)
    rule = "FREQ=MONTHLY;BYDAY=SU;BYSETPOS=-1"
    made = await series(
        world, zone=zone, rule=rule, local_from="2026-03-29T02:30:00", local_added=["2026-11-01T01:45:00", "2027-03-14T02:15:00"]
    )
    found = await occurrences(world, made, "2026-03-29", "2027-04-01")
    assert len(found) == 15
    for one in found:
        wall = datetime.fromisoformat(one["local_from"])
        assert datetime.fromisoformat(one["from"]) == wall.replace(tzinfo=there).astimezone(UTC), one


@pytest.mark.parametrize(
    "wrong",
    [
        {"rule": "FREQ=HOURLY;COUNT=2"}, {"rule": "FREQ=WEEKLY;BYDAY=MO"}, {"rule": "FREQ=WEEKLY;BYDAY=1FR"}, {"rule": "FREQ=WEEKLY;BYMONTHDAY=6"},
        {"rule": "FREQ=MONTHLY;BYDAY=5FR"}, {"rule": "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=6"}, {"rule": "FREQ=DAILY;INTERVAL=0"}, {"rule": "FREQ=DAILY;INTERVAL=367"},
        {"rule": "FREQ=DAILY;COUNT=0"}, {"rule": "FREQ=DAILY;COUNT=9;UNTIL=20260320"}, {"rule": "FREQ=DAILY;UNTIL=20260305"}, {"rule": "FREQ=DAILY;UNTIL=20261332"},
        {"rule": "FREQ=DAILY;UNTIL=20260320T090000"}, {"rule": "FREQ=DAILY;BYHOUR=9"}, {"rule": "FREQ=DAILY;FREQ=DAILY"}, {"rule": "FREQ=DAILY;;;"},
        {"rule": "RRULE:FREQ=DAILY"}, {"rule": "FREQ=DAILY;INTERVAL=7;BYDAY=MO"}, {"rule": "FREQ=YEARLY;BYMONTH=2"},
        {"rule": "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=2"}, {"rule": "FREQ=MONTHLY;BYMONTHDAY=6;BYSETPOS=2"}, {"local_from": "2026-03-06T09:00:00.5"}, {"local_from": "9999-12-31T09:00:00"},
    ],
)  # fmt: skip
async def test_a_rule_that_cannot_be_told_in_a_sentence_is_refused(world: World, wrong: dict[str, Any]) -> None:
    customer = await world.customer()
    work = {"customer_id": customer["id"], "site_id": await site(world, customer["id"]), "kind": "inspection"}
    refused = await world.post("/v1/visit-series", {"job": work, **FRIDAYS, **wrong})
    assert refused.status_code == 422
    assert refused.json()["code"] == ("OUT_OF_RANGE" if wrong.get("local_from", "").startswith("9999") else "RULE_NOT_TAKEN"), (
        refused.json()
    )


@pytest.mark.parametrize(
    "wrong, code",
    [
        ({"kind": "collection"}, "INVALID_DOCUMENT"),
        ({"policy_name": "ours"}, "INVALID_DOCUMENT"),
        ({"site_id": "019cb8b8-1e00-7d94-8ae6-d57914c51dbb"}, "SITE_UNKNOWN"),
        ({"asset_id": "019cb8b8-1e00-7d94-8ae6-d57914c51dbb"}, "ASSET_UNKNOWN"),
    ],
)
async def test_a_series_whose_jobs_could_not_be_opened_is_refused(world: World, wrong: dict[str, Any], code: str) -> None:
    customer = await world.customer()
    work = {"customer_id": customer["id"], "site_id": await site(world, customer["id"]), "kind": "inspection", **wrong}
    refused = await world.post("/v1/visit-series", {"job": work, **FRIDAYS})
    assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_nobody_is_erased_with_the_last_of_a_customer_to_whom_somebody_comes_again(world: World) -> None:
    made = await series(world, horizon_days=1)
    path = f"/v1/customers/{made['document']['job']['customer_id']}/erasures"
    held = await world.post(path, {})
    assert (held.status_code, held.json()["holds"]) == (409, ["open_series"])
    await world.done("POST", f"/v1/visit-series/{made['id']}/end")
    assert (await world.post(path, {})).status_code == 201


async def a_year(world: World, zone: str, rule: str, wall: str) -> int:
    """Begins a series at a wall time, lets a year go by, and holds each visit to what Python's own clocks say; how many there were."""
    anna = await technician(world, zone=zone, shifts=ALL_DAY)
    made = await series(
        world, zone=zone, technician_id=anna.id, rule=rule, local_from=f"2026-03-05T{wall}", work={"duration_minutes": 30}, horizon_days=30
    )
    for _ in range(13):
        await go_on(world)
        world.clock.forward(days=29)
    rows = await world.sql(
        "select s.starts_at, s.starts_wall, s.zone from dispatch.visit_step s join dispatch.visit v using (organisation_id, visit_id)"
        " join dispatch.occurrence o using (organisation_id, job_id) where s.organisation_id = $1 and o.series_id = $2 and s.to_state = 'booked' order by 1",
        world.organisation_id,
        UUID(made["id"]),
    )
    there = ZoneInfo(zone)
    assert {row["starts_wall"].strftime("%H:%M:%S") for row in rows} == {wall}
    assert {row["zone"] for row in rows} == {zone}
    assert [row["starts_at"] for row in rows] == [row["starts_wall"].replace(tzinfo=there).astimezone(UTC) for row in rows]
    offsets = [row["starts_at"].astimezone(there).utcoffset() for row in rows]
    assert sum(one != other for one, other in pairwise(offsets)) >= 2, "both clock changes of the year were met"
    for row in rows:  # on the wall as said, but in an hour that is skipped
        shown = row["starts_at"].astimezone(there).replace(tzinfo=None)
        assert shown == row["starts_wall"] or (row["starts_wall"] < shown <= row["starts_wall"] + timedelta(hours=1))
    return len(rows)


@pytest.mark.parametrize("zone", ZONES)
async def test_a_year_of_visits_across_both_clock_changes_keeps_its_time_on_the_wall(world: World, zone: str) -> None:
    assert await a_year(world, zone, "FREQ=WEEKLY;BYDAY=TH,SU", "09:00:00") >= 104


@pytest.mark.soak
@pytest.mark.parametrize("wall", ["00:30:00", "01:45:00", "02:30:00"])
@pytest.mark.parametrize("zone", ZONES)
async def test_a_year_of_daily_visits_in_the_hours_of_the_clock_changes_keeps_its_time_on_the_wall(
    world: World, zone: str, wall: str
) -> None:
    assert await a_year(world, zone, "FREQ=DAILY", wall) >= 365


class TestByHand:
    """As the service's own role."""

    async def test_no_occurrence_is_opened_twice(self, world: World) -> None:
        made = await series(world, horizon_days=3)
        await go_on(world)
        other = await job(world)
        again = "insert into dispatch.occurrence (organisation_id, series_id, starts_wall, job_id, actor, happened_at) values ($1, $2, $3, $4, 'x', now())"
        nine = datetime(2026, 3, 6, 9)  # noqa: DTZ001 - a wall time has no zone
        with pytest.raises(asyncpg.UniqueViolationError, match="one_occurrence_once"):
            await world.sql(again, world.organisation_id, UUID(made["id"]), nine, UUID(other["id"]))
        opened = (await occurrences(world, made))[0]["job_id"]
        with pytest.raises(asyncpg.UniqueViolationError, match="one_occurrence_a_job"):
            await world.sql(again, world.organisation_id, UUID(made["id"]), nine + timedelta(days=7), UUID(opened))

    @pytest.mark.parametrize(
        "number, moves_from, moves_to, constraint",
        [
            (2, "active", "active", "series_moves_as_declared"),
            (2, "paused", "active", "series_step_follows"),
            (1, "new", "active", "one_series_step_a_number"),
            (2, "new", "active", "series_begins_active"),
        ],
    )
    async def test_no_series_moves_but_as_declared(
        self, world: World, number: int, moves_from: str, moves_to: str, constraint: str
    ) -> None:
        made = await series(world)
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=constraint):
            await world.sql(
                "insert into dispatch.series_step (organisation_id, series_id, step, from_state, to_state, actor, happened_at) values ($1, $2, $3, $4, $5, 'x', now())",
                world.organisation_id,
                UUID(made["id"]),
                number,
                moves_from,
                moves_to,
            )

    async def test_another_organisation_sees_and_ends_no_series_of_ours(self, world: World, other: World) -> None:
        made = await series(world)
        assert (await other.get(f"/v1/visit-series/{made['id']}")).status_code == 404
        assert (await other.post(f"/v1/visit-series/{made['id']}/end")).status_code == 404
        assert (await other.done("GET", "/v1/visit-series"))["items"] == []

    async def test_a_technician_begins_no_series(self, world: World) -> None:
        anna: Field = await technician(world)
        assert (await anna.post(world, "/v1/visit-series", {})).status_code == 403
