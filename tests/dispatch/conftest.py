"""A second organisation, to be kept out."""

from collections.abc import AsyncIterator

import pytest

from tests.world import World


@pytest.fixture
async def other(world: World) -> AsyncIterator[World]:
    """Another organisation on the same service."""
    other = World(app=world.app, database=world.database, clock=world.clock)
    await other.begin()
    yield other
    await other.end()
