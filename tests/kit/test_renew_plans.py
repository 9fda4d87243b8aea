"""A plan made while its tables were small is forgotten once they have grown, and only then."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from service.kit.database import Database
from service.kit.plans import RENEWED_AT
from tests.conftest import no_reset
from tests.world import World


@pytest.fixture
async def fresh(world: World, settings: Any) -> AsyncIterator[tuple[Database, list[str]]]:
    """A database of one connection that nobody has used, and what is asked on it."""
    asked: list[str] = []

    async def listen(connection: Any) -> None:
        connection.add_query_logger(lambda query: asked.append(query.query))

    async with asyncpg.create_pool(settings.database_url, min_size=1, max_size=1, reset=no_reset, init=listen) as pool:
        yield Database(pool, randomness=world.database.randomness, cursors=world.database.cursors, keys=world.database.keys), asked


async def use(world: World, database: Database, times: int) -> None:
    async def look(_: Any) -> None:
        """Nothing."""

    for _ in range(times):
        await database.read(look, principal=world.principal(), at=world.clock.now, request_id=world.id(), values={})


async def test_plans_are_forgotten_when_a_table_has_outgrown_its_statistics(
    world: World, owner: Any, fresh: tuple[Database, list[str]]
) -> None:
    database, asked = fresh
    await owner.execute("analyze")
    await use(world, database, RENEWED_AT)
    assert "DISCARD PLANS" not in asked
    await owner.execute("create table public.grown as select n from generate_series(1, 30000) n")
    try:
        await use(world, database, 3 * RENEWED_AT)
        assert asked.count("DISCARD PLANS") == 1
        assert (await world.done("GET", "/v1/customers"))["items"] == []
    finally:
        await owner.execute("drop table public.grown")
