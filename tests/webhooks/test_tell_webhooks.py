"""Programs elsewhere hear of what happens, in order, signed, and until they have it."""

import asyncio
from collections.abc import Awaitable, Callable

import msgspec
import pytest

from service.integrations.asgi import Answer
from service.kit.tasks.runner import Runner
from service.webhooks.background import SERVED_AT_ONCE
from service.webhooks.serving import pause_after
from tests.webhooks.builders import Hearer, Hooks, data, signed_by
from tests.world import World

Works = Callable[..., Awaitable[int]]


async def test_it_hears_what_the_feed_shows_from_when_it_was_added(world: World, hooks: Hooks, receiver: Hearer, work: Works) -> None:
    await hooks.customer("before")
    began = (await world.done("GET", "/v1/facts"))["next"]
    hook = await hooks.add()
    ada = await hooks.customer()
    await hooks.change(ada, name="Ada Keeper")
    await work()
    shown = (await world.done("GET", f"/v1/facts?after={began}"))["items"]
    assert [data(request) for request in receiver.requests] == shown
    assert [fact["kind"] for fact in shown] == ["webhook_added", "customer_added", "customer_changed"]
    for request, delivery in zip(receiver.requests, reversed(await hooks.log(hook)), strict=True):
        sent = msgspec.json.decode(request.body)
        assert sent["type"] == sent["data"]["kind"] == delivery["kind"]
        assert request.headers["webhook-id"] == delivery["id"]
        assert (delivery["state"], [one["status"] for one in delivery["log"]]) == ("delivered", [200])
    await work()
    assert len(receiver.requests) == 3, "nothing is sent twice"


async def test_its_secret_proves_who_sent_it(hooks: Hooks, receiver: Hearer, work: Works) -> None:
    hook = await hooks.add(kinds=["customer_added"])
    await hooks.customer()
    await work()
    [request] = receiver.requests
    assert signed_by(request, hook["secret"])
    assert not signed_by(request, (await hooks.add())["secret"])


async def test_it_hears_only_of_the_kinds_it_asked_for_and_of_what_its_scopes_read(
    world: World, hooks: Hooks, receiver: Hearer, work: Works
) -> None:
    await hooks.add(kinds=["job_opened", "customer_changed"], scopes=["customers:read"])
    ada = await hooks.customer()
    await hooks.change(ada, name="Ada Keeper")
    site = await world.done(
        "POST", f"/v1/customers/{ada}/sites", {"address": "Lindenallee 7", "zone": "Europe/Berlin", "jurisdiction": "DE"}
    )
    await world.done("POST", "/v1/jobs", {"customer_id": ada, "site_id": site["id"], "kind": "repair", "symptom": "No light"})
    await work()
    assert receiver.kinds == ["customer_changed"]


async def test_what_waits_holds_back_the_later_ones_of_its_subject_and_nobody_elses(hooks: Hooks, receiver: Hearer, work: Works) -> None:
    hook = await hooks.add(kinds=["customer_added", "customer_changed"])
    ada = await hooks.customer("Ada")
    receiver.refused = {ada}
    for seconds in (3, 6, 11, 21):
        await work(seconds=seconds)
    assert len(receiver.requests) == 4
    await hooks.change(ada, name="Ada Keeper")
    bob = await hooks.customer("Bob")
    await hooks.change(bob, name="Bob Keeper")
    await work()
    assert [data(one)["subject_id"] for one in receiver.requests[4:]] == [bob, bob]
    receiver.refused = set()
    await work(minutes=1)
    assert [(data(one)["subject_id"], data(one)["kind"]) for one in receiver.requests[6:]] == [
        (ada, "customer_added"),
        (ada, "customer_changed"),
    ]
    first, again = receiver.requests[0], receiver.requests[6]
    assert first.headers["webhook-id"] == again.headers["webhook-id"]
    assert first.body == again.body
    delivery = (await hooks.log(hook))[-1]
    assert [(one["status"], one["outcome"]) for one in delivery["log"]] == [(200, "delivered"), *[(422, "refused")] * 4]


async def test_who_comes_back_after_an_outage_has_everything_once_and_in_order(hooks: Hooks, receiver: Hearer, work: Works) -> None:
    await hooks.add(kinds=["customer_added", "customer_changed"])
    receiver.answers = [Answer(status=503)] * 1_000
    ids = [await hooks.customer(f"Customer {number}") for number in range(20)]
    for _ in range(12):
        await work(hours=1)
        await hooks.change(ids[0], name=f"Renamed {len(receiver.requests)}")
    receiver.answers, before = [], len(receiver.requests)
    for _ in range(8):
        await work(hours=1)
    arrived = receiver.requests[before:]
    assert sorted({data(one)["subject_id"] for one in arrived}) == sorted(ids)
    assert len({one.headers["webhook-id"] for one in arrived}) == len(arrived) == 32
    versions = [data(one)["occurred_at"] for one in arrived if data(one)["subject_id"] == ids[0]]
    assert versions == sorted(versions)
    assert len(versions) == 13


async def test_what_nobody_takes_for_three_days_is_given_up_while_others_get_through(hooks: Hooks, receiver: Hearer, work: Works) -> None:
    hook = await hooks.add(kinds=["customer_added", "customer_changed"])
    ada = await hooks.customer("Ada")
    receiver.refused = {ada}
    for _ in range(26):
        await hooks.customer()
        await work(hours=3)
    [failed] = await hooks.log(hook, "?state=failed")
    assert failed["subject_id"] == ada
    assert 15 < failed["attempts"] < 40
    assert {(one["status"], one["outcome"], one["said"]) for one in failed["log"]} == {(422, "refused", "No such customer here")}
    assert (await hooks.look(hook))["state"] == "active"
    await hooks.change(ada, name="Ada Keeper")
    receiver.refused = set()
    await work()
    assert data(receiver.requests[-1])["kind"] == "customer_changed"
    assert (await hooks.do(hook, f"deliveries/{failed['id']}/resend")) == {"resent": 1, "more": False}
    await work()
    assert receiver.requests[-1].headers["webhook-id"] == failed["id"]
    assert await hooks.log(hook, "?state=failed") == []


def test_pauses_double_from_seconds_to_hours_and_no_two_are_alike() -> None:
    longest = [pause_after(attempt, 0.999).total_seconds() for attempt in range(1, 20)]
    assert longest == sorted(longest)
    assert longest[0] < 5.01
    assert 21_000 < longest[-1] <= 21_600
    assert pause_after(3, 0.0) < pause_after(3, 0.5) < pause_after(3, 0.9)


async def test_two_workers_at_once_and_one_killed_in_the_middle_lose_nothing(
    world: World, hooks: Hooks, receiver: Hearer, worker: Callable[[], Runner]
) -> None:
    hook = await hooks.add(kinds=["customer_added"])
    for number in range(10):
        await hooks.customer(f"Customer {number}")
    world.clock.forward(seconds=3)
    killed, other = worker(), worker()
    await asyncio.gather(killed.claim_due(), other.claim_due())
    await receiver.came(1)
    for runner in (killed, other):
        for run in list(runner._running):
            run.cancel()
    await asyncio.gather(*killed._running, *other._running, return_exceptions=True)
    taken = len(receiver.requests)
    assert taken <= 10, "one worker alone had it"
    world.clock.forward(minutes=2)
    await asyncio.gather(worker().drain(), worker().drain())
    assert {one.headers["webhook-id"] for one in receiver.requests} == {one["id"] for one in await hooks.log(hook)}
    assert len({data(one)["subject_id"] for one in receiver.requests}) == 10
    assert [one["state"] for one in await hooks.log(hook)] == ["delivered"] * 10
    assert len(receiver.requests) <= taken + 10


@pytest.mark.parametrize("location", ["http://127.0.0.1:9/", "http://169.254.169.254/latest/meta-data/"])
async def test_a_redirect_goes_nowhere(hooks: Hooks, receiver: Hearer, work: Works, location: str) -> None:
    hook = await hooks.add(kinds=["customer_added"])
    receiver.answers = [Answer(status=307, headers={"location": location})]
    await hooks.customer()
    await work()
    [delivery] = await hooks.log(hook)
    assert [(one["outcome"], one["status"]) for one in delivery["log"]] == [("refused", 307)]


async def test_who_never_answers_is_asked_again_and_keeps_nobody_waiting(hooks: Hooks, receiver: Hearer, work: Works) -> None:
    receiver.silent = True
    slow = await hooks.add(url=f"{hooks.url}?slow", kinds=["customer_added"])
    quick = await hooks.add(kinds=["customer_added"])
    await hooks.customer()
    await work()
    assert [one["state"] for one in await hooks.log(quick)] == ["delivered"]
    [waits] = await hooks.log(slow)
    assert [(one["outcome"], one["status"]) for one in waits["log"]] == [("unknown", None)]
    receiver.silent = False
    await work(minutes=1)
    [arrived] = await hooks.log(slow)
    assert [one["outcome"] for one in arrived["log"]] == ["delivered", "unknown"]


async def test_slow_receivers_of_one_organisation_keep_few_places_and_its_quick_ones_have_their_turn(
    world: World, hooks: Hooks, receiver: Hearer, worker: Callable[[], Runner]
) -> None:
    slow = [await hooks.add(url=f"{hooks.url}?slow{number}", kinds=["customer_added"]) for number in range(8)]
    quick = await hooks.add(kinds=["customer_added"])
    await hooks.customer()
    world.clock.forward(seconds=3)
    runner = worker()
    with receiver.holding():
        assert await runner.claim_due() == 9
        await receiver.came(SERVED_AT_ONCE)
        while len(runner._running) > SERVED_AT_ONCE:
            await asyncio.wait(runner._running, return_when=asyncio.FIRST_COMPLETED)
        assert len(receiver.requests) == SERVED_AT_ONCE, "the others gave their places back"
    await runner.settle_running()
    for _ in range(2):
        world.clock.forward(seconds=3)
        await runner.drain()
    assert [[one["state"] for one in await hooks.log(hook)] for hook in (*slow, quick)] == [["delivered"]] * 9
