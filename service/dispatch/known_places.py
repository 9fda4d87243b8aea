"""Where visits are. A visit's site never changes and sites are seldom put elsewhere, so what a process once read holds while `customers.sites_moved` stands."""

from collections import OrderedDict
from uuid import UUID

import numpy as np

from service.dispatch.columns import Flags, Ids, column
from service.dispatch.queries import FIND_VISIT_PLACES
from service.dispatch.travel.straight import Ints
from service.kit.verbs import Work

UNKNOWN = -(1 << 31)
"""Of a place that nobody knows."""
MOST_KEPT = 500_000
"""Visits, of all organisations; 32 bytes each."""


class Known:
    """Of one organisation, while no site of it moves: in order of the second half of the visits' ids, which is random."""

    def __init__(self, sites_moved: int) -> None:
        self.sites_moved = sites_moved
        self._halves = np.zeros(1, dtype=np.uint64), np.zeros(1, dtype=np.uint64)
        self._places: Ints = np.full((1, 2), UNKNOWN, dtype=np.int64)

    def __len__(self) -> int:
        return len(self._places)

    def find(self, visits: Ids) -> tuple[Ints, Flags]:
        """Where they are, and which of them are known here."""
        first, second = self._halves
        at = np.searchsorted(second, visits[:, 1])
        at[at == len(second)] = 0
        return self._places[at], (second[at] == visits[:, 1]) & (first[at] == visits[:, 0])

    def add(self, visits: Ids, places: Ints) -> None:
        """Keeps where they are."""
        first, second = (np.concatenate((kept, visits[:, half])) for half, kept in enumerate(self._halves))
        _, once = np.unique(second, return_index=True)
        self._halves, self._places = (first[once], second[once]), np.concatenate((self._places, places))[once]


class KnownPlaces:
    """What one process knows, the organisations asked about last the longest."""

    def __init__(self) -> None:
        self._of: OrderedDict[UUID, Known] = OrderedDict()

    def of(self, organisation_id: UUID, *, sites_moved: int) -> Known:
        """What is known as of that many moves; nothing where that isn't what is kept, which whoever reads an older snapshot leaves alone."""
        kept = self._of.get(organisation_id)
        if kept is None or kept.sites_moved < sites_moved:
            kept = self._of[organisation_id] = Known(sites_moved)
        self._of.move_to_end(organisation_id)
        while len(self._of) > 1 and sum(len(one) for one in self._of.values()) > MOST_KEPT:
            self._of.popitem(last=False)
        return kept if kept.sites_moved == sites_moved else Known(sites_moved)


async def places_of(work: Work, visits: Ids, *, sites_moved: int) -> Ints:
    """Where those visits are, a row each; UNKNOWN where nobody knows. `sites_moved` was read before."""
    known = work.kept(KnownPlaces).of(work.organisation_id, sites_moved=sites_moved)
    places, found = known.find(visits)
    if not found.all():
        asked = visits[~found]
        written = asked.astype(">u8").tobytes().hex()
        read = await work.one(FIND_VISIT_PLACES, visit_ids=[written[at : at + 32] for at in range(0, len(written), 32)])
        places[~found] = np.column_stack((column((read.latitudes,), ">i4"), column((read.longitudes,), ">i4")))
        if read.settled:
            known.add(asked, places[~found])
    return places
