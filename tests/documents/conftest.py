"""What every test of a document begins with."""

import pytest

from tests.authorisations.matters import Matter
from tests.billing.builders import Books
from tests.world import World


@pytest.fixture
def books(world: World) -> Books:
    """Posts invoices to pay."""
    return Books(world)


@pytest.fixture
async def matter(world: World) -> Matter:
    """A repair, of a customer with a contact who may agree."""
    return await Matter(world).of_job(symptom="The dryer stays cold and smells of burnt rubber.")
