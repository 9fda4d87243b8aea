"""Cash is recorded whatever the limit; whoever holds as much as they may is sent to collect no more until they hand in."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from service.billing.background import run_watch_cash_limits
from service.kit.tasks.registry import KINDS
from service.kit.tasks.runner import Runner
from tests.billing.builders import EUR, Books, pay
from tests.dispatch.builders import job
from tests.files import leaves_whole
from tests.world import World

DAY = "2026-03-05"


def worker_of(world: World) -> Runner:
    """What watches limits, and what judges one at once."""
    assert KINDS["watch_cash_limits"].handler is run_watch_cash_limits
    kinds = {kind: KINDS[kind] for kind in ("watch_cash_limits", "judge_cash_limit")}
    worker = Runner(world.database, kinds=kinds, clock=world.clock, jitter=lambda: 0.0)
    worker._committed(world.organisation_id)
    return worker


async def collector(world: World) -> str:
    """The agent, who goes to doors tomorrow and may take cash."""
    await world.token("agent")
    staff_id = str(world._staff["agent",]["id"])
    await world.done("POST", "/v1/technicians", {"staff_id": staff_id, "zone": "Europe/Berlin", "may_take_cash": True})
    hours = {"from_on": "2026-03-04", "until_on": "2026-03-06", "starts": "08:00:00", "ends": "17:00:00"}
    await world.done("POST", f"/v1/technicians/{staff_id}/shifts", hours)
    return staff_id


async def to_collect(world: World, books: Books) -> str:
    """A collection job: its path."""
    customer_id = await books.customer()
    opened = await job(
        world, customer_id=str(customer_id), kind="collection", collects_invoice_ids=[str(await books.invoice(customer_id, 4_990))]
    )
    return f"/v1/jobs/{opened['id']}"


async def limit(world: World, amount: int | None, *, staff_id: str | None = None) -> dict[str, Any]:
    return await world.done("POST", "/v1/cash/limits", {"staff_id": staff_id, "currency": EUR, "limit_minor": amount})


async def kinds_told(world: World) -> list[str]:
    rows = await world.sql(
        "select kind from kit.fact where organisation_id = $1 and kind like 'cash_limit%' order by transaction_id, sequence",
        world.organisation_id,
    )
    return [row[0] for row in rows]


async def test_at_the_limit_cash_is_recorded_and_no_collection_is_booked_until_some_is_handed_in(world: World, books: Books) -> None:
    agent, path, worker = await collector(world), await to_collect(world, books), worker_of(world)
    await limit(world, 5_000)
    visit = {"technician_id": agent, "from": f"{DAY}T09:00:00Z"}
    booked = await world.done("POST", f"{path}/visits", visit)
    held = await world.done("POST", f"{await to_collect(world, books)}/holds", {**visit, "from": f"{DAY}T11:00:00Z"})
    await pay(world, 6_000, customer_id=await books.customer())
    await worker.drain()
    assert await kinds_told(world) == ["cash_limit_set", "cash_limit_reached"]
    other = await to_collect(world, books)
    for what, body in (
        (f"{other}/visits", {**visit, "from": f"{DAY}T13:00:00Z"}),
        (f"/v1/holds/{held['id']}/book", {}),
        (f"/v1/visits/{booked['id']}/dispatch", {}),
    ):
        answer = await world.post(what, body)
        assert (answer.status_code, answer.json()["code"]) == (409, "CASH_LIMIT_REACHED"), what
    slots = {"from_on": DAY, "days": 1}
    assert agent not in (await world.post(f"{other}/slots", slots)).text
    await pay(world, 100, customer_id=await books.customer())
    handed = {"counted": {"amount": 6_000, "currency": EUR}}
    await world.done("POST", "/v1/cash/hand-ins", handed, role="agent", key=str(world.id()))
    await worker.drain()
    assert (await kinds_told(world))[-1] == "cash_limit_kept_again"
    assert agent in (await world.post(f"{other}/slots", slots)).text
    await world.done("POST", f"{other}/visits", {**visit, "from": f"{DAY}T13:00:00Z"})
    assert (await world.post(f"/v1/holds/{held['id']}/book", {})).status_code == 201
    assert (await world.post(f"/v1/visits/{booked['id']}/dispatch", {})).is_success


async def test_ones_own_limit_goes_before_that_of_all_and_each_version_stays(world: World, books: Books) -> None:
    agent, worker = await collector(world), worker_of(world)
    await pay(world, 3_000, customer_id=await books.customer())
    assert (await limit(world, 2_000))["version"] == 1
    assert (await limit(world, 4_000, staff_id=agent))["version"] == 1
    assert (await limit(world, 4_000, staff_id=agent))["version"] == 1
    await worker.drain()
    stopped = "select stopped from dispatch.collection_stop where organisation_id = $1 order by step desc limit 1"
    assert await world.sql(stopped, world.organisation_id) == []
    assert (await limit(world, None, staff_id=agent))["version"] == 2
    world.clock.forward(minutes=2)
    await worker.drain()
    assert (await world.sql(stopped, world.organisation_id))[0][0] is True
    listed = await leaves_whole(world, "/v1/cash/limits", role="back_office")
    assert [(one["staff_id"], one["limit_minor"], one["in_force"]) for one in listed] == [
        (None, 2_000, True),
        (agent, 4_000, False),
        (agent, None, True),
    ]
    assert all(one["set_by"].startswith("staff:") for one in listed)


async def test_only_a_manager_sets_limits(world: World) -> None:
    body = {"currency": EUR, "limit_minor": 1}
    for role in ("agent", "technician", "dispatcher", "back_office"):
        assert (await world.post("/v1/cash/limits", body, role=role)).json()["code"] == "NOT_ALLOWED"
    assert (await world.post("/v1/cash/limits", {**body, "staff_id": str(world.id())})).status_code == 404


SENT = """
with sent as (
  insert into dispatch.collection_stop (organisation_id, technician_id, step, was_stopped, stopped, visit_id, visit_step, actor, happened_at)
  select s.organisation_id, s.technician_id, {next}, {stopped}, {stopped}, s.visit_id, {step}, 'x', now()
  from dispatch.visit_step s where s.organisation_id = $1 and s.visit_id = $2 and s.step = 1 and {written})
insert into dispatch.visit_step (organisation_id, visit_id, collects, step, from_state, to_state, technician_id, starts_at, ends_at, arrive_until, zone, starts_wall, actor, captured_at)
select organisation_id, visit_id, {collects}, 2, 'booked', 'dispatched', technician_id, starts_at, ends_at, arrive_until, zone, starts_wall, 'x', now()
from dispatch.visit_step where organisation_id = $1 and visit_id = $2 and step = 1"""


@pytest.mark.parametrize(
    "constraint, how",
    [
        ("sent_to_collect_by_the_chain", {"written": "false"}),
        ("one_sending_a_visit_step", {"step": "1"}),
        ("visit_step_of_visit", {"written": "false", "collects": "false"}),
        ("collection_stop_follows", {}),
        ("nobody_stopped_is_sent", {"stopped": "true"}),
        ("one_collection_stop_a_step", {"next": "2"}),
    ],
)
async def test_no_raw_sql_sends_whoever_is_stopped_to_collect(world: World, books: Books, constraint: str, how: dict[str, str]) -> None:
    agent, path = await collector(world), await to_collect(world, books)
    await limit(world, 5_000)
    booked = await world.done("POST", f"{path}/visits", {"technician_id": agent, "from": f"{DAY}T09:00:00Z"})
    await pay(world, 6_000, customer_id=await books.customer())
    await worker_of(world).drain()
    statement = SENT.format(**({"next": "3", "stopped": "false", "step": "2", "written": "true", "collects": "true"} | how))
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=constraint):
        await world.sql(statement, world.organisation_id, UUID(booked["id"]))


async def test_no_raw_sql_lifts_the_stop_of_full_hands(world: World, books: Books) -> None:
    agent = await collector(world)
    await limit(world, 5_000)
    await pay(world, 6_000, customer_id=await books.customer())
    await worker_of(world).drain()
    lifted = (
        "insert into dispatch.collection_stop (organisation_id, technician_id, step, was_stopped, stopped, actor, happened_at)"
        " values ($1, $2, 2, true, false, 'x', now())"
    )
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="full_hands_stay_stopped"):
        await world.sql(lifted, world.organisation_id, UUID(agent))
    await limit(world, 6_001)
    await world.sql(lifted, world.organisation_id, UUID(agent))


async def test_nobody_is_sent_in_advance(world: World) -> None:
    agent = await collector(world)
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="sending_of_visit_step"):
        await world.sql(
            "insert into dispatch.collection_stop (organisation_id, technician_id, step, was_stopped, stopped, visit_id, visit_step, actor, happened_at)"
            " values ($1, $2, 1, false, false, $3, 2, 'x', now())",
            world.organisation_id, UUID(agent), world.id(),
        )  # fmt: skip


@pytest.mark.parametrize(
    "constraint, values",
    [
        ("cash_limit_follows", "2, 100"),
        ("cash_limit_is_money", "1, -1"),
    ],
)
async def test_no_raw_sql_breaks_a_limits_history(world: World, constraint: str, values: str) -> None:
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match=constraint):
        await world.sql(
            f"insert into billing.cash_limit (organisation_id, currency, version, limit_minor, set_by, set_at) select $1, 'EUR', {values}, 'staff', now()",
            world.organisation_id,
        )
