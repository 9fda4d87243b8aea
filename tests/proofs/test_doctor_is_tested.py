"""Each check of `sayso doctor` is seen finding what was broken on purpose: one that never cries is no check."""

import re
from pathlib import Path

import asyncpg

from service.cli.doctor import checks
from service.settings import Settings
from tests.conftest import ROOT
from tests.proofs.soundness import offences, offences_after
from tests.subscriptions.builders import pay, renew, subscribed
from tests.world import World


def test_every_check_is_named_by_a_test_that_breaks_its_promise() -> None:
    tests = [*ROOT.glob("tests/*/test_find_broken_*.py"), Path(__file__)]
    told = "".join(file.read_text(encoding="utf-8") for file in tests)
    assert [name for name, *_ in checks() if not re.search(rf"\b{name}\b", told)] == []


async def test_a_supply_that_granted_no_period_is_found(world: World, owner: asyncpg.Connection, settings: Settings) -> None:
    await pay(world, await renew(world, await subscribed(world)))
    assert await offences(owner, settings, world) == {}
    assert "supplies_granted_their_period" in await offences_after(
        owner, settings, world, "delete from subscriptions.period where organisation_id = $1"
    )
