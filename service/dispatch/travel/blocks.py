"""What a road engine is asked about many places: neighbours together, and ways between neighbours alone where there are too many for all."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from service.dispatch.travel.straight import straight_metres
from service.integrations.travel.records import MOST_PLACES, Point

NEAREST = 12
"""Groups of places that each group's ways lead to: whoever goes farther is told by the straight line."""
STRIPE_E7 = 500_000
"""A twentieth of a degree: places are put in order stripe by stripe, so that a group lies together."""


class Block(NamedTuple):
    """One question: from each of these to each of those."""

    sources: list[Point]
    targets: list[Point]


def blocks_of(places: Sequence[Point], known: NDArray[np.bool_]) -> list[Block]:
    """The questions about pairs that aren't known."""
    order = sorted(range(len(places)), key=lambda one: (places[one].latitude_e7 // STRIPE_E7, places[one].longitude_e7))
    groups = [order[start : start + MOST_PLACES] for start in range(0, len(order), MOST_PLACES)]
    middles = [places[group[len(group) // 2]] for group in groups]
    nearest = np.argsort(straight_metres(middles, middles), axis=1, kind="stable")[:, :NEAREST].tolist()
    return [
        _block(places, group, groups[other], known)
        for group, others in zip(groups, nearest, strict=True)
        for other in others
        if not known[np.ix_(group, groups[other])].all()
    ]


def _block(places: Sequence[Point], sources: list[int], targets: list[int], known: NDArray[np.bool_]) -> Block:
    """Only rows and columns of which something isn't known."""
    rows, columns = np.nonzero(~known[np.ix_(sources, targets)])
    return Block([places[sources[row]] for row in np.unique(rows)], [places[targets[column]] for column in np.unique(columns)])
