"""The kit's own periodic work."""

from datetime import timedelta

from service.kit.tasks.leases import sweep
from service.kit.tasks.registry import Task, task


@task("sweep", every=timedelta(hours=1))
async def run_sweep(one: Task) -> None:
    """Deletes what nobody needs any more."""
    await one.perform(sweep)
