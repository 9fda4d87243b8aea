"""What is logged has no secret in it: the capability in a link's address is blanked, whichever page it leads to."""

from litestar import Litestar
from litestar.routes import HTTPRoute

from service.kit.log import redact

TOKEN = "l_9Qm3yZ-7vK2xR8tB4nW6sD1fG5hJ0cA"


def test_the_capability_in_every_address_that_has_one_is_blanked(app: Litestar) -> None:
    paths = {
        route.path_format.replace("{token}", TOKEN)
        for route in app.routes
        if isinstance(route, HTTPRoute) and "{token}" in route.path_format
    }
    assert len(paths) > 15
    for path in paths:
        for event in ({"path": path}, {"exception": f"While answering {path}:\n  Traceback"}):
            assert TOKEN not in str(redact(None, "error", dict(event))), path


def test_what_is_called_secret_is_blanked_and_the_rest_is_told() -> None:
    secrets = {"token": TOKEN, "Authorization": TOKEN, "api_key": TOKEN, "smtp_password": TOKEN}
    told = redact(None, "info", {**secrets, "path": "/v1/customers", "code": "BUSY"})
    assert TOKEN not in str(told)
    assert (told["path"], told["code"]) == ("/v1/customers", "BUSY")
