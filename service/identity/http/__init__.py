"""Routes of the identity room."""

from typing import Any

from service.identity.http import keys, organisation, partners, sessions, staff

ROUTES: list[Any] = [*sessions.ROUTES, *organisation.ROUTES, *staff.ROUTES, *keys.ROUTES, *partners.ROUTES]
