"""A crew goes whole or not at all: in the answers, and in the tables whoever writes them."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from tests.dispatch.builders import Field, advance, job, technician
from tests.world import World

NINE = "2026-03-05T09:00:00Z"
AT_NINE = datetime(2026, 3, 5, 9, tzinfo=UTC)
OCCUPY = (
    "insert into dispatch.occupancy (organisation_id, occupancy_id, technician_id, kind, starts_at, ends_at, visit_id, member, crew_size)"
    " values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
)


async def crew_of(world: World, size: int) -> list[Field]:
    return [await technician(world) for _ in range(size)]


async def booked(world: World, crew: list[Field], *, of: dict[str, Any] | None = None, **differences: Any) -> Any:
    of = of or await job(world, crew_size=len(crew))
    document = {"technician_id": crew[0].id, "crew": [one.id for one in crew[1:]], "from": NINE, **differences}
    return await world.post(f"/v1/jobs/{of['id']}/visits", document)


async def places(world: World, visit_id: str) -> dict[str, tuple[str, datetime, int]]:
    rows = await world.sql(
        "select technician_id, kind, starts_at, member from dispatch.occupancy where organisation_id = $1 and visit_id = $2",
        world.organisation_id,
        UUID(visit_id),
    )
    return {str(row["technician_id"]): (row["kind"], row["starts_at"], row["member"]) for row in rows}


async def test_a_visit_takes_the_time_of_each_of_its_crew(world: World) -> None:
    anna, ben, cleo = crew = await crew_of(world, 3)
    made = await booked(world, crew)
    assert (made.status_code, made.json()["technician_id"], made.json()["crew"]) == (201, anna.id, [ben.id, cleo.id])
    assert await places(world, made.json()["id"]) == {
        who.id: ("visit", AT_NINE, member) for member, who in enumerate((anna, ben, cleo), start=1)
    }
    for who in crew:
        refused = await booked(world, [who])
        assert refused.json()["code"] == "SLOT_TAKEN"
        [seen] = (await who.get(world, "/v1/me/day?on=2026-03-05")).json()["visits"]
        assert (seen["id"], seen["technician_id"], seen["technician_name"]) == (made.json()["id"], anna.id, "Robin Field")
        assert [one["id"] for one in seen["crew"]] == [ben.id, cleo.id]
        [listed] = (await world.done("GET", f"/v1/visits?from={NINE}&until=2026-03-06T00:00:00Z&technician_id={who.id}"))["items"]
        assert [one["id"] for one in listed["crew"]] == [ben.id, cleo.id]


async def test_if_one_of_them_is_taken_nobody_goes(world: World) -> None:
    anna, ben = await crew_of(world, 2)
    await booked(world, [ben])
    refused = await booked(world, [anna, ben])
    assert (refused.status_code, refused.json()["code"]) == (409, "SLOT_TAKEN")
    assert (refused.json()["slots"][0]["from"], refused.json()["slots"][0]["crew"]) in [
        ("2026-03-05T10:00:00Z", [who.id]) for who in (anna, ben)
    ]
    rows = await world.sql("select count(*) from dispatch.occupancy where organisation_id = $1", world.organisation_id)
    assert rows[0]["count"] == 1


@pytest.mark.parametrize("size, named", [(2, 0), (2, 2), (1, 1)])
async def test_another_number_of_people_than_the_job_asks_is_refused(world: World, size: int, named: int) -> None:
    lead, *others = await crew_of(world, 3)
    refused = await booked(world, [lead, *others[:named]], of=await job(world, crew_size=size))
    assert (refused.status_code, refused.json()["code"], refused.json()["crew_size"]) == (422, "CREW_NOT_WHOLE", size)


async def test_nobody_goes_twice_with_themselves(world: World) -> None:
    anna, ben = await crew_of(world, 2)
    for crew in ([anna, anna], [anna, ben, ben]):
        assert (await booked(world, crew)).json()["code"] == "CREW_NOT_WHOLE"


async def test_who_leads_has_the_skills_and_all_of_them_work_then(world: World) -> None:
    anna, ben = await technician(world, skills={"fibre": 2}), await technician(world)
    idle = await technician(world, shifts={"from_on": "2026-04-01", "until_on": "2026-04-02"})
    of = await job(world, crew_size=2, skills={"fibre": 1})
    assert (await booked(world, [ben, anna], of=of)).json()["code"] == "SKILL_MISSING"
    assert (await booked(world, [anna, idle], of=of)).json()["code"] == "OUTSIDE_SHIFT"
    nobody = Field(str(uuid4()), "")
    assert (await booked(world, [anna, nobody], of=of)).json()["code"] == "TECHNICIAN_UNKNOWN"
    assert (await booked(world, [anna, ben], of=of)).status_code == 201


async def test_a_crew_is_held_booked_and_released_as_one(world: World) -> None:
    anna, ben = crew = await crew_of(world, 2)
    of = await job(world, crew_size=2)
    document = {"id": str(world.id()), "technician_id": anna.id, "crew": [ben.id], "from": NINE}
    held = await world.post(f"/v1/jobs/{of['id']}/holds", document)
    assert {kind for kind, _, _ in (await places(world, held.json()["id"])).values()} == {"hold"}
    assert (await world.post(f"/v1/jobs/{of['id']}/holds", document)).json() == held.json()
    done = await world.done("POST", f"/v1/holds/{held.json()['id']}/book", {})
    assert done["crew"] == [ben.id]
    assert {kind for kind, _, _ in (await places(world, done["id"])).values()} == {"visit"}
    await world.done("POST", f"/v1/visits/{done['id']}/cancel", {"reason": "customer_asked"})
    assert await places(world, done["id"]) == {}
    assert (await booked(world, crew)).status_code == 201


async def test_an_expired_hold_of_a_crew_gives_way_whole(world: World) -> None:
    anna, ben = await crew_of(world, 2)
    of = await job(world, crew_size=2)
    held = await world.done("POST", f"/v1/jobs/{of['id']}/holds", {"technician_id": anna.id, "crew": [ben.id], "from": NINE})
    world.clock.forward(minutes=10)
    assert (await booked(world, [ben])).status_code == 201
    assert await places(world, held["id"]) == {}
    assert (await world.done("GET", f"/v1/visits/{held['id']}"))["state"] == "cancelled"


async def test_a_crew_moves_as_one_with_the_same_or_with_others(world: World) -> None:
    anna, ben, cleo = await crew_of(world, 3)
    made = (await booked(world, [anna, ben])).json()
    later = {"technician_id": anna.id, "from": "2026-03-05T09:30:00Z", "reason": "customer_asked"}
    moved = await world.done("POST", f"/v1/visits/{made['id']}/move", later)
    assert moved["crew"] == [ben.id]
    half_past = AT_NINE + timedelta(minutes=30)
    assert await places(world, made["id"]) == {anna.id: ("visit", half_past, 1), ben.id: ("visit", half_past, 2)}
    swapped = await world.done("POST", f"/v1/visits/{made['id']}/move", {**later, "technician_id": ben.id, "crew": [cleo.id]})
    assert (swapped["technician_id"], swapped["crew"]) == (ben.id, [cleo.id])
    assert await places(world, made["id"]) == {ben.id: ("visit", half_past, 1), cleo.id: ("visit", half_past, 2)}
    refused = await world.post(f"/v1/visits/{made['id']}/move", {**later, "technician_id": cleo.id})
    assert refused.json()["code"] == "CREW_NOT_WHOLE"  # who would lead goes along already
    await booked(world, [anna], **{"from": "2026-03-05T12:00:00Z"})
    refused = await world.post(f"/v1/visits/{made['id']}/move", {**later, "crew": [ben.id], "from": "2026-03-05T12:00:00Z"})
    assert refused.json()["code"] == "SLOT_TAKEN"
    assert await places(world, made["id"]) == {ben.id: ("visit", half_past, 1), cleo.id: ("visit", half_past, 2)}


async def test_any_of_the_crew_says_how_far_they_are_and_nobody_else(world: World) -> None:
    anna, ben, cleo = await crew_of(world, 3)
    made = (await booked(world, [anna, ben])).json()
    await advance(world, made["id"], to="dispatch")
    assert (await cleo.post(world, f"/v1/visits/{made['id']}/accept", {})).json()["code"] == "NOT_YOUR_VISIT"
    assert (await anna.post(world, f"/v1/visits/{made['id']}/accept", {})).status_code == 200
    assert (await ben.post(world, f"/v1/visits/{made['id']}/en-route", {})).status_code == 200


async def test_done_early_all_of_them_are_free(world: World) -> None:
    crew = await crew_of(world, 2)
    made = (await booked(world, crew)).json()
    world.clock.forward(hours=21, minutes=20)
    await advance(world, made["id"], to="complete")
    for who in crew:
        assert (await booked(world, [who], **{"from": "2026-03-05T09:30:00Z"})).status_code == 201


async def test_slots_of_a_crew_are_places_that_a_booking_gets(world: World) -> None:
    anna, ben, cleo = await technician(world, skills={"fibre": 1}), await technician(world), await technician(world)
    of = await job(world, crew_size=3, skills={"fibre": 1}, duration_minutes=120)
    await booked(world, [ben], **{"from": "2026-03-05T07:00:00Z"}, of=await job(world, duration_minutes=75))
    asked = {"from_on": "2026-03-05", "days": 1}
    [day] = (await world.done("POST", f"/v1/jobs/{of['id']}/slots", asked))["days"]
    first = day["slots"][0]
    assert (first["from"], first["technician_id"], set(first["crew"])) == ("2026-03-05T08:15:00Z", anna.id, {ben.id, cleo.id})
    for slot in day["slots"]:
        document = {"technician_id": slot["technician_id"], "crew": slot["crew"], "from": slot["from"]}
        made = await world.done("POST", f"/v1/jobs/{(await job(world, crew_size=3, duration_minutes=120))['id']}/visits", document)
        await world.done("POST", f"/v1/visits/{made['id']}/cancel", {"reason": "customer_asked"})
    four = await job(world, crew_size=4)
    [day] = (await world.done("POST", f"/v1/jobs/{four['id']}/slots", asked))["days"]
    assert (day["slots"], day["none_because"]) == ([], "NO_CREW")


async def test_of_crews_that_want_the_same_people_at_the_same_moment_one_goes(world: World) -> None:
    anna, ben, cleo = await crew_of(world, 3)
    jobs = [await job(world, crew_size=2) for _ in range(6)]
    pairs = ([anna, ben], [ben, anna], [ben, cleo], [cleo, ben], [anna, ben], [cleo, ben])
    answers = await asyncio.gather(*(booked(world, crew, of=of) for crew, of in zip(pairs, jobs, strict=True)))
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]
    assert {answer.json()["code"] for answer in answers if answer.status_code == 409} == {"SLOT_TAKEN"}


class TestByHand:
    """As the service's own role."""

    @pytest.fixture
    async def made(self, world: World) -> tuple[dict[str, Any], list[Field]]:
        crew = await crew_of(world, 3)
        return (await booked(world, crew[:2])).json(), crew

    async def test_no_member_goes_missing(self, world: World, made: Any) -> None:
        for member in (1, 2):
            with pytest.raises(asyncpg.ForeignKeyViolationError, match="crew_is_whole"):
                await world.sql(
                    "delete from dispatch.occupancy where organisation_id = $1 and visit_id = $2 and member = $3",
                    world.organisation_id,
                    UUID(made[0]["id"]),
                    member,
                )

    async def test_nobody_stands_at_another_time_than_the_others(self, world: World, made: Any) -> None:
        for change in ("ends_at = ends_at + interval '1 minute'", "starts_at = starts_at - interval '1 minute'"):
            with pytest.raises(asyncpg.ForeignKeyViolationError, match="crew_is_whole"):
                await world.sql(
                    f"update dispatch.occupancy set {change} where organisation_id = $1 and visit_id = $2 and member = 2",
                    world.organisation_id,
                    UUID(made[0]["id"]),
                )

    async def test_nor_held_while_the_others_are_booked(self, world: World, made: Any) -> None:
        with pytest.raises(asyncpg.ForeignKeyViolationError, match="crew_is_whole"):
            await world.sql(
                "update dispatch.occupancy set kind = 'hold', expires_at = now() where organisation_id = $1 and visit_id = $2 and member = 1",
                world.organisation_id,
                UUID(made[0]["id"]),
            )

    @pytest.mark.parametrize(
        "member, size, constraint",
        [
            (3, 3, "occupancy_of_visit"),
            (3, 2, "member_is_of_the_crew"),
            (0, 2, "member_is_of_the_crew"),
            (2, 2, "one_place_a_member"),
            (None, None, "member_is_of_the_crew"),
        ],
    )
    async def test_nobody_joins_a_crew_that_is_whole(self, world: World, made: Any, member: Any, size: Any, constraint: str) -> None:
        visit, crew = made
        values = (
            world.organisation_id,
            uuid4(),
            UUID(crew[2].id),
            "visit",
            AT_NINE,
            AT_NINE + timedelta(hours=1),
            UUID(visit["id"]),
            member,
            size,
        )
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=constraint):
            await world.sql(OCCUPY, *values)

    async def test_nobody_takes_a_break_as_a_crew(self, world: World, made: Any) -> None:
        values = (world.organisation_id, uuid4(), UUID(made[1][2].id), "break", AT_NINE, AT_NINE + timedelta(hours=1), None, 1, 1)
        with pytest.raises(asyncpg.CheckViolationError, match="only_visits_have_a_crew"):
            await world.sql(OCCUPY, *values)

    async def test_one_alone_takes_no_place_for_two(self, world: World, made: Any) -> None:
        visit, crew = made
        await world.sql(
            "delete from dispatch.occupancy where organisation_id = $1 and visit_id = $2", world.organisation_id, UUID(visit["id"])
        )
        values = (world.organisation_id, uuid4(), UUID(crew[2].id), "visit", AT_NINE, AT_NINE + timedelta(hours=1), UUID(visit["id"]))
        with pytest.raises(asyncpg.ForeignKeyViolationError, match="crew_is_whole"):
            await world.sql(OCCUPY, *values, 1, 2)
        with pytest.raises(asyncpg.ForeignKeyViolationError, match="occupancy_of_visit"):
            await world.sql(OCCUPY, *values, 1, 1)

    @pytest.mark.parametrize("crew, constraint", [("'{}'", "visit_step_of_visit"), ("array[technician_id]", "lead_goes_once")])
    async def test_no_step_leaves_somebody_out(self, world: World, made: Any, crew: str, constraint: str) -> None:
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=constraint):
            await world.sql(
                "insert into dispatch.visit_step (organisation_id, visit_id, collects, step, from_state, to_state, technician_id, crew, starts_at, ends_at, arrive_until, zone,"
                f" starts_wall, actor, captured_at) select organisation_id, visit_id, collects, 2, 'booked', 'dispatched', technician_id, {crew}, starts_at, ends_at, arrive_until,"
                " zone, starts_wall, actor, captured_at from dispatch.visit_step where organisation_id = $1 and visit_id = $2",
                world.organisation_id,
                UUID(made[0]["id"]),
            )
