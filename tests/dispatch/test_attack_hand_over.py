"""A hand-over obeys the rule of booking in the day that it makes, not in the one that was."""

from typing import Any

import pytest

from tests.dispatch.builders import Field, job, technician, visit
from tests.dispatch.test_change_the_day import hand_over, time_of
from tests.dispatch.test_rest_in_shift import FLEXIBLE
from tests.world import World


@pytest.fixture
async def anna(world: World) -> Field:
    return await technician(world)


@pytest.fixture
async def bert(world: World) -> Field:
    """Who owes half an hour's rest that begins between half past eleven and one in Berlin."""
    return await technician(world, shifts=FLEXIBLE)


async def whose(world: World, *visits: dict[str, Any]) -> list[str]:
    return [(await time_of(world, one["id"]))[0][0] for one in visits]


async def test_nobody_loses_their_break_by_changing_places(world: World, anna: Field, bert: Field) -> None:
    hers = await visit(world, by=anna, at="2026-03-05T10:15:00Z", of=await job(world, duration_minutes=150))
    his = await visit(world, by=bert, at="2026-03-05T12:30:00Z")
    answer = await hand_over(world, (hers, bert), (his, anna))
    assert (answer.status_code, answer.json().get("code")) == (409, "NO_TIME_FOR_BREAK")
    assert answer.json()["visits"] == [{"id": hers["id"], "technician_id": bert.id, "code": "NO_TIME_FOR_BREAK"}]
    assert await whose(world, hers, his) == [anna.id, bert.id]


async def test_nobody_loses_their_break_by_what_is_handed_on_together(world: World, anna: Field, bert: Field) -> None:
    first, second = [await visit(world, by=anna, at=f"2026-03-05T{at}:00Z") for at in ("10:30", "11:45")]
    answer = await hand_over(world, (first, bert), (second, bert))
    assert (answer.status_code, answer.json().get("code")) == (409, "NO_TIME_FOR_BREAK")
    assert await whose(world, first, second) == [anna.id, anna.id]
    assert (await hand_over(world, (first, bert))).status_code == 200
    assert (await hand_over(world, (second, bert))).json()["code"] == "NO_TIME_FOR_BREAK"


async def test_what_is_handed_away_makes_room_for_the_break(world: World, anna: Field, bert: Field) -> None:
    hers, his = await visit(world, by=anna, at="2026-03-05T10:30:00Z"), await visit(world, by=bert, at="2026-03-05T11:45:00Z")
    assert (await hand_over(world, (hers, bert), (his, anna))).status_code == 200
    assert await whose(world, hers, his) == [bert.id, anna.id]
