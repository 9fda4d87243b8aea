"""Road engines are asked by their own protocols, in questions they take, and one that is away is said to be away."""

from collections.abc import AsyncIterator

import httpx
import pytest

from service.integrations.travel.embedded import EngineMissing
from service.integrations.travel.osrm import OsrmServer
from service.integrations.travel.records import EngineUnavailable, Leg, Point
from service.integrations.travel.roads import ask_roads, open_roads
from service.integrations.travel.standin import RunningEngines, Trouble, running_engines
from service.integrations.travel.valhalla import ValhallaServer

VADUZ, SCHAAN, RUGGELL = Point(471410000, 95209000), Point(471660000, 95095000), Point(472380000, 95260000)
ENGINES = ["osrm", "valhalla"]


@pytest.fixture
async def standin() -> AsyncIterator[RunningEngines]:
    async with running_engines() as standin:
        yield standin


def address(standin: RunningEngines, engine: str) -> str:
    return standin.osrm if engine == "osrm" else standin.valhalla


@pytest.mark.parametrize("engine", ENGINES)
async def test_an_engine_tells_seconds_and_metres_from_each_to_each(standin: RunningEngines, engine: str) -> None:
    async with open_roads(address(standin, engine)) as roads:
        legs = await ask_roads(roads, [VADUZ, SCHAAN], [SCHAAN, RUGGELL])
    assert roads.name == engine
    [[to_schaan, to_ruggell], [stays, onward]] = legs
    assert stays == Leg(0, 0)
    assert to_schaan
    assert to_ruggell
    assert onward
    assert (to_schaan.seconds, to_ruggell.seconds, onward.seconds) == (437, 1619, 1215)
    assert to_ruggell.metres == pytest.approx(16_190, abs=5)


@pytest.mark.parametrize("engine", ENGINES)
async def test_many_places_are_asked_about_in_questions_of_the_size_it_takes(standin: RunningEngines, engine: str) -> None:
    sources = [Point(VADUZ.latitude_e7 + 1000 * number, VADUZ.longitude_e7) for number in range(120)]
    targets = [Point(SCHAAN.latitude_e7 + 1000 * number, SCHAAN.longitude_e7) for number in range(70)]
    async with open_roads(address(standin, engine)) as roads:
        legs = await ask_roads(roads, sources, targets)
        [[alone]] = await ask_roads(roads, [sources[110]], [targets[60]])
    assert standin.engines.asked == [(50, 50), (50, 20), (50, 50), (50, 20), (20, 50), (20, 20), (1, 1)]
    assert legs[110][60] == alone
    assert all(leg is not None for row in legs for leg in row)


@pytest.mark.parametrize("engine", ENGINES)
async def test_without_a_road_there_is_no_leg(standin: RunningEngines, engine: str) -> None:
    standin.engines.islands.add(RUGGELL.degrees)
    async with open_roads(address(standin, engine)) as roads:
        [[near, island]] = await ask_roads(roads, [VADUZ], [SCHAAN, RUGGELL])
    assert near is not None
    assert island is None


async def test_a_place_that_the_engine_refuses_spoils_no_other(standin: RunningEngines) -> None:
    places = [Point(VADUZ.latitude_e7 + 1000 * number, VADUZ.longitude_e7) for number in range(20)]
    places[7] = Point(0, 0)
    async with open_roads(standin.valhalla) as roads:
        legs = await ask_roads(roads, places, places)
    told = {(row, column) for row in range(20) for column in range(20) if legs[row][column] is not None}
    assert told == {(row, column) for row in range(20) for column in range(20) if (row == 7) == (column == 7)}


@pytest.mark.parametrize("trouble", ["error", "busy", "nonsense", "hang"])
@pytest.mark.parametrize("engine", ENGINES)
async def test_an_engine_that_gives_no_answer_is_away(standin: RunningEngines, engine: str, trouble: Trouble) -> None:
    standin.engines.trouble = trouble
    server = OsrmServer if engine == "osrm" else ValhallaServer
    async with httpx.AsyncClient(timeout=0.5, trust_env=False) as impatient:
        with pytest.raises(EngineUnavailable):
            await ask_roads(server(impatient, address(standin, engine).partition("+")[2]), [VADUZ], [SCHAAN])


async def test_an_engine_that_is_not_there_is_away() -> None:
    async with running_engines() as gone:
        pass
    async with open_roads(gone.osrm) as roads:
        with pytest.raises(EngineUnavailable, match="ConnectError"):
            await ask_roads(roads, [VADUZ], [SCHAAN])


async def test_an_answer_about_other_places_is_none(standin: RunningEngines) -> None:
    class Confused(OsrmServer):
        async def legs(self, _sources: object, _targets: object) -> list[list[Leg | None]]:
            return [[Leg(1, 1)]]

    async with httpx.AsyncClient() as client:
        with pytest.raises(EngineUnavailable, match="other places"):
            await ask_roads(Confused(client, standin.osrm), [VADUZ, SCHAAN], [SCHAAN])


async def test_an_engine_inside_the_process_names_what_to_install() -> None:
    with pytest.raises(EngineMissing, match=r"install `sayso\[valhalla\]`"):
        async with open_roads("valhalla:///maps/valhalla.json"):
            pass
