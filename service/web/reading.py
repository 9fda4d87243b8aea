"""By whose clock staff read besides the one of the place: they say so once on a device, and a cookie keeps it there."""

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Final

from service.kit.zones import ZoneUnknown, zone

COOKIE: Final = "sayso_clock"
PATH: Final = "/app"
READER: Final[ContextVar[str]] = ContextVar("reader", default="")
"""The zone of whoever reads the page that is made; empty for the clock of the place alone."""


def read_by(path: str, cookies: Mapping[str, str]) -> None:
    """Says for the rest of this request by which clock it is read: on pages of staff by the one that they chose."""
    chosen = cookies.get(COOKIE, "") if path.startswith(f"{PATH}/") else ""
    try:
        READER.set(zone(chosen).key if chosen else "")
    except ZoneUnknown:
        READER.set("")
