"""Puts the rooms together into one ASGI application."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from litestar import Litestar, Request
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import HTTPException

from service.app import reference
from service.app.authentication import Authentication
from service.app.edge import Edge
from service.app.health import live_route, ready_route
from service.app.metrics import Metrics, metrics_route
from service.app.rooms import ROUTES
from service.identity.scopes import SCOPE_OF_SUBJECT
from service.identity.tokens import Tokens
from service.kit.database import Database
from service.kit.facts.feed import Feed
from service.kit.http import call_of
from service.kit.rates import Limiter
from service.kit.refusals import Refusal
from service.kit.refused import refuse_unexpected
from service.kit.requests import StrictRequest
from service.settings import Settings
from service.web.reading import read_by
from service.web.refused import refuse, refuse_litestar

BODY_LIMIT_BYTES = 256 * 1024
Clock = Callable[[Request[Any, Any, Any]], datetime]


def server_clock(_: Request[Any, Any, Any]) -> datetime:
    """The server's time, read once a request at its edge."""
    return datetime.now(UTC)


def build(*, settings: Settings, database: Database, clock: Clock = server_clock, outside: Any = None, **options: Any) -> Litestar:
    """The application over an open pool; `outside` reaches mail, cards and webhooks; `options` go to Litestar (lifespan, debug)."""
    return Edge(
        route_handlers=[*ROUTES, live_route, ready_route, metrics_route, *reference.ROUTES],
        request_class=StrictRequest,
        request_max_body_size=BODY_LIMIT_BYTES,
        dependencies={"call": Provide(call_of)},
        middleware=[Authentication()],
        before_request=read_by,
        exception_handlers={Refusal: refuse, HTTPException: refuse_litestar, Exception: refuse_unexpected},
        openapi_config=None,
        state=State(
            {
                "settings": settings,
                "database": database,
                "clock": clock,
                "outside": outside,
                "tokens": Tokens(settings.signing_key),
                "feed": Feed(database, scope_of_subject=SCOPE_OF_SUBJECT),
                "limiter": Limiter(),
                "metrics": Metrics(),
            }
        ),
        logging_config=None,
        **options,
    )
