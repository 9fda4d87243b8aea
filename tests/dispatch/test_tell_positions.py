"""A technician's phone tells where it is while somebody waits for them, and never else; nobody knows it for longer than some days."""

import asyncio
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from service.integrations.outside import open_outside
from service.kit.tasks.runner import Runner
from service.settings import Settings
from service.worker.rooms import kinds
from tests.dispatch.builders import Field, advance, job, signed_in_again, technician, visit
from tests.world import World

HERE: dict[str, Any] = {"latitude_e7": 525200000, "longitude_e7": 134050000, "accuracy_metres": 12}
LATER = "2026-03-04T13:00:00Z"


async def sent_out(world: World, **differences: Any) -> tuple[Field, str]:
    """A technician and a visit of theirs, sent to them at noon of a day on which they work until five in Berlin."""
    anna = await technician(world)
    booked = await visit(world, by=anna, at=LATER, **differences)
    await advance(world, booked["id"], to="dispatch")
    return anna, booked["id"]


async def tell(world: World, by: Field, *moments: str, **differences: Any) -> Any:
    """A batch of one place, measured at those moments."""
    batch = {"positions": [{**HERE, **differences, "measured_at": one} for one in moments]}
    return await (await signed_in_again(world, by)).post(world, "/v1/me/positions", batch)


async def kept(world: World) -> list[Any]:
    return await world.sql("select * from dispatch.position where organisation_id = $1 order by measured_at", world.organisation_id)


async def test_what_is_measured_in_a_shift_with_a_visit_sent_out_is_kept_once(world: World) -> None:
    anna, _ = await sent_out(world)
    world.clock.forward(minutes=10)
    assert (await tell(world, anna, "2026-03-04T12:01:00Z", "2026-03-04T12:05:00Z")).json() == {"kept": 2, "known": 0, "dropped": []}
    again = await tell(world, anna, "2026-03-04T12:05:00Z", "2026-03-04T12:09:00Z", "2026-03-04T12:09:00Z")
    assert (again.status_code, again.json()) == (200, {"kept": 1, "known": 1, "dropped": []})
    assert len(await kept(world)) == 3


async def test_the_same_batch_by_two_connections_at_once_is_kept_once(world: World) -> None:
    anna, _ = await sent_out(world)
    world.clock.forward(minutes=10)
    answers = await asyncio.gather(*(tell(world, anna, "2026-03-04T12:01:00Z") for _ in range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert sum(answer.json()["kept"] for answer in answers) == len(await kept(world)) == 1


async def test_what_was_measured_without_signal_is_judged_by_when_it_was_measured(world: World) -> None:
    anna, visit_id = await sent_out(world)
    for minutes, step in ((10, "accept"), (0, "en-route"), (20, "arrive"), (0, "start"), (30, "complete")):
        world.clock.forward(minutes=minutes)
        await world.done("POST", f"/v1/visits/{visit_id}/{step}", {})
    world.clock.forward(hours=2)
    answer = await tell(world, anna, "2026-03-04T12:20:00Z", "2026-03-04T11:59:00Z", "2026-03-04T13:30:00Z", "2026-03-04T06:30:00Z")
    assert answer.json() == {
        "kept": 1, "known": 0,
        "dropped": [
            {"measured_at": "2026-03-04T06:30:00Z", "code": "OFF_SHIFT"}, {"measured_at": "2026-03-04T11:59:00Z", "code": "NOT_NEEDED"},
            {"measured_at": "2026-03-04T13:30:00Z", "code": "NOT_NEEDED"},
        ],
    }  # fmt: skip
    [row] = await kept(world)
    assert (str(row["visit_id"]), row["visit_state"]) == (visit_id, "en_route")


@pytest.mark.parametrize(
    "booked_for, measured, lacks",
    [
        ("2026-03-05T09:00:00Z", "2026-03-04T12:30:00Z", "NOT_NEEDED"),
        (LATER, "2026-03-04T16:00:00Z", "OFF_SHIFT"),
        (LATER, "2026-03-03T12:29:59Z", "TOO_OLD"),
    ],
)
async def test_nothing_is_kept_that_nobody_needs(world: World, booked_for: str, measured: str, lacks: str) -> None:
    anna = await technician(world)
    booked = await visit(world, by=anna, at=booked_for)
    await advance(world, booked["id"], to="dispatch")
    world.clock.forward(hours=4 if lacks == "OFF_SHIFT" else 0.5)
    answer = await tell(world, anna, measured)
    assert (answer.status_code, answer.json()["code"]) == (409, "POSITION_NOT_NEEDED")
    assert [one["code"] for one in answer.json()["dropped"]] == [lacks]
    assert await kept(world) == []


async def test_a_visit_that_isnt_sent_out_or_is_anothers_needs_no_position(world: World) -> None:
    anna, bert = await technician(world), await technician(world)
    booked = await visit(world, by=anna, at=LATER)
    assert (await tell(world, anna, "2026-03-04T12:00:00Z")).json()["code"] == "POSITION_NOT_NEEDED"
    await advance(world, booked["id"], to="dispatch")
    assert (await tell(world, bert, "2026-03-04T12:00:00Z")).json()["code"] == "POSITION_NOT_NEEDED"
    assert await kept(world) == []


async def test_a_clock_that_goes_ahead_is_told_so(world: World) -> None:
    anna, _ = await sent_out(world)
    answer = await tell(world, anna, "2026-03-04T12:05:01Z")
    assert (answer.status_code, answer.json()["code"]) == (422, "CAPTURED_IN_FUTURE")
    assert (await tell(world, anna, "2026-03-04T12:05:00Z")).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"latitude_e7": 900000001}, {"longitude_e7": -1800000001}, {"latitude_e7": 52.5}, {"latitude_e7": "525200000"}, {"accuracy_metres": -1},
        {"latitude_e7": None}, {"measured_at": "2026-03-04T12:00:00"}, {"measured_at": 0}, {"speed": 3},
    ],
)  # fmt: skip
async def test_what_is_no_position_is_refused_by_its_field(world: World, wrong: dict[str, Any]) -> None:
    anna, _ = await sent_out(world)
    answer = await anna.post(world, "/v1/me/positions", {"positions": [{**HERE, "measured_at": "2026-03-04T12:00:00Z", **wrong}]})
    assert (answer.status_code, answer.json()["code"]) == (422, "INVALID_DOCUMENT")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999999", "525200000.5"])
async def test_a_number_that_is_none_is_refused(world: World, number: str) -> None:
    anna, _ = await sent_out(world)
    body = f'{{"positions":[{{"latitude_e7":{number},"longitude_e7":134050000,"measured_at":"2026-03-04T12:00:00Z"}}]}}'
    headers = {"Authorization": f"Bearer {anna.token}", "Content-Type": "application/json"}
    answer = await world.http.post("/v1/me/positions", content=body, headers=headers)
    assert (400 <= answer.status_code < 500, answer.headers["content-type"].split(";")[0]) == (True, "application/problem+json")


@pytest.mark.parametrize("many", [0, 201])
async def test_a_batch_has_a_size(world: World, many: int) -> None:
    anna, _ = await sent_out(world)
    assert (await tell(world, anna, *["2026-03-04T12:00:00Z"] * many)).status_code == 422


async def test_who_goes_to_no_doors_has_no_position(world: World) -> None:
    assert (await world.post("/v1/me/positions", {"positions": [{**HERE, "measured_at": "2026-03-04T12:00:00Z"}]})).status_code == 404
    assert (await world.post("/v1/me/positions", {"positions": []}, role="dispatcher")).status_code == 403


async def test_the_board_shows_where_somebody_was_last_while_their_shift_runs(world: World) -> None:
    anna, _ = await sent_out(world)
    world.clock.forward(minutes=10)
    await tell(world, anna, "2026-03-04T12:01:00Z")
    await tell(world, anna, "2026-03-04T12:05:00Z", latitude_e7=525300000)

    async def shown(on: str) -> Any:
        [row] = (await world.done("GET", f"/v1/board?on={on}"))["rows"]
        return row["position"]

    assert await shown("2026-03-04") == {**HERE, "latitude_e7": 525300000, "measured_at": "2026-03-04T12:05:00Z", "seconds_ago": 300}
    assert await shown("2026-03-05") is None
    world.clock.forward(hours=4)
    assert await shown("2026-03-04") is None


async def test_the_worker_forgets_what_is_older_than_the_operator_keeps_it(world: World, settings: Settings) -> None:
    anna, _ = await sent_out(world)
    world.clock.forward(minutes=30)
    await tell(world, anna, "2026-03-04T12:10:00Z", "2026-03-04T12:20:00Z")
    async with open_outside(settings) as outside:
        worker = Runner(
            world.database, kinds={"forget_positions": kinds()["forget_positions"]}, outside=outside, clock=world.clock, jitter=lambda: 0.0
        )
        worker._committed(world.organisation_id)
        world.clock.now = world.clock.now.replace(day=7, hour=12, minute=15)
        await worker.drain()
    assert [row["measured_at"].minute for row in await kept(world)] == [20]


async def test_the_database_keeps_no_position_outside_of_a_shift_or_without_need(world: World) -> None:
    anna, visit_id = await sent_out(world)
    world.clock.forward(minutes=10)
    await tell(world, anna, "2026-03-04T12:01:00Z")

    async def put(**differences: str) -> None:
        columns = "technician_id, latitude_e7, longitude_e7, shift_starts_at, shift_ends_at, visit_id, visit_step, visit_state, received_at"
        chosen = ", ".join(differences.get(one, one) for one in columns.split(", "))
        measured = differences.get("measured_at", "measured_at + interval '1 second'")
        await world.sql(
            f"insert into dispatch.position (organisation_id, measured_at, {columns})"
            f" select organisation_id, {measured}, {chosen} from dispatch.position where organisation_id = $1 limit 1",
            world.organisation_id,
        )

    for constraint, differences in (
        ("position_is_in_the_shift", {"measured_at": "shift_ends_at"}),
        ("position_in_a_shift", {"shift_ends_at": "shift_ends_at + interval '1 hour'"}),
        ("position_is_needed", {"visit_state": "'booked'", "visit_step": "1"}),
        ("position_for_a_visit", {"visit_state": "'en_route'"}),
        ("position_is_of_the_past", {"received_at": "measured_at - interval '6 minutes'"}),
        ("position_latitude_is_on_earth", {"latitude_e7": "900000001"}),
    ):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=constraint):
            await put(**differences)
    await put()
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await world.sql("update dispatch.position set latitude_e7 = 0 where organisation_id = $1", world.organisation_id)
    assert UUID(visit_id) in {row["visit_id"] for row in await kept(world)}


async def test_another_organisation_sees_nothing_of_it(world: World, other: World) -> None:
    anna, _ = await sent_out(world)
    await tell(world, anna, "2026-03-04T12:00:00Z")
    assert await kept(world)
    assert await other.sql("select from dispatch.position") == []
    assert (await other.done("GET", "/v1/board"))["rows"] == []


async def test_erasing_a_customer_forgets_who_was_seen_at_their_door(world: World) -> None:
    customer = await world.customer(zone="Europe/Lisbon")  # where we know of no minimum
    of = await job(world, customer_id=customer["id"], zone="Europe/Lisbon")
    anna, visit_id = await sent_out(world, of=of)
    await tell(world, anna, "2026-03-04T12:00:00Z")
    await world.done("POST", f"/v1/visits/{visit_id}/cancel", {"reason": "customer_asked"})
    await world.done("POST", f"/v1/jobs/{of['id']}/cancel")
    assert len(await kept(world)) == 1
    await world.done("POST", f"/v1/customers/{of['customer_id']}/erasures", {})
    assert await kept(world) == []
