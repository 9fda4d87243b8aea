"""A device that is listed otherwise than it stands, or whose signature nobody erased and is gone, is found by the doctor."""

import asyncpg
import pytest

from service.settings import Settings
from tests.care.devices import SIGNATURE, hand, left, lent, loaner, repair, taken
from tests.proofs.soundness import offences_after
from tests.world import World


@pytest.mark.parametrize(
    "edit",
    [
        "delete from care.open_custody where organisation_id = $1",
        "update care.open_custody set state = 'ready' where organisation_id = $1",
        "delete from care.hand_over_photo where organisation_id = $1",
        "delete from care.hand_over_signature where organisation_id = $1",
        "delete from care.hand_over_text where organisation_id = $1",
        "update care.hand_over_signature set staff_strokes = null, staff_strokes_hash = null where organisation_id = $1",
        "delete from care.loan_paper where organisation_id = $1",
    ],
)
async def test_a_device_that_is_not_as_its_hand_overs_say_is_found(
    world: World, owner: asyncpg.Connection, settings: Settings, edit: str
) -> None:
    counter = await hand(world)
    custody_id = (await taken(counter, await repair(world), staff_signature=SIGNATURE))["id"]
    await lent(counter, await loaner(world), custody_id)
    assert "devices_are_where_they_were_handed" in await offences_after(owner, settings, world, edit)


async def test_a_device_taken_over_from_somebody_who_was_never_made_inactive_is_found(
    world: World, owner: asyncpg.Connection, settings: Settings
) -> None:
    gone, manager = await hand(world), await hand(world, "manager")
    custody_id = (await taken(gone, await repair(world)))["id"]
    await left(world, gone)
    await manager.done(f"/v1/custodies/{custody_id}/take-from-former", {"after_step": 1, "reason": "It stood in the van."})
    edit = "update kit.fact set body = body || '{\"active\": true}' where organisation_id = $1 and kind = 'staff_changed'"
    assert "devices_are_where_they_were_handed" in await offences_after(owner, settings, world, edit)
