"""Two organisations for a whole file of questions: what is asked thousands of times is built once."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from service.app import build
from service.kit.database import Database
from service.settings import Settings
from tests.world import Clock, World


@pytest.fixture(scope="module")
async def company_owner(owner_url: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection as the superuser, for looking."""
    connection = await asyncpg.connect(owner_url)
    yield connection
    await connection.close()


@pytest.fixture(scope="module")
async def company_world(settings: Settings, database: Database) -> AsyncIterator[World]:
    """The organisation that things have happened in."""
    clock = Clock()
    world = World(app=build(settings=settings, database=database, clock=clock), database=database, clock=clock)
    await world.begin()
    yield world
    await world.end()


@pytest.fixture(scope="module")
async def other_world(company_world: World) -> AsyncIterator[World]:
    """Another tenant of the same service."""
    other = World(app=company_world.app, database=company_world.database, clock=company_world.clock)
    await other.begin()
    yield other
    await other.end()
