"""The network that services run on, beside the tests of this room."""

from collections.abc import AsyncIterator

import pytest

from service.integrations.provisioning_standin import RunningNetwork, running_network


@pytest.fixture
async def network() -> AsyncIterator[RunningNetwork]:
    """The network side as a real server."""
    async with running_network() as running:
        yield running
