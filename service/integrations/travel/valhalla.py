"""Valhalla's matrix service: what is asked and how its answers are read, the same for a server and inside this process.

https://valhalla.github.io/valhalla/api/matrix/api-reference/
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from service.integrations.travel.records import EngineUnavailable, Leg, Legs, Point
from service.integrations.travel.server import RoadServer

METRES_A_KILOMETRE = 1000


class Rows(msgspec.Struct):
    """Seconds, and kilometres with fractions; a leg is whole seconds and metres."""

    durations: list[list[float | None]]
    distances: list[list[float | None]]


class Matrix(msgspec.Struct):
    """A short answer (`verbose: false`)."""

    sources_to_targets: Rows
    units: str = "kilometers"


def question(sources: Sequence[Point], targets: Sequence[Point]) -> dict[str, Any]:
    """What is asked."""

    def places(points: Sequence[Point]) -> list[dict[str, float]]:
        return [{"lat": latitude, "lon": longitude} for latitude, longitude in (one.degrees for one in points)]

    return {"sources": places(sources), "targets": places(targets), "costing": "auto", "units": "kilometers", "verbose": False}


def legs_of(matrix: Matrix) -> Legs:
    """The legs of an answer; without a road the seconds are null and the kilometres none."""
    if matrix.units != "kilometers":
        raise EngineUnavailable(f"Valhalla answers in {matrix.units}.")
    told = matrix.sources_to_targets
    return [
        [
            None if seconds is None or kilometres is None else Leg(round(seconds), round(kilometres * METRES_A_KILOMETRE))
            for seconds, kilometres in zip(duration_row, distance_row, strict=False)
        ]
        for duration_row, distance_row in zip(told.durations, told.distances, strict=False)
    ]


class ValhallaServer(RoadServer):
    """A `valhalla_service` or what speaks like it."""

    name = "valhalla"

    async def legs(self, sources: Sequence[Point], targets: Sequence[Point]) -> Legs:
        """By road from each source to each target."""
        matrix: Matrix = await self.asked("POST", "/sources_to_targets", question=question(sources, targets), answer=Matrix)
        return legs_of(matrix)
