"""What raw SQL as the service's role, or as the tables' owner, can't do to a subscription."""

from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from tests.forged import forge
from tests.subscriptions.builders import opened, pay, renew, subscribed
from tests.world import World

TABLES = ["subscription", "subscription_step", "period", "paid_period", "provisioning_order", "provisioning_step", "renewal_call"]


async def again(world: World, table: str, subscription: dict[str, Any], **changes: Any) -> None:
    """The subscription's last row again, as the next one, with these changes."""
    last = {
        "subscription_step": "order by step desc",
        "period": "order by number desc",
        "paid_period": "order by number desc, step desc",
    }[table]
    await forge(world, f"subscriptions.{table}", changes, which=f"and subscription_id = '{subscription['id']}' {last} limit 1")


async def refused(world: World, table: str, subscription: dict[str, Any], **changes: Any) -> str | None:
    with pytest.raises(asyncpg.IntegrityConstraintViolationError) as error:
        await again(world, table, subscription, **changes)
    return error.value.constraint_name


async def paid(world: World) -> dict[str, Any]:
    """A subscription of three steps: begun tomorrow, one period granted and paid, suspended for a move."""
    subscription = await subscribed(world, begins_on="2026-03-05")
    await pay(world, await renew(world, subscription))
    await world.done("POST", f"/v1/subscriptions/{subscription['id']}/suspend", {"reason": "moving"}, role="back_office")
    return subscription


def step(**changes: Any) -> dict[str, Any]:
    """The fourth step, that nothing changes by: from suspended for a move, paid through one period."""
    usual = {
        "step": 4, "kind": "pay", "reason": "", "from_state": "suspended", "to_state": "suspended", "reasons_before": ["moving"],
        "reasons_after": ["moving"], "paid_number_before": 1, "paid_number": 1,
    }  # fmt: skip
    return {**usual, **changes}


LAPSE = {"kind": "lapse", "reason": "unpaid", "reasons_after": ["moving", "unpaid"]}


@pytest.mark.parametrize(
    "changes, by",
    [
        (LAPSE, "nobody_paid_up_is_cut_off"),
        ({**LAPSE, "paid_number": 0, "paid_step": 0, "paid_until_on": "2026-03-05"}, "kind_changes_its_own"),
        ({**LAPSE, "happened_at": "2026-05-01T00:00:00Z", "paid_until_on": "2026-03-06"}, "paid_through_a_paid_period"),
        ({"paid_number": 2, "paid_until_on": "2026-05-05"}, "paid_through_a_paid_period"),
        ({"paid_until_on": "2026-12-31", "paid_number": 2}, "paid_through_a_paid_period"),
        ({"kind": "reopen", "paid_number": 0, "paid_step": 0, "paid_until_on": "2026-03-05"}, "reopening_is_cited"),
        (
            {"kind": "reopen", "paid_number": 0, "paid_step": 0, "paid_until_on": "2026-03-05", "reopened_step": 1},
            "reopened_by_a_payment_taken_back",
        ),
        ({"kind": "lift", "reason": "moving", "reasons_after": []}, "state_follows_its_reasons"),
        ({"kind": "lift", "reason": "moving", "reasons_after": [], "to_state": "active", "from_state": "active"}, "kind_changes_its_own"),
        ({"kind": "lift", "reason": "misuse", "reasons_after": []}, "kind_changes_its_own"),
        ({"kind": "suspend", "reason": "moving", "reasons_before": [], "reasons_after": ["moving"]}, "subscription_step_follows"),
        ({"kind": "suspend", "reason": "whim", "reasons_after": ["moving", "whim"]}, "reasons_are_known"),
        ({"kind": "end", "to_state": "suspended"}, "kind_changes_its_own"),
        ({"kind": "begin"}, "subscription_begins"),
        ({"step": 3, "kind": "end", "to_state": "ended"}, "one_subscription_step"),
        ({"step": 6, "kind": "end", "to_state": "ended"}, "subscription_step_follows"),
        ({"kind": "end", "to_state": "ended", "grace_days": 300}, "step_under_its_terms"),
        ({"kind": "end", "to_state": "ended", "zone": "Pacific/Kiritimati"}, "step_under_its_terms"),
    ],
)
async def test_a_state_cannot_be_forged(world: World, changes: dict[str, Any], by: str) -> None:
    subscription = await paid(world)
    assert await refused(world, "subscription_step", subscription, **step(**changes)) == by


async def test_nobody_is_lifted_who_has_not_paid(world: World) -> None:
    subscription = await opened(world)  # without grace: suspended as unpaid from the first day
    forged = {
        "step": 2, "kind": "pay", "from_state": "suspended", "to_state": "active", "reasons_before": ["unpaid"], "reasons_after": [],
    }  # fmt: skip
    assert await refused(world, "subscription_step", subscription, **forged) == "unpaid_clears_only_when_paid"


@pytest.mark.parametrize(
    "changes, by",
    [
        ({"number": 2, "from_on": "2026-04-04", "until_on": "2026-05-05"}, "period_after_the_one_before"),
        ({"number": 2, "from_on": "2026-04-05", "until_on": "2026-05-05"}, "one_period_a_supply"),
        ({"number": 3, "from_on": "2026-04-05", "until_on": "2026-05-05"}, "period_follows"),
        ({"number": 1}, "one_period_a_number"),
        ({"number": 2, "from_on": "2026-04-05", "until_on": "2026-04-05"}, "period_as_long_as_agreed"),
        ({"number": 2, "from_on": "2026-04-05", "until_on": "2026-04-06"}, "period_as_long_as_agreed"),
        ({"number": 2, "from_on": "2027-04-05", "until_on": "2027-05-05"}, "period_granted_within_a_year"),
        ({"number": 2, "from_on": "2026-04-05", "until_on": "2026-05-05", "state": "ended"}, "period_while_it_runs"),
        ({"number": 2, "from_on": "2026-04-05", "until_on": "2026-05-05", "authorised_at": "2026-04-06T12:00:00Z"}, "period_after_consent"),
        (
            {"number": 2, "from_on": "2026-04-05", "until_on": "2026-05-05", "authorised_at": "2026-03-01T12:00:00Z"},
            "period_authorised_when",
        ),
        ({"number": 2, "from_on": "2026-04-05", "until_on": "2026-05-05", "net_after": 2}, "period_is_billed"),
        ({"number": 2, "from_on": "2026-04-10", "until_on": "2026-05-05"}, "short_period_costs_its_days"),
        ({"number": 2, "begins_on": "2020-01-01", "from_on": "2026-04-05", "until_on": "2026-05-05"}, "period_of_subscription"),
    ],
)
async def test_a_period_cannot_be_forged(world: World, changes: dict[str, Any], by: str) -> None:
    subscription = await paid(world)
    number = changes["number"]
    follows = {"previous_until_on": "2026-04-05" if number > 1 else "2026-03-05"}
    supply = {} if by in {"one_period_a_supply", "one_period_a_number"} else {"work_record_id": str(world.id())}
    assert await refused(world, "period", subscription, **{**follows, **supply, **changes}) == by


async def test_a_period_that_was_not_supplied_is_not_granted(world: World) -> None:
    subscription = await paid(world)
    forged = {
        "number": 2,
        "previous_until_on": "2026-04-05",
        "from_on": "2026-04-05",
        "until_on": "2026-05-05",
        "work_record_id": str(world.id()),
    }
    assert await refused(world, "period", subscription, **forged) == "period_is_supplied"


@pytest.mark.parametrize(
    "changes", [{"step": 9}, {"state": "active"}, {"reasons": []}], ids=["a step to come", "a state it wasn't in", "other reasons"]
)
async def test_a_period_is_granted_in_a_state_that_was(world: World, changes: dict[str, Any]) -> None:
    subscription = await paid(world)
    days = {"previous_until_on": "2026-04-05", "from_on": "2026-04-05", "until_on": "2026-05-05"}
    supplied = world.id()
    await world.sql(
        "insert into authorisations.work_record (organisation_id, work_record_id, scope_id, item_id, ticks, denominator, started_at, ended_at, period_from,"
        "   period_until, recorded_by)"
        " select w.organisation_id, $2, w.scope_id, w.item_id, w.ticks, w.denominator, w.started_at, w.ended_at, date '2026-04-05', date '2026-05-05', w.recorded_by"
        " from authorisations.work_record w join subscriptions.period p using (organisation_id, work_record_id) where p.subscription_id = $1",
        subscription["id"],
        supplied,
    )
    forged = {"number": 2, "step": 3, "state": "suspended", "reasons": ["moving"], "work_record_id": str(supplied), **days}
    assert await refused(world, "period", subscription, **{**forged, **changes}) == "period_knew_the_state"
    assert await refused(world, "period", subscription, **{**forged, "reasons": ["fault"]}) == "period_not_during_a_fault"
    await again(world, "period", subscription, **forged)


@pytest.mark.parametrize(
    "changes, by",
    [({"step": 3}, "paid_period_follows"), ({"number": 2, "step": 1}, "paid_period_of_period"), ({"step": 1}, "one_paid_step")],
)
async def test_a_payment_of_a_period_cannot_be_forged(world: World, changes: dict[str, Any], by: str) -> None:
    assert await refused(world, "paid_period", await paid(world), **changes) == by


async def test_an_order_says_what_the_state_is(world: World) -> None:
    subscription = await paid(world)
    with pytest.raises(asyncpg.ForeignKeyViolationError) as error:
        await world.sql(
            "insert into subscriptions.provisioning_order (organisation_id, subscription_id, sequence, state, ordered_at) values ($1, $2, 2, 'suspended', $3)",
            world.organisation_id,
            subscription["id"],
            world.clock.now,
        )
    assert error.value.constraint_name == "order_of_a_change"


async def test_a_settled_order_stays_settled(world: World) -> None:
    subscription = await paid(world)
    insert = (
        "insert into subscriptions.provisioning_step (organisation_id, subscription_id, sequence, step, from_outcome, outcome, happened_at)"
        " values ($1, $2, 1, $3, $4, $5, $6)"
    )
    await world.sql(insert, world.organisation_id, subscription["id"], 1, "requested", "confirmed", world.clock.now)
    for step_number, before in ((2, "confirmed"), (2, "unconfirmed"), (3, "unconfirmed")):
        with pytest.raises(asyncpg.IntegrityConstraintViolationError) as error:
            await world.sql(insert, world.organisation_id, subscription["id"], step_number, before, "unconfirmed", world.clock.now)
        assert error.value.constraint_name == ("a_settled_order_stays_settled" if before == "confirmed" else "provisioning_follows")


@pytest.mark.parametrize("table", TABLES)
async def test_the_service_edits_and_deletes_nothing(world: World, table: str) -> None:
    for attack in (f"delete from subscriptions.{table}", f"update subscriptions.{table} set subscription_id = gen_random_uuid()"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await world.sql(attack)


@pytest.mark.parametrize("table", TABLES)
async def test_another_organisations_rows_are_not_there(world: World, other_world: World, table: str) -> None:
    subscription = await paid(world)
    await world.done("POST", f"/v1/subscriptions/{subscription['id']}/end", role="back_office")
    assert await other_world.sql(f"select from subscriptions.{table}") == []


async def test_the_owner_is_refused_too(world: World, owner: asyncpg.Connection) -> None:
    subscription = await paid(world)
    with pytest.raises(asyncpg.CheckViolationError) as error:
        await owner.execute(
            "insert into subscriptions.subscription_step (organisation_id, subscription_id, step, kind, reason, begins_on, grace_days, zone, from_state, to_state,"
            "   reasons_before, reasons_after, paid_number_before, paid_number, paid_step, paid_until_on, happened_at, actor)"
            " select organisation_id, subscription_id, 4, 'lapse', 'unpaid', begins_on, grace_days, zone, to_state, 'suspended', reasons_after,"
            "   reasons_after || 'unpaid'::text, paid_number, paid_number, paid_step, paid_until_on, $2, actor"
            " from subscriptions.subscription_step where subscription_id = $1 and step = 3",
            subscription["id"],
            world.clock.now + timedelta(days=30),
        )
    assert error.value.constraint_name == "nobody_paid_up_is_cut_off"
