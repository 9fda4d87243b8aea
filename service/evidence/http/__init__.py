"""Every route of the room."""

from typing import Any

from service.evidence.http.disputes import ROUTES as DISPUTES
from service.evidence.http.erasures import ROUTES as ERASURES
from service.evidence.http.packs import ROUTES as PACKS

ROUTES: list[Any] = [*DISPUTES, *ERASURES, *PACKS]
