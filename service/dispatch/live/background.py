"""Background work of the live day: positions are forgotten."""

from datetime import timedelta

from service.dispatch.live.positions import forget_positions
from service.integrations.outside import Outside
from service.kit.tasks.registry import Task, task


@task("forget_positions", every=timedelta(hours=1), seconds=300)
async def run_forget_positions(run: Task) -> None:
    """Drops what was measured longer ago than the operator keeps it."""
    outside: Outside = run.outside
    kept = timedelta(hours=outside.settings.positions_kept_hours)
    await run.perform(forget_positions, kept=kept)
