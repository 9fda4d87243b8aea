"""Background work of the live day: who isn't expected in time is told, what takes longer takes its time, and positions are forgotten."""

from datetime import timedelta

from service.dispatch.live.changes import find_overruns, grow_overruns
from service.dispatch.live.days import find_expected
from service.dispatch.live.positions import forget_positions
from service.dispatch.live.told import tell_arrivals, tellable
from service.integrations.outside import Outside
from service.kit.tasks.registry import Task, task


@task("forget_positions", every=timedelta(hours=1), seconds=300)
async def run_forget_positions(run: Task) -> None:
    """Drops what was measured longer ago than the operator keeps it."""
    outside: Outside = run.outside
    kept = timedelta(hours=outside.settings.positions_kept_hours)
    await run.perform(forget_positions, kept=kept)


@task("watch_arrivals", every=timedelta(minutes=1), seconds=55)
async def run_watch_arrivals(run: Task) -> None:
    """Looks at the day each minute, since time passing moves what is expected as much as anything that happens."""
    expected = await run.read(find_expected, technician_ids=None)
    begun = [visit_id for visit_id, one in expected.items() if one.arrives_at < run.at]
    if begun and (over := await run.read(find_overruns, visit_ids=begun)):
        await run.perform(grow_overruns, visit_ids=over)
    if known := {visit_id: one for visit_id, one in expected.items() if tellable(one, at=run.at)}:
        await run.perform(tell_arrivals, expected=known)
