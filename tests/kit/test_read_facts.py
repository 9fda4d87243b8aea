"""The feed: commit order, cursors that tell nothing, and only what the reader may see."""

import base64
import os
from typing import Any

import asyncpg
import pytest

from service.kit.facts.reading import FeedReset
from tests.world import World


async def everything(world: World, after: str | None = None, **options: Any) -> list[dict[str, Any]]:
    """The feed to its present end, two facts at a time."""
    facts = []
    while True:
        page = await world.done("GET", "/v1/facts?limit=2" + (f"&after={after}" if after else ""), **options)
        facts += page["items"]
        after = page["next"]
        if not page["more"]:
            return facts


async def test_every_fact_comes_once_in_order_behind_its_cursor(world: World) -> None:
    ids = [(await world.customer())["id"] for _ in range(5)]
    facts = await everything(world)
    assert [fact["subject_id"] for fact in facts if fact["kind"] == "customer_added"] == ids
    assert await everything(world, after=facts[-1]["cursor"]) == []
    assert [fact["subject_id"] for fact in await everything(world, after=facts[-3]["cursor"])] == ids[-2:]


async def test_commits_out_of_order_are_neither_missed_nor_repeated(world: World, owner_url: str) -> None:
    early, late = await asyncpg.connect(owner_url), await asyncpg.connect(owner_url)
    try:
        await early.execute("begin")
        first = await write_fact(early, world)
        await late.execute("begin")
        second = await write_fact(late, world)
        await late.execute("commit")
        page = await world.done("GET", "/v1/facts")
        assert page["items"] == []  # the second is there, but the first may still come before it
        await early.execute("commit")
        assert [fact["subject_id"] for fact in await everything(world, after=page["next"])] == [first, second]
    finally:
        await early.close()
        await late.close()


async def write_fact(connection: Any, world: World) -> str:
    subject = world.id()
    await connection.execute(
        "insert into kit.fact (organisation_id, kind, subject_kind, subject_id, body, actor, request_id, occurred_at)"
        " values ($1, 'tried', 'customer', $2, '{}', 'system:test', $2, now())",
        world.organisation_id,
        subject,
    )
    return str(subject)


async def test_a_cursor_from_before_a_restore_is_told(world: World, owner: Any) -> None:
    await world.customer()
    before = (await world.done("GET", "/v1/facts"))["next"]
    epoch = await owner.fetchval("insert into kit.epoch (epoch) select max(epoch) + 1 from kit.epoch returning epoch")
    await owner.execute("select kit.stamp_epoch()")
    try:
        answer = await world.get(f"/v1/facts?after={before}")
        assert (answer.status_code, answer.json()["code"]) == (410, FeedReset.code)
        await world.customer()
        facts = await everything(world)
        assert [fact["kind"] for fact in facts] == ["customer_added"] * 2  # both lives of the database, in order
        assert await everything(world, after=facts[0]["cursor"]) == facts[1:]
    finally:
        await owner.execute("delete from kit.fact where epoch = $1", epoch)
        await owner.execute("delete from kit.epoch where epoch = $1", epoch)
        await owner.execute("select kit.stamp_epoch()")


async def test_a_cursor_tells_nothing_and_cannot_be_made_up(world: World) -> None:
    await world.customer()
    cursor = (await world.done("GET", "/v1/facts"))["next"]
    raw = bytearray(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    raw[-1] ^= 1
    for forged in (base64.urlsafe_b64encode(raw).decode(), "x", "", base64.urlsafe_b64encode(os.urandom(40)).decode(), "é"):
        answer = await world.get(f"/v1/facts?after={forged}")
        assert (answer.status_code, answer.json()["code"]) == (422, "CURSOR_INVALID")


async def test_a_reader_sees_only_what_its_role_may(world: World) -> None:
    await world.customer()
    await world.sql(
        "insert into kit.fact (organisation_id, kind, subject_kind, subject_id, body, actor, request_id, occurred_at)"
        " select $1, 'tried', subject, $2, '{}', 'system:test', $2, now() from unnest(array['customer', 'staff', 'something_new']) subject",
        world.organisation_id,
        world.id(),
    )
    assert {fact["subject_kind"] for fact in await everything(world, role="manager")} == {"customer", "staff", "something_new"}
    assert {fact["subject_kind"] for fact in await everything(world, role="dispatcher")} == {"customer"}
    assert (await world.get("/v1/facts", role="technician")).status_code == 403


@pytest.mark.parametrize("limit", ["0", "1001", "ten"])
async def test_a_limit_outside_its_range_is_refused(world: World, limit: str) -> None:
    assert (await world.get(f"/v1/facts?limit={limit}")).status_code == 422
