"""What most tests of evidence begin with."""

import pytest

from tests.evidence.packs import Job, job
from tests.kit.test_plan_by_key import empty
from tests.notices.conftest import mailbox, work
from tests.world import World

__all__ = ["empty", "mailbox", "work"]


@pytest.fixture
async def ordinary(world: World) -> Job:
    """A job with offers, acts, work, a refused attempt and an invoice."""
    return await job(world)
