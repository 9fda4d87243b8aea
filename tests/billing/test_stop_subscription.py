"""A service is billed to the day: a short first period, and what is given back when it stops or its plan changes."""

from datetime import date, timedelta

import asyncpg
import pytest
from hypothesis import given
from hypothesis import settings as sized
from hypothesis import strategies as st

from service.billing.proration import share
from service.settings import Settings
from tests.proofs.soundness import offences
from tests.subscriptions.builders import authorise, opened, pay, plan, renew, standing, subscribed, supply
from tests.world import World


@sized(max_examples=50)
@given(st.integers(0, 10**12), st.lists(st.integers(1, 40), min_size=1, max_size=12))
def test_the_parts_of_a_period_come_to_the_whole(amount: int, parts: list[int]) -> None:
    days, at, shares = sum(parts), 0, []
    for part in parts:
        shares.append(share(amount, from_day=at, until_day=at + part, of_days=days))
        at += part
    assert sum(shares) == amount
    assert all(one >= 0 for one in shares)


async def credit_of(world: World, customer_id: str) -> list[int]:
    account = await world.done("GET", f"/v1/customers/{customer_id}/account")
    return [one["credit_minor"] for one in account["balances"]]


@pytest.mark.parametrize("used, back", [(1, 2894), (10, 2025), (30, 96), (31, 0)])
async def test_what_is_not_used_is_given_back_to_the_day(world: World, used: int, back: int) -> None:
    subscription = await subscribed(world, begins_on="2026-03-05")  # 31 days for 29.90
    await pay(world, await renew(world, subscription))
    world.clock.forward(days=used)  # the day on which it stops is used
    stop = f"/v1/subscriptions/{subscription['id']}/stop"
    told = await world.done("POST", stop, role="back_office", key=str(world.id()))
    assert told["state"] == "ended"
    assert sum(await credit_of(world, subscription["customer_id"])) == back == 2990 - share(2990, from_day=0, until_day=used, of_days=31)
    again = await world.post(stop, role="back_office", key=str(world.id()))
    assert (again.status_code, again.json()["state"]) == (200, "ended")
    assert sum(await credit_of(world, subscription["customer_id"])) == back


async def test_what_is_open_is_credited_before_anything_is_owed_back(world: World) -> None:
    subscription = await subscribed(world, begins_on="2026-03-05")
    invoice = await renew(world, subscription)
    world.clock.forward(days=10)
    await world.done("POST", f"/v1/subscriptions/{subscription['id']}/stop", role="back_office", key=str(world.id()))
    account = await world.done("GET", f"/v1/customers/{subscription['customer_id']}/account")
    assert [(one["invoice_id"], one["open_minor"]) for one in account["open_invoices"]] == [(invoice["id"], 2990 - 2025)]


async def test_a_short_first_period_costs_its_days_and_the_next_ones_are_whole(world: World) -> None:
    subscription = await subscribed(world, begins_on="2026-03-15", anchor_day=1)
    invoice = await renew(world, subscription)
    assert invoice["total_minor"] == 2990 - share(2990, from_day=0, until_day=14, of_days=31) == 1640
    await pay(world, invoice)
    assert (await standing(world, subscription))[2] == "2026-03-31"
    assert (await renew(world, subscription))["total_minor"] == 2990


async def test_a_plan_changes_in_mid_period_only_with_the_customers_say_so_and_each_day_is_paid_once(
    world: World, owner: asyncpg.Connection, settings: Settings
) -> None:
    before = await subscribed(world, begins_on="2026-03-05")
    await pay(world, await renew(world, before))
    world.clock.forward(days=10)
    tomorrow = (date(2026, 3, 14) + timedelta(days=1)).isoformat()
    dearer = (await plan(world, price="4990"))["id"]
    after = await opened(world, customer_id=before["customer_id"], site_id=before["site_id"], plan_item_id=dearer, begins_on=tomorrow)
    refused = await world.post(f"/v1/subscriptions/{after['id']}/renew", key=str(world.id()))
    assert [line["code"] for line in refused.json()["lines"]] == ["NO_EXPRESS_CONSENT"]
    await authorise(world, after)
    await world.done("POST", f"/v1/subscriptions/{before['id']}/stop", role="back_office", key=str(world.id()))
    invoice = await renew(world, after)
    assert invoice["total_minor"] == 4990
    used = await world.done(
        "POST", f"/v1/customers/{before['customer_id']}/use-credit", {"currency": "EUR"}, role="back_office", key=str(world.id())
    )
    assert used["paid"][0]["open_minor"] == 4990 - 2025
    assert (await standing(world, before))[0] == "ended"
    assert await offences(owner, settings, world) == {}


@pytest.mark.parametrize("price, status", [("2990", 422), ("1641", 422), ("1640", 201), ("1000", 201)])
async def test_a_short_first_period_that_is_posted_by_hand_costs_no_more_than_its_days(world: World, price: str, status: int) -> None:
    subscription = await subscribed(world, begins_on="2026-03-15", anchor_day=1)
    answer = await supply(world, subscription, ("2026-03-15", "2026-04-01"), unit_price=price)
    assert (answer.status_code, answer.json().get("code")) == (status, None if status == 201 else "PERIOD_NOT_AS_AGREED")
    if status == 201:
        assert (await supply(world, subscription, ("2026-04-01", "2026-05-01"))).json()["total_minor"] == 2990
