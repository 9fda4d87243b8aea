"""One answer for many places: what a road engine told about them, and a straight line, marked, where none told."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.dispatch.queries import DROP_LEGS, FIND_TRAVEL_SPEEDS, KEEP_LEGS, KNOWN_LEGS, PLACES_AHEAD
from service.dispatch.records import LegsKept, TravelSpeedsFound
from service.dispatch.travel.blocks import Block, blocks_of
from service.dispatch.travel.straight import USUAL, Ints, straight_travel
from service.integrations.travel.records import Legs, Point
from service.kit.verbs import Work, verb

LONGEST_KEPT = timedelta(days=400)
"""Nothing older is there, however long the operator keeps what was told."""
AHEAD, MOST_PLACES, MOST_JOBS = timedelta(days=14), 5_000, 1_000
MOST_DROPPED = 50_000


class Travel(NamedTuple):
    """A row for each source, a column for each target."""

    seconds: Ints
    metres: Ints
    estimated: NDArray[np.bool_]
    """Where no road engine has told: by a straight line."""


async def travel_between(work: Work, *, sources: Sequence[Point], targets: Sequence[Point]) -> Travel:
    """How long it takes and how far it is from each source to each target; asks nobody outside, so it takes milliseconds."""
    seconds, metres = straight_travel(sources, targets, speeds=await find_speeds(work))
    estimated = np.ones(seconds.shape, dtype=np.bool_)
    for known in await work.all(KNOWN_LEGS, **_both(sources, targets), told_after=work.at - LONGEST_KEPT, engine=None):
        row, columns = known.source - 1, np.array(known.targets) - 1
        told = np.array([one is not None for one in known.seconds])
        seconds[row, columns[told]] = [one for one in known.seconds if one is not None]
        metres[row, columns[told]] = [one for one in known.metres if one is not None]
        estimated[row, columns[told]] = False
    estimated[seconds == 0] = False
    return Travel(seconds, metres, estimated)


async def find_speeds(work: Work) -> TravelSpeedsFound:
    """How fast people travel where no road engine tells."""
    said = await work.all(FIND_TRAVEL_SPEEDS)
    return said[0] if said else USUAL


async def places_ahead(work: Work) -> list[Point]:
    """Where technicians start, go to and end in the next two weeks."""
    ahead = await work.all(PLACES_AHEAD, from_at=work.at, until_at=work.at + AHEAD, most_jobs=MOST_JOBS, most=MOST_PLACES)
    return [Point(one.latitude_e7, one.longitude_e7) for one in ahead]


async def unknown_blocks(work: Work, *, places: Sequence[Point], engine: str, kept: timedelta) -> list[Block]:
    """What is to be asked of that engine about the ways between these places, in questions of the size it takes."""
    places = list(dict.fromkeys(places))
    known = np.eye(len(places), dtype=np.bool_)
    for one in await work.all(KNOWN_LEGS, **_both(places, places), told_after=work.at - kept, engine=engine):
        known[one.source - 1, np.array(one.targets) - 1] = True
    return blocks_of(places, known)


@verb()
async def keep_legs(work: Work, *, engine: str, sources: Sequence[Point], targets: Sequence[Point], legs: Legs) -> LegsKept:
    """Keeps what an engine told, that there is no road too."""
    pairs = [(source, target, leg) for source, row in zip(sources, legs, strict=True) for target, leg in zip(targets, row, strict=True)]
    return await work.run(
        KEEP_LEGS,
        engine=engine,
        from_latitudes=[source.latitude_e7 for source, _, _ in pairs],
        from_longitudes=[source.longitude_e7 for source, _, _ in pairs],
        to_latitudes=[target.latitude_e7 for _, target, _ in pairs],
        to_longitudes=[target.longitude_e7 for _, target, _ in pairs],
        seconds=[leg and leg.seconds for _, _, leg in pairs],
        metres=[leg and leg.metres for _, _, leg in pairs],
    )


@verb()
async def drop_legs(work: Work, *, kept: timedelta) -> LegsKept:
    """Forgets what was told longer ago than that, some of it at a time."""
    return await work.run(DROP_LEGS, told_until=work.at - kept, most=MOST_DROPPED)


def _both(sources: Sequence[Point], targets: Sequence[Point]) -> dict[str, list[int]]:
    return {
        "from_latitudes": [one.latitude_e7 for one in sources],
        "from_longitudes": [one.longitude_e7 for one in sources],
        "to_latitudes": [one.latitude_e7 for one in targets],
        "to_longitudes": [one.longitude_e7 for one in targets],
    }
