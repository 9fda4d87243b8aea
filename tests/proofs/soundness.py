"""Asks everything that `sayso doctor` asks, of one organisation."""

import asyncpg

from service.cli._checks import look_around
from service.cli.doctor import SESSION, checks
from service.settings import Settings
from tests.world import World


async def offences(owner: asyncpg.Connection, settings: Settings, world: World) -> dict[str, list[str]]:
    """What contradicts a promise there, by check; nothing where all hold."""
    found: dict[str, list[str]] = {}
    async with owner.transaction(isolation="repeatable_read"):
        await owner.execute(SESSION.replace("set ", "set local "))
        for name, _, find in checks():
            ours = [f"{row[1]}: {row[2]}" for row in await find(owner, look_around(settings)) if row[0] in {None, world.organisation_id}]
            if ours:
                found[name] = ours
    return found


async def offences_after(owner: asyncpg.Connection, settings: Settings, world: World, edit: str) -> dict[str, list[str]]:
    """The same after an edit past foreign keys, as only a superuser can make, of this organisation ($1); it changes something, and is undone."""
    transaction = owner.transaction(isolation="repeatable_read")
    await transaction.start()
    await owner.execute("set local session_replication_role = replica")
    changed = await owner.execute(edit, world.organisation_id)
    found = await offences(owner, settings, world)
    await transaction.rollback()
    assert not changed.endswith(" 0"), edit
    return found
