"""Several at one visit in one moment: a customer's two phones, customers after one place, the office, the technician. One of them has their way, the others hear no, and all that is told agrees."""

import asyncio
from collections import Counter
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.dispatch.builders import Field, advance, job, technician, visit
from tests.dispatch.test_find_slots import BERLIN, home
from tests.world import World

POLICY = {"days_ahead": 5, "hours_before": 24, "most_moves": 1}
FRIDAY, SATURDAY, SUNDAY = (f"2026-03-0{day}T08:00:00+00:00" for day in (6, 7, 8))
LAST = (
    "select s.to_state, array_agg(o.technician_id order by o.member) filter (where o.technician_id is not null) as stand, s.technician_id || s.crew as go, min(o.starts_at) = s.starts_at as there"
    " from dispatch.visit v cross join lateral (select * from dispatch.visit_step s where s.visit_id = v.visit_id order by s.step desc limit 1) s"
    " left join dispatch.occupancy o on o.visit_id = v.visit_id where v.organisation_id = $1 group by v.visit_id, s.to_state, s.technician_id, s.crew, s.starts_at"
)


async def agree(world: World) -> list[str]:
    """The states of all visits, once whose time each takes was found to be whoever goes there by its last step."""
    rows = await world.sql(LAST, world.organisation_id)
    for row in rows:
        assert row["stand"] == (None if row["to_state"] == "cancelled" else row["go"])
        assert row["there"] in (None, True)
    promises = await world.sql(
        "select p.subject_id from promises.promise p where p.organisation_id = $1 and not exists (select from promises.ending e where e.promise_id = p.promise_id)",
        world.organisation_id,
    )
    assert max(Counter(row["subject_id"] for row in promises).values(), default=1) == 1, "nobody is promised two windows"
    return sorted(row["to_state"] for row in rows)


async def phones(world: World, *forms: tuple[str, dict[str, str]]) -> list[int]:
    """What as many phones hear that send at once."""
    answers: list[httpx.Response] = await asyncio.gather(*(world.http.post(path, data=form) for path, form in forms))
    return sorted(answer.status_code for answer in answers)


@pytest.fixture
async def anna(world: World) -> Field:
    await world.done("PUT", "/v1/choice-policy", POLICY, headers={"If-Match": '"0"'})
    return await technician(world, home=home(BERLIN))


async def linked(world: World) -> tuple[dict[str, Any], str]:
    of = await job(world, place=BERLIN)
    return of, (await world.done("POST", f"/v1/jobs/{of['id']}/choice-links"))["path"]


async def test_two_phones_hold_one_time(world: World, anna: Field) -> None:
    _, path = await linked(world)
    heard = await phones(world, *((path, {"do": "hold", "at": at}) for at in (FRIDAY, FRIDAY, SATURDAY, SUNDAY)))
    assert heard == [303, 409, 409, 409]
    assert await agree(world) == ["held"]


async def test_of_many_customers_who_want_one_place_one_has_it(world: World, anna: Field) -> None:
    links = [await linked(world) for _ in range(6)]
    assert await phones(world, *((path, {"do": "hold", "at": FRIDAY}) for _, path in links)) == [303, *[409] * 5]
    assert await agree(world) == ["held"]


async def test_two_phones_confirm_one_booking(world: World, anna: Field) -> None:
    of, path = await linked(world)
    await phones(world, (path, {"do": "hold", "at": FRIDAY}))
    [held] = await world.sql("select visit_id from dispatch.visit where job_id = $1", UUID(of["id"]))
    form = {"id": str(held["visit_id"])}
    heard = await phones(world, *((path, {"do": act, **form}) for act in ("book", "book", "book", "release")))
    assert set(heard) <= {303, 409}
    assert await agree(world) in (["booked"], ["cancelled"])


@pytest.mark.parametrize("acts", [("move", "move", "move"), ("move", "cancel"), ("cancel", "cancel"), ("cancel", "move", "move", "cancel")])
async def test_two_phones_change_one_visit(world: World, anna: Field, acts: tuple[str, ...]) -> None:
    of, path = await linked(world)
    booked = await visit(world, by=anna, at=FRIDAY, of=of)
    times = (SATURDAY, SUNDAY, SATURDAY, SUNDAY)
    heard = await phones(world, *((path, {"do": act, "id": booked["id"], "at": at}) for act, at in zip(acts, times, strict=False)))
    assert set(heard) <= {303, 409}
    assert 303 in heard
    moves = await world.sql("select from dispatch.choice where visit_id = $1 and act = 'moved'", UUID(booked["id"]))
    assert len(moves) <= POLICY["most_moves"]
    assert await agree(world) == (["cancelled"] if "cancel" in acts else ["booked"])


async def test_a_phone_moves_what_the_office_gives_to_another(world: World, anna: Field) -> None:
    bert = await technician(world, home=home(BERLIN))
    of, path = await linked(world)
    booked = await visit(world, by=anna, at=FRIDAY, of=of)
    giving = {"visits": [{"visit_id": booked["id"], "technician_id": bert.id}], "reason": "ill"}
    said = {"minutes": 30, "reason": "traffic"}
    moved, given, late = await asyncio.gather(
        world.http.post(path, data={"do": "move", "id": booked["id"], "at": SATURDAY}),
        world.post("/v1/visits/hand-over", giving),
        world.post(f"/v1/visits/{booked['id']}/late", said),
    )
    assert (moved.status_code, given.status_code, late.status_code) in {(303, 200, 200), (303, 409, 200), (409, 200, 200)}
    assert await agree(world) == ["booked"]


@pytest.mark.parametrize("number", range(3))
async def test_what_is_given_to_others_while_its_technician_sets_out_is_one_persons(world: World, anna: Field, number: int) -> None:
    bert, cleo = await technician(world), await technician(world)
    booked = await visit(world, by=anna, at="2026-03-04T12:30:00Z")
    await advance(world, booked["id"], to="accept")
    acts = [
        *(
            world.post("/v1/visits/hand-over", {"visits": [{"visit_id": booked["id"], "technician_id": to.id}], "reason": "behind"})
            for to in (bert, cleo)
        ),
        anna.post(world, f"/v1/visits/{booked['id']}/en-route", {}),
        anna.post(world, f"/v1/visits/{booked['id']}/late", {"minutes": 20, "reason": "traffic"}),
        world.post(f"/v1/visits/{booked['id']}/late", {"minutes": 0, "reason": "traffic"}),
    ]
    answers = await asyncio.gather(*(acts[number:] + acts[:number]))
    assert {answer.status_code for answer in answers} <= {200, 403, 409}, [answer.text for answer in answers]
    assert await agree(world) in (["dispatched"], ["en_route"])
    said = await world.sql("select nth from dispatch.visit_delay where visit_id = $1 order by nth", UUID(booked["id"]))
    assert [row["nth"] for row in said] == list(range(1, len(said) + 1))
