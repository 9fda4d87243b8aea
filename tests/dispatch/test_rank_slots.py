"""What ranks a slot: the way it costs, how far off it is, who would come; and that the way is kept free."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

import numpy as np
import pytest

from service.dispatch.known_places import KnownPlaces
from service.dispatch.travel.matrix import keep_legs
from service.integrations.travel.records import Leg, Point
from tests.dispatch.builders import Field, job, technician, visit
from tests.dispatch.test_find_slots import BERLIN, HAMBURG, home, slots
from tests.world import World

SPANDAU, POTSDAM = (525350000, 132000000), (523900000, 130640000)
"""Some 14 km from the middle of Berlin: 18 of road, 32 minutes at the usual pace."""
FLEXIBLE = {"break": {"minutes": 60, "earliest": "11:00:00", "latest": "13:00:00"}}


async def at_site(world: World, by: Field, place: tuple[int, int], at: str) -> dict[str, Any]:
    return await visit(world, by=by, at=at, of=await job(world, place=place))


async def test_beside_a_visit_at_the_same_place_a_slot_costs_no_way_and_ranks_first(world: World) -> None:
    anna = await technician(world, home=home(SPANDAU))
    await at_site(world, anna, BERLIN, "2026-03-06T10:00:00Z")
    days = await slots(world, await job(world, place=BERLIN), days=3)
    first = next(slot for day in days for slot in day["slots"] if slot["rank"] == 1)
    assert (first["from"], first["detour_seconds"], first["why"]) == ("2026-03-06T07:35:00Z", 0, ["LEAST_DETOUR", "NEAR_OTHERS"])
    empty = days[0]["slots"][0]
    assert 3600 < empty["detour_seconds"] < 4200
    assert empty["why"] == ["EARLIEST", "FIRST_OF_DAY"]


async def test_a_site_that_is_put_elsewhere_counts_at_once(world: World) -> None:
    anna = await technician(world, home=home(SPANDAU))
    of = await job(world, place=SPANDAU)
    booked = await visit(world, by=anna, at="2026-03-05T10:00:00Z", of=of)
    sought = await job(world, place=BERLIN)

    async def least() -> int:
        [day] = await slots(world, sought)
        return min(slot["detour_seconds"] for slot in day["slots"])

    assert await least() > 3600
    place = {"latitude_e7": BERLIN[0], "longitude_e7": BERLIN[1]}
    path = f"/v1/customers/{of['customer_id']}/sites/{of['site_id']}"
    await world.done("PATCH", path, place, headers={"If-Match": '"1"'})
    assert await least() == 0, booked


async def test_a_part_that_was_not_booked_after_all_says_nothing_of_where_its_id_stands_later(world: World) -> None:
    anna = await technician(world, home=home(SPANDAU))
    await at_site(world, anna, SPANDAU, "2026-03-06T08:00:00Z")
    undone = {"id": str(world.id()), "technician_id": anna.id, "from": "2026-03-06T11:00:00Z"}
    several = await job(world, place=SPANDAU, visits_needed=2)
    parts = [undone, {"technician_id": anna.id, "from": "2026-03-06T08:00:00Z"}]
    refused = (await world.post(f"/v1/jobs/{several['id']}/bookings", {"visits": parts})).json()
    assert (refused["code"], refused["index"]) == ("SLOT_TAKEN", 1)
    await world.done("POST", f"/v1/jobs/{(await job(world, place=BERLIN))['id']}/visits", undone)
    _, day = await slots(world, await job(world, place=BERLIN), days=2)
    assert min(slot["detour_seconds"] for slot in day["slots"]) == 0


async def test_who_looks_at_the_days_as_they_were_forgets_nothing_of_how_they_are(world: World) -> None:
    known, organisation = KnownPlaces(), world.id()
    of_now = known.of(organisation, sites_moved=3)
    of_now.add(np.array([[1, 7]], dtype=np.uint64), np.array([BERLIN]))
    known.of(organisation, sites_moved=2).add(np.array([[1, 7], [1, 9]], dtype=np.uint64), np.array([HAMBURG, HAMBURG]))
    places, found = known.of(organisation, sites_moved=3).find(np.array([[1, 7], [1, 9], [2, 7]], dtype=np.uint64))
    assert (places[0].tolist(), found.tolist()) == (list(BERLIN), [True, False, False])
    assert not known.of(organisation, sites_moved=4).find(np.array([[1, 7]], dtype=np.uint64))[1].any()


async def test_the_way_from_the_visit_before_and_to_the_one_after_is_kept_free(world: World) -> None:
    anna = await technician(world)
    await at_site(world, anna, SPANDAU, "2026-03-05T08:00:00Z")
    await at_site(world, anna, SPANDAU, "2026-03-05T11:30:00Z")
    [day] = await slots(world, await job(world, place=BERLIN), most_a_day=48)
    between = [slot["from"] for slot in day["slots"] if "2026-03-05T08" < slot["from"] < "2026-03-05T12"]
    assert between == ["2026-03-05T09:35:00Z"]


async def test_who_is_faster_begins_sooner(world: World) -> None:
    quick = await technician(world, home=home(SPANDAU))
    await world.done("PUT", f"/v1/technicians/{quick.id}/planning", {"speed_percent": 200}, headers={"If-Match": '"1"'})
    [day] = await slots(world, await job(world, place=BERLIN), most_a_day=1)
    assert day["slots"][0]["local_from"] == "2026-03-05T08:20:00"


async def test_whom_the_customer_prefers_and_who_came_before_rank_before_others(world: World) -> None:
    anna, ben, cem = [await technician(world) for _ in range(3)]
    of = await job(world, visits_needed=2)
    await visit(world, by=ben, at="2026-03-04T13:00:00Z", of=of)
    [day] = await slots(world, of, most_a_day=1)
    assert (day["slots"][0]["technician_id"], day["slots"][0]["why"][0]) == (ben.id, "SAME_TECHNICIAN")
    of = await job(world, preferred_technician_id=cem.id)
    [day] = await slots(world, of, most_a_day=1)
    assert (day["slots"][0]["technician_id"], day["slots"][0]["why"][0]) == (cem.id, "PREFERRED_TECHNICIAN")
    assert anna.id not in {slot["technician_id"] for slot in day["slots"]}


async def test_a_slot_leaves_the_rest_that_the_shift_owes(world: World) -> None:
    anna = await technician(world, shifts={"starts": "11:00:00", "ends": "14:00:00", **FLEXIBLE})
    of = await job(world, duration_minutes=90)
    [day] = await slots(world, of)
    assert [slot["local_from"][11:16] for slot in day["slots"]] == ["11:00", "11:30", "12:00", "12:30"]
    await visit(world, by=anna, at="2026-03-05T12:00:00Z", of=await job(world, duration_minutes=30))
    [day] = await slots(world, of)
    assert (day["slots"], day["none_because"]) == ([], "FULL")


async def test_a_slot_may_come_right_behind_the_rest(world: World) -> None:
    anna = await technician(world, shifts={"ends": "13:00:00", "break": {"minutes": 60, "earliest": "11:05:00", "latest": "11:10:00"}})
    await visit(world, by=anna, at="2026-03-05T07:00:00Z", of=await job(world, duration_minutes=140))
    [day] = await slots(world, await job(world, duration_minutes=47))
    assert [slot["local_from"][11:16] for slot in day["slots"]] == ["10:20", "12:05"]


async def test_a_place_that_takes_longer_to_reach_than_the_day_is_too_far(world: World) -> None:
    await technician(world, home=home(HAMBURG), reach_metres=1_000_000)
    assert await slots(world, await job(world, place=BERLIN)) == [{"on": "2026-03-05", "slots": [], "none_because": "TOO_FAR"}]


async def test_a_visit_that_moves_may_go_where_it_stands(world: World) -> None:
    anna = await technician(world, shifts={"ends": "09:00:00"})
    of = await job(world)
    booked = await visit(world, by=anna, at="2026-03-05T07:00:00Z", of=of)
    assert [day["none_because"] for day in await slots(world, of)] == ["FULL"]
    [day] = await slots(world, of, moves=booked["id"])
    assert [slot["from"] for slot in day["slots"]] == ["2026-03-05T07:00:00Z"]


async def test_whose_place_is_taken_hears_what_the_slots_say(world: World) -> None:
    anna = await technician(world, home=home(SPANDAU))
    await at_site(world, anna, BERLIN, "2026-03-05T09:00:00Z")
    of = await job(world, place=BERLIN)
    refused = await world.post(
        f"/v1/jobs/{of['id']}/visits", {"technician_id": anna.id, "local_from": "2026-03-05T10:30:00"}, key="taken-and-told"
    )
    assert (refused.status_code, refused.json()["code"]) == (409, "SLOT_TAKEN")
    best = refused.json()["slots"]
    assert len(best) == 5
    assert (best[0]["from"], best[0]["detour_seconds"], best[0]["why"]) == (
        "2026-03-05T10:00:00Z",
        0,
        ["EARLIEST", "LEAST_DETOUR", "NEAR_OTHERS"],
    )
    again = await world.post(
        f"/v1/jobs/{of['id']}/visits", {"technician_id": anna.id, "local_from": "2026-03-05T10:30:00"}, key="taken-and-told"
    )
    assert (again.headers["Idempotency-Replayed"], again.json()["slots"]) == ("true", best)
    for slot in best:
        booked = await world.done("POST", f"/v1/jobs/{of['id']}/visits", {"technician_id": slot["technician_id"], "from": slot["from"]})
        await world.done("POST", f"/v1/visits/{booked['id']}/cancel", {"reason": "no_longer_needed"})


async def told(world: World, *ways: tuple[tuple[int, int], tuple[int, int], int]) -> None:
    """What a road engine told: from where to where in how many seconds."""
    for start, end, seconds in ways:
        await world.database.perform(
            keep_legs,
            principal=world.principal(),
            at=world.clock.now,
            request_id=world.id(),
            remember=None,
            values={"engine": "osrm", "sources": [Point(*start)], "targets": [Point(*end)], "legs": [[Leg(seconds, 9_000)]]},
        )


async def test_a_slot_goes_by_road_where_an_engine_told_and_says_where_none_did(world: World) -> None:
    anna = await technician(world, home=home(SPANDAU))
    await told(world, (SPANDAU, BERLIN, 2400), (BERLIN, SPANDAU, 3000))
    day, straight = [(await slots(world, await job(world, place=place), most_a_day=1))[0] for place in (BERLIN, POTSDAM)]
    [slot] = day["slots"]
    assert (slot["local_from"][11:16], slot["detour_seconds"], slot["estimated"]) == ("08:40", 5400, False)
    assert straight["slots"][0]["estimated"]
    await at_site(world, anna, POTSDAM, "2026-03-05T12:00:00Z")
    [slot] = (await slots(world, await job(world, place=BERLIN), most_a_day=1))[0]["slots"]
    assert (slot["local_from"][11:16], slot["estimated"]) == ("08:40", True), "the way there is known, the way on to Potsdam isn't"


async def test_a_detour_by_road_is_less_the_way_that_would_be_gone_anyhow(world: World) -> None:
    anna = await technician(world, home=home(SPANDAU))
    await at_site(world, anna, POTSDAM, "2026-03-05T10:00:00Z")
    await told(
        world, (SPANDAU, BERLIN, 2400), (BERLIN, SPANDAU, 2400), (BERLIN, POTSDAM, 3000), (POTSDAM, BERLIN, 3600), (SPANDAU, POTSDAM, 1800)
    )
    [day] = await slots(world, await job(world, place=BERLIN, duration_minutes=30))
    before = [slot for slot in day["slots"] if slot["from"] < "2026-03-05T10"]
    assert {(slot["detour_seconds"], slot["estimated"]) for slot in before} == {(3600, False)}
    after = [slot for slot in day["slots"] if slot["from"] > "2026-03-05T11"]
    assert (after[0]["from"], {slot["estimated"] for slot in after}) == ("2026-03-05T12:00:00Z", {True})


async def test_a_way_home_may_end_with_the_shift_to_the_minute(world: World) -> None:
    await technician(world, home=home(SPANDAU), shifts={"ends": "10:02:00"})
    await told(world, (SPANDAU, BERLIN, 1860), (BERLIN, SPANDAU, 1860))
    [day] = await slots(world, await job(world, place=BERLIN))
    assert [slot["local_from"][11:16] for slot in day["slots"]] == ["08:31"]
    [day] = await slots(world, await job(world, place=BERLIN, duration_minutes=61))
    assert (day["slots"], day["none_because"]) == ([], "TOO_FAR")


@pytest.mark.parametrize("seed", range(6))
async def test_where_no_way_is_to_be_gone_what_a_booking_gets_is_offered_and_nothing_else(world: World, seed: int) -> None:
    """Wherever `places` has a whole minute within the shifts there is a slot, and each slot is among them: a day that is full has no place."""
    chance = Random(seed)
    breaks: list[dict[str, Any]] = [{}, FLEXIBLE, {"break": {"minutes": 33, "earliest": "10:07:00", "latest": "12:11:00"}}]
    anna = await technician(world, shifts={"ends": f"{chance.randint(13, 16)}:{chance.randint(10, 59)}:00", **chance.choice(breaks)})
    for _ in range(14):
        start = datetime.fromisoformat("2026-03-05T07:00:00Z") + timedelta(days=chance.randint(0, 2), minutes=chance.randint(0, 500))
        of = await job(world, duration_minutes=chance.choice([17, 35, 60, 90]))
        await world.post(f"/v1/jobs/{of['id']}/visits", {"technician_id": anna.id, "from": start.isoformat()})
    of = await job(world, duration_minutes=chance.choice([11, 20, 47, 75]))
    seen = 0
    for on in ("2026-03-05", "2026-03-06", "2026-03-07"):
        [day] = await slots(world, of, from_on=on, most_a_day=48)
        offered = [datetime.fromisoformat(slot["from"]) for slot in day["slots"]]
        [one] = (await world.done("GET", f"/v1/jobs/{of['id']}/places?on={on}&technician_id={anna.id}"))["technicians"]
        free = [(datetime.fromisoformat(two["from"]), datetime.fromisoformat(two["until"])) for two in one["places"] if two["code"] is None]
        assert all(any(begins <= at <= ends for begins, ends in free) for at in offered)
        missed = [(begins, ends) for begins, ends in free if not any(begins <= at <= ends for at in offered)]
        assert missed == [], day
        seen += len(free)
    assert seen


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_the_days_hold_every_slot_that_is_offered_is_booked(world: World, seed: int) -> None:
    chance = Random(seed)

    def around() -> tuple[int, int]:
        return BERLIN[0] + chance.randint(-900_000, 900_000), BERLIN[1] + chance.randint(-900_000, 900_000)

    people = [
        await technician(
            world,
            **({"home": home(around())} if chance.random() < 0.8 else {}),
            shifts={"ends": chance.choice(["15:00:00", "17:00:00"]), **chance.choice([{}, FLEXIBLE, {"break": {"starts": "12:00:00", "ends": "12:30:00"}} ])}
            if chance.random() < 0.5 else {},
        )
        for _ in range(3)
    ]  # fmt: skip
    for _ in range(12):
        start = datetime.fromisoformat("2026-03-05T07:00:00Z") + timedelta(days=chance.randint(0, 2), minutes=chance.randint(0, 480))
        of = await job(world, place=chance.choice([None, around()]), duration_minutes=chance.choice([15, 35, 60, 120]))
        wanted = {"technician_id": chance.choice(people).id, "from": start.isoformat()}
        await world.post(f"/v1/jobs/{of['id']}/{chance.choice(['holds', 'visits'])}", wanted)
    of = await job(
        world, place=chance.choice([None, around()]), duration_minutes=chance.choice([20, 60, 150]), crew_size=chance.choice([1, 1, 2])
    )
    offered = [slot for day in await slots(world, of, days=3, most_a_day=16) for slot in day["slots"]]
    assert sorted(slot["rank"] for slot in offered) == list(range(1, len(offered) + 1))
    for slot in offered:
        wanted = {"technician_id": slot["technician_id"], "crew": slot["crew"], "from": slot["from"]}
        booked = await world.post(f"/v1/jobs/{of['id']}/visits", wanted)
        assert booked.status_code == 201, (slot, booked.text)
        await world.done("POST", f"/v1/visits/{booked.json()['id']}/cancel", {"reason": "no_longer_needed"})


async def planned(world: World, who: Field, **profile: Any) -> None:
    await world.done("PUT", f"/v1/technicians/{who.id}/planning", profile, headers={"If-Match": '"1"'})


async def test_overtime_is_offered_where_it_is_allowed_and_counts_at_its_price(world: World) -> None:
    anna = await technician(world, shifts={"ends": "10:00:00"})
    await visit(world, by=anna, at="2026-03-05T07:00:00Z", of=await job(world, duration_minutes=90))
    of = await job(world)
    assert [day["none_because"] for day in await slots(world, of)] == ["FULL"]
    await planned(world, anna, most_overtime_minutes=45)
    today, tomorrow = await slots(world, of, days=2)
    assert [(one["local_from"][11:16], "OVERTIME" in one["why"]) for one in today["slots"]] == [("09:30", True)]
    assert ([one["rank"] for one in today["slots"]], {one["rank"] for one in tomorrow["slots"]}) == ([4], {1, 2, 3, 5}), (
        "overtime is dearer than a day"
    )
    assert [(one["local_from"][11:16], "OVERTIME" in one["why"]) for one in tomorrow["slots"]][-2:] == [("09:00", False), ("09:30", True)]
    [slot] = today["slots"]
    await world.done("POST", f"/v1/jobs/{of['id']}/visits", {"technician_id": anna.id, "from": slot["from"]})
    assert [day["none_because"] for day in await slots(world, await job(world, duration_minutes=46))] == ["FULL"]


async def test_the_way_home_counts_as_overtime_and_whose_hour_costs_less_ranks_first(world: World) -> None:
    anna, ben = [await technician(world, home=home(SPANDAU), shifts={"ends": "10:00:00"}) for _ in range(2)]
    dear, cheap = ({"most_overtime_minutes": 30, "overtime_hour_cost": {"amount": cost, "currency": "EUR"}} for cost in (9000, 3000))
    await planned(world, anna, hour_cost={"amount": 3000, "currency": "EUR"}, **dear)
    await planned(world, ben, hour_cost={"amount": 3000, "currency": "EUR"}, **cheap)
    [day] = await slots(world, await job(world, place=BERLIN))
    late = [one for one in day["slots"] if "OVERTIME" in one["why"]]
    assert late
    assert {one["technician_id"] for one in late} == {ben.id}
    assert max(one["local_from"][11:16] for one in late) <= "08:58", (
        "who ends at ten, and half an hour later at the most, is half an hour from home"
    )


async def test_overtime_ends_where_an_absence_or_the_next_shift_begins(world: World) -> None:
    anna = await technician(world, shifts={"ends": "10:00:00"})
    await planned(world, anna, most_overtime_minutes=120)
    away = {"from": "2026-03-05T09:20:00Z", "until": "2026-03-05T12:00:00Z", "reason": "other"}
    await world.done("POST", f"/v1/technicians/{anna.id}/absences", away)
    [day] = await slots(world, await job(world), most_a_day=48)
    assert max(one["local_from"][11:16] for one in day["slots"]) == "09:00"
    [day] = await slots(world, await job(world, duration_minutes=20), most_a_day=48)
    assert max(one["until"] for one in day["slots"]) == "2026-03-05T09:20:00Z"


async def test_a_crew_is_offered_the_one_minute_at_which_all_of_them_are_free(world: World) -> None:
    anna, ben = await technician(world, shifts={"ends": "09:08:00"}), await technician(world, shifts={"ends": "11:00:00"})
    await visit(world, by=ben, at="2026-03-05T07:00:00Z", of=await job(world, duration_minutes=7))
    [day] = await slots(world, await job(world, crew_size=2))
    assert [(one["local_from"][11:16], {one["technician_id"], *one["crew"]}) for one in day["slots"]] == [("08:07", {anna.id, ben.id})]
    [day] = await slots(world, await job(world, crew_size=2, duration_minutes=62))
    assert (day["slots"], day["none_because"]) == ([], "FULL")
