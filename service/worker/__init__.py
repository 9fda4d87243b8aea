"""Runs the rooms' background work, beside the API or in a process of its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from service.integrations.outside import open_outside
from service.kit.database import Database
from service.kit.tasks.runner import Runner
from service.settings import Settings
from service.worker.rooms import kinds

FINISH_SECONDS = 20


@asynccontextmanager
async def working(*, settings: Settings, database: Database) -> AsyncIterator[Runner]:
    """Works as long as the block lasts; at its end what runs is finished, and what can't be in time is given back."""
    async with open_outside(settings) as outside:
        runner = Runner(database, kinds=kinds(), outside=outside)
        running = asyncio.create_task(runner.run())
        try:
            yield runner
        finally:
            await runner.stop(patience_seconds=FINISH_SECONDS)
            await running
