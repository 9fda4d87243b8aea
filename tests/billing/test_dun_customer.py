"""Dunning is computed from what stands when it runs: in order, once each, never after the payment, and held by what holds it."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from service.billing.dunning.steps import dun_customer
from service.billing.refusals import NothingToDun
from service.kit.database import opening
from service.kit.verbs import Lock
from tests.billing.dunning import STEPS, beat, dunning, hold, in_arrears, live, taken
from tests.customers.builders import site
from tests.files import leaves_whole
from tests.subscriptions.builders import pay, renew, standing, subscribed
from tests.world import World

WAITING = "select count(*) from pg_locks join pg_database d on d.oid = database where locktype = 'advisory' and not granted and datname = current_database()"
"""How many wait for an advisory lock, which PostgreSQL gives in the order they came."""


async def test_every_step_of_the_policy_comes_once_in_order_and_never_early(world: World) -> None:
    subscription = await in_arrears(world)
    await live(world, 2)
    assert await taken(world, subscription) == []
    await live(world, 1)
    assert await taken(world, subscription) == ["remind"]
    await beat(world)
    assert await taken(world, subscription) == ["remind"]
    await live(world, 17)  # day 20
    assert (await taken(world, subscription), await standing(world, subscription)) == (STEPS[:3], ("active", [], "2026-03-04"))
    await live(world, 1)
    assert (await taken(world, subscription), (await standing(world, subscription))[:2]) == (STEPS[:4], ("suspended", ["unpaid"]))
    await live(world, 50)
    assert await taken(world, subscription) == STEPS
    assert (await dunning(world, subscription))["next"] is None
    jobs = (await world.get(f"/v1/jobs?customer_id={subscription['customer_id']}")).json()["items"]
    assert [(one["kind"], one["state"]) for one in jobs] == [("collection", "open")]
    told = (await world.get(f"/v1/customers/{subscription['customer_id']}/timeline?limit=200")).json()["items"]
    kinds = [one["kind"] for one in told]
    assert [kinds.count(one) for one in ("payment_reminded", "dunning_call_wanted", "cut_off_for_arrears", "collection_wanted")] == [
        2,
        1,
        1,
        1,
    ]


async def test_who_pays_is_dunned_no_more_and_the_collection_is_withdrawn(world: World) -> None:
    subscription = await in_arrears(world)
    await live(world, 31)
    assert await taken(world, subscription) == STEPS[:5]
    assert subscription["customer_id"] in [one["customer_id"] for one in await leaves_whole(world, "/v1/dunning")]
    told = await pay(world, subscription["invoice"])
    assert [one["to_state"] for one in told["services"]] == ["active"]
    jobs = (await world.get(f"/v1/jobs?customer_id={subscription['customer_id']}")).json()["items"]
    assert [one["state"] for one in jobs] == ["cancelled"]
    await live(world, 2)
    assert await taken(world, subscription) == STEPS[:5]
    assert subscription["customer_id"] not in [one["customer_id"] for one in (await world.get("/v1/dunning")).json()["items"]]


async def test_after_standing_still_each_step_leaves_its_days_after_the_one_before(world: World) -> None:
    subscription = await in_arrears(world)
    world.clock.forward(days=90)
    for _ in range(3):
        await beat(world)
    assert await taken(world, subscription) == ["remind"]
    await live(world, 6)
    assert await taken(world, subscription) == ["remind"]
    await live(world, 1)
    assert await taken(world, subscription) == ["remind", "remind"]


@pytest.mark.parametrize(
    "now, place, held",
    [
        (datetime(2026, 3, 9, 6, 59, tzinfo=UTC), "DE-BE", "quiet_hours"),  # 07:59 in Berlin
        (datetime(2026, 3, 9, 19, 0, tzinfo=UTC), "DE-BE", "quiet_hours"),  # 20:00
        (datetime(2026, 3, 15, 12, 0, tzinfo=UTC), "DE-BE", "rest_day"),  # a Sunday
        (datetime(2027, 3, 8, 12, 0, tzinfo=UTC), "DE-BE", "rest_day"),  # Women's Day, in Berlin
        (datetime(2027, 3, 8, 12, 0, tzinfo=UTC), "DE-BY", None),  # not in Bavaria
    ],
)
async def test_nobody_is_disturbed_at_night_on_a_sunday_or_on_a_holiday_of_their_place(
    world: World, now: datetime, place: str, held: str | None
) -> None:
    customer_id = (await world.customer())["id"]
    site_id = (await site(world, customer_id, zone="Europe/Berlin", jurisdiction=place))["id"]
    subscription = await in_arrears(world, customer_id=customer_id, site_id=site_id)
    world.clock.now = now - timedelta(minutes=1)
    await beat(world)
    assert await taken(world, subscription) == ([] if held else ["remind"])
    if held:
        told = (await dunning(world, subscription))["next"]
        assert (told["kind"], told["held_by"]) == ("remind", [held])
        world.clock.now = datetime.fromisoformat(told["not_before"]) - timedelta(minutes=1)
        await beat(world)
        assert await taken(world, subscription) == ["remind"]


@pytest.mark.parametrize("kind", ["incident", "legal", "vulnerable", "dispute"])
async def test_what_holds_it_holds_it_until_it_ends(world: World, kind: str) -> None:
    subscription = await in_arrears(world)
    await live(world, 20)
    until = {"until_on": (world.clock.now + timedelta(days=5)).date().isoformat()} if kind == "incident" else {}
    named = {"invoice_id": subscription["invoice"]["id"]} if kind == "dispute" else {}
    held = await hold(world, subscription, kind, **until, **named)
    await live(world, 4)
    assert (await dunning(world, subscription))["next"]["held_by"] == [kind]
    assert (await standing(world, subscription))[0] == "active"
    refused = await world.post(f"/v1/subscriptions/{subscription['id']}/lapse", role="back_office")
    assert (refused.json()["code"], refused.json()["held_by"]) == ("CUT_OFF_HELD", [kind])
    if kind != "incident":
        await live(world, 7)
        assert (await standing(world, subscription))[0] == "active"
        await world.done("POST", f"/v1/dunning-holds/{held}/release", role="back_office")
    await live(world, 2)  # one of them may be a Sunday
    assert await standing(world, subscription) == ("suspended", ["unpaid"], "2026-03-04")


async def test_a_promise_to_pay_holds_until_its_day_and_is_broken_by_the_facts(world: World) -> None:
    subscription = await in_arrears(world)
    await live(world, 20)
    path = f"/v1/customers/{subscription['customer_id']}/payment-promises"
    promise = {"amount": {"amount": 2990, "currency": "EUR"}, "pay_by": "2026-03-27"}
    too_far = await world.post(path, {**promise, "pay_by": "2026-04-20"}, role="back_office")
    assert (too_far.status_code, too_far.json()["code"]) == (422, "PROMISE_TOO_FAR")
    more = await world.post(path, {**promise, "amount": {"amount": 2991, "currency": "EUR"}}, role="back_office")
    assert more.json()["code"] == "PROMISED_MORE_THAN_OWED"
    await world.done("POST", path, promise, role="dispatcher")
    assert (await world.post(path, promise, role="back_office")).json()["code"] == "PROMISE_RUNNING"
    await live(world, 3)  # to the 27th
    told = await dunning(world, subscription)
    assert (told["next"]["kind"], told["next"]["held_by"], told["promise"]["pay_by"]) == ("suspend", ["promise"], "2026-03-27")
    assert (await standing(world, subscription))[0] == "active"
    await live(world, 1)
    assert (await standing(world, subscription))[0] == "suspended"


async def test_a_policy_of_ones_own_is_followed_from_then_on(world: World) -> None:
    subscription = await in_arrears(world)
    await live(world, 3)
    spared = ["promise", "dispute", "incident", "legal", "vulnerable"]
    steps = [
        {"kind": "remind", "days_after": 3, "held_by": spared},
        {"kind": "suspend", "days_after": 8, "held_by": spared, "citation": "§ 61 TKG"},
    ]
    assert (await world.done("POST", "/v1/dunning/policies", {"steps": steps}))["version"] == 1
    listed = await leaves_whole(world, "/v1/dunning/policies")
    assert [one["version"] for one in listed] == [1, 0]
    assert [(one["kind"], one["channel"]) for one in listed[0]["steps"]] == [("remind", "email"), ("suspend", "network")]
    await live(world, 5)
    assert await taken(world, subscription) == ["remind", "suspend"]


@pytest.mark.parametrize(
    "wrong, code",
    [
        ({"steps": [{"kind": "suspend", "days_after": 5, "held_by": ["promise", "dispute", "incident", "legal", "vulnerable"]}]}, "DUNNING_OUT_OF_ORDER"),
        ({"steps": [{"kind": "remind", "days_after": 5, "held_by": ["promise", "dispute", "legal"]}] * 2}, "DUNNING_OUT_OF_ORDER"),
        ({"steps": [{"kind": "remind", "days_after": 5, "held_by": []}]}, "DUNNING_SPARES_NOBODY"),
        ({"steps": [{"kind": "remind", "days_after": 5, "held_by": ["promise", "dispute", "legal"]}], "calm_from": "07:00:00"}, "NEVER_AWAKE"),
    ],
)  # fmt: skip
async def test_no_policy_cuts_off_without_a_reminder_or_spares_nobody(world: World, wrong: dict[str, Any], code: str) -> None:
    refused = await world.post("/v1/dunning/policies", wrong)
    assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_a_step_waits_for_whatever_changes_the_account(world: World) -> None:
    subscription = await in_arrears(world)
    world.clock.forward(days=6)
    locked = opening(world.principal(), world.clock.now, locks=[Lock.account(UUID(subscription["customer_id"]))])
    async with world.database.pool.acquire() as connection:
        await connection.execute(locked)
        step = asyncio.create_task(step_of(world, subscription["customer_id"]))
        money = asyncio.create_task(pay(world, subscription["invoice"]))
        done, _ = await asyncio.wait({step}, timeout=0.3)
        await connection.execute("ROLLBACK")
    await asyncio.gather(step, money)
    assert not done


async def step_of(world: World, customer_id: str) -> None:
    """The step that is due, if any."""
    with suppress(NothingToDun):
        await world.database.perform(
            dun_customer,
            principal=world.principal(),
            at=world.clock.now,
            request_id=world.id(),
            remember=None,
            values={"customer_id": UUID(customer_id)},
        )


@pytest.mark.parametrize("first, written", [("step", ["payment_reminded", "payment_recorded"]), ("money", ["payment_recorded"])])
async def test_a_payment_and_a_step_at_the_same_moment_never_leave_a_step_after_the_payment(
    world: World, owner: Any, first: str, written: list[str]
) -> None:
    subscription = await in_arrears(world)
    world.clock.forward(days=6)
    begin = {"step": partial(step_of, world, subscription["customer_id"]), "money": partial(pay, world, subscription["invoice"])}
    locked = opening(world.principal(), world.clock.now, locks=[Lock.account(UUID(subscription["customer_id"]))])
    async with world.database.pool.acquire() as connection:
        await connection.execute(locked)
        tasks: list[asyncio.Task[Any]] = []
        for contender in sorted(begin, key=lambda name: name != first):
            tasks.append(asyncio.create_task(begin[contender]()))
            while await owner.fetchval(WAITING) < len(tasks):
                assert not tasks[-1].done()
        await connection.execute("ROLLBACK")
    await asyncio.gather(*tasks)
    rows = await world.sql(
        "select kind from kit.fact where organisation_id = $1 and customer_id = $2 and kind in ('payment_reminded', 'payment_recorded')"
        " order by epoch, transaction_id, sequence",
        world.organisation_id,
        UUID(subscription["customer_id"]),
    )
    assert [row["kind"] for row in rows] == written


async def test_what_ran_out_and_was_never_billed_lapses_by_day_and_what_is_billed_goes_the_way_of_dunning(world: World) -> None:
    unbilled, billed = await subscribed(world, begins_on="2026-03-05"), await subscribed(world, begins_on="2026-03-05")
    await renew(world, billed)
    world.clock.now = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
    await beat(world)
    assert [(await standing(world, one))[0] for one in (unbilled, billed)] == ["active", "active"]
    world.clock.forward(hours=6)
    await beat(world)
    assert [(await standing(world, one))[0] for one in (unbilled, billed)] == ["suspended", "active"]


async def test_whoever_no_reminder_reaches_is_cut_off_by_a_person_alone(world: World) -> None:
    subscription = await in_arrears(world)
    contacts = f"/v1/customers/{subscription['customer_id']}/contacts"
    [contact] = (await world.done("GET", contacts))["items"]
    by_phone = {"channel": "phone", "address": "+49 30 1234567"}
    await world.done("PATCH", f"{contacts}/{contact['id']}", by_phone, headers={"If-Match": f'"{contact["version"]}"'})
    await live(world, 30)
    assert (await taken(world, subscription), (await dunning(world, subscription))["next"]["held_by"]) == (STEPS[:3], ["unreachable"])
    assert (await standing(world, subscription))[0] == "active"
    await world.done("POST", f"/v1/subscriptions/{subscription['id']}/lapse", role="back_office")
    assert (await standing(world, subscription))[0] == "suspended"
    await live(world, 8)
    assert await taken(world, subscription) == [*STEPS[:3], "collect"]
