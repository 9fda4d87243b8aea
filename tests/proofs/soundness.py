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
