"""Who is told is kept by whoever manages it: secrets shown once, addresses outside alone, paused, resumed and ended; nobody else's are ever seen."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import asyncpg
import msgspec
import pytest

from service.integrations.asgi import Answer
from service.integrations.mail import read_server
from service.integrations.outside import Outside
from service.kit.tasks.runner import Runner
from tests.care.devices import hand
from tests.notices.conftest import Mailbox, own_tellings
from tests.webhooks.builders import Hearer, Hooks, data, signed_by
from tests.world import World

Works = Callable[..., Awaitable[int]]


async def test_a_secret_is_shown_where_it_is_made_and_two_sign_while_one_takes_over(
    world: World, hooks: Hooks, receiver: Hearer, work: Works
) -> None:
    hook = await hooks.add(kinds=["customer_added"])
    assert hook["secret"].startswith("whsec_")
    assert "secret" not in await hooks.look(hook)
    key = str(world.id())
    made = await world.done("POST", f"/v1/webhooks/{hook['id']}/secrets", {"former_hours": 2}, key=key)
    again = await world.done("POST", f"/v1/webhooks/{hook['id']}/secrets", {"former_hours": 2}, key=key)
    assert made == again
    assert made["number"] == 2
    await hooks.customer()
    await work()
    assert [signed_by(receiver.requests[0], one["secret"]) for one in (hook, made)] == [True, True]
    await work(hours=2)
    await hooks.customer()
    await work()
    assert [signed_by(receiver.requests[1], one["secret"]) for one in (hook, made)] == [False, True]
    third = await hooks.do(hook, "secrets", {"number": 3, "former_hours": 0})
    for number in (3, 5):
        refused = await world.post(f"/v1/webhooks/{hook['id']}/secrets", {"number": number})
        assert (refused.status_code, refused.json()["code"], refused.json()["number"]) == (409, "SECRET_OUT_OF_TURN", 3)
    await hooks.customer()
    await work()
    assert [signed_by(receiver.requests[2], one["secret"]) for one in (hook, made, third)] == [False, False, True]


@pytest.mark.parametrize(
    "url,reason",
    [
        ("http://books.example/hook", "scheme"),
        ("radius://books.example:3799", "scheme"),
        ("https://books.example:22/", "port"),
        ("https://user:pass@books.example/", "credentials"),
        ("https://127.0.0.1/", "inside"),
        ("https://169.254.169.254/latest/meta-data/", "inside"),
        ("https://[::ffff:10.0.0.1]/", "inside"),
        ("https://books.example/\\n", "malformed"),
    ],
)
async def test_what_leads_inside_is_not_taken(world: World, url: str, reason: str) -> None:
    refused = await world.post("/v1/webhooks", {"url": url})
    assert (refused.status_code, refused.json()["code"], refused.json()["reason"]) == (422, "WEBHOOK_TARGET_REFUSED", reason)


@pytest.mark.parametrize("host", ["localhost", "0x7f.1", "2130706433", "127.1"])
async def test_a_name_that_leads_inside_is_sent_nothing(hooks: Hooks, receiver: Hearer, work: Works, host: str) -> None:
    hook = await hooks.add(url=f"https://{host}/hook", kinds=["customer_added"])
    await hooks.customer()
    await work()
    [delivery] = await hooks.log(hook)
    [attempt] = delivery["log"]
    assert (attempt["status"], attempt["said"].partition(":")[0]) == (None, "Not sent")
    assert receiver.requests == []


async def test_it_never_hears_more_than_whoever_adds_it(world: World, hooks: Hooks) -> None:
    key = await world.done("POST", "/v1/api-keys", {"name": "ops", "scopes": ["webhooks:read", "webhooks:write", "customers:read"]})
    headers = {"Authorization": f"Bearer {key['key']}"}
    beyond = await world.http.post("/v1/webhooks", json={"url": hooks.url, "scopes": ["payments:read"]}, headers=headers)
    assert (beyond.status_code, beyond.json()["scopes"]) == (403, ["payments:read"])
    own = (await world.http.post("/v1/webhooks", json={"url": hooks.url}, headers=headers)).json()
    assert (await hooks.look(own))["scopes"] == ["customers:read", "webhooks:read"]
    unknown = await world.post("/v1/webhooks", {"url": hooks.url, "scopes": ["invoices:post"]})
    assert unknown.json()["code"] == "SCOPE_UNKNOWN"
    managers = await hooks.add()
    for path, body in (("secrets", {}), ("", {"url": "https://mine.example/", "kinds": [], "description": ""})):
        method, etag = ("POST", {}) if path else ("PUT", {"If-Match": '"1"'})
        taken = await world.http.request(method, f"/v1/webhooks/{managers['id']}/{path}".rstrip("/"), json=body, headers=headers | etag)
        assert (taken.status_code, taken.json()["code"]) == (403, "SCOPE_NOT_YOURS")


async def test_it_changes_as_it_was_read(world: World, hooks: Hooks, receiver: Hearer, work: Works) -> None:
    hook = await hooks.add(kinds=["customer_added"], description="Books")
    change = {"url": hooks.url, "kinds": ["customer_changed"], "description": ""}
    stale = await world.request("PUT", f"/v1/webhooks/{hook['id']}", json=change, headers={"If-Match": '"7"'})
    assert stale.status_code == 412
    assert (await world.done("PUT", f"/v1/webhooks/{hook['id']}", change, headers={"If-Match": '"1"'}))["version"] == 2
    await hooks.change(await hooks.customer(), name="Ada Keeper")
    await work()
    assert receiver.kinds == ["customer_changed"]
    assert (await hooks.look(hook))["description"] == ""


async def test_paused_it_waits_and_resumed_it_goes_on_where_it_stopped(world: World, hooks: Hooks, receiver: Hearer, work: Works) -> None:
    hook = await hooks.add(kinds=["customer_added"])
    await hooks.do(hook, "pause")
    assert (await hooks.do(hook, "pause"))["state"] == "paused"
    assert (await world.post(f"/v1/webhooks/{hook['id']}/ping")).json()["code"] == "WEBHOOK_PAUSED"
    await hooks.customer()
    await work(hours=1)
    assert receiver.requests == []
    await hooks.do(hook, "resume")
    await work(minutes=1)
    assert receiver.kinds == ["customer_added"]
    await hooks.do(hook, "ping")
    await work()
    assert receiver.kinds == ["customer_added", "ping"]
    await hooks.do(hook, "end")
    await hooks.customer()
    await work(minutes=1)
    assert len(receiver.requests) == 2
    for what in ("resume", "pause", "ping"):
        assert (await world.post(f"/v1/webhooks/{hook['id']}/{what}")).json()["code"] == "WEBHOOK_ENDED"
    [ping, _] = await hooks.log(hook)
    assert (await world.post(f"/v1/webhooks/{hook['id']}/deliveries/{ping['id']}/resend")).json()["code"] == "WEBHOOK_ENDED"


async def test_a_ping_goes_to_one_alone(hooks: Hooks, receiver: Hearer, work: Works) -> None:
    hook, _ = await hooks.add(kinds=["customer_added"]), await hooks.add()
    await hooks.do(hook, "ping")
    await work()
    [ping] = [one for one in receiver.requests if data(one)["kind"] == "ping"]
    assert signed_by(ping, hook["secret"])


async def test_after_days_without_an_answer_it_is_paused_managers_hear_of_it_and_nothing_is_lost(
    world: World,
    hooks: Hooks,
    receiver: Hearer,
    work: Works,
    outside: Outside,
    owner: asyncpg.Connection,
    mailbox: Mailbox,
) -> None:
    hook = await hooks.add(kinds=["customer_added"], description="Books")
    receiver.answers = [Answer(status=503)] * 1_000
    for _ in range(9):
        await hooks.customer()
        await work(hours=10)
    stands = await hooks.look(hook)
    assert (stands["state"], stands["because"], stands["failed"], stands["waiting"]) == ("paused", "failing", 0, 9)
    mailing = msgspec.structs.replace(outside, mail=read_server(f"smtp://127.0.0.1:{mailbox.port}"))
    await Runner(world.database, kinds=await own_tellings(world, owner), outside=mailing, clock=world.clock, jitter=lambda: 0.0).drain()
    assert {mail["Subject"] for mail in mailbox.taken} == {"Your webhook Books is paused"}
    assert hook["id"] in mailbox.taken[0].get_content()
    receiver.answers, before = [], len(receiver.requests)
    await hooks.do(hook, "resume")
    await work(minutes=1)
    assert len(receiver.requests) - before == 9
    assert (await hooks.look(hook))["waiting"] == 0


async def test_who_says_that_it_is_gone_is_sent_nothing_more(hooks: Hooks, receiver: Hearer, work: Works) -> None:
    hook = await hooks.add(kinds=["customer_added"])
    receiver.answers = [Answer(status=410)]
    await hooks.customer()
    await work()
    stands = await hooks.look(hook)
    assert (stands["state"], stands["because"], stands["waiting"]) == ("paused", "gone", 1)


async def test_all_that_was_given_up_since_then_is_sent_again(world: World, hooks: Hooks, receiver: Hearer, work: Works) -> None:
    hook = await hooks.add(kinds=["customer_added", "customer_changed"])
    ada, bob = await hooks.customer("Ada"), await hooks.customer("Bob")
    receiver.refused = {ada, bob}
    for _ in range(26):
        await hooks.customer()
        await work(hours=3)
    receiver.refused, since = set(), world.clock.now
    assert (await hooks.look(hook))["failed"] == 2
    assert await hooks.do(hook, "resend", {"failed_since": since.isoformat()}) == {"resent": 0, "more": False}
    assert (await hooks.do(hook, "resend", {"failed_since": "2026-01-01T00:00:00Z"}))["resent"] == 2
    await work()
    assert {data(one)["subject_id"] for one in receiver.requests[-2:]} == {ada, bob}
    assert (await hooks.look(hook))["failed"] == 0


async def test_what_ended_is_forgotten_after_thirty_days_and_what_waits_is_not(
    world: World, hooks: Hooks, receiver: Hearer, work: Works, worker: Callable[[], Runner]
) -> None:
    hook = await hooks.add(kinds=["customer_added"])
    await hooks.customer()
    await work()
    await hooks.do(hook, "pause")
    await hooks.customer()
    world.clock.forward(days=31)
    runner = worker()
    runner._committed(world.organisation_id)
    await runner.drain()
    assert await hooks.log(hook) == []
    rows = "select count(*) from webhooks.attempt where organisation_id = $1"
    assert [row[0] for row in await world.sql(rows, world.organisation_id)] == [0]
    await hooks.do(hook, "resume")
    await work(minutes=1)
    assert [one["state"] for one in await hooks.log(hook)] == ["delivered"]
    receiver.refused = {await hooks.customer()}
    await work()
    await hooks.do(hook, "end")
    world.clock.forward(days=31)
    await runner.drain()
    assert await hooks.log(hook) == []


async def test_another_organisations_are_not_there(world: World, other_world: World, hooks: Hooks, work: Works, receiver: Hearer) -> None:
    hook = await hooks.add()
    await hooks.customer()
    await work()
    [delivery, *_] = await hooks.log(hook)
    path = f"/v1/webhooks/{hook['id']}"
    assert (await other_world.done("GET", "/v1/webhooks"))["items"] == []
    for method, url, body in (
        ("GET", path, None),
        ("GET", f"{path}/deliveries", None),
        ("POST", f"{path}/secrets", {}),
        ("POST", f"{path}/pause", None),
        ("POST", f"{path}/end", None),
        ("POST", f"{path}/deliveries/{delivery['id']}/resend", None),
        ("POST", f"{path}/resend", {"failed_since": "2026-01-01T00:00:00Z"}),
    ):
        assert (await other_world.request(method, url, json=body)).status_code == 404, url
    await other_world.customer()
    before = len(receiver.requests)
    await work()
    assert len(receiver.requests) == before


async def test_an_ended_one_never_comes_back_and_no_attempt_is_edited(world: World, hooks: Hooks, work: Works) -> None:
    hook = await hooks.add(kinds=["customer_added"])
    await hooks.customer()
    await work()
    await hooks.do(hook, "end")
    step = (
        "insert into webhooks.webhook_step (organisation_id, webhook_id, step, from_state, to_state, because, actor, at)"
        " values ($1, $2, 3, 'ended', 'active', null, 'x', now())"
    )
    with pytest.raises(asyncpg.CheckViolationError, match="webhook_moves_as_declared"):
        await world.sql(step, world.organisation_id, hook["id"])
    with pytest.raises(asyncpg.ForeignKeyViolationError, match="webhook_stands_as_its_last_step"):
        await world.sql("update webhooks.webhook set state = 'active', place = 1 where webhook_id = $1", hook["id"])
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await world.sql("update webhooks.attempt set status = 500")


async def test_a_secret_is_shown_again_only_to_whom_it_was_shown_and_no_later_one(world: World, hooks: Hooks) -> None:
    hook_id = str(world.id())
    first = await hooks.add(id=hook_id)
    assert await hooks.add(id=hook_id) == first
    colleague = await (await hand(world, "manager")).ask("POST", "/v1/webhooks", {"url": hooks.url, "id": hook_id})
    assert (colleague.status_code, colleague.json()["code"]) == (409, "ID_TAKEN")
    await hooks.do(first, "secrets", {})
    again = await world.post("/v1/webhooks", {"url": hooks.url, "id": hook_id})
    assert (again.status_code, again.json()["code"]) == (409, "ID_TAKEN")


async def test_what_was_begun_anew_while_it_was_being_sent_has_its_whole_time(
    world: World, hooks: Hooks, receiver: Hearer, work: Works
) -> None:
    hook = await hooks.add(kinds=["customer_added"])
    refused = await hooks.customer()
    receiver.refused = {refused}
    await work()
    [waits] = await hooks.log(hook)
    for again in ("pause/resume", f"deliveries/{waits['id']}/resend"):
        for _ in range(23):
            await hooks.customer()
            await work(hours=3)
        world.clock.forward(hours=6)
        await _while_it_is_sent(hooks, receiver, work, hook, again)
        [waits] = await hooks.log(hook, "?state=waiting")
        assert waits["subject_id"] == refused
        assert waits["attempts"] <= 1
    assert await hooks.log(hook, "?state=failed") == []


async def _while_it_is_sent(hooks: Hooks, receiver: Hearer, work: Works, hook: dict[str, Any], what: str) -> None:
    """Does that between its arriving there and its answer, on the last attempt before it is given up."""
    held = len(receiver.requests)
    with receiver.holding():
        working = asyncio.ensure_future(work())
        await receiver.came(held + 1)
        for one in what.split("/") if what.startswith("pause") else [what]:
            await hooks.do(hook, one)
    await working


async def test_what_the_former_address_answers_changes_nothing_and_the_next_is_tried_anew(
    world: World, hooks: Hooks, receiver: Hearer, work: Works
) -> None:
    hook = await hooks.add(url=f"{hooks.url}/gone", kinds=["customer_added"])
    await hooks.customer()
    change = {"url": hooks.url, "kinds": ["customer_added"], "description": ""}
    with receiver.holding():
        working = asyncio.ensure_future(work())
        await receiver.knocked(1)
        await world.done("PUT", f"/v1/webhooks/{hook['id']}", change, headers={"If-Match": '"1"'})
    await working
    stands = await hooks.look(hook)
    assert (stands["state"], stands["waiting"]) == ("active", 1)
    await work(seconds=20)
    assert receiver.kinds == ["customer_added"]


async def test_a_move_that_comes_too_late_begins_nothing_anew(
    world: World, hooks: Hooks, receiver: Hearer, work: Works, owner: asyncpg.Connection
) -> None:
    hook = await hooks.add(kinds=["customer_added"])
    receiver.refused = {await hooks.customer()}
    await work()
    change = {"url": f"{hooks.url}/elsewhere", "kinds": ["customer_added"], "description": ""}
    async with owner.transaction():  # somebody else's change, a moment before
        await owner.execute("update webhooks.webhook set version = version + 1 where webhook_id = $1", UUID(hook["id"]))
        late = asyncio.ensure_future(world.request("PUT", f"/v1/webhooks/{hook['id']}", json=change, headers={"If-Match": '"1"'}))
        while not await owner.fetchval(
            "select exists (select from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid)))"
        ):
            assert not late.done()
    assert ((await late).status_code, (await late).json()["code"]) == (412, "STALE_VERSION")
    assert [one["attempts"] for one in await hooks.log(hook)] == [1]


async def test_no_more_than_fifty_hear(world: World, hooks: Hooks) -> None:
    for _ in range(50):
        last = await hooks.add()
    full = await world.post("/v1/webhooks", {"url": hooks.url})
    assert (full.status_code, full.json()["code"]) == (409, "WEBHOOKS_FULL")
    await hooks.do(last, "end")
    await hooks.add()
