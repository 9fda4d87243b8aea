"""Asks the road engine about places to come, before anybody waits for the answer, and forgets what was told long ago."""

from datetime import timedelta

from service.dispatch.travel.matrix import MOST_DROPPED, drop_legs, keep_legs, places_ahead, unknown_blocks
from service.integrations.outside import Outside
from service.integrations.travel.records import EngineUnavailable
from service.integrations.travel.roads import ask_roads
from service.kit.tasks.registry import Task, TaskFailed, task


@task("learn_travel", every=timedelta(minutes=5), seconds=600, first_pause_seconds=30, longest_pause_seconds=300)
async def run_learn_travel(run: Task) -> None:
    """Keeps the ways between all places of the next two weeks known.

    At the first answer that doesn't come it fails, and nobody else does: what was told until then is kept, and the rest is estimated.
    """
    outside: Outside = run.outside
    if outside.roads is None:
        return
    engine, kept = outside.roads.name, timedelta(days=outside.settings.travel_kept_days)
    places = await run.read(places_ahead)
    for block in await run.read(unknown_blocks, places=places, engine=engine, kept=kept):
        try:
            legs = await ask_roads(outside.roads, block.sources, block.targets)
        except EngineUnavailable as away:
            raise TaskFailed(str(away)) from away
        await run.perform(keep_legs, engine=engine, sources=block.sources, targets=block.targets, legs=legs)


@task("forget_travel", every=timedelta(hours=6), seconds=300)
async def run_forget_travel(run: Task) -> None:
    """Drops what was told too long ago to go by."""
    outside: Outside = run.outside
    while (await run.perform(drop_legs, kept=timedelta(days=outside.settings.travel_kept_days))).legs == MOST_DROPPED:
        pass
