"""What the kernel reads and writes, as arrays."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

NEVER = 1 << 40
FROM, UNTIL, REST_FROM, REST_UNTIL, REST, ROW, RATE, OPENING, TIMED, NORMAL, OVERTIME, LOAD = range(12)
"""Of a shift: when it begins, and ends at the latest; between when its break of so many seconds begins (from NEVER on where there is none); where its ways begin
in the matrix; what a second of them costs, and having any visit; whether when its visits are costs anything too: until when it costs no overtime, what a second of
that costs, and by what the square of its work is divided to be a cost (0: it costs nothing)."""
TIMES, WORK = range(2)
"""Of a route: what its times and its load cost; its seconds of work and travel. Kept only where they cost anything."""
Ints = NDArray[np.int64]
Small = NDArray[np.int32]


class Facts(NamedTuple):
    """What doesn't change in a search. Nodes: the visits, then each shift's start, then each shift's end."""

    travel: Small  # [pace and place, place]
    back: Small  # the same turned round: what is read for one visit lies together
    place: Ints  # [node]
    window_of: Ints  # [visit + 1]: where its windows begin
    opens: Ints  # [window]
    closes: Ints  # [window]
    service: Ints  # [visit]
    points: Ints  # [visit]
    load: Ints  # [visit, kind]
    price: Small  # [visit, shift]; below zero: not allowed
    room: Ints  # [shift, kind]
    day: Ints  # [shift, 12]: by the names above
    home: Ints  # [visit]: the shift that it would rather stay in; -1: none
    near_before: Ints  # [visit, k]: good predecessors, best first; -1 ends
    near_after: Ints
    near: Ints  # [visit, k]: the nearest visits, itself first
    near_shifts: Ints  # [visit, k]
    twin: Ints  # [shift]: shifts of one number are alike
    orders: Ints  # [order, visit]: keys to sort by when visits are put back
    late: Ints  # [visit, 2]: after when its start costs, and how much a second
    whether: Ints  # of two dimensions where some have a pace of their own or times and load cost anything; of one, where the compiler leaves all that out


class Routes(NamedTuple):
    """A plan under work."""

    next: Ints  # [node]
    prev: Ints  # [node]
    leg: Ints  # [node]: seconds to the next
    route: Ints  # [node]: its shift; -1: left out; -2: fits nowhere
    leaves0: Ints  # [node]
    leaves1: Ints
    latest0: Ints
    latest1: Ints
    used: Ints  # [shift, kind]
    size: Ints  # [shift]
    lateness: Ints  # [node, 2]: what being late costs up to it, with the break due and with it taken
    costs: Ints  # [shift, 2]: by the names above
