"""A stand-in for both road engines: speaks their protocols over HTTP, on roads that run straight from place to place and turn half as far again.

What it can't know it refuses as they do: places that aren't on earth, too many of them, pairs too far from each other.
"""

import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from service.integrations.asgi import Answer, Request, application, json_answer, running

EARTH_METRES = 6_371_008.8
DETOUR, METRES_A_SECOND = 1.5, 10.0
MOST_COORDINATES, MOST_PAIRS, FARTHEST_METRES = 100, 2_500, 400_000.0
Trouble = Literal["error", "hang", "nonsense", "busy"]
Place = tuple[float, float]
"""Latitude and longitude in degrees."""


class ValhallaPlace(msgspec.Struct):
    lat: float
    lon: float


class ValhallaQuestion(msgspec.Struct):
    sources: list[ValhallaPlace]
    targets: list[ValhallaPlace]
    costing: str
    verbose: bool = True


def straight_metres(source: Place, target: Place) -> float:
    """Along the great circle."""
    (south, west), (north, east) = ((math.radians(degrees) for degrees in one) for one in (source, target))
    half = math.sin((north - south) / 2) ** 2 + math.cos(south) * math.cos(north) * math.sin((east - west) / 2) ** 2
    return 2 * EARTH_METRES * math.asin(math.sqrt(half))


@dataclass
class Engines:
    """What they were asked, and how they shall fail."""

    asked: list[tuple[int, int]] = field(default_factory=list)
    """How many sources and targets, question by question."""
    trouble: Trouble | None = None
    islands: set[Place] = field(default_factory=set)
    """Places without a road to anywhere else."""

    async def handle(self, request: Request) -> Answer | None:
        match self.trouble:
            case "error":
                return json_answer(500, {"message": "Asked for by whoever drives the stand-in."})
            case "busy":
                return json_answer(429, {"message": "Too Many Requests"})
            case "nonsense":
                return json_answer(200, {"code": "Ok", "durations": "none"})
            case "hang":
                return None
            case None:
                return self._answer(request)

    def _answer(self, request: Request) -> Answer:
        if request.method == "GET" and request.path.startswith("/table/v1/"):
            return self._osrm(request)
        if request.method == "POST" and request.path == "/sources_to_targets":
            return self._valhalla(request)
        return json_answer(404, {"error": "Try any of: '/table/v1', '/sources_to_targets'", "status_code": 404})

    def _osrm(self, request: Request) -> Answer:
        places = [
            (float(latitude), float(longitude)) for longitude, latitude in (one.split(",") for one in request.path.split("/")[4].split(";"))
        ]
        if any(abs(latitude) > 90 or abs(longitude) > 180 for latitude, longitude in places):
            return json_answer(400, {"code": "InvalidOptions", "message": "Coordinates are invalid"})
        if len(places) > MOST_COORDINATES:
            return json_answer(400, {"code": "TooBig", "message": f"Too many table coordinates, more than {MOST_COORDINATES}"})
        sources, targets = ([places[int(one)] for one in request.query_value(name).split(";")] for name in ("sources", "destinations"))
        self.asked.append((len(sources), len(targets)))
        seconds = [[self._seconds(source, target) for target in targets] for source in sources]
        metres = [[None if one is None else round(one * METRES_A_SECOND, 1) for one in row] for row in seconds]
        snapped = {"distance": 0.5, "name": "Mill Lane", "hint": ""}
        table = {
            "code": "Ok",
            "durations": seconds,
            "distances": metres,
            "sources": [snapped] * len(sources),
            "destinations": [snapped] * len(targets),
        }
        return json_answer(200, table)

    def _valhalla(self, request: Request) -> Answer:
        try:
            question = msgspec.json.decode(request.body, type=ValhallaQuestion)
        except msgspec.MsgspecError:
            return _refused(100, "Failed to parse json request")
        sources, targets = ([(one.lat, one.lon) for one in places] for places in (question.sources, question.targets))
        if len(sources) * len(targets) > MOST_PAIRS:
            return _refused(150, f"Exceeded max location pairs: {MOST_PAIRS}")
        if any(straight_metres(source, target) > FARTHEST_METRES for source in sources for target in targets):
            return _refused(154, f"Path distance exceeds the max distance limit: {FARTHEST_METRES:.0f} meters")
        self.asked.append((len(sources), len(targets)))
        seconds = [[self._seconds(source, target) for target in targets] for source in sources]
        kilometres = [[0.0 if one is None else round(one * METRES_A_SECOND / 1000, 3) for one in row] for row in seconds]
        told: Any = {"durations": [[None if one is None else round(one) for one in row] for row in seconds], "distances": kilometres}
        return json_answer(200, {"sources_to_targets": told, "units": "kilometers", "algorithm": "timedistancematrix"})

    def _seconds(self, source: Place, target: Place) -> float | None:
        if source == target:
            return 0.0
        if source in self.islands or target in self.islands:
            return None
        return round(straight_metres(source, target) * DETOUR / METRES_A_SECOND, 1)


def _refused(code: int, error: str) -> Answer:
    return json_answer(400, {"error_code": code, "error": error, "status_code": 400, "status": "Bad Request"})


@dataclass(frozen=True, kw_only=True)
class RunningEngines:
    osrm: str
    valhalla: str
    """Their addresses, as settings name them."""
    engines: Engines


@asynccontextmanager
async def running_engines(*, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[RunningEngines]:
    """Both engines at one address, for as long as this block lives; port 0 takes a free one."""
    engines = Engines()
    async with running(application(engines.handle), host=host, port=port) as address:
        yield RunningEngines(osrm=f"osrm+{address}", valhalla=f"valhalla+{address}", engines=engines)
