"""Orders to a network that speaks RADIUS: confirmed by its answer alone, told why not, repeated, and never taken for agreement."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest

from service.integrations.outside import Outside, open_outside
from service.kit.tasks.registry import KINDS
from service.kit.tasks.runner import Runner
from service.settings import Settings
from service.subscriptions import background
from tests.billing.test_change_plan import asked, until
from tests.integrations.nas import SECRET, RunningNas, running_nas
from tests.subscriptions.builders import authorise, opened, pay, renew, subscribed
from tests.world import World

WORK = {one.name: one for one in KINDS.values() if one.handler.__module__ == background.__name__}


@pytest.fixture
async def nas() -> AsyncIterator[RunningNas]:
    async with running_nas() as running:
        yield running


def reached(world: World, nas: RunningNas, settings: Settings, options: str = "") -> AbstractAsyncContextManager[Outside]:
    """What a worker reaches that server with, as the one of this organisation."""
    url = f"{nas.url}?organisation={world.organisation_id}{options}"
    told = msgspec.structs.replace(settings, provisioning_url=url, provisioning_secret=SECRET, inside_targets=(nas.authority,))
    return open_outside(told)


async def work(world: World, outside: Outside) -> None:
    worker = Runner(world.database, kinds=WORK, outside=outside, clock=world.clock, jitter=lambda: 0.0)
    worker._committed(world.organisation_id)
    await worker.drain()


async def orders(world: World, service: dict[str, Any]) -> list[tuple[int, str, str]]:
    items = (await world.get(f"/v1/provisioning-orders?subscription_id={service['id']}")).json()["items"]
    return [(one["sequence"], one["outcome"], one["detail"]) for one in items]


async def test_a_service_cut_off_has_its_session_ended_by_its_reference(world: World, nas: RunningNas, settings: Settings) -> None:
    begins = (world.clock.now + timedelta(days=20)).date().isoformat()
    bea, max_ = [await opened(world, reference=name, begins_on=begins) for name in ("bea", "max")]
    nas.nas.sessions |= {"bea": "", "max": ""}
    async with reached(world, nas, settings) as outside:
        await work(world, outside)
        nas.nas.sessions |= {"bea": "", "max": ""}  # let in again by what signs users in
        await world.done("POST", f"/v1/subscriptions/{bea['id']}/suspend", {"reason": "misuse"}, role="back_office")
        await work(world, outside)
    assert list(nas.nas.sessions) == ["max"]
    assert [outcome for _, outcome, _ in await orders(world, bea)] == ["confirmed", "confirmed"]
    assert [outcome for _, outcome, _ in await orders(world, max_)] == ["confirmed"]


async def test_a_no_is_told_by_number_and_word_and_asked_again_with_another_packet(
    world: World, nas: RunningNas, settings: Settings
) -> None:
    service = await opened(world, reference="bea")
    nas.nas.sessions["bea"] = "full"
    nas.nas.causes += [506, 501]
    async with reached(world, nas, settings, "&active=full&suspended=walled") as outside:
        await work(world, outside)
        assert await orders(world, service) == [(1, "unconfirmed", "refused 506 Resources-Unavailable")]
        world.clock.forward(seconds=2)
        await work(world, outside)
        assert await orders(world, service) == [(1, "unconfirmed", "refused 501 Administratively-Prohibited")]
        world.clock.forward(seconds=4)
        await work(world, outside)
    assert await orders(world, service) == [(1, "confirmed", "")]
    assert len({one.raw for one in nas.nas.asked}) == 3
    dates = [int.from_bytes(one.value(55)) for one in nas.nas.asked]
    assert [date - dates[0] for date in dates] == [0, 2, 6]


async def test_no_session_is_nothing_left_to_end(world: World, nas: RunningNas, settings: Settings) -> None:
    service = await opened(world, reference="bea")
    async with reached(world, nas, settings) as outside:
        await work(world, outside)
    assert await orders(world, service) == [(1, "confirmed", "503 Session-Context-Not-Found")]


async def test_orders_of_a_service_are_sent_one_after_the_other_and_only_the_newest(
    world: World, nas: RunningNas, settings: Settings
) -> None:
    service = await opened(world, reference="bea", begins_on=(world.clock.now + timedelta(days=20)).date().isoformat())
    nas.nas.sessions["bea"] = ""
    nas.nas.faults.append("lose")  # the answer to the first is lost, and meanwhile more is ordered
    async with reached(world, nas, settings, "&active=full&suspended=walled") as outside:
        worker = Runner(world.database, kinds=WORK, outside=outside, clock=world.clock, jitter=lambda: 0.0)
        worker._committed(world.organisation_id)
        await worker.claim_due()
        await nas.nas.reached.wait()
        for verb in ("suspend", "lift", "suspend"):
            await world.done("POST", f"/v1/subscriptions/{service['id']}/{verb}", {"reason": "fault"}, role="back_office")
        assert await worker.claim_due() == 0  # none runs beside another of its service
        await worker.settle_running()
        world.clock.forward(seconds=1)
        await worker.drain()
    assert [one.value(11) for one in nas.nas.asked][1:] == [b"walled"]
    assert len(nas.nas.arrived) == 3
    assert nas.nas.sessions == {"bea": "walled"}
    assert [outcome for _, outcome, _ in await orders(world, service)] == ["confirmed", "overtaken", "overtaken", "confirmed"]


async def test_what_radius_cant_tell_is_neither_asked_nor_taken_for_agreement(world: World, nas: RunningNas, settings: Settings) -> None:
    service = await opened(world, reference="bea")
    async with reached(world, nas, settings) as outside:
        await work(world, outside)
        assert len(nas.nas.arrived) == 1
        (comparison,) = await world.sql(
            "select due_at, last_error from kit.task where organisation_id = $1 and kind = 'compare_network'", world.organisation_id
        )
        assert (comparison["due_at"] > world.clock.now, comparison["last_error"]) == (True, None)
        assert (await world.get("/v1/provisioning/differences")).json() == {"items": [], "next": None, "heard": False}
        world.clock.forward(seconds=60)
        told = {"observed_at": world.clock.now.isoformat(), "services": [{"subscription_id": service["id"], "state": "ended"}]}
        receipt = await world.done("POST", "/v1/provisioning/observed", told, role="back_office")
        assert receipt["differing"] == 1
        assert (await world.get("/v1/provisioning/differences")).json()["heard"] is True
        nas.nas.sessions["bea"] = ""
        await work(world, outside)
    assert nas.nas.sessions == {}  # what it is told otherwise is ordered anew, as by webhook
    assert [outcome for _, outcome, _ in await orders(world, service)] == ["confirmed", "confirmed"]


async def test_another_organisations_network_is_never_asked(world: World, nas: RunningNas, settings: Settings) -> None:
    service = await opened(world, reference="bea")
    nas.nas.sessions["bea"] = "a namesake's"
    told = msgspec.structs.replace(
        settings,
        provisioning_url=f"{nas.url}?organisation={world.id()}",
        provisioning_secret=SECRET,
        inside_targets=(nas.authority,),
    )
    async with open_outside(told) as outside:
        await work(world, outside)
    assert nas.nas.arrived == []
    assert await orders(world, service) == [(1, "requested", "")]


async def test_a_plan_that_took_over_is_known_by_the_name_that_the_one_before_had(
    world: World, nas: RunningNas, settings: Settings
) -> None:
    old = await subscribed(world, reference="bea", begins_on="2026-03-05")
    await pay(world, await renew(world, old))
    nas.nas.sessions["bea"] = "slow"
    names: list[list[str | None]] = []

    async def named(*services: dict[str, Any]) -> None:
        told = {one["subscription_id"]: one["reference"] for one in (await world.done("GET", "/v1/provisioning/state"))["items"]}
        names.append([told[one["id"]] for one in services])

    async with reached(world, nas, settings, "&active=full&suspended=walled") as outside:
        first = await asked(world, old)
        await authorise(world, first)
        await work(world, outside)
        await named(old, first)
        assert nas.nas.sessions == {"bea": "full"}, "what waits is not what runs"
        await until(world, date(2026, 4, 5))
        nas.nas.sessions["bea"] = "slow"
        await work(world, outside)
        await named(old, first)
        assert nas.nas.sessions == {"bea": "full"}, "who stays signed in is under the new plan, and was never thrown out"
        second = await asked(world, first)
        await authorise(world, second)
        await until(world, date(2026, 5, 5))
        await work(world, outside)
        await named(old, first, second)
    assert names == [["bea", None], [None, "bea"], [None, None, "bea"]]
    assert [outcome for _, outcome, _ in await orders(world, second)][-1] == "confirmed"
