"""A webhook that nobody serves, and a log that tells what didn't happen, are found by the doctor."""

from collections.abc import Awaitable, Callable

import asyncpg
import pytest

from service.settings import Settings
from tests.proofs.soundness import offences, offences_after
from tests.webhooks.builders import Hooks
from tests.world import World

CHECK = "webhooks_are_told"


@pytest.mark.parametrize(
    "edit",
    [
        "delete from kit.task where organisation_id = $1 and kind = 'serve_webhook'",
        "update webhooks.delivery set kind = 'invoice_issued' where organisation_id = $1",
        "update webhooks.progress set facts_epoch = 0 where organisation_id = $1",
        "delete from webhooks.attempt where organisation_id = $1",
    ],
)
async def test_what_contradicts_the_facts_or_its_own_log_is_found(
    world: World, hooks: Hooks, work: Callable[[], Awaitable[int]], owner: asyncpg.Connection, settings: Settings, edit: str
) -> None:
    await hooks.add()
    await hooks.customer()
    await work()
    assert CHECK not in await offences(owner, settings, world)
    assert CHECK in await offences_after(owner, settings, world, edit)
