"""Road engines inside this process, through their makers' own bindings (extras `osrm` and `valhalla`; Python 3.12 or newer).

Their answers are computed in a thread, so that the process goes on meanwhile.
"""

import asyncio
import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from service.integrations.travel import osrm, valhalla
from service.integrations.travel.records import Legs, Point, QuestionRefused

ALGORITHM = "MLD"
"""Of a map that `osrm-partition` and `osrm-customize` prepared."""
QUICK_MATRIX = "timedistancematrix"
"""Six times as quick as what Valhalla chooses by itself for cars."""


class EngineMissing(Exception):
    """The bindings aren't installed; the message says what to do."""


def _bindings(module: str, extra: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise EngineMissing(
            f"SAYSO_TRAVEL_URL asks for {extra} inside the process: install `sayso[{extra}]` (Python 3.12 or newer)."
        ) from error


class EmbeddedOsrm:
    """OSRM on a prepared map, such as `/maps/region.osrm`."""

    name = "osrm"

    def __init__(self, path: str) -> None:
        self._osrm = _bindings("osrm", "osrm")
        self._engine = self._osrm.OSRM(algorithm=ALGORITHM, storage_config=path, use_shared_memory=False)

    async def legs(self, sources: Sequence[Point], targets: Sequence[Point]) -> Legs:
        """By road from each source to each target."""
        return await asyncio.to_thread(self._legs, sources, targets)

    def _legs(self, sources: Sequence[Point], targets: Sequence[Point]) -> Legs:
        asked = self._osrm.TableParameters(
            coordinates=[(longitude, latitude) for latitude, longitude in (one.degrees for one in (*sources, *targets))],
            sources=list(range(len(sources))),
            destinations=list(range(len(sources), len(sources) + len(targets))),
            annotations=["duration", "distance"],
        )
        try:
            answer = self._engine.Table(asked)
        except RuntimeError as error:
            raise QuestionRefused(f"OSRM: {error}") from error
        return osrm.legs_of(osrm.table_of(answer))


class EmbeddedValhalla:
    """Valhalla by its configuration, such as `/maps/valhalla.json`."""

    name = "valhalla"

    def __init__(self, path: str) -> None:
        bindings = _bindings("valhalla", "valhalla")
        configuration = msgspec.json.decode(Path(path).read_bytes())
        configuration["thor"]["source_to_target_algorithm"] = QUICK_MATRIX
        configuration["logging"] = {"type": ""}  # our logs are our own
        self._actor = bindings.Actor(configuration)

    async def legs(self, sources: Sequence[Point], targets: Sequence[Point]) -> Legs:
        """By road from each source to each target."""
        return await asyncio.to_thread(self._legs, sources, targets)

    def _legs(self, sources: Sequence[Point], targets: Sequence[Point]) -> Legs:
        try:
            answer = self._actor.matrix(valhalla.question(sources, targets))
        except RuntimeError as error:
            raise QuestionRefused(f"Valhalla: {error}") from error
        return valhalla.legs_of(msgspec.convert(answer, valhalla.Matrix))
