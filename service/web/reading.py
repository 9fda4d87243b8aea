"""By whose clock staff read besides the one of the place: they say so once on a device, and a cookie keeps it there."""

from contextvars import ContextVar
from typing import Any, Final

from litestar import Request

from service.kit.zones import ZoneUnknown, zone

COOKIE: Final = "sayso_clock"
PATH: Final = "/app"
READER: Final[ContextVar[str]] = ContextVar("reader", default="")
"""The zone of whoever reads the page that is made; empty for the clock of the place alone."""


async def read_by(request: Request[Any, Any, Any]) -> None:
    """Says before each handler by which clock its page is read: on pages of staff by the one that they chose."""
    chosen = request.cookies.get(COOKIE, "") if request.scope["path"].startswith(f"{PATH}/") else ""
    try:
        READER.set(zone(chosen).key if chosen else "")
    except ZoneUnknown:
        READER.set("")
