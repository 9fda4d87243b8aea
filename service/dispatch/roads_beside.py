"""What a road engine told of the ways beside the gaps of the days: two questions by key, and none where it told nothing of the site. Nobody outside is asked."""

import numpy as np

from service.dispatch.columns import column
from service.dispatch.gaps import UNTOLD, Ends, Roads
from service.dispatch.queries import FIND_LEGS_OF_SITE, FIND_LEGS_THROUGH
from service.dispatch.travel.matrix import keys_of
from service.dispatch.travel.straight import Ints
from service.kit.verbs import Work


async def roads_of(work: Work, ends: Ends, *, site: tuple[int, int]) -> Roads | None:
    """Those ways; None where nothing was told of this site."""
    told = await work.one(FIND_LEGS_OF_SITE, latitude_e7=site[0], longitude_e7=site[1])
    if told.from_site is None:
        return None
    others = np.column_stack((column((told.latitudes,), ">i4"), column((told.longitudes,), ">i4")))
    keys = keys_of(others)
    order = np.argsort(keys)
    keys = keys[order]
    wanted = keys_of(ends.places)
    at = np.searchsorted(keys, wanted)
    at[at == len(keys)] = 0
    found = keys[at] == wanted

    def of_each(sent: bytes | None) -> Ints:
        seconds = np.where(found, column((sent,), ">i4")[order][at], UNTOLD)
        return np.where(wanted == keys_of([site]), 0, seconds)

    to_site, from_site = of_each(told.to_site), of_each(told.from_site)
    asked = (to_site[ends.before] != UNTOLD) & (from_site[ends.after] != UNTOLD)
    return Roads(to_site, from_site, await _through(work, ends, asked=np.flatnonzero(asked)))


async def _through(work: Work, ends: Ends, *, asked: Ints) -> Ints:
    """Of each gap; only where both ways beside it were told."""
    through = np.full(len(ends.before), UNTOLD)
    pairs = np.hstack((ends.places[ends.before[asked]], ends.places[ends.after[asked]]))
    if len(pairs):
        once, which = np.unique(pairs, axis=0, return_inverse=True)
        names = ("from_latitudes", "from_longitudes", "to_latitudes", "to_longitudes")
        told = await work.one(FIND_LEGS_THROUGH, **{name: values.tolist() for name, values in zip(names, once.T, strict=True)})
        seconds = column((told.seconds,), ">i4")
        same = (once[:, 0] == once[:, 2]) & (once[:, 1] == once[:, 3])
        through[asked] = np.where(same, 0, seconds)[which.reshape(-1)]
    return through
