"""What a van can still carry: its capacity is of the whole shift, less what was carried already, and is shared by the stretches that an absence leaves of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from service.dispatch.plans.shifts import Segment

UNLIMITED = 2_000_000_000


def rooms_of(
    segments: Sequence[Segment], standing: Mapping[str, Iterable[Mapping[str, int]]], kinds: Sequence[str]
) -> dict[str, tuple[int, ...]]:
    """How much each stretch has room for, by kind: what stands in it, and of what is left of the shift's as much as it is long.

    However the stretches are filled, together they carry no more than the van can, where what was booked by hand doesn't already.
    """
    shifts: defaultdict[tuple[UUID, int], list[Segment]] = defaultdict(list)
    for segment in segments:
        shifts[segment.technician.id, segment.shift_from].append(segment)
    rooms: defaultdict[str, list[int]] = defaultdict(list)
    for kind in kinds:
        for parts in shifts.values():
            capacity = parts[0].technician.capacity.get(kind, UNLIMITED)
            stands = [sum(load.get(kind, 0) for load in standing.get(part.id, ())) for part in parts]
            carried = sum((one.loads or {}).get(kind, 0) for one in parts[0].done)
            shares = _shared(max(0, capacity - carried - sum(stands)), [part.until - part.from_ for part in parts])
            for part, stood, share in zip(parts, stands, shares, strict=True):
                rooms[part.id].append(min(UNLIMITED, stood + share))
    return {segment.id: tuple(rooms[segment.id]) for segment in segments}


def _shared(spare: int, lengths: Sequence[int]) -> list[int]:
    """So much by length, in whole units; what is over goes to the longest."""
    shares = [spare * length // sum(lengths) for length in lengths]
    shares[lengths.index(max(lengths))] += spare - sum(shares)
    return shares
