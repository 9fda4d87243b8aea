"""Opens the road engine that the settings name, and asks it for as much as is wanted, in questions of the size it takes."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import httpx

from service.integrations.travel.embedded import EmbeddedOsrm, EmbeddedValhalla
from service.integrations.travel.osrm import OsrmServer
from service.integrations.travel.records import MOST_PLACES, EngineUnavailable, Legs, Point, QuestionRefused, RoadEngine
from service.integrations.travel.server import ANSWER_WITHIN_S
from service.integrations.travel.valhalla import ValhallaServer

LONGEST_SECONDS, LONGEST_METRES = 7 * 86_400, 20_000_000


@asynccontextmanager
async def open_roads(url: str) -> AsyncIterator[RoadEngine]:
    """The engine of this address: `osrm+http://…` and `valhalla+http://…` (or `+https`) a server, `osrm:///…` and `valhalla:///…` inside this process."""
    scheme, path = urlsplit(url).scheme, urlsplit(url).path
    if scheme == "osrm":
        yield EmbeddedOsrm(path)
    elif scheme == "valhalla":
        yield EmbeddedValhalla(path)
    else:
        engine = OsrmServer if scheme.startswith("osrm+") else ValhallaServer
        async with httpx.AsyncClient(timeout=ANSWER_WITHIN_S, trust_env=False) as client:
            yield engine(client, url.partition("+")[2])


async def ask_roads(engine: RoadEngine, sources: Sequence[Point], targets: Sequence[Point]) -> Legs:
    """By road from each source to each target; None where there is no road or the engine won't say. Raises EngineUnavailable."""
    told: Legs = [[None] * len(targets) for _ in sources]
    for row in range(0, len(sources), MOST_PLACES):
        for column in range(0, len(targets), MOST_PLACES):
            legs = await _asked_or_halved(engine, sources[row : row + MOST_PLACES], targets[column : column + MOST_PLACES])
            for offset, one in enumerate(legs):
                told[row + offset][column : column + len(one)] = one
    return told


async def _asked_or_halved(engine: RoadEngine, sources: Sequence[Point], targets: Sequence[Point]) -> Legs:
    """One place that an engine won't take spoils its whole question: what is refused is asked by halves, down to the pair that is refused."""
    try:
        return _judged(await engine.legs(sources, targets), rows=len(sources), columns=len(targets))
    except QuestionRefused:
        if len(sources) == len(targets) == 1:
            return [[None]]
    if len(sources) >= len(targets):
        middle = len(sources) // 2
        return [*await _asked_or_halved(engine, sources[:middle], targets), *await _asked_or_halved(engine, sources[middle:], targets)]
    middle = len(targets) // 2
    lefts = await _asked_or_halved(engine, sources, targets[:middle])
    rights = await _asked_or_halved(engine, sources, targets[middle:])
    return [[*left, *right] for left, right in zip(lefts, rights, strict=True)]


def _judged(legs: Legs, *, rows: int, columns: int) -> Legs:
    """What was asked for, and no leg that can't be."""
    if len(legs) != rows or any(len(row) != columns for row in legs):
        raise EngineUnavailable("The road engine answers for other places than it was asked for.")
    return [
        [leg if leg and 0 <= leg.seconds <= LONGEST_SECONDS and 0 <= leg.metres <= LONGEST_METRES else None for leg in row] for row in legs
    ]
