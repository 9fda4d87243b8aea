"""A list of open promises that isn't what is open is found by the doctor."""

import asyncpg
import pytest

from service.settings import Settings
from tests.promises.builders import promised, said
from tests.proofs.soundness import offences_after
from tests.world import World


@pytest.mark.parametrize(
    "edit",
    [
        "delete from promises.open_promise where organisation_id = $1",
        "delete from promises.ending where organisation_id = $1",
        "insert into promises.open_promise select organisation_id, promise_id, due_at from promises.ending where organisation_id = $1",
    ],
)
async def test_a_list_of_open_promises_that_leaves_one_out_or_keeps_one_is_found(
    world: World, owner: asyncpg.Connection, settings: Settings, edit: str
) -> None:
    customer = await world.customer()
    kept, _ = await promised(world, customer["id"]), await promised(world, customer["id"])
    await said(world, customer["id"], promise_ids=[kept["id"]])
    assert "open_promises_are_those_not_ended" in await offences_after(owner, settings, world, edit)
