"""What reading a file of somebody else's may come to."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from service.planner.prices import Small

MOST_BYTES = 64 << 20
MOST_PLACES = 8000
LONGEST_WAY = 1 << 29


class BadFile(Exception):
    """One sentence: what is wrong, and where."""


def bytes_of(path: Path) -> bytes:
    """What the file holds."""
    try:
        with path.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadFile(f"{path} can't be read: {error.strerror}.") from None
    if len(content) > MOST_BYTES:
        raise BadFile(f"{path} is larger than {MOST_BYTES >> 20} MiB.")
    return content


def ways(places: list[tuple[float, float]], factor: float, *, half_up: bool) -> Small:
    """Straight lines between all places times `factor`, in whole numbers: the nearest, or truncated."""
    if len(places) > MOST_PLACES:
        raise BadFile(f"It names {len(places):,} places; {MOST_PLACES:,} are planned at most.")
    x, y = (np.array(axis, np.float64) for axis in zip(*places, strict=True))
    squares: NDArray[np.float64] = (x[:, None] - x[None, :]) ** 2 + (y[:, None] - y[None, :]) ** 2
    lengths = np.sqrt(squares * factor * factor) if factor == round(factor) else np.sqrt(squares) * factor
    if not lengths.max() < LONGEST_WAY:
        raise BadFile("Its places are too far from one another to be driven between.")
    return np.floor(lengths + 0.5 if half_up else lengths).astype(np.int32)
