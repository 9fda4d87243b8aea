"""A process of its own that plans: `python -m service.planner.process` reads a brief from its input and writes, a line each, how far it is and what it found."""

import os
import resource
import sys
import time

import msgspec

from service.planner.briefs import Brief, Going
from service.planner.mend import mend

NICE = 10
SAID_EVERY_SECONDS = 0.5
SPARE_SECONDS = 120
"""CPU seconds beyond several budgets after which the system ends a search that doesn't end itself."""


def main() -> None:
    """Plans one brief."""
    os.nice(NICE)
    brief = msgspec.json.decode(sys.stdin.buffer.read(), type=Brief)
    limit = int(3 * (brief.budget.seconds or 600)) + SPARE_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    said_at, furthest = 0.0, 0

    def told(share: float, _points: int, _cost: int) -> bool:
        nonlocal said_at, furthest
        if time.monotonic() - said_at >= SAID_EVERY_SECONDS:
            said_at = time.monotonic()
            furthest = max(furthest, min(99, int(100 * share)))  # a further search begins anew, what was told doesn't
            say(Going(furthest))
        return True

    say(mend(brief, told))


def say(what: msgspec.Struct) -> None:
    """One line on the output."""
    sys.stdout.buffer.write(msgspec.json.encode(what) + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
