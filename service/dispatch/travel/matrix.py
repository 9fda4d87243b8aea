"""One answer for many places: what a road engine told about them, and a straight line, marked, where none told."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.dispatch.queries import DROP_LEGS, FIND_TRAVEL_SPEEDS, KEEP_LEGS, LEGS_FROM, LEGS_OF_PAIRS, PLACES_AHEAD
from service.dispatch.records import LegsKept, TravelSpeedsFound
from service.dispatch.travel.blocks import Block, blocks_of
from service.dispatch.travel.straight import USUAL, Ints, straight_travel, straight_ways, turned_of
from service.integrations.travel.records import Legs, Point
from service.kit.verbs import Work, verb

LONGEST_KEPT = timedelta(days=400)
"""Nothing older is there, however long the operator keeps what was told."""
AHEAD, MOST_PLACES, MOST_JOBS = timedelta(days=14), 5_000, 1_000
MOST_DROPPED = 50_000
MOST_PAIRS = 5_000
"""That are looked up one by one; of more, all is read that is known from their sources."""
AT_ONCE = 250
"""Sources of one statement, so that none takes long."""


class Travel(NamedTuple):
    """A row for each source, a column for each target."""

    seconds: Ints
    metres: Ints
    estimated: NDArray[np.bool_]
    """Where no road engine has told: by a straight line."""


async def travel_between(work: Work, *, sources: Sequence[Point], targets: Sequence[Point]) -> Travel:
    """How long it takes and how far it is from each source to each target; asks nobody outside, so it takes milliseconds."""
    seconds, metres = straight_travel(sources, targets, speeds=await find_speeds(work))
    away = seconds > 0
    estimated = away.copy()
    fill = _fill_pairs if len(sources) * len(targets) <= MOST_PAIRS else _fill_rows
    await fill(work, sources, targets, Travel(seconds, metres, estimated))
    return Travel(seconds * away, metres * away, estimated)


async def seconds_of(work: Work, ways: Sequence[tuple[Point | None, Point | None]]) -> list[int]:
    """How long each of those ways takes; none where nobody knows from or to where."""
    seconds = [0] * len(ways)
    known = [(nth, start, end) for nth, (start, end) in enumerate(ways) if start is not None and end is not None and start != end]
    if not known:
        return seconds
    speeds = await find_speeds(work)
    sources, targets = [start for _, start, _ in known], [end for _, _, end in known]
    told = straight_ways(turned_of(sources, speeds=speeds), turned_of(targets, speeds=speeds), speeds=speeds)
    for leg in await work.all(LEGS_OF_PAIRS, **_pairs([(start, end) for _, start, end in known])):
        told[leg.pair - 1] = leg.seconds
    for (nth, _, _), one in zip(known, told.tolist(), strict=True):
        seconds[nth] = one
    return seconds


async def _fill_pairs(work: Work, sources: Sequence[Point], targets: Sequence[Point], travel: Travel) -> None:
    """Of few pairs each is looked up by its key."""
    for known in await work.all(LEGS_OF_PAIRS, **_pairs([(source, target) for source in sources for target in targets])):
        place = divmod(known.pair - 1, len(targets))
        travel.seconds[place], travel.metres[place], travel.estimated[place] = known.seconds, known.metres, False


async def _fill_rows(work: Work, sources: Sequence[Point], targets: Sequence[Point], travel: Travel) -> None:
    """Of many pairs all that is known from each source is read, and what is wanted of it is picked here."""
    keys, columns = np.unique(keys_of(targets), return_inverse=True)
    for row, to, legs in await _known(work, sources, told_after=work.at - LONGEST_KEPT, engine=None):
        place = np.searchsorted(keys, to)
        place[place == len(keys)] = 0
        wanted = (keys[place] == to) & ~np.isnan(legs[0])
        found = np.full((2, len(keys)), np.nan)
        found[:, place[wanted]] = legs[:, wanted]
        told = ~np.isnan(found[0][columns])
        travel.seconds[row, told], travel.metres[row, told] = found[:, columns[told]].astype(np.int64)
        travel.estimated[row, told] = False


async def _known(
    work: Work, sources: Sequence[Point], *, told_after: datetime, engine: str | None
) -> list[tuple[int, Ints, NDArray[np.float64]]]:
    """From each source that anything was told from, by its number: to where, and seconds and metres, not numbers where there is no road."""
    return [
        (
            start + known.source - 1,
            keys_of(list(zip(known.latitudes_e7, known.longitudes_e7, strict=True))),
            np.array([known.seconds, known.metres], dtype=np.float64),
        )
        for start in range(0, len(sources), AT_ONCE)
        for known in await work.all(
            LEGS_FROM,
            latitudes=[one.latitude_e7 for one in sources[start : start + AT_ONCE]],
            longitudes=[one.longitude_e7 for one in sources[start : start + AT_ONCE]],
            told_after=told_after,
            engine=engine,
        )
    ]


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
    keys = keys_of(places)
    for row, to, _ in await _known(work, places, told_after=work.at - kept, engine=engine):
        known[row] |= np.isin(keys, to)
    return blocks_of(places, known)


@verb()
async def keep_legs(work: Work, *, engine: str, sources: Sequence[Point], targets: Sequence[Point], legs: Legs) -> LegsKept:
    """Keeps what an engine told, that there is no road too."""
    pairs = [(source, target, leg) for source, row in zip(sources, legs, strict=True) for target, leg in zip(targets, row, strict=True)]
    return await work.run(
        KEEP_LEGS,
        engine=engine,
        **_pairs([(source, target) for source, target, _ in pairs]),
        seconds=[leg and leg.seconds for _, _, leg in pairs],
        metres=[leg and leg.metres for _, _, leg in pairs],
    )


@verb()
async def drop_legs(work: Work, *, kept: timedelta) -> LegsKept:
    """Forgets what was told longer ago than that, some of it at a time."""
    return await work.run(DROP_LEGS, told_until=work.at - kept, most=MOST_DROPPED)


def _pairs(pairs: Sequence[tuple[Point, Point]]) -> dict[str, list[int]]:
    return {
        "from_latitudes": [source.latitude_e7 for source, _ in pairs],
        "from_longitudes": [source.longitude_e7 for source, _ in pairs],
        "to_latitudes": [target.latitude_e7 for _, target in pairs],
        "to_longitudes": [target.longitude_e7 for _, target in pairs],
    }


def keys_of(places: Sequence[tuple[int, int]] | Ints) -> Ints:
    """A number for each place, the same for the same."""
    numbers = np.array(places, dtype=np.int64).reshape(-1, 2)
    return numbers[:, 0] * (1 << 32) + numbers[:, 1]
