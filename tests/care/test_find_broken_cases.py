"""A case that waits for something else than it says, or that no list has, is found by the doctor."""

import asyncpg
import pytest

from service.settings import Settings
from tests.care.builders import did, raised
from tests.proofs.soundness import offences_after
from tests.world import World


@pytest.mark.parametrize(
    "edit",
    [
        "delete from care.case_reply where organisation_id = $1",
        "delete from care.case_place where organisation_id = $1",
        "delete from care.open_case where organisation_id = $1",
        "update care.open_case set waiting = 5 where organisation_id = $1",
    ],
)
async def test_a_case_that_does_not_wait_for_what_is_unanswered_is_found(
    world: World, owner: asyncpg.Connection, settings: Settings, edit: str
) -> None:
    customer = await world.customer()
    case = await raised(world, customer["id"])
    await did(world, case["id"], "answers", channel="phone", words="Yes")
    await raised(world, customer["id"])
    assert "cases_wait_for_what_is_unanswered" in await offences_after(owner, settings, world, edit)
