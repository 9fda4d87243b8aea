"""Every page, and what they load from us."""

from pathlib import Path
from typing import Any

from litestar.static_files import create_static_files_router

from service.web.approval import ROUTES as APPROVAL
from service.web.day import ROUTES as DAY
from service.web.draft import ROUTES as DRAFT
from service.web.passwords import ROUTES as PASSWORDS
from service.web.photos import ROUTES as PHOTOS
from service.web.sessions import ROUTES as SESSIONS
from service.web.timeline import ROUTES as TIMELINE

_STATIC = create_static_files_router("/static", [Path(__file__).parent / "static"], opt={"scope": None}, include_in_schema=False)

ROUTES: list[Any] = [*APPROVAL, *DAY, *DRAFT, *PASSWORDS, *PHOTOS, *SESSIONS, *TIMELINE, _STATIC]
