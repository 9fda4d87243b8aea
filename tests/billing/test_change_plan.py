"""A plan changes on its day, only if its customer agreed by then: each day is billed once, and the network is told of both services."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as sized
from hypothesis import strategies as st

from service.billing import background
from service.billing.plan_changes import ServiceStandsStill, change_plan
from service.kit.tasks.registry import KINDS
from service.kit.tasks.runner import Runner
from service.settings import Settings
from tests.billing.dunning import TASKS
from tests.files import leaves_whole
from tests.proofs.soundness import offences
from tests.subscriptions.builders import authorise, pay, plan, renew, standing, subscribed
from tests.world import World

FIRST, NEXT = date(2026, 3, 5), date(2026, 4, 5)
"""Of a period of 31 days at 29.90."""


async def beat(world: World) -> None:
    """A minute goes by, and plans change, services lapse and credit is used."""
    assert background.run_change_plans is KINDS["change_plans"].handler
    world.clock.forward(minutes=1)
    kinds = {name: KINDS[name] for name in ("change_plans", "use_credit", *TASKS)}
    worker = Runner(world.database, kinds=kinds, clock=world.clock, jitter=lambda: 0.0)
    worker._committed(world.organisation_id)
    await worker.drain()


async def until(world: World, day: date) -> None:
    world.clock.now += timedelta(days=(day - world.clock.now.date()).days)
    await beat(world)


async def asked(world: World, subscription: dict[str, Any], *, price: str = "4990", **more: Any) -> dict[str, Any]:
    """Another plan, offered."""
    body = {"plan_item_id": (await plan(world, price=price))["id"], **more}
    path = f"/v1/subscriptions/{subscription['id']}/change-plan"
    change = await world.done("POST", path, body, role="back_office", key=str(world.id()))
    return {**change, "id": change["successor_id"], "customer_id": subscription["customer_id"]}


async def billed(world: World, customer_id: str) -> tuple[int, int]:
    """What was invoiced and not credited, and what of it is open, once credit was used."""
    invoices = (await world.done("GET", f"/v1/invoices?customer_id={customer_id}&limit=200"))["items"]
    account = await world.done("GET", f"/v1/customers/{customer_id}/account")
    [row] = await world.sql(
        "select coalesce(sum(total_minor), 0)::bigint as minor from billing.credit_note where customer_id = $1", UUID(customer_id)
    )
    return sum(one["total_minor"] for one in invoices) - row["minor"], sum(one["open_minor"] for one in account["open_invoices"])


def costs(minor: int, days: int, of: int = 31) -> int:
    """So many first days of a period, half up."""
    return (2 * minor * days + of) // (2 * of)


@sized(
    max_examples=8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(begins_on=st.integers(-27, 1), day=st.integers(1, 40), minor=st.integers(1, 9_999), paid=st.booleans())
async def test_each_day_is_billed_once_whatever_the_day_of_the_change(
    world: World, begins_on: int, day: int, minor: int, paid: bool
) -> None:
    today = world.clock.now.date()
    old = await subscribed(world, begins_on=str(today + timedelta(days=begins_on)), grace_days=90)
    invoice = await renew(world, old)
    if paid:
        await pay(world, invoice)
    [period] = (await world.done("GET", f"/v1/subscriptions/{old['id']}/periods"))["items"]
    first, end = date.fromisoformat(period["from_on"]), date.fromisoformat(period["until_on"])
    change_on = min(max(today, first) + timedelta(days=day), end)
    change = await asked(world, old, price=str(minor), change_on=str(change_on))
    assert (change["state"], change["change_on"]) == ("waiting", str(change_on))
    await authorise(world, change)
    await until(world, change_on - timedelta(days=1))
    assert [(await standing(world, one))[0] for one in (old, change)] == ["active", "suspended"]
    await until(world, change_on)
    await beat(world)
    assert [(await standing(world, one))[0] for one in (old, change)] == ["ended", "active"]
    [taken] = (await world.done("GET", f"/v1/subscriptions/{change['id']}/periods"))["items"]
    assert taken["from_on"] == str(change_on)
    total, still_open = await billed(world, old["customer_id"])
    used, days = (change_on - first).days, (end - first).days
    if change_on < end:  # both end on the same day
        assert taken["until_on"] == str(end)
        assert total == costs(2990, used, days) + minor - costs(minor, used, days)
    else:
        assert total == 2990 + minor
    assert still_open == max(0, total - (2990 if paid else 0))
    told = (await world.done("GET", f"/v1/subscriptions/{old['id']}/plan-changes"))["items"]
    assert [(one["successor_id"], one["state"]) for one in told] == [(change["id"], "changed")]


async def test_the_books_agree_with_a_change(world: World, owner: asyncpg.Connection, settings: Settings) -> None:
    old = await subscribed(world, begins_on=str(FIRST))
    await pay(world, await renew(world, old))
    change = await asked(world, old, change_on=str(FIRST + timedelta(days=15)))
    await authorise(world, change)
    await until(world, FIRST + timedelta(days=15))
    await beat(world)
    assert await billed(world, old["customer_id"]) == (costs(2990, 15) + 4990 - costs(4990, 15), costs(2990, 15) + 2000 - costs(4990, 15))
    assert await offences(owner, settings, world) == {}


async def test_at_the_end_of_the_period_nothing_is_given_back(world: World) -> None:
    old = await subscribed(world, begins_on=str(FIRST))
    await pay(world, await renew(world, old))
    change = await asked(world, old)
    assert change["change_on"] == str(NEXT)
    await authorise(world, change)
    await until(world, NEXT)
    assert ((await standing(world, old))[0], (await standing(world, change))[0]) == ("ended", "active")
    assert await billed(world, old["customer_id"]) == (2990 + 4990, 4990)


async def test_a_cheaper_plan_is_paid_by_what_is_given_back(world: World) -> None:
    old = await subscribed(world, begins_on=str(FIRST))
    await pay(world, await renew(world, old))
    change = await asked(world, old, price="990", change_on=str(FIRST + timedelta(days=10)))
    await authorise(world, change)
    await until(world, FIRST + timedelta(days=10))
    await beat(world)
    assert (await billed(world, old["customer_id"]))[1] == 0
    assert await standing(world, change) == ("active", [], "2026-04-04")


async def test_days_that_the_old_plan_supplied_unbilled_are_billed_with_it(world: World) -> None:
    old = await subscribed(world, begins_on=str(FIRST), grace_days=30)
    change = await asked(world, old, change_on=str(FIRST + timedelta(days=10)))
    await authorise(world, change)
    await until(world, FIRST + timedelta(days=10))
    assert (await billed(world, old["customer_id"]))[0] == costs(2990, 10) + 4990 - costs(4990, 10)


async def test_a_plan_that_nobody_agreed_to_by_its_day_changes_nothing(world: World) -> None:
    old = await subscribed(world, begins_on=str(FIRST))
    await pay(world, await renew(world, old))
    change = await asked(world, old, change_on=str(FIRST + timedelta(days=3)))
    await until(world, FIRST + timedelta(days=3))
    assert [(await standing(world, one))[:2] for one in (old, change)] == [("active", []), ("suspended", ["customer_request"])]
    await until(world, FIRST + timedelta(days=4))
    assert [(await standing(world, one))[0] for one in (old, change)] == ["active", "ended"]
    assert await billed(world, old["customer_id"]) == (2990, 0)
    told = await leaves_whole(world, f"/v1/subscriptions/{old['id']}/plan-changes")
    assert [one["state"] for one in told] == ["dropped"]


async def test_a_plan_that_was_agreed_to_and_revoked_changes_nothing(world: World) -> None:
    old = await subscribed(world, begins_on=str(FIRST))
    await pay(world, await renew(world, old))
    change = await asked(world, old, change_on=str(FIRST + timedelta(days=3)))
    await authorise(world, change)
    await world.done("POST", f"/v1/subscriptions/{change['id']}/end", role="back_office", key=str(world.id()))
    await until(world, FIRST + timedelta(days=4))
    assert [(await standing(world, one))[0] for one in (old, change)] == ["active", "ended"]
    assert await billed(world, old["customer_id"]) == (2990, 0)


@pytest.mark.parametrize(
    "language, words",
    [
        ("en", "From 5 April 2026: Internet 500 in place of Internet 100, €49.90 each month instead of €29.90 (€20.00 more)"),
        ("de", "Ab 5. April 2026: Internet 500 anstelle von Internet 100, monatlich 49,90\u00a0€ statt 29,90\u00a0€ (20,00\u00a0€ mehr)"),
    ],
)
async def test_what_the_customer_agrees_to_says_what_takes_whose_place_from_which_day(world: World, language: str, words: str) -> None:
    old = await subscribed(world, begins_on=str(FIRST), customer_id=(await world.customer(language=language))["id"])
    await renew(world, old)
    dearer = await plan(world, price="4990", name="Internet 500")
    path = f"/v1/subscriptions/{old['id']}/change-plan"
    change = await world.done("POST", path, {"plan_item_id": dearer["id"]}, role="back_office", key=str(world.id()))
    assert json.loads((await world.done("GET", f"/v1/offers/{change['offer_id']}"))["text"])["reported"] == words


async def test_one_change_waits_at_a_time_for_a_day_to_come(world: World) -> None:
    old = await subscribed(world, begins_on=str(FIRST))
    path = f"/v1/subscriptions/{old['id']}/change-plan"
    dearer = (await plan(world, price="4990"))["id"]
    today = str(world.clock.now.date())
    for on, code in ((today, "CHANGE_OUT_OF_REACH"), ("2027-06-01", "CHANGE_OUT_OF_REACH")):
        refused = await world.post(path, {"plan_item_id": dearer, "change_on": on}, role="back_office", key=str(world.id()))
        assert (refused.status_code, refused.json()["code"]) == (422, code)
    change = await asked(world, old)
    refused = await world.post(path, {"plan_item_id": dearer}, role="back_office", key=str(world.id()))
    assert (refused.status_code, refused.json()["code"], refused.json()["successor_id"]) == (409, "PLAN_CHANGE_WAITS", change["id"])


async def test_all_periods_that_the_old_plan_supplied_unbilled_are_billed_with_it_though_one_before_is_unpaid(world: World) -> None:
    old = await subscribed(world, begins_on=str(FIRST), grace_days=90)
    await renew(world, old)
    change_on = NEXT + timedelta(days=30 + 15)  # of May, after a whole April that nobody billed
    change = await asked(world, old, change_on=str(change_on))
    await authorise(world, change)
    await until(world, change_on)
    assert ((await standing(world, old))[0], (await standing(world, change))[0]) == ("ended", "active")
    assert (await billed(world, old["customer_id"]))[0] == 2 * 2990 + costs(2990, 15) + 4990 - costs(4990, 15)


@pytest.mark.parametrize("agreed_and", ["called off", "standing still"])
async def test_what_was_billed_ahead_of_a_change_that_is_dropped_is_given_back(world: World, agreed_and: str) -> None:
    old = await subscribed(world, begins_on=str(FIRST))
    await pay(world, await renew(world, old))
    change = await asked(world, old)
    await authorise(world, change)
    await renew(world, change)
    if agreed_and == "called off":
        await world.done("POST", f"/v1/subscriptions/{change['id']}/end", role="back_office", key=str(world.id()))
        await beat(world)
    else:
        path = f"/v1/subscriptions/{old['id']}/suspend"
        await world.done("POST", path, {"reason": "fault"}, role="back_office", key=str(world.id()))
        await until(world, NEXT + timedelta(days=1))
    assert (await standing(world, change))[0] == "ended"
    assert await billed(world, old["customer_id"]) == (2990, 0)


async def test_a_service_that_was_suspended_since_it_was_looked_at_keeps_its_plan(world: World) -> None:
    old = await subscribed(world, begins_on=str(FIRST))
    await pay(world, await renew(world, old))
    change = await asked(world, old)
    await authorise(world, change)
    world.clock.now += timedelta(days=(NEXT - world.clock.now.date()).days)
    path = f"/v1/subscriptions/{old['id']}/suspend"
    await world.done("POST", path, {"reason": "fault"}, role="back_office", key=str(world.id()))
    values = {"subscription_id": UUID(old["id"]), "successor_id": UUID(change["id"])}
    with pytest.raises(ServiceStandsStill):
        await world.database.perform(
            change_plan, principal=world.principal(), at=world.clock.now, request_id=world.id(), remember=None, values=values
        )
    assert [(await standing(world, one))[0] for one in (old, change)] == ["suspended", "suspended"]


@pytest.mark.parametrize(
    "terms, words",
    [
        ({"price": "2990"}, "€29.90 each month instead of €29.90 (the same price)"),
        ({"price": "1990"}, "€19.90 each month instead of €29.90 (€10.00 less)"),
        ({"price": "7990", "period_months": 3}, "€79.90 every 3 months instead of €29.90 each month"),
    ],
)
async def test_it_says_what_that_costs_more_or_less(world: World, terms: dict[str, Any], words: str) -> None:
    old = await subscribed(world, begins_on=str(FIRST))
    other = (await plan(world, price=terms["price"]))["id"]
    path = f"/v1/subscriptions/{old['id']}/change-plan"
    wanted = {"plan_item_id": other, **{name: value for name, value in terms.items() if name != "price"}}
    change = await world.done("POST", path, wanted, role="back_office", key=str(world.id()))
    assert json.loads((await world.done("GET", f"/v1/offers/{change['offer_id']}"))["text"])["reported"].endswith(f", {words}")


async def test_another_change_may_be_asked_for_once_its_successor_has_ended(world: World) -> None:
    old = await subscribed(world, begins_on=str(FIRST))
    first = await asked(world, old)
    await world.done("POST", f"/v1/subscriptions/{first['id']}/end", role="back_office", key=str(world.id()))
    second = await asked(world, old)
    await until(world, FIRST)
    told = await leaves_whole(world, f"/v1/subscriptions/{old['id']}/plan-changes")
    assert {one["successor_id"]: one["state"] for one in told} == {first["id"]: "dropped", second["id"]: "waiting"}
