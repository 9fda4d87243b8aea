"""How often somebody may ask: fixed windows, counted in this process.

Each API process counts for itself, so behind N processes the true limit is up to N times as high; a proxy that must hold one
limit for all of them sets its own. Counts are by peer address as the server sees it (uvicorn's `--forwarded-allow-ips` says
whose word on that is believed).
"""

from datetime import datetime

import msgspec

from service.kit.refusals import TooManyRequests

KEYS_KEPT = 20_000


class Rate(msgspec.Struct, frozen=True):
    """At most this many in each window of so many seconds."""

    name: str
    most: int
    seconds: int

    @property
    def policy(self) -> str:
        """As `RateLimit-Policy` says it (draft-ietf-httpapi-ratelimit-headers)."""
        return f'"{self.name}";q={self.most};w={self.seconds}'


class Standing(msgspec.Struct, frozen=True):
    """What is left of a rate for one caller."""

    rate: Rate
    left: int
    resets_in: int

    @property
    def headers(self) -> dict[str, str]:
        """`RateLimit` and its policy."""
        return {"RateLimit": f'"{self.rate.name}";r={self.left};t={self.resets_in}', "RateLimit-Policy": self.rate.policy}


class Limiter:
    """The counters of one process."""

    def __init__(self) -> None:
        self._windows: dict[tuple[str, str], tuple[int, int]] = {}

    def take(self, rate: Rate, who: str, *, at: datetime) -> Standing:
        """Counts one more; raises TooManyRequests beyond the most, with the seconds until the next window."""
        seconds = int(at.timestamp())
        window, resets_in = seconds // rate.seconds, rate.seconds - seconds % rate.seconds
        known, count = self._windows.get((rate.name, who), (window, 0))
        count = count + 1 if known == window else 1
        if len(self._windows) >= KEYS_KEPT:
            self._forget(rate.name, window)
        self._windows[rate.name, who] = (window, count)
        if count > rate.most:
            raise TooManyRequests(retry_after=resets_in)
        return Standing(rate, rate.most - count, resets_in)

    def give_back(self, rate: Rate, who: str, *, at: datetime) -> Standing:
        """Uncounts one that was taken in this window: what a rate is against turned out not to have happened."""
        seconds = int(at.timestamp())
        window = seconds // rate.seconds
        known, count = self._windows.get((rate.name, who), (window, 0))
        count = max(0, count - 1) if known == window else 0
        self._windows[rate.name, who] = (window, count)
        return Standing(rate, rate.most - count, rate.seconds - seconds % rate.seconds)

    def _forget(self, name: str, window: int) -> None:
        """Old windows go first; a flood of fresh keys then forgets everything rather than taking all memory."""
        self._windows = {key: value for key, value in self._windows.items() if key[0] == name and value[0] == window}
        if len(self._windows) >= KEYS_KEPT:
            self._windows.clear()
