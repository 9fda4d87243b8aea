"""What road engines are asked, and what they answer."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

MOST_PLACES = 50
"""Of each side of a question: both engines take it as they come (OSRM 100 coordinates, Valhalla 2,500 pairs)."""
SNAPPED_WITHIN_METRES = 5_000
"""A place farther than this from any road of the map isn't on the map: OSRM would answer for the nearest road all the same."""


class Point(NamedTuple):
    """A place on earth in ten-millionths of a degree (WGS 84)."""

    latitude_e7: int
    longitude_e7: int

    @property
    def degrees(self) -> tuple[float, float]:
        """Latitude and longitude."""
        return self.latitude_e7 / 1e7, self.longitude_e7 / 1e7


class Leg(NamedTuple):
    """By road from one place to another, in whole seconds and metres."""

    seconds: int
    metres: int


Legs = list[list[Leg | None]]
"""A row for each source, a leg for each target; None where there is no road."""


class EngineUnavailable(Exception):
    """The engine can't be asked now: it is away, too slow, or answers what it never would. The message is for operators."""


class QuestionRefused(Exception):
    """The engine answers, and won't answer this: a place it can't take, or two too far from each other. The message is for operators."""


class RoadEngine(Protocol):
    """Whatever knows roads."""

    @property
    def name(self) -> str:
        """What its legs are remembered under: `osrm`, `valhalla`."""

    async def legs(self, sources: Sequence[Point], targets: Sequence[Point]) -> Legs:
        """By road from each source to each target, at most `MOST_PLACES` of each; raises EngineUnavailable, QuestionRefused."""
