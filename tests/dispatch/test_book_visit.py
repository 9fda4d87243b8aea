import asyncio
from typing import Any

import pytest

from tests.dispatch.builders import Field, facts, job, technician, visit
from tests.world import World

NINE = "2026-03-05T09:00:00Z"


async def promises(world: World, visit_id: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (await world.done("GET", f"/v1/promises?subject_id={visit_id}"))["items"]
    return items


async def test_a_booking_is_a_visit_a_place_and_a_promise(world: World) -> None:
    anna, of = await technician(world), await job(world, arrival_minutes=120)
    booked = await visit(world, by=anna, of=of)
    assert (booked["state"], booked["until"], booked["arrive"]["until"]) == ("booked", "2026-03-05T10:00:00Z", "2026-03-05T11:00:00Z")
    assert (booked["local_from"], booked["zone"]) == ("2026-03-05T10:00:00", "Europe/Berlin")
    [promise] = await promises(world, booked["id"])
    assert (promise["kind"], promise["due_at"], promise["state"]) == ("arrive", "2026-03-05T11:00:00Z", "open")
    assert promise["owner_staff_id"] == anna.id
    assert await facts(world, booked["id"]) == ["visit_booked"]
    [listed] = (await world.done("GET", f"/v1/jobs/{of['id']}"))["visits"]
    assert (listed["id"], listed["state"]) == (booked["id"], "booked")


async def take(world: World, job_id: str, technician_id: str) -> Any:
    """Wants the place at nine; whoever is told to come back, since the service is busy, comes back."""
    while (answer := await world.post(f"/v1/jobs/{job_id}/visits", {"technician_id": technician_id, "from": NINE})).status_code == 503:
        assert (answer.json()["code"], answer.headers["retry-after"]) == ("BUSY", "1")
    return answer


async def takers(world: World, count: int) -> None:
    anna = await technician(world)
    customer = await world.customer()
    jobs = [await job(world, customer_id=customer["id"]) for _ in range(count)]
    answers = await asyncio.gather(*(take(world, of["id"], anna.id) for of in jobs))
    refused = [answer.json() for answer in answers if answer.status_code == 409]
    assert len(refused) == count - 1
    assert {one["code"] for one in refused} == {"SLOT_TAKEN"}
    for one in refused:
        assert (one["slots"][0]["technician_id"], one["slots"][0]["from"]) == (anna.id, "2026-03-05T10:00:00Z")
    rows = await world.sql("select count(*) from promises.promise where organisation_id = $1", world.organisation_id)
    assert rows[0]["count"] == 1


async def test_of_twenty_takers_of_one_slot_one_books_and_the_others_hear_the_next_best(world: World) -> None:
    await takers(world, 20)


@pytest.mark.soak
async def test_of_a_thousand_takers_of_one_slot_one_books_and_the_others_hear_the_next_best(world: World) -> None:
    await takers(world, 1000)


async def test_visits_that_touch_do_not_meet(world: World) -> None:
    anna = await technician(world)
    booked = [await visit(world, by=anna, at=start) for start in (NINE, "2026-03-05T10:00:00Z", "2026-03-05T08:00:00Z")]
    assert len({str(one) for one in booked}) == 3


@pytest.mark.parametrize(
    "wanted, start, code",
    [
        ({}, "2026-03-05T15:30:00Z", "OUTSIDE_SHIFT"),
        ({}, "2026-03-04T11:00:00Z", "SLOT_PAST"),
        ({"skills": {"fibre": 1}}, NINE, "SKILL_MISSING"),
        ({"skills": {"drains": 4}}, NINE, "SKILL_MISSING"),
        ({"kind": "collection"}, NINE, "CASH_NOT_ALLOWED"),
    ],
)
async def test_a_place_that_does_not_fit_is_refused(world: World, wanted: Any, start: str, code: str) -> None:
    anna = await technician(world, skills={"drains": 3})
    if wanted.get("kind") == "collection":
        wanted = {**wanted, "collects_invoice_ids": [str(world.id())]}
    refused = await world.post(f"/v1/jobs/{(await job(world, **wanted))['id']}/visits", {"technician_id": anna.id, "from": start})
    assert (refused.status_code, refused.json()["code"]) == (409, code)


async def test_a_visit_in_a_break_or_an_absence_is_refused(world: World) -> None:
    anna = await technician(world, shifts={"break": {"starts": "12:00:00", "ends": "12:30:00"}})
    absence = {"from": "2026-03-06T00:00:00Z", "until": "2026-03-07T00:00:00Z", "reason": "ill"}
    await world.done("POST", f"/v1/technicians/{anna.id}/absences", absence)
    for start in ("2026-03-05T10:30:00Z", "2026-03-06T09:00:00Z"):
        refused = await world.post(f"/v1/jobs/{(await job(world))['id']}/visits", {"technician_id": anna.id, "from": start})
        assert refused.json()["code"] == "SLOT_TAKEN"


async def test_the_same_visit_under_the_same_id_twice_is_one(world: World) -> None:
    anna, of = await technician(world), await job(world)
    document = {"id": str(world.id()), "technician_id": anna.id, "from": NINE}
    first, again = [await world.post(f"/v1/jobs/{of['id']}/visits", document) for _ in range(2)]
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    other = await world.post(f"/v1/jobs/{of['id']}/visits", {**document, "from": "2026-03-05T12:00:00Z"})
    assert other.json()["code"] == "ID_TAKEN"


async def test_the_same_key_gives_the_first_refusal_again(world: World) -> None:
    anna = await technician(world)
    taken = await visit(world, by=anna)
    path = f"/v1/jobs/{(await job(world))['id']}/visits"
    document = {"technician_id": anna.id, "from": NINE}
    first = await world.post(path, document, key="the-same-effect")
    await world.done("POST", f"/v1/visits/{taken['id']}/cancel", {"reason": "customer_asked"})
    again = await world.post(path, document, key="the-same-effect")
    assert first.json()["code"] == again.json()["code"] == "SLOT_TAKEN"
    assert again.headers["idempotency-replayed"] == "true"


@pytest.mark.parametrize(
    "zone, wall, instant",
    [
        ("Europe/Berlin", "2026-03-29T02:30:00", "2026-03-29T01:30:00Z"),  # skipped: becomes 03:30 in summer time
        ("Europe/Berlin", "2026-10-25T02:30:00", "2026-10-25T00:30:00Z"),  # repeated: the first, still summer time
        ("Australia/Lord_Howe", "2026-10-04T02:15:00", "2026-10-03T15:45:00Z"),  # half an hour is skipped: 02:45
        ("Australia/Lord_Howe", "2026-04-05T01:45:00", "2026-04-04T14:45:00Z"),  # half an hour is repeated: the first
    ],
)
async def test_a_wall_time_in_a_skipped_or_repeated_hour_has_one_meaning(world: World, zone: str, wall: str, instant: str) -> None:
    night = {"from_on": "2026-03-28", "until_on": "2026-10-28", "starts": "00:00:00", "ends": "06:00:00"}
    anna = await technician(world, zone=zone, shifts=night)
    of = await job(world, zone=zone, duration_minutes=30)
    booked = await world.done("POST", f"/v1/jobs/{of['id']}/visits", {"technician_id": anna.id, "local_from": wall})
    assert (booked["from"], booked["local_from"], booked["zone"]) == (instant, wall, zone)


async def test_a_shift_stays_at_its_wall_time_across_the_clock_change(world: World) -> None:
    anna = await technician(world, shifts={"from_on": "2026-03-28", "until_on": "2026-03-30"})
    for day, starts in (("2026-03-28", "2026-03-28T07:00:00Z"), ("2026-03-29", "2026-03-29T06:00:00Z")):
        [shift] = (await world.done("GET", f"/v1/technicians/{anna.id}/day?on={day}"))["shifts"]
        assert (shift["from"], shift["local_from"]) == (starts, f"{day}T08:00:00")


@pytest.mark.parametrize(
    "document",
    [{}, {"from": NINE, "local_from": "2026-03-05T10:00:00"}, {"from": "2026-03-05T09:00:00"}, {"local_from": NINE}],
)
async def test_when_is_said_in_exactly_one_way(world: World, document: dict[str, str]) -> None:
    anna = await technician(world)
    refused = await world.post(f"/v1/jobs/{(await job(world))['id']}/visits", {"technician_id": anna.id, **document})
    assert (refused.status_code, refused.json()["code"]) == (422, "INVALID_DOCUMENT")


async def test_another_organisation_finds_and_books_nothing_of_ours(world: World, other: World) -> None:
    anna, of = await technician(world), await job(world)
    booked = await visit(world, by=anna, of=of)
    theirs: Field = await technician(other)
    for method, path, json in (
        ("GET", f"/v1/jobs/{of['id']}", None),
        ("GET", f"/v1/visits/{booked['id']}", None),
        ("GET", f"/v1/technicians/{anna.id}", None),
        ("GET", f"/v1/technicians/{anna.id}/day", None),
        ("POST", f"/v1/jobs/{of['id']}/slots", {}),
        ("POST", f"/v1/jobs/{of['id']}/visits", {"technician_id": theirs.id, "from": NINE}),
        ("POST", f"/v1/jobs/{of['id']}/cancel", None),
        ("POST", f"/v1/visits/{booked['id']}/dispatch", {}),
        ("POST", f"/v1/visits/{booked['id']}/cancel", {"reason": "customer_asked"}),
        ("POST", f"/v1/visits/{booked['id']}/move", {"technician_id": theirs.id, "from": NINE, "reason": "customer_asked"}),
        ("POST", f"/v1/holds/{booked['id']}/book", {}),
    ):
        answer = await other.request(method, path, json=json)
        assert (answer.status_code, answer.json()["code"]) == (404, "NOT_FOUND"), path
    refused = await other.post(f"/v1/jobs/{(await job(other))['id']}/visits", {"technician_id": anna.id, "from": NINE})
    assert (refused.status_code, refused.json()["code"]) == (422, "TECHNICIAN_UNKNOWN")
    assert (await other.done("GET", "/v1/promises"))["items"] == []
