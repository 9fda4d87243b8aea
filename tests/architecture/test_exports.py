"""Whatever is listed about money leaves whole, for a spreadsheet and for a program."""

from inspect import signature
from typing import get_args, get_origin

import msgspec
import pytest
from litestar.handlers import HTTPRouteHandler

from service.billing.http import ROUTES as BILLING
from service.kit.paging import Page
from service.subscriptions.http import ROUTES as SUBSCRIPTIONS

OF_THE_NETWORK = "tells what the network does or is to do, and its own programs ask for it; no money stands in it"
STAYS = dict.fromkeys(
    ("/v1/provisioning-orders", "/v1/provisioning/state", "/v1/provisioning/differences", "/v1/incidents"), OF_THE_NETWORK
) | {
    "/v1/card-readers": "things that stand in a shop; no money stands in it",
    "/v1/bank/lines/{line_id:uuid}/suggestions": "what one line may be, for whoever decides it at that moment",
    "/v1/jobs/{job_id:uuid}/invoice-draft": "documents that aren't there yet; once posted they are in the lists",
    "/v1/customers/{customer_id:uuid}/account": "one account as it stands; its invoices and payments leave whole behind their own paths",
    "/v1/cash/statements/{staff_id:uuid}": "its lines leave whole behind `statement`",
    "/v1/ledger/periods/{last_on:str}": "its accounts leave whole behind `accounts`",
    "/v1/ledger/account-numbers": "what accountants call the accounts, set whole as it was read; it leaves with each account in the list of accounts",
}
"""Lists of the money rooms that have no files behind their path, and why."""


def paged(route: HTTPRouteHandler) -> bool:
    """Whether the route answers a page, or what is read with a cursor like one."""
    asked = signature(route.fn)
    answers = get_args(asked.return_annotation)
    return "cursor" in asked.parameters or any(get_origin(one) is Page for one in answers)


def listed(route: HTTPRouteHandler) -> bool:
    """Whether the route answers many of something at once, not one thing with what belongs to it (`find_…`)."""
    answers = get_args(signature(route.fn).return_annotation)
    fields = [
        field.type for one in answers if isinstance(one, type) and issubclass(one, msgspec.Struct) for field in msgspec.structs.fields(one)
    ]
    many = [one for field in fields if get_origin(field) is list for one in get_args(field)]
    return "GET" in route.http_methods and not route.fn.__name__.startswith("find_") and any(isinstance(one, type) for one in many)


PATHS = {path for route in (*BILLING, *SUBSCRIPTIONS) if "GET" in route.http_methods for path in route.paths}
LISTS = {path for route in (*BILLING, *SUBSCRIPTIONS) if paged(route) or listed(route) for path in route.paths}


@pytest.mark.parametrize("path", sorted(LISTS - STAYS.keys()))
def test_a_list_of_the_money_rooms_leaves_as_csv_and_as_json_lines(path: str) -> None:
    assert {f"{path}.csv", f"{path}.jsonl"} <= PATHS


def test_what_has_no_files_is_a_list_still() -> None:
    assert STAYS.keys() <= LISTS
    assert not PATHS & {f"{path}.{suffix}" for path in STAYS for suffix in ("csv", "jsonl")}
    assert len(LISTS) > 40
