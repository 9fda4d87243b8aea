"""OSRM's table service: what is asked and how its answers are read, the same for a server and inside this process.

It tells fractions of seconds and metres; a leg is whole ones.

https://project-osrm.org/docs/v5.24.0/api/#table-service
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from service.integrations.travel.records import SNAPPED_WITHIN_METRES, EngineUnavailable, Leg, Legs, Point
from service.integrations.travel.server import RoadServer


class Snapped(msgspec.Struct):
    """Where a place is taken to be: on the nearest road, so many metres away."""

    distance: float = 0.0


class Table(msgspec.Struct):
    """An answer; one that is none has another code than `Ok`."""

    code: str
    durations: list[list[float | None]] = []
    distances: list[list[float | None]] = []
    sources: list[Snapped] = []
    destinations: list[Snapped] = []


def legs_of(table: Table) -> Legs:
    """The legs of an answer; a place that isn't on the map has no road anywhere. Raises EngineUnavailable."""
    if table.code != "Ok":
        raise EngineUnavailable(f"OSRM answers {table.code[:60]!r}.")
    off_map = [one.distance > SNAPPED_WITHIN_METRES for one in table.destinations]
    return [
        [
            None if far or to_far or seconds is None or metres is None else Leg(round(seconds), round(metres))
            for seconds, metres, to_far in zip(duration_row, distance_row, off_map, strict=False)
        ]
        for duration_row, distance_row, far in zip(
            table.durations, table.distances, (one.distance > SNAPPED_WITHIN_METRES for one in table.sources), strict=False
        )
    ]


class OsrmServer(RoadServer):
    """An `osrm-routed` or what speaks like it."""

    name = "osrm"

    async def legs(self, sources: Sequence[Point], targets: Sequence[Point]) -> Legs:
        """By road from each source to each target."""
        coordinates = ";".join(f"{longitude:.7f},{latitude:.7f}" for latitude, longitude in (one.degrees for one in (*sources, *targets)))
        from_numbers = ";".join(map(str, range(len(sources))))
        to_numbers = ";".join(map(str, range(len(sources), len(sources) + len(targets))))
        path = f"/table/v1/driving/{quote(coordinates, safe=',;.-')}?sources={from_numbers}&destinations={to_numbers}&annotations=duration,distance"
        table: Table = await self.asked("GET", path, answer=Table)
        return legs_of(table)


def table_of(answer: Any) -> Table:
    """An answer of the bindings, whose objects are no dictionaries, as a server would give it."""

    def numbers(rows: Any) -> list[list[float | None]]:
        return [[None if one is None else float(one) for one in row] for row in rows]

    def snapped(places: Any) -> list[Snapped]:
        return [Snapped(float(place["distance"])) for place in places]

    return Table(
        code="Ok",
        durations=numbers(answer["durations"]),
        distances=numbers(answer["distances"]),
        sources=snapped(answer["sources"]),
        destinations=snapped(answer["destinations"]),
    )
