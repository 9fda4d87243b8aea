"""A process of its own that plans: `python -m service.planner.process` reads briefs from its input, a line each, and writes, a line each, how far it is and what it found.

It plans one brief after the other, since loading numba takes longer than most plans; when nobody has asked it for a while it ends.
"""

import os
import resource
import select
import sys
import time

import msgspec

from service.planner.briefs import IDLE_SECONDS, Brief, Going
from service.planner.mend import mend

NICE = 10
SAID_EVERY_SECONDS = 0.5
SPARE_SECONDS = 120
"""CPU seconds beyond several budgets after which the system ends a search that doesn't end itself."""


def main() -> None:
    """Plans as long as somebody asks."""
    os.nice(NICE)
    while select.select([sys.stdin], [], [], IDLE_SECONDS)[0] and (asked := sys.stdin.buffer.readline()):
        plan(msgspec.json.decode(asked, type=Brief))


def plan(brief: Brief) -> None:
    """Plans one brief."""
    limit = int(time.process_time() + 3 * (brief.budget.seconds or 600)) + SPARE_SECONDS
    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (limit if most == resource.RLIM_INFINITY else min(limit, most), most))
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
