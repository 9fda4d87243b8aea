"""The engines themselves on a small map, as servers and inside this process: collected where their bindings and the map are (`conftest.py`)."""

import asyncio
import random
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import msgspec
import osrm  # type: ignore[import-not-found,unused-ignore]
import pytest
import valhalla  # type: ignore[import-not-found,unused-ignore]

from service.integrations.travel.records import Legs, Point
from service.integrations.travel.roads import ask_roads, open_roads
from service.integrations.travel.standin import straight_metres

MAP = Path(__file__).parents[3] / "shared" / "routing" / "liechtenstein.osm.pbf"
OF_OSRM, OF_VALHALLA = Path(osrm.__file__).parent, Path(valhalla.__file__).parent
ELSEWHERE = Point(10000000, 10000000)
random_ = random.Random(7)
PLACES = [Point(471410000 + random_.randrange(-150000, 450000), 95000000 + random_.randrange(0, 250000)) for _ in range(60)]


@pytest.fixture(scope="session")
def maps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The map, prepared for both."""
    folder = tmp_path_factory.mktemp("maps")
    shutil.copy(MAP, folder / "map.osm.pbf")
    [cars] = OF_OSRM.rglob("car.lua")
    for name, *arguments in (["extract", "-p", str(cars), "map.osm.pbf"], ["partition", "map.osrm"], ["customize", "map.osrm"]):
        subprocess.run([OF_OSRM / "bin" / f"osrm-{name}", *arguments], cwd=folder, check=True, capture_output=True)
    script = Path(sys.executable).parent / "valhalla_build_config"
    written = subprocess.run([script, "--mjolnir-tile-dir", str(folder / "tiles")], check=True, capture_output=True)
    (folder / "valhalla.json").write_bytes(written.stdout)
    build = [OF_VALHALLA / "bin" / "valhalla_build_tiles", "-c", "valhalla.json", "map.osm.pbf"]
    subprocess.run(build, cwd=folder, check=True, capture_output=True)
    yield folder
    shutil.rmtree(folder)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@asynccontextmanager
async def served(*command: str, url: str) -> AsyncIterator[str]:
    """A server of that engine, once it takes connections."""
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL)
    try:
        async with httpx.AsyncHTTPTransport(retries=7) as patient:
            await patient.handle_async_request(httpx.Request("GET", url.partition("+")[2]))
        yield url
    finally:
        process.terminate()
        await process.wait()


async def told(url: str, places: list[Point]) -> Legs:
    async with open_roads(url) as roads:
        return await ask_roads(roads, places, places)


def judge(legs: Legs, places: list[Point]) -> None:
    """Nearly all are reached, along roads that are longer than the straight line, at the speed of cars."""
    pairs = [
        (leg, straight_metres(places[row].degrees, places[column].degrees))
        for row, line in enumerate(legs)
        for column, leg in enumerate(line)
        if leg is not None and row != column
    ]
    assert len(pairs) > 0.8 * len(places) * (len(places) - 1)
    far = [(leg, straight) for leg, straight in pairs if straight > 3_000]
    assert len(far) > 100
    assert all(leg.metres > 0.8 * straight for leg, straight in far)
    assert all(0.5 < leg.metres / leg.seconds < 40 for leg, _ in far)


async def test_osrm_tells_the_same_as_a_server_and_inside_this_process(maps: Path) -> None:
    port = free_port()
    inside = await told(f"osrm://{maps}/map.osrm", PLACES)
    command = [str(OF_OSRM / "bin" / "osrm-routed"), "--algorithm", "mld", "-i", "127.0.0.1", "-p", str(port), f"{maps}/map.osrm"]
    async with served(*command, url=f"osrm+http://127.0.0.1:{port}") as url:
        assert await told(url, PLACES) == inside
    judge(inside, PLACES)


async def test_valhalla_tells_the_same_as_a_server_and_inside_this_process(maps: Path) -> None:
    port = free_port()
    inside = await told(f"valhalla://{maps}/valhalla.json", PLACES)
    configuration = msgspec.json.decode((maps / "valhalla.json").read_bytes())
    configuration["thor"]["source_to_target_algorithm"] = "timedistancematrix"
    configuration["httpd"]["service"]["listen"] = f"tcp://127.0.0.1:{port}"
    (maps / "served.json").write_bytes(msgspec.json.encode(configuration))
    async with served(
        str(OF_VALHALLA / "bin" / "valhalla_service"), str(maps / "served.json"), "1", url=f"valhalla+http://127.0.0.1:{port}"
    ) as url:
        assert await told(url, PLACES) == inside
    judge(inside, PLACES)


@pytest.mark.parametrize("engine", ["osrm://{}/map.osrm", "valhalla://{}/valhalla.json"])
async def test_a_place_off_the_map_has_no_road_and_spoils_no_other(maps: Path, engine: str) -> None:
    places = [*PLACES[:5], ELSEWHERE]
    legs = await told(engine.format(maps), places)
    assert [row[-1] for row in legs[:-1]] == [None] * 5
    assert legs[-1][:-1] == [None] * 5
    alone = await told(engine.format(maps), places[:-1])
    both = [(leg, one) for row, ones in zip(legs[:-1], alone, strict=True) for leg, one in zip(row[:-1], ones, strict=True) if leg and one]
    assert len(both) >= 5
    assert all(leg.seconds == pytest.approx(one.seconds, rel=0.05) for leg, one in both)
