"""What handing over or being late would do is said before it is done, by the rule that does it; and what is left of a day is given away in two requests."""

from typing import Any
from uuid import UUID

from tests.dispatch.builders import Field, advance, facts, job, technician, visit
from tests.dispatch.planning import BERLIN, east
from tests.web.test_show_office_day import called
from tests.world import World


def handing(*visits: tuple[dict[str, Any], Field]) -> dict[str, Any]:
    return {"visits": [{"visit_id": one["id"], "technician_id": to.id} for one, to in visits], "reason": "ill"}


async def short(world: World, by: Field, at: str, **differences: Any) -> dict[str, Any]:
    """A visit of an hour in a window of half an hour."""
    return await visit(world, by=by, at=f"2026-03-04T{at}:00Z", of=await job(world, arrival_minutes=30, **differences))


async def test_what_a_hand_over_would_be_refused_for_is_what_it_is_refused_for(world: World) -> None:
    anna, ben = await technician(world), await technician(world)
    hers, his = await short(world, anna, "13:00"), await short(world, ben, "13:30")
    foreseen = await world.done("POST", "/v1/visits/hand-over/effect", handing((hers, ben)))
    refused = (await world.post("/v1/visits/hand-over", handing((hers, ben)))).json()
    assert foreseen == {
        "refused": [{"visit_id": one["id"], "technician_id": one["technician_id"], "code": one["code"]} for one in refused["visits"]],
        "windows": [],
    }
    assert foreseen["refused"][0]["code"] == "SLOT_TAKEN"
    swapped = await world.done("POST", "/v1/visits/hand-over/effect", handing((hers, ben), (his, anna)))
    assert swapped == {"refused": [], "windows": []}
    assert (await facts(world, hers["id"]), await facts(world, his["id"])) == (["visit_booked"], ["visit_booked"])


async def test_a_break_that_would_be_lost_is_foreseen_too(world: World) -> None:
    anna = await technician(world)
    ben = await technician(world, shifts={"break": {"minutes": 30, "earliest": "14:00:00", "latest": "14:30:00"}})
    hers = await short(world, anna, "13:10")
    foreseen = await world.done("POST", "/v1/visits/hand-over/effect", handing((hers, ben)))
    assert [one["code"] for one in foreseen["refused"]] == ["NO_TIME_FOR_BREAK"]
    assert (await world.post("/v1/visits/hand-over", handing((hers, ben)))).json()["code"] == "NO_TIME_FOR_BREAK"


async def test_whose_window_a_hand_over_would_leave_is_said_and_nothing_is_done(world: World) -> None:
    anna, ben = await technician(world), await technician(world)
    before, hers = await short(world, ben, "12:00"), await short(world, anna, "13:00")
    await advance(world, before["id"], to="start")
    await world.done("POST", f"/v1/visits/{before['id']}/late", {"minutes": 90, "reason": "more_to_do"})
    # Ben is there until 14:30, his calendar until 13:00 only where something stands behind: here it grew, so the place is taken.
    foreseen = await world.done("POST", "/v1/visits/hand-over/effect", handing((hers, ben)))
    assert [one["code"] for one in foreseen["refused"]] == ["SLOT_TAKEN"]
    after = await short(world, ben, "15:00")
    foreseen = await world.done("POST", f"/v1/visits/{before['id']}/late/effect", {"minutes": 180, "reason": "more_to_do"})
    assert foreseen["windows"] == [{"visit_id": after["id"], "arrives_at": "2026-03-04T16:00:00Z", "kept": False}]
    assert (await world.done("GET", f"/v1/visits/{after['id']}"))["expected"]["arrives_at"] == "2026-03-04T15:00:00Z"
    await world.done("POST", f"/v1/visits/{before['id']}/late", {"minutes": 180, "reason": "more_to_do"})
    foreseen = await world.done("POST", f"/v1/visits/{before['id']}/late/effect", {"minutes": 0, "reason": "more_to_do"})
    assert foreseen["windows"] == [{"visit_id": after["id"], "arrives_at": "2026-03-04T15:00:00Z", "kept": True}]


async def test_giving_away_who_is_late_keeps_the_window_again(world: World) -> None:
    anna, ben = await technician(world), await technician(world)
    late = await short(world, anna, "13:00")
    await world.done("POST", f"/v1/visits/{late['id']}/late", {"minutes": 60, "reason": "traffic"})
    behind = await short(world, anna, "14:00")
    foreseen = await world.done("POST", "/v1/visits/hand-over/effect", handing((behind, ben)))
    assert foreseen["windows"] == [{"visit_id": behind["id"], "arrives_at": "2026-03-04T14:00:00Z", "kept": True}]


async def test_what_is_left_of_a_day_goes_to_the_nearest_who_can(world: World) -> None:
    anna = await called(world, await technician(world, home=BERLIN), "Anna Able")
    near, far = await technician(world, home=BERLIN), await technician(world, home=BERLIN | {"longitude_e7": east(40)[1]})
    gone, first, second = [
        await short(world, anna, at, place=place) for at, place in (("12:00", east(0)), ("13:00", east(1)), ("14:30", east(39)))
    ]
    await advance(world, gone["id"], to="en-route")
    await short(world, near, "14:00", place=east(2))
    rest = await world.done("GET", f"/v1/technicians/{anna.id}/rest-of-day")
    assert (rest["name"], rest["on"], [one["visit_id"] for one in rest["visits"]]) == (
        "Anna Able",
        "2026-03-04",
        [first["id"], second["id"]],
    )
    assert [(one["technician_id"], one["code"]) for one in rest["visits"][1]["hands"]] == [(far.id, None), (near.id, "SLOT_TAKEN")]
    assert rest["hand_over"] == [
        {"visit_id": first["id"], "technician_id": near.id},
        {"visit_id": second["id"], "technician_id": far.id},
    ]
    assert rest["nobody"] == []
    assert (await world.post("/v1/visits/hand-over", {"visits": rest["hand_over"], "reason": "ill"})).status_code == 200
    assert (await world.done("GET", f"/v1/technicians/{anna.id}/rest-of-day"))["visits"] == []


async def test_it_goes_to_those_who_are_named_or_to_nobody(world: World) -> None:
    anna, ben, unable = await technician(world), await technician(world), await technician(world, shifts={"ends": "13:00:00"})
    first = await short(world, anna, "13:00")
    one, both = [
        await world.done("GET", f"/v1/technicians/{anna.id}/rest-of-day?{query}")
        for query in (f"to={unable.id}", f"to={unable.id},{ben.id}")
    ]
    assert (one["hand_over"], one["nobody"]) == ([], [first["id"]])
    assert both["hand_over"] == [{"visit_id": first["id"], "technician_id": ben.id}]
    other_day = await world.done("GET", f"/v1/technicians/{anna.id}/rest-of-day?on=2026-03-05")
    assert (other_day["on"], other_day["visits"]) == ("2026-03-05", [])
    assert (await world.get(f"/v1/technicians/{UUID(int=1)}/rest-of-day")).status_code == 404
    assert (await world.get(f"/v1/technicians/{anna.id}/rest-of-day?to=xyzzy")).status_code == 422
