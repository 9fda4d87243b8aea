"""What the fault tests share."""

from collections.abc import AsyncIterator

import pytest

from tests.faults.served import Served


@pytest.fixture(scope="module")
async def process() -> AsyncIterator[Served]:
    """A service in a process of its own on a database of its own; a test leaves it running."""
    one = Served()
    try:
        await one.start()
        yield one
    finally:
        await one.end()


@pytest.fixture
async def served(process: Served) -> Served:
    """The same with a fresh organisation."""
    await process.enter()
    return process
