"""Whatever is listed about money leaves whole, for a spreadsheet and for a program."""

from inspect import signature
from typing import get_args, get_origin

import pytest
from litestar.handlers import HTTPRouteHandler

from service.billing.http import ROUTES as BILLING
from service.kit.paging import Page
from service.subscriptions.http import ROUTES as SUBSCRIPTIONS

OF_THE_NETWORK = "tells what the network does or is to do, and its own programs ask for it; no money stands in it"
STAYS = dict.fromkeys(
    ("/v1/provisioning-orders", "/v1/provisioning/state", "/v1/provisioning/differences", "/v1/incidents"), OF_THE_NETWORK
)
"""Lists of the money rooms that are read page by page alone, and why."""


def paged(route: HTTPRouteHandler) -> bool:
    """Whether the route answers a page, or what is read with a cursor like one."""
    asked = signature(route.fn)
    answers = get_args(asked.return_annotation)
    return "cursor" in asked.parameters or any(get_origin(one) is Page for one in answers)


PATHS = {path for route in (*BILLING, *SUBSCRIPTIONS) if "GET" in route.http_methods for path in route.paths}
LISTS = {path for route in (*BILLING, *SUBSCRIPTIONS) if paged(route) for path in route.paths}


@pytest.mark.parametrize("path", sorted(LISTS - STAYS.keys()))
def test_a_list_of_the_money_rooms_leaves_as_csv_and_as_json_lines(path: str) -> None:
    assert {f"{path}.csv", f"{path}.jsonl"} <= PATHS


def test_what_has_no_files_is_a_list_still() -> None:
    assert STAYS.keys() <= LISTS
    assert not PATHS & {f"{path}.{suffix}" for path in STAYS for suffix in ("csv", "jsonl")}
    assert len(LISTS) > 30
