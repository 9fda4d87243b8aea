from tests.dispatch.builders import approved, job, technician, visit
from tests.world import World


async def test_a_technician_sees_their_day_in_order_with_place_time_and_what_may_be_done(world: World) -> None:
    anna = await technician(world, shifts={"break": {"starts": "12:00:00", "ends": "12:30:00"}})
    late, of = await visit(world, by=anna, at="2026-03-05T13:00:00Z"), await job(world, kind="repair", zone="Europe/London")
    early = await visit(world, by=anna, of=of)
    _, items = await approved(world, of)
    await visit(world, by=anna, at="2026-03-06T09:00:00Z")
    day = (await anna.get(world, "/v1/me/day?on=2026-03-05")).json()
    assert [one["id"] for one in day["visits"]] == [early["id"], late["id"]]
    assert day["visits"][0]["site"]["address"] == "1 Mill Lane"
    assert (day["visits"][0]["from"], day["visits"][0]["local_from"], day["visits"][0]["zone"]) == (
        "2026-03-05T09:00:00Z", "2026-03-05T09:00:00", "Europe/London",
    )  # fmt: skip
    assert day["visits"][0]["customer_name"] == "Ada Owner"
    assert [item["item_id"] for item in day["visits"][0]["authorised_items"]] == items
    assert (day["shifts"][0]["local_from"], day["shifts"][0]["local_until"]) == ("2026-03-05T08:00:00", "2026-03-05T17:00:00")
    assert [(one["kind"], one["from"]) for one in day["away"]] == [("break", "2026-03-05T11:00:00Z")]
    assert (await world.done("GET", f"/v1/technicians/{anna.id}/day?on=2026-03-05")) == day


async def test_a_day_begins_and_ends_at_midnight_of_the_technicians_zone(world: World) -> None:
    anna = await technician(world, shifts={"starts": "22:00:00", "ends": "02:00:00"})
    before = await visit(world, by=anna, at="2026-03-04T22:00:00Z")
    after = await visit(world, by=anna, at="2026-03-04T23:00:00Z")
    assert [one["id"] for one in (await anna.get(world, "/v1/me/day?on=2026-03-04")).json()["visits"]] == [before["id"]]
    assert [one["id"] for one in (await anna.get(world, "/v1/me/day?on=2026-03-05")).json()["visits"]] == [after["id"]]
    assert [one["id"] for one in (await anna.get(world, "/v1/me/day")).json()["visits"]] == [before["id"]]


async def test_somebody_who_is_no_technician_has_no_day(world: World) -> None:
    answer = await world.get("/v1/me/day", role="back_office")
    assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND")
