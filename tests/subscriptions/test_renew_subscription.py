import asyncio

import pytest

from tests.files import leaves_whole
from tests.subscriptions.builders import authorise, opened, pay, plan, renew, standing, subscribed, supply
from tests.world import World


async def test_a_renewal_bills_the_next_period_and_its_payment_extends_the_service(world: World) -> None:
    subscription = await subscribed(world, begins_on="2026-03-10")
    invoice = await renew(world, subscription)
    assert invoice["total_minor"] == 2990
    assert await standing(world, subscription) == ("active", [], "2026-03-09")
    told = await pay(world, invoice)
    assert [(one["to_state"], one["paid_through_on"]) for one in told["services"]] == [("active", "2026-04-09")]
    assert await standing(world, subscription) == ("active", [], "2026-04-09")
    periods = (await world.get(f"/v1/subscriptions/{subscription['id']}/periods")).json()["items"]
    assert [(one["from_on"], one["until_on"], one["invoice_id"], one["paid"], one["payment_id"]) for one in periods] == [
        ("2026-03-10", "2026-04-10", invoice["id"], True, told["payment_id"])
    ]


async def test_periods_begin_on_their_day_whatever_the_months_length(world: World) -> None:
    subscription = await subscribed(world, begins_on="2026-03-31")
    for _ in range(3):
        await pay(world, await renew(world, subscription))
    periods = (await world.get(f"/v1/subscriptions/{subscription['id']}/periods")).json()["items"]
    assert [one["from_on"] for one in periods] == ["2026-03-31", "2026-04-30", "2026-05-31"]


async def test_a_period_that_is_billed_and_not_paid_is_not_billed_again(world: World) -> None:
    subscription = await subscribed(world)
    invoice = await renew(world, subscription)
    refused = await world.post(f"/v1/subscriptions/{subscription['id']}/renew", key=str(world.id()))
    assert (refused.status_code, refused.json()["code"], refused.json()["invoice_id"]) == (409, "RENEWAL_OPEN", invoice["id"])


async def test_many_renewals_at_once_bill_one_period(world: World) -> None:
    subscription = await subscribed(world)
    path = f"/v1/subscriptions/{subscription['id']}/renew"
    answers = await asyncio.gather(*(world.post(path, key=str(world.id())) for _ in range(10)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 9
    (count,) = await world.sql("select count(*)::int as n from subscriptions.period")
    assert count["n"] == 1


async def test_what_the_customer_has_not_authorised_is_not_renewed_and_the_attempt_is_kept(world: World) -> None:
    subscription = await opened(world)
    refused = await world.post(f"/v1/subscriptions/{subscription['id']}/renew", key=str(world.id()))
    assert (refused.status_code, refused.json()["code"]) == (422, "INVOICE_REFUSED")
    assert [line["code"] for line in refused.json()["lines"]] == ["NO_EXPRESS_CONSENT"]
    attempts = (await world.get(f"/v1/posting-attempts?customer_id={subscription['customer_id']}")).json()["items"]
    assert [attempt["verdict"] for attempt in attempts] == ["refused"]
    assert (await world.get(f"/v1/subscriptions/{subscription['id']}/periods")).json()["items"] == []
    await authorise(world, subscription)
    await renew(world, subscription)


async def test_a_period_cannot_be_billed_twice_past_the_renewal_either(world: World) -> None:
    subscription = await subscribed(world, begins_on="2026-03-10")
    await pay(world, await renew(world, subscription))
    refused = await supply(world, subscription, ("2026-04-01", "2026-05-01"))
    assert refused.status_code == 422
    assert [one["code"] for one in refused.json()["lines"]] == ["DUPLICATE_WORK_RECORD"]


async def test_a_period_before_the_beginning_is_not_granted(world: World) -> None:
    subscription = await subscribed(world, begins_on="2026-05-10")
    refused = await supply(world, subscription, ("2026-04-10", "2026-05-10"))
    assert (refused.status_code, refused.json()["code"]) == (409, "PERIOD_GRANTED")


async def test_a_plan_that_costs_nothing_is_paid_through_as_it_is_billed(world: World) -> None:
    subscription = await subscribed(world, plan_item_id=(await plan(world, price="0"))["id"])
    assert await standing(world, subscription) == ("suspended", ["unpaid"], "2026-03-03")
    for paid_through_on in ("2026-04-03", "2026-05-03"):
        assert (await renew(world, subscription))["total_minor"] == 0
        assert await standing(world, subscription) == ("active", [], paid_through_on)
    kinds = [
        row["kind"] for row in await world.sql("select kind from kit.fact where subject_id = $1 order by sequence", subscription["id"])
    ]
    assert kinds.count("subscription_paid_through") == 2
    assert kinds.count("subscription_activated") == 1
    orders = await world.sql(
        "select state from subscriptions.provisioning_order where subscription_id = $1 order by sequence", subscription["id"]
    )
    assert [row["state"] for row in orders] == ["suspended", "active"]


async def test_a_period_given_away_is_paid_through_and_the_next_one_is_paid_for(world: World) -> None:
    subscription = await subscribed(world)
    assert (await supply(world, subscription, ("2026-03-04", "2026-04-04"), unit_price="0")).status_code == 201
    assert await standing(world, subscription) == ("active", [], "2026-04-03")
    await pay(world, await renew(world, subscription))
    assert await standing(world, subscription) == ("active", [], "2026-05-03")


async def test_a_period_given_away_lifts_nobody_who_owes_for_another(world: World) -> None:
    owing = await subscribed(world)
    invoice = await renew(world, owing)
    world.clock.forward(days=40)
    subscription = await subscribed(world, customer_id=owing["customer_id"], begins_on="2026-04-13")
    assert (await supply(world, subscription, ("2026-04-13", "2026-05-13"), unit_price="0")).status_code == 201
    assert await standing(world, subscription) == ("suspended", ["unpaid"], "2026-05-12")
    await pay(world, invoice)
    assert await standing(world, subscription) == ("active", [], "2026-05-12")


async def test_the_first_period_begins_no_sooner_than_the_customer_agreed(world: World) -> None:
    subscription = await subscribed(world, begins_on="2026-02-20", grace_days=30)
    await renew(world, subscription)
    periods = await leaves_whole(world, f"/v1/subscriptions/{subscription['id']}/periods")
    assert [(one["from_on"], one["until_on"]) for one in periods] == [("2026-03-04", "2026-04-04")]


async def test_nothing_is_renewed_more_than_a_year_ahead(world: World) -> None:
    subscription = await subscribed(world, period_months=12, begins_on="2026-03-10")
    await pay(world, await renew(world, subscription))
    refused = await world.post(f"/v1/subscriptions/{subscription['id']}/renew", key=str(world.id()))
    assert (refused.status_code, refused.json()["code"]) == (409, "PAID_FAR_AHEAD")


async def test_no_period_is_billed_while_the_service_stands_still_for_a_fault(world: World) -> None:
    subscription = await subscribed(world, begins_on="2026-03-10")
    reason = {"reason": "fault"}
    await world.done("POST", f"/v1/subscriptions/{subscription['id']}/suspend", reason, role="back_office")
    refused = await world.post(f"/v1/subscriptions/{subscription['id']}/renew", key=str(world.id()))
    assert (refused.status_code, refused.json()["code"]) == (409, "SUSPENDED_FOR_FAULT")
    supplied = await supply(world, subscription, ("2026-03-10", "2026-04-10"))
    assert (supplied.status_code, supplied.json()["code"]) == (409, "SUSPENDED_FOR_FAULT")
    assert (await world.get(f"/v1/subscriptions/{subscription['id']}/periods")).json()["items"] == []
    await world.done("POST", f"/v1/subscriptions/{subscription['id']}/lift", reason, role="back_office")
    await renew(world, subscription)


async def test_an_ended_subscription_is_not_renewed(world: World) -> None:
    subscription = await subscribed(world)
    await world.done("POST", f"/v1/subscriptions/{subscription['id']}/end", role="back_office")
    refused = await world.post(f"/v1/subscriptions/{subscription['id']}/renew", key=str(world.id()))
    assert (refused.status_code, refused.json()["code"]) == (409, "SUBSCRIPTION_ENDED")


@pytest.mark.parametrize("role", ["dispatcher"])
async def test_who_may_not_post_invoices_does_not_renew(world: World, role: str) -> None:
    subscription = await subscribed(world)
    refused = await world.post(f"/v1/subscriptions/{subscription['id']}/renew", key=str(world.id()), role=role)
    assert refused.status_code == 403
