"""What a road engine told is kept and used; where it told nothing, or is away, a straight line stands in and says so."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import msgspec
import numpy as np
import pytest

from service.dispatch.travel import Travel, travel_between
from service.dispatch.travel.blocks import blocks_of
from service.dispatch.travel.matrix import keep_legs
from service.integrations.outside import open_outside
from service.integrations.travel.records import Leg, Point
from service.integrations.travel.standin import RunningEngines, running_engines
from service.kit.tasks.runner import Runner
from service.settings import Settings
from service.worker.rooms import kinds
from tests.dispatch.builders import job, technician, visit
from tests.world import World

BERLIN, POTSDAM, HAMBURG = Point(525200000, 134050000), Point(523900000, 130640000), Point(535500000, 99930000)


@pytest.fixture
async def standin() -> AsyncIterator[RunningEngines]:
    async with running_engines() as standin:
        yield standin


@asynccontextmanager
async def working(world: World, settings: Settings, url: str, *, kept_days: int = 30) -> AsyncIterator[Runner]:
    """A worker that knows roads by this address."""
    async with open_outside(msgspec.structs.replace(settings, travel_url=url, travel_kept_days=kept_days)) as outside:
        known = {name: kinds()[name] for name in ("learn_travel", "forget_travel")}
        worker = Runner(world.database, kinds=known, outside=outside, clock=world.clock, jitter=lambda: 0.0)
        worker._committed(world.organisation_id)
        yield worker


async def between(world: World, *places: Point) -> Travel:
    return await world.database.read(
        travel_between,
        principal=world.principal(),
        at=world.clock.now,
        request_id=world.id(),
        values={"sources": list(places), "targets": list(places)},
    )


async def work_ahead(world: World) -> None:
    """A technician from Berlin with a visit in Potsdam tomorrow, and a job in Hamburg that nobody has taken."""
    home = {"latitude_e7": BERLIN.latitude_e7, "longitude_e7": BERLIN.longitude_e7}
    anna = await technician(world, home=home)
    await visit(world, by=anna, of=await job(world, place=tuple(POTSDAM)))
    await job(world, place=tuple(HAMBURG))


async def last_error(world: World, kind: str) -> str | None:
    [row] = await world.sql("select last_error from kit.task where organisation_id = $1 and kind = $2", world.organisation_id, kind)
    error: str | None = row["last_error"]
    return error


async def test_without_a_road_engine_a_straight_line_with_a_detour_stands_in(world: World) -> None:
    travel = await between(world, BERLIN, POTSDAM)
    [row] = await world.sql("select dispatch.metres($1, $2, $3, $4) as straight", *BERLIN, *POTSDAM)
    assert travel.metres.tolist() == [[0, round(row["straight"] * 1.3)], [round(row["straight"] * 1.3), 0]]
    assert travel.seconds.tolist() == [[0, 3_663], [3_663, 0]]
    assert travel.estimated.tolist() == [[False, True], [True, False]]


async def test_the_ways_between_places_to_come_are_asked_before_anybody_waits(
    world: World, settings: Settings, standin: RunningEngines
) -> None:
    await work_ahead(world)
    async with working(world, settings, standin.osrm) as worker:
        await worker.drain()
    travel = await between(world, BERLIN, POTSDAM, HAMBURG)
    assert not travel.estimated.any()
    assert travel.seconds[0].tolist() == [0, 4_088, 38_286]
    assert travel.metres[0].tolist() == [0, 40_883, 382_860]


async def test_what_is_known_is_not_asked_again_until_it_is_old(world: World, settings: Settings, standin: RunningEngines) -> None:
    await work_ahead(world)
    async with working(world, settings, standin.osrm, kept_days=2) as worker:
        await worker.drain()
        world.clock.forward(minutes=10)
        await worker.drain()
        assert standin.engines.asked == [(3, 3)]
        await job(world, place=(525100000, 134000000))
        world.clock.forward(minutes=10)
        await worker.drain()
        assert standin.engines.asked == [(3, 3), (4, 4)]
        world.clock.forward(days=2)
        await worker.drain()
    assert len(standin.engines.asked) == 3


async def test_another_engine_is_asked_for_itself(world: World, settings: Settings, standin: RunningEngines) -> None:
    await work_ahead(world)
    for url in (standin.osrm, standin.valhalla):
        async with working(world, settings, url) as worker:
            await worker.drain()
        world.clock.forward(minutes=10)
    rows = await world.sql("select distinct engine from dispatch.travel_leg where organisation_id = $1", world.organisation_id)
    assert [row["engine"] for row in rows] == ["valhalla"]


async def test_an_engine_that_is_down_leaves_marked_estimates_and_a_failed_task_alone(
    world: World, settings: Settings, standin: RunningEngines
) -> None:
    await work_ahead(world)
    standin.engines.trouble = "error"
    async with working(world, settings, standin.osrm) as worker:
        await worker.drain()
        assert await last_error(world, "learn_travel") == "The road engine says 500."
        travel = await between(world, BERLIN, POTSDAM, HAMBURG)
        assert travel.estimated.sum() == 6
        assert (travel.seconds[0, 1:] > 0).all()
        standin.engines.trouble = None
        world.clock.forward(minutes=10)
        await worker.drain()
    assert await last_error(world, "learn_travel") is None
    assert not (await between(world, BERLIN, POTSDAM, HAMBURG)).estimated.any()


async def test_where_there_is_no_road_a_straight_line_stands_in_and_nobody_asks_again(
    world: World, settings: Settings, standin: RunningEngines
) -> None:
    await work_ahead(world)
    standin.engines.islands.add(HAMBURG.degrees)
    async with working(world, settings, standin.osrm) as worker:
        await worker.drain()
        world.clock.forward(minutes=10)
        await worker.drain()
    assert len(standin.engines.asked) == 1
    travel = await between(world, BERLIN, POTSDAM, HAMBURG)
    assert travel.estimated.tolist() == [[False, False, True], [False, False, True], [True, True, False]]


async def test_what_was_told_long_ago_is_forgotten(world: World, settings: Settings, standin: RunningEngines) -> None:
    await work_ahead(world)
    async with working(world, settings, standin.osrm, kept_days=30) as worker:
        await worker.drain()
    world.clock.forward(days=31)
    async with working(world, settings, "", kept_days=30) as worker:
        await worker.drain()
    assert await world.sql("select from dispatch.travel_leg where organisation_id = $1", world.organisation_id) == []


async def test_of_many_places_the_same_is_told_as_of_few(world: World) -> None:
    places = [Point(520000000 + 70_000 * number, 130000000 + 50_000 * (number % 7)) for number in range(80)]
    legs = [
        [None if (row + column) % 9 == 4 else Leg(100 * row + column, 1_000 * row + column) for column in range(40)] for row in range(80)
    ]
    told = {"engine": "osrm", "sources": places, "targets": places[40:], "legs": legs}
    await world.database.perform(
        keep_legs, principal=world.principal(), at=world.clock.now, request_id=world.id(), remember=None, values=told
    )
    many = await between(world, *places, places[3])
    few = await between(world, *places[30:60])
    for name, whole, part in zip(Travel._fields, many, few, strict=True):
        assert (whole[30:60, 30:60] == part).all(), name
        assert (whole[3] == whole[80]).all(), name
    assert (many.seconds[2, 45], many.metres[2, 45], many.estimated[2, 45]) == (205, 2_005, False)
    assert (many.estimated[2, 42], many.seconds[45, 45], many.metres[45, 45]) == (True, 0, 0)
    assert many.estimated[:, :40].sum() == 81 * 40 - 41


def test_of_very_many_places_each_is_asked_about_with_its_neighbours_alone() -> None:
    grid = [Point(500000000 + 2_000_000 * row, 100000000 + 100_000 * column) for row in range(30) for column in range(50)]
    blocks = blocks_of(grid, np.eye(len(grid), dtype=np.bool_))
    assert len(blocks) == 30 * 12
    assert max(abs(block.sources[0].latitude_e7 - block.targets[0].latitude_e7) for block in blocks) <= 12 * 2_000_000
    asked = {(source, target) for block in blocks for source in block.sources for target in block.targets}
    assert all(
        (one, other) in asked for row in range(30) for one in grid[row * 50 : row * 50 + 50] for other in grid[row * 50 : row * 50 + 50]
    )
