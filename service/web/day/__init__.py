"""A technician's day on a phone: today's visits, and on each what may be done next."""

from typing import Any

from service.web.day.live import ROUTES as LIVE
from service.web.day.pages import ROUTES as PAGES
from service.web.day.steps import ROUTES as STEPS
from service.web.day.without_signal import ROUTES as WITHOUT_SIGNAL

ROUTES: list[Any] = [*PAGES, *STEPS, *LIVE, *WITHOUT_SIGNAL]
