"""Columns as PostgreSQL sends arrays, read without an object for each value: of each row one array, all of them put together."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from service.dispatch.travel.straight import Ints

Flags = NDArray[np.bool_]
Ids = NDArray[np.uint64]
"""A row for each id, its halves the columns."""
HEADER_BYTES, LENGTH_BYTES = 20, 4
EPOCH_SECONDS = 946_684_800
"""PostgreSQL counts from 2000."""


def lengths(sent: Iterable[bytes | None]) -> Ints:
    """How many values of eight bytes each array holds."""
    return np.array([0 if one is None else (len(one) - HEADER_BYTES) // (LENGTH_BYTES + 8) for one in sent], dtype=np.int64)


def column(sent: Iterable[bytes | None], kind: str) -> Ints:
    """Numbers of that kind."""
    return _values(sent, np.dtype(kind)).astype(np.int64)


def seconds_of(sent: Iterable[bytes | None], *, up: bool = False) -> Ints:
    """Instants as whole seconds since 1970: what begins to be free does so no sooner, what ceases no later."""
    micros = column(sent, ">i8")
    return (-(-micros // 1_000_000) if up else micros // 1_000_000) + EPOCH_SECONDS


def ids(sent: Iterable[bytes | None]) -> Ids:
    """UUIDs."""
    return _values(sent, np.dtype((">u8", 2))).reshape(-1, 2).astype(np.uint64)


def _values(sent: Iterable[bytes | None], kind: np.dtype[np.generic]) -> NDArray[np.generic]:
    """Each value comes after its length, after the array's header."""
    joined = b"".join(one[HEADER_BYTES:] for one in sent if one is not None)
    return np.frombuffer(joined, dtype=[("length", ">i4"), ("value", kind)])["value"]
