"""Background work: once, in order, within limits, and never lost."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from service.customers.customers import add_customer
from service.customers.records import NewCustomer
from service.kit.refusals import IdTaken, NotFound
from service.kit.tasks.registry import Kind, Later, Task, TaskFailed, TaskHopeless
from service.kit.tasks.runner import Runner
from service.kit.verbs import Work, verb
from tests.world import World


def runner(world: World, handler: Callable[[Task], Awaitable[None]], **differences: Any) -> Runner:
    """A worker that knows one kind, `tried`, of this world alone."""
    kind = Kind(**{
        "name": kind_of(world), "handler": handler, "attempts": 3, "seconds": 30, "first_pause_seconds": 10, "longest_pause_seconds": 3600, "every": None,
        **differences,
    })  # fmt: skip
    return Runner(world.database, kinds={kind.name: kind}, clock=world.clock, jitter=lambda: 0.0)


def kind_of(world: World) -> str:
    """A word of this world's own: tests share a database, and a runner works for all organisations."""
    return "tried_" + "".join(chr(97 + byte % 26) for byte in world.organisation_id.bytes)


async def want(world: World, *, subject: UUID | None = None, number: int = 0, after: timedelta = timedelta()) -> UUID:
    task_id = world.id()
    await world.sql(
        "with task as (insert into kit.task (organisation_id, task_id, kind, subject_id, body, due_at, request_id, created_at)"
        "  values ($1, $2, $3, $4, jsonb_build_object('number', $5::int), $6, $2, $7))"
        " insert into kit.due (organisation_id, task_id, kind, due_at) values ($1, $2, $3, $6)",
        world.organisation_id,
        task_id,
        kind_of(world),
        subject or world.id(),
        number,
        world.clock.now + after,
        world.clock.now,
    )
    return task_id


async def state(world: World, task_id: UUID) -> tuple[str, int, str | None]:
    (row,) = await world.sql("select state, attempts, last_error from kit.task where task_id = $1", task_id)
    return row["state"], row["attempts"], row["last_error"]


async def test_a_task_runs_when_it_is_due_and_once(world: World) -> None:
    ran = []

    async def handler(task: Task) -> None:
        ran.append(task.task_id)

    worker = runner(world, handler)
    due, later = await want(world), await want(world, after=timedelta(minutes=5))
    await worker.drain()
    assert ran == [due]
    world.clock.forward(minutes=5)
    await worker.drain()
    await worker.drain()
    assert ran == [due, later]
    assert (await state(world, later))[0] == "done"
    assert await world.sql("select from kit.due where organisation_id = $1", world.organisation_id) == []


async def test_tasks_about_one_subject_run_in_order_also_when_one_has_to_wait(world: World) -> None:
    ran: list[int] = []

    async def handler(task: Task) -> None:
        if task.body["number"] == 1 and task.attempt == 1:
            raise TaskFailed("the other side is away")
        ran.append(task.body["number"])

    worker = runner(world, handler)
    subject = world.id()
    for number in (1, 2, 3):
        await want(world, subject=subject, number=number)
    await want(world, number=9)
    await worker.drain()
    assert ran == [9]  # another subject isn't held up
    world.clock.forward(seconds=11)
    await worker.drain()
    assert ran == [9, 1, 2, 3]


async def test_a_failure_is_retried_with_growing_pauses_and_then_shown_and_driven_again(world: World) -> None:
    works = False

    async def handler(task: Task) -> None:
        if not works:
            raise TaskFailed("no answer")

    worker = runner(world, handler)
    task_id = await want(world)
    pauses = []
    for _ in range(3):
        await worker.drain()
        due = await world.sql("select due_at from kit.due where task_id = $1", task_id)
        if due:
            pauses.append((due[0]["due_at"] - world.clock.now).total_seconds())
            world.clock.now = due[0]["due_at"]
    assert pauses == [5.0, 10.0]
    assert await state(world, task_id) == ("dead", 3, "no answer")
    (shown,) = (await world.done("GET", "/v1/tasks/dead"))["items"]
    assert (shown["id"], shown["last_error"], shown["attempts"]) == (str(task_id), "no answer", 3)
    works = True
    await world.done("POST", f"/v1/tasks/{task_id}/drive-again")
    refused = await world.post(f"/v1/tasks/{task_id}/drive-again")
    assert (refused.status_code, refused.json()["code"], refused.json()["state"]) == (409, "TASK_NOT_DEAD", "waiting")
    await worker.drain()
    assert (await state(world, task_id))[0] == "done"
    kinds = [fact["kind"] for fact in (await world.done("GET", "/v1/facts"))["items"]]
    assert kinds == ["task_died", "task_driven_again"]


async def test_only_who_may_drives_again(world: World) -> None:
    assert (await world.get("/v1/tasks/dead", role="technician")).status_code == 403
    assert (await world.post(f"/v1/tasks/{world.id()}/drive-again", role="back_office")).status_code == 403
    assert (await world.post(f"/v1/tasks/{world.id()}/drive-again")).status_code == 404


async def test_a_dead_task_lets_the_next_of_its_subject_pass(world: World) -> None:
    async def handler(task: Task) -> None:
        if task.body["number"] == 1:
            raise TaskHopeless("it can't be sent")

    worker = runner(world, handler)
    subject = world.id()
    poison, healthy = await want(world, subject=subject, number=1), await want(world, subject=subject, number=2)
    await worker.drain()
    assert await state(world, poison) == ("dead", 1, "it can't be sent")
    assert (await state(world, healthy))[0] == "done"


async def test_a_defect_is_one_tasks_failure_and_keeps_its_words_to_itself(world: World) -> None:
    async def handler(task: Task) -> None:
        raise ValueError("ada@example.com has the password hunter2")

    task_id = await want(world)
    await runner(world, handler, attempts=1).drain()
    assert await state(world, task_id) == ("dead", 1, "ValueError")


async def test_who_lost_the_lease_cannot_finish(world: World) -> None:
    first_runs, let_first_go = asyncio.Event(), asyncio.Event()
    ends: list[str] = []

    async def slow(task: Task) -> None:
        first_runs.set()
        await let_first_go.wait()
        ends.append("first")
        raise TaskFailed("the first ended late")

    async def quick(task: Task) -> None:
        ends.append("second")

    task_id = await want(world)
    stalled, other = runner(world, slow), runner(world, quick)
    await stalled.claim_due()
    await first_runs.wait()
    await other.drain()
    assert ends == []  # leased: nobody else's
    world.clock.forward(seconds=46)
    await other.drain()
    assert await state(world, task_id) == ("done", 2, None)
    let_first_go.set()
    await stalled.settle_running()
    assert ends == ["second", "first"]
    assert await state(world, task_id) == ("done", 2, None)
    assert await world.sql("select from kit.due where task_id = $1", task_id) == []


async def test_a_step_done_once_is_not_done_again_by_a_second_run(world: World) -> None:
    added: list[UUID] = []

    async def handler(task: Task) -> None:
        receipt = await task.perform(add_customer, once="add", customer=NewCustomer(name="Ada", zone="Europe/Berlin"))
        added.append(receipt.id)
        if task.attempt == 1:
            raise TaskFailed("after the step")

    worker = runner(world, handler)
    await want(world)
    await worker.drain()
    world.clock.forward(seconds=6)
    await worker.drain()
    assert added[0] == added[1]
    assert len(await world.sql("select from customers.customer")) == 1


async def test_work_that_has_to_wait_costs_no_attempt(world: World) -> None:
    async def handler(task: Task) -> None:
        raise Later(world.clock.now + timedelta(hours=1))

    worker = runner(world, handler)
    task_id = await want(world)
    for _ in range(5):
        await worker.drain()
        world.clock.forward(hours=1)
    assert await state(world, task_id) == ("waiting", 0, None)


async def test_a_run_that_takes_too_long_is_cancelled_and_failed(world: World) -> None:
    async def handler(task: Task) -> None:
        await asyncio.Event().wait()

    task_id = await want(world)
    await runner(world, handler, seconds=0.05, attempts=1).drain()
    assert await state(world, task_id) == ("dead", 1, "took longer than 0.05 s")


async def test_periodic_work_is_one_row_that_comes_again_and_never_dies(world: World) -> None:
    runs = 0

    async def handler(task: Task) -> None:
        nonlocal runs
        runs += 1
        if runs == 2:
            raise TaskFailed("for a moment")

    worker = runner(world, handler, every=timedelta(minutes=1), attempts=1)
    started = asyncio.create_task(worker.run())
    await asyncio.sleep(0)
    await world.customer()  # the organisation does something
    await worker.stop()
    await started
    worker._stopping = False
    await worker.drain()
    for _ in range(2):
        world.clock.forward(minutes=1)
        await worker.drain()
    rows = await world.sql("select state, attempts from kit.task")
    assert [(row["state"], row["attempts"]) for row in rows] == [("waiting", 0)]
    assert runs == 3


@verb(refusals=(NotFound, IdTaken))
async def find_or_not(work: Work, *, found: list[int], number: int) -> None:
    if number == 2:
        raise NotFound
    if number == 3:
        raise IdTaken
    found.append(number)


async def test_one_of_many_who_is_refused_stops_none_behind_them_and_is_told_until_they_pass(world: World) -> None:
    many = [1, 2, 3, 4]
    found: list[int] = []
    passed = []

    async def handler(task: Task) -> None:
        passed.append([await task.perform_apart(find_or_not, expected=IdTaken, found=found, number=number) for number in many])

    worker = runner(world, handler, every=timedelta(minutes=1))
    worker._committed(world.organisation_id)
    for run in (1, 2, 3):
        await worker.drain()
        assert (found, passed[-1]) == ([1, 4] * run, [True, False, True, True])
        rows = await world.sql("select state, attempts, last_error from kit.task where kind = $1", kind_of(world))
        assert [tuple(row) for row in rows] == [("waiting", 0, "NOT_FOUND")]
        world.clock.forward(minutes=1)
    many.remove(2)
    await worker.drain()
    rows = await world.sql("select last_error from kit.task where kind = $1", kind_of(world))
    assert [row["last_error"] for row in rows] == [None]


async def test_a_worker_that_stops_gives_back_what_it_has_not_finished(world: World) -> None:
    begun = asyncio.Event()

    async def stuck(task: Task) -> None:
        begun.set()
        await asyncio.Event().wait()

    task_id = await want(world)
    worker = runner(world, stuck)
    await worker.claim_due()
    await begun.wait()
    await worker.stop(patience_seconds=0)
    assert await state(world, task_id) == ("waiting", 0, None)
    assert [row["due_at"] for row in await world.sql("select due_at from kit.due where task_id = $1", task_id)] == [world.clock.now]


async def test_many_workers_run_each_task_once_and_each_subject_in_order(world: World) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    chance = random.Random(seed)
    subjects = [world.id() for _ in range(5)]
    ran: dict[UUID, list[int]] = {subject: [] for subject in subjects}
    busy: set[UUID] = set()

    async def handler(task: Task) -> None:
        assert task.subject_id not in busy, "two at once about one subject"
        busy.add(task.subject_id)
        await asyncio.sleep(0.001 * chance.random())
        busy.discard(task.subject_id)
        ran[task.subject_id].append(task.body["number"])

    for number in range(60):
        await want(world, subject=chance.choice(subjects), number=number)
    workers = [runner(world, handler) for _ in range(3)]
    deadline = asyncio.get_running_loop().time() + 20
    while sum(len(one) for one in ran.values()) < 60 and asyncio.get_running_loop().time() < deadline:
        await asyncio.gather(*(worker.drain() for worker in workers))
        world.clock.forward(seconds=1)
    assert sum(len(one) for one in ran.values()) == 60
    assert all(one == sorted(one) for one in ran.values())


@pytest.mark.parametrize("fraction", [0.0, 0.5, 0.999])
def test_pauses_double_up_to_a_limit_with_jitter(fraction: float) -> None:
    kind = Kind("x", None, 10, 30, 1, 60, None)  # type: ignore[arg-type]
    pauses = [kind.pause(attempt, fraction).total_seconds() for attempt in (1, 2, 3, 7, 1000)]
    factor = 0.5 + fraction / 2
    assert pauses == pytest.approx([factor, 2 * factor, 4 * factor, 60 * factor, 60 * factor], abs=1e-5)


async def test_what_several_ask_for_alike_is_done_once_for_all_and_a_bad_one_spoils_it_for_nobody(world: World) -> None:
    asked: list[list[int]] = []
    got = {}

    @verb(refusals=(NotFound,))
    async def doubled(_: Work, *, items: list[int]) -> list[int]:
        asked.append(sorted(items))
        if 3 in items:
            raise NotFound
        return [2 * item for item in items]

    async def handler(task: Task) -> None:
        got[task.body["number"]] = await task.perform_together(doubled, task.body["number"])

    tasks = {number: await want(world, number=number) for number in (1, 2)}
    await runner(world, handler).drain()
    assert (asked, got) == ([[1, 2]], {1: 2, 2: 4})

    tasks = {number: await want(world, number=number) for number in (3, 4, 5)}
    await runner(world, handler).drain()
    assert got == {1: 2, 2: 4, 4: 8, 5: 10}
    assert sorted(asked[1:]) == [[3], [3, 4, 5], [4], [5]]
    assert {number: await state(world, task_id) for number, task_id in tasks.items()} == {
        3: ("waiting", 1, "NOT_FOUND"),
        4: ("done", 1, None),
        5: ("done", 1, None),
    }
