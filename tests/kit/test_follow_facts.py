"""The stream: from a cursor or from now, for a hundred readers at once, none of whom can hold the others up."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import msgspec
import pytest

from service.kit.facts import feed as feed_module
from service.kit.facts.feed import Feed
from service.kit.facts.records import Position
from tests.world import World

SECONDS = 15


class Reader:
    """One open stream."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.lines = response.aiter_lines()

    async def event(self) -> dict[str, str]:
        """The next event's fields, comments and `retry` passed over."""
        fields: dict[str, str] = {}
        async with asyncio.timeout(SECONDS):
            async for line in self.lines:
                name, _, value = line.partition(": ")
                if line and name:
                    fields[name] = value
                elif "event" in fields:
                    return fields
                elif not line:
                    fields = {}
        raise EOFError

    async def fact(self) -> dict[str, Any]:
        event = await self.event()
        assert event["event"] == "fact", event
        fact: dict[str, Any] = msgspec.json.decode(event["data"])
        assert fact["cursor"] == event["id"]
        return fact


@asynccontextmanager
async def following(world: World, served: httpx.AsyncClient, *, role: Any = "manager", **headers: str) -> AsyncIterator[Reader]:
    token = await world.token(role)
    async with served.stream("GET", "/v1/facts/stream", headers={"Authorization": f"Bearer {token}", **headers}) as response:
        assert response.status_code == 200, await response.aread()
        reader = Reader(response)
        assert await anext(reader.lines) == "retry: 1000"
        yield reader


async def test_a_reader_hears_what_happens_from_now_on(world: World, served: httpx.AsyncClient) -> None:
    await world.customer()
    async with following(world, served) as reader:
        added = await world.customer()
        assert (await reader.fact())["subject_id"] == added["id"]


async def test_a_reader_comes_back_where_it_left(world: World, served: httpx.AsyncClient) -> None:
    ids = [(await world.customer())["id"] for _ in range(4)]
    page = await world.done("GET", "/v1/facts?limit=1")
    async with following(world, served, **{"Last-Event-ID": page["next"]}) as reader:
        assert [(await reader.fact())["subject_id"] for _ in range(3)] == ids[1:]
        late = await world.customer()
        assert (await reader.fact())["subject_id"] == late["id"]


async def test_a_hundred_readers_hear_each_fact_once_while_commits_cross(world: World, served: httpx.AsyncClient, owner_url: str) -> None:
    connections = [await asyncpg.connect(owner_url) for _ in range(4)]

    async def write(connection: Any, number: int) -> str:
        """Commits later than some that began after it."""
        subject = world.id()
        async with connection.transaction():
            await connection.execute(
                "insert into kit.fact (organisation_id, kind, subject_kind, subject_id, body, actor, request_id, occurred_at)"
                " values ($1, 'tried', 'customer', $2, '{}', 'system:test', $2, now())",
                world.organisation_id,
                subject,
            )
            await connection.execute("select pg_sleep($1)", 0.01 * (number % 4))
        return str(subject)

    async def writer(number: int) -> list[str]:
        return [await write(connections[number], number + turn) for turn in range(10)]

    async def listen(cursor: str) -> list[str]:
        async with following(world, served, **{"Last-Event-ID": cursor}) as reader:
            return [(await reader.fact())["subject_id"] for _ in range(40)]

    cursor = (await world.done("GET", "/v1/facts"))["next"]
    heard, *written = await asyncio.gather(asyncio.gather(*(listen(cursor) for _ in range(100))), *(writer(n) for n in range(4)))
    expected = sorted(subject for subjects in written for subject in subjects)
    assert all(sorted(one) == expected for one in heard)
    assert all(one == heard[0] for one in heard)  # and everybody in the same order
    for connection in connections:
        await connection.close()


async def test_a_role_hears_only_what_it_may(world: World, served: httpx.AsyncClient) -> None:
    async with following(world, served, role="dispatcher") as reader:
        await world.sql(
            "insert into kit.fact (organisation_id, kind, subject_kind, subject_id, body, actor, request_id, occurred_at)"
            " values ($1, 'tried', 'staff', $2, '{}', 'system:test', $2, now())",
            world.organisation_id,
            world.id(),
        )
        added = await world.customer()
        assert (await reader.fact())["subject_id"] == added["id"]


async def test_a_page_hears_only_what_it_is_about_and_may_be_heard(world: World) -> None:
    feed: Feed = world.app.state.feed
    after = (await world.done("GET", "/v1/facts"))["next"]
    staff = await world.staff("technician")
    await world.done("POST", "/v1/technicians", {"staff_id": str(staff["id"]), "zone": "Europe/Berlin"})
    added = await world.customer()
    for scopes, heard in (({"organisation:read"}, {added["id"]}), ({"customers:read"}, {added["id"]}), ({"technicians:read"}, set[str]())):
        stream = await feed.follow(world.principal(scopes=frozenset(scopes)), after=after, about={"customer", "item"})
        assert await anext(stream) == b"retry: 1000\n\n"
        told = await anext(stream) if heard else b""
        feed.close()
        told += b"".join([part async for part in stream])
        feed._closed = False
        assert {one["subject_id"] for one in facts_in(told)} == heard


def facts_in(told: bytes) -> list[dict[str, Any]]:
    """The facts among those events."""
    events = [dict(line.split(": ", 1) for line in event.splitlines() if ": " in line) for event in told.decode().split("\n\n")]
    return [msgspec.json.decode(event["data"]) for event in events if event.get("event") == "fact"]


async def test_another_organisation_is_never_heard(world: World, served: httpx.AsyncClient) -> None:
    async with following(world, served) as reader:
        stranger = UUID(int=world.organisation_id.int + 1)
        async with world.database.pool.acquire() as connection, connection.transaction():
            await connection.execute(f"SET LOCAL sayso.organisation = '{stranger}'")
            await connection.execute(
                "insert into kit.fact (organisation_id, kind, subject_kind, subject_id, body, actor, request_id, occurred_at)"
                " values ($1, 'tried', 'customer', $1, '{}', 'system:test', $1, now())",
                stranger,
            )
        added = await world.customer()
        assert (await reader.fact())["subject_id"] == added["id"]


async def test_a_reader_who_signed_out_is_cut_at_the_next_heartbeat(world: World, served: httpx.AsyncClient) -> None:
    world.app.state.feed.heartbeat_seconds = 0.05
    async with following(world, served) as reader:
        await world.sql("update identity.session set ended_at = $1", world.clock.now)
        with pytest.raises(EOFError):
            await reader.event()


async def test_without_a_credential_nothing_is_heard(served: httpx.AsyncClient) -> None:
    assert (await served.get("/v1/facts/stream")).status_code == 401


async def test_a_reader_who_cannot_keep_up_is_told_where_to_read_on(world: World) -> None:
    feed: Feed = world.app.state.feed
    stream = await feed.follow(world.principal(scopes=frozenset({"organisation:read"})), after=None)
    assert await anext(stream) == b"retry: 1000\n\n"
    first = await world.customer()
    assert first["id"].encode() in await anext(stream)
    follower = next(iter(feed._channels[world.organisation_id].followers))
    event = feed_module.Event(Position(1, 10**15, 1), "customer", None, b"x")
    follower.offer([event] * (feed_module.MOST_WAITING + 1))
    fields = dict(line.split(": ", 1) for line in (await anext(stream)).decode().splitlines() if line)
    goodbye = msgspec.json.decode(fields["data"])
    assert (fields["event"], goodbye["reason"]) == ("end", "slow")
    with pytest.raises(StopAsyncIteration):
        await anext(stream)
    assert not feed._channels
    missed = await world.customer()
    page = await world.done("GET", f"/v1/facts?after={goodbye['after']}")
    assert [fact["subject_id"] for fact in page["items"]] == [missed["id"]]


async def test_the_process_says_goodbye_before_it_stops(world: World, served: httpx.AsyncClient) -> None:
    async with following(world, served) as reader:
        world.app.state.feed.close()
        event = await reader.event()
        assert (event["event"], msgspec.json.decode(event["data"])["reason"]) == ("end", "closing")


async def test_one_caller_cant_take_all_the_streams(world: World, served: httpx.AsyncClient) -> None:
    world.app.state.feed.most_streams = 2
    async with following(world, served), following(world, served):
        headers = {"Authorization": f"Bearer {await world.token('manager')}"}
        refused = await served.get("/v1/facts/stream", headers=headers)
        assert (refused.status_code, refused.json()["code"]) == (429, "TOO_MANY_REQUESTS")
        async with following(world, served, role="back_office"):
            pass
