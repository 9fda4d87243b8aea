"""The network and we never differ for long: what it does otherwise than it confirmed is found within a minute, and ordered anew."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from service.integrations.outside import Outside, open_outside
from service.integrations.provisioning_standin import DEFAULT_SECRET, How, PlannedFault, RunningNetwork
from service.kit.tasks.registry import KINDS
from service.kit.tasks.runner import Runner
from service.settings import Settings
from service.subscriptions import background
from tests.subscriptions.builders import opened, pay, renew, subscribed
from tests.world import World

WORK = {one.name: one for one in KINDS.values() if one.handler.__module__ == background.__name__}


@pytest.fixture
async def outside(world: World, network: RunningNetwork, settings: Settings) -> AsyncIterator[Outside]:
    """What a worker reaches it with; the network knows only the real time, and takes five minutes on either side of it."""
    world.clock.now = datetime.now(UTC) - timedelta(minutes=4, seconds=50)
    told = msgspec.structs.replace(
        settings, provisioning_url=network.url, provisioning_secret=DEFAULT_SECRET, inside_targets=(network.authority,)
    )
    async with open_outside(told) as opened_outside:
        yield opened_outside


async def beat(world: World, outside: Outside, *, minutes: int = 1) -> None:
    """The minutes go by, each with a beat of the worker."""
    for _ in range(minutes):
        world.clock.forward(seconds=60)
        worker = Runner(world.database, kinds=WORK, outside=outside, clock=world.clock, jitter=lambda: 0.0)
        worker._committed(world.organisation_id)
        await worker.drain()


async def differences(world: World) -> list[tuple[str, str, bool]]:
    items = (await world.get("/v1/provisioning/differences")).json()["items"]
    return [(one["kind"], one["observed"], one["stands"]) for one in items]


async def paid_for(world: World) -> dict[str, Any]:
    """A service that is paid for."""
    subscription = await subscribed(world, begins_on=world.clock.now.date().isoformat())
    await pay(world, await renew(world, subscription))
    return subscription


@pytest.mark.parametrize("how", ["pretend", "error", "hang_after", "refuse"])
async def test_whatever_the_network_does_wrong_is_right_within_five_minutes(
    world: World, network: RunningNetwork, outside: Outside, how: How
) -> None:
    active = await paid_for(world)
    await beat(world, outside, minutes=2)
    network.network.faults.append(PlannedFault(how=how, times=1 if how == "hang_after" else 2))  # each hang is ten seconds
    await world.done("POST", f"/v1/subscriptions/{active['id']}/suspend", {"reason": "misuse"}, role="back_office")
    await beat(world, outside, minutes=5)
    assert network.network.doing[UUID(active["id"])] == "suspended"
    assert await differences(world) == []


async def test_paid_but_suspended_and_unpaid_but_active_are_both_found_told_and_healed(
    world: World, network: RunningNetwork, outside: Outside
) -> None:
    paid, unpaid = await paid_for(world), await opened(world, begins_on=world.clock.now.date().isoformat())
    await beat(world, outside)
    network.network.doing |= {UUID(paid["id"]): "suspended", UUID(unpaid["id"]): "active"}
    network.network.faults.append(PlannedFault(how="pretend", times=2))  # it won't be told at once
    await beat(world, outside)
    assert sorted(await differences(world)) == [("paid_but_suspended", "suspended", False), ("unpaid_but_active", "active", False)]
    await beat(world, outside, minutes=4)
    assert (network.network.doing[UUID(paid["id"])], network.network.doing[UUID(unpaid["id"])]) == ("active", "suspended")
    assert await differences(world) == []
    facts = await world.sql(
        "select kind from kit.fact where organisation_id = $1 and subject_id = $2 and kind like any ('{network%,%again}')"
        " order by epoch, transaction_id, sequence",
        world.organisation_id,
        UUID(paid["id"]),
    )
    assert [row["kind"] for row in facts] == [
        "network_differs",
        "provisioning_ordered_again",
        "provisioning_ordered_again",
        "network_agrees",
    ]


async def test_a_person_has_it_ordered_anew_at_once_and_who_may_not_has_not(
    world: World, network: RunningNetwork, outside: Outside
) -> None:
    active = await paid_for(world)
    await beat(world, outside, minutes=2)
    network.network.doing[UUID(active["id"])] = "suspended"
    order = f"/v1/provisioning/differences/{active['id']}/order"
    observed = {"observed_at": world.clock.now.isoformat(), "services": [{"subscription_id": active["id"], "state": "suspended"}]}
    assert (await world.post(order, role="dispatcher")).status_code == 403
    assert (await world.done("POST", order))["ordered"] is False  # nobody has seen a difference yet
    await world.done("POST", "/v1/provisioning/observed", observed, role="back_office")
    assert await world.done("POST", order) == {"sequence": 2, "round": 1, "ordered": True}
    assert (await world.done("POST", order))["ordered"] is False  # the new one isn't confirmed: it is sent, not made again
    assert await pending(world, UUID(active["id"])) == 2
    await beat(world, outside, minutes=1)
    assert network.network.doing[UUID(active["id"])] == "active"
    assert (await world.post(f"/v1/provisioning/differences/{world.id()}/order")).status_code == 404


async def pending(world: World, subscription_id: UUID) -> int:
    """How many orders to the network are due to be sent."""
    rows = await world.sql(
        "select count(*) from kit.task where organisation_id = $1 and subject_id = $2 and kind = 'provision' and state = 'waiting'",
        world.organisation_id,
        subscription_id,
    )
    return int(rows[0][0])


async def test_an_order_done_late_over_a_newer_one_is_put_right(world: World, network: RunningNetwork, outside: Outside) -> None:
    active = await paid_for(world)
    await beat(world, outside)
    network.network.faults.append(PlannedFault(how="late"))
    await world.done("POST", f"/v1/subscriptions/{active['id']}/suspend", {"reason": "misuse"}, role="back_office")
    await beat(world, outside)
    await world.done("POST", f"/v1/subscriptions/{active['id']}/lift", {"reason": "misuse"}, role="back_office")
    await beat(world, outside)
    network.network.catch_up()
    assert network.network.doing[UUID(active["id"])] == "suspended"
    await beat(world, outside, minutes=2)
    assert network.network.doing[UUID(active["id"])] == "active"


async def test_what_one_side_doesnt_know_is_found_and_what_isnt_healed_stands(
    world: World, network: RunningNetwork, outside: Outside
) -> None:
    forgotten, nobody = await paid_for(world), world.id()
    await beat(world, outside)
    del network.network.doing[UUID(forgotten["id"])]
    network.network.doing[nobody] = "active"
    network.network.owner[nobody] = world.organisation_id
    network.network.faults.append(PlannedFault(how="pretend", times=1000))
    await beat(world, outside, minutes=6)
    assert sorted(await differences(world)) == [("unknown_here", "active", True), ("unknown_there", "absent", True)]
    network.network.faults.clear()
    del network.network.doing[nobody]
    await beat(world, outside, minutes=2)
    assert await differences(world) == []


async def test_a_network_begins_anew_from_nothing_and_follows_the_facts(world: World) -> None:
    services = [await opened(world) for _ in range(3)]
    first = (await world.get("/v1/provisioning/state?limit=2")).json()
    await world.done("POST", f"/v1/subscriptions/{services[0]['id']}/end", role="back_office")
    second = (await world.get(f"/v1/provisioning/state?limit=2&cursor={first['next']}")).json()
    assert second["next"] is None
    known = {one["subscription_id"]: one["state"] for one in first["items"] + second["items"]}
    assert set(known) == {one["id"] for one in services}
    assert {one["sequence"] for one in first["items"]} == {1}
    followed = (await world.get(f"/v1/facts?after={first['follow_from']}")).json()["items"]
    assert [(one["kind"], one["subject_id"]) for one in followed] == [("subscription_ended", services[0]["id"])]


async def test_a_network_that_is_never_asked_tells_what_it_does_itself(world: World) -> None:
    service = await opened(world)
    told = {"observed_at": world.clock.now.isoformat(), "services": [{"subscription_id": service["id"], "state": "active"}]}
    receipt = await world.done("POST", "/v1/provisioning/observed", told, role="back_office")
    assert receipt == {"observed": 1, "changed": 1, "differing": 0}  # ordered, and not confirmed yet
    assert await world.done("POST", "/v1/provisioning/observed", told, role="back_office") == {"observed": 1, "changed": 0, "differing": 0}
    assert await differences(world) == [("unpaid_but_active", "active", False)]
    later = {**told, "observed_at": (world.clock.now + timedelta(seconds=1)).isoformat()}
    assert (await world.post("/v1/provisioning/observed", later, role="back_office")).json()["code"] == "OBSERVED_OUT_OF_REACH"
    twice = {**told, "services": told["services"] * 2}
    assert (await world.post("/v1/provisioning/observed", twice, role="back_office")).json()["code"] == "NAMED_TWICE"
