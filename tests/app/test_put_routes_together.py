"""The application's own map of addresses."""

from litestar import Litestar, Router
from litestar.routes import HTTPRoute


def test_what_is_kept_of_addresses_is_what_litestar_makes_of_them(app: Litestar) -> None:
    """Also of those that several handlers share, whose route is made anew with each."""
    theirs = Router.route_handler_method_map.fget(app)  # type: ignore[attr-defined]
    assert any(len(route.route_handlers) > 1 for route in app.routes if isinstance(route, HTTPRoute))
    assert app.route_handler_method_map == theirs
