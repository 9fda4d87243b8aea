"""What was changed meanwhile isn't overwritten: every route that changes something, asked without, with a stale and with the right version."""

import asyncio
from collections.abc import Callable
from typing import Any, NamedTuple

from tests.architecture.test_changes import VERSIONED
from tests.billing.bank_files import with_account
from tests.customers import builders as customers
from tests.dispatch import builders as dispatch
from tests.document import Operation
from tests.each import Cases
from tests.subscriptions.builders import opened
from tests.world import World

AT_ONCE = 6
PACE = {"detour_percent": 140, "metres_an_hour": 28_000}
EVENT = {"starts_at": "2026-03-28T09:00:00Z", "ends_at": "2026-03-28T15:00:00Z"}
SKILLED: dict[str, Any] = {"zone": "Europe/Berlin", "skills": {}, "may_take_cash": True, "home": None}


class Change(NamedTuple):
    """What is changed, from which version on, and to the next of many things that it may become."""

    path: str
    version: int
    to: Callable[[int], dict[str, Any]]


async def everything_that_changes(world: World) -> dict[str, Change]:
    customer = await world.customer()
    of = f"/v1/customers/{customer['id']}"
    site, asset = await customers.site(world, customer["id"]), await customers.asset(world, customer["id"])
    person = {"name": "Ada", "channel": "email", "address": "ada@a.example", "may_authorise": True}
    contact = await world.done("POST", f"{of}/contacts", person)
    staff, technician, planned = await world.staff("agent"), await dispatch.technician(world), await dispatch.technician(world)
    event = await world.done("POST", "/v1/events", {**EVENT, "title": "Open day"})
    hook = await world.done("POST", "/v1/webhooks", {"url": "https://books.example/sayso"})
    service = await opened(world)
    return {
        "change_asset": Change(f"{of}/assets/{asset['id']}", 1, lambda n: {"name": f"Router {n}"}),
        "change_bank_account": Change(f"/v1/bank/accounts/{await with_account(world)}", 1, lambda n: {"name": f"Account {n}"}),
        "change_contact": Change(f"{of}/contacts/{contact['id']}", 1, lambda n: {"name": f"Ada {n}"}),
        "change_customer": Change(of, 1, lambda n: {"name": f"Ada {n}"}),
        "change_event": Change(f"/v1/events/{event['id']}", 1, lambda n: {**EVENT, "title": f"Open day {n}"}),
        "change_organisation": Change("/v1/organisation", 1, lambda n: {"name": f"Northwind {n}"}),
        "change_site": Change(f"{of}/sites/{site['id']}", 1, lambda n: {"access_notes": f"Ring {n} times"}),
        "change_staff": Change(f"/v1/staff/{staff['id']}", 1, lambda n: {"name": f"Robin {n}"}),
        "change_technician": Change(f"/v1/technicians/{technician.id}", 1, lambda n: {**SKILLED, "reach_metres": n, "active": True}),
        "change_webhook": Change(
            f"/v1/webhooks/{hook['id']}", 1, lambda n: {"url": f"https://books.example/{n}", "kinds": [], "description": ""}
        ),
        "plan_technician": Change(f"/v1/technicians/{planned.id}/planning", 1, lambda n: {"speed_percent": 100 + n}),
        "set_account_numbers": Change("/v1/ledger/account-numbers", 0, lambda n: {"items": [{"kind": "bank", "number": str(n)}]}),
        "set_choice_policy": Change("/v1/choice-policy", 0, lambda n: {"days_ahead": n, "hours_before": 24, "most_moves": 1}),
        "set_travel_speeds": Change("/v1/travel/speeds", 0, lambda n: {"pace": PACE | {"leg_seconds": n}}),
        "tag_subscription": Change(f"/v1/subscriptions/{service['id']}/tags", 0, lambda n: {"tags": [f"olt-{n}"]}),
    }


async def ask(world: World, operation: Operation, change: Change, number: int, version: int | None) -> tuple[int, Any]:
    """Status, and the code or the new version; the answer says it as its `ETag` too."""
    headers = {} if version is None else {"If-Match": f'"{version}"'}
    answer = await world.request(operation.method, change.path, json=change.to(number), headers=headers)
    told = answer.json()
    if answer.is_success:
        assert answer.headers["etag"] == f'"{told["version"]}"'
        return answer.status_code, told["version"]
    return answer.status_code, told["code"]


async def read(world: World, change: Change) -> int:
    """The version that the thing tells of itself, or the list that it stands in of it."""
    answer = await world.get(change.path)
    if answer.is_success:
        assert answer.headers["etag"] == f'"{answer.json()["version"]}"'
        return int(answer.json()["version"])
    place, _, of = change.path.rpartition("/")
    listed = (await world.get(place)).json()
    [version] = [one["version"] for one in (listed if isinstance(listed, list) else listed["items"]) if one["id"] == of]
    return int(version)


async def test_whoever_changes_what_somebody_else_changed_meanwhile_is_told_so(world: World) -> None:
    known = await everything_that_changes(world)
    assert known.keys() == {one.id for one in VERSIONED}, "say above what of it is changed"
    cases = Cases()
    for operation in VERSIONED:
        change = known[operation.id]
        with cases.case(operation.id):
            assert await read(world, change) == change.version
            assert await ask(world, operation, change, 1, None) == (428, "VERSION_MISSING")
            assert await ask(world, operation, change, 1, change.version + 7) == (412, "STALE_VERSION")
            assert await read(world, change) == change.version
            answers = await asyncio.gather(*(ask(world, operation, change, 2 + number, change.version) for number in range(AT_ONCE)))
            assert sorted(answers) == [(200, change.version + 1), *[(412, "STALE_VERSION")] * (AT_ONCE - 1)]
            assert await read(world, change) == change.version + 1
    cases.hold()
