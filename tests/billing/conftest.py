"""What every money test begins with."""

import pytest

from tests.billing.builders import Books
from tests.world import World


@pytest.fixture
def books(world: World) -> Books:
    """Posts invoices to pay."""
    return Books(world)
