"""A second organisation beside the first."""

from collections.abc import AsyncIterator

import pytest

from tests.world import World


@pytest.fixture
async def another(world: World) -> AsyncIterator[World]:
    """Another tenant of the same application."""
    other = World(app=world.app, database=world.database, clock=world.clock)
    await other.begin()
    yield other
    await other.end()
