"""Background work of the promises."""

from datetime import timedelta

from service.kit.tasks.registry import Task, task
from service.promises.watching import are_to_be_watched, watch_promises


@task("watch_promises", every=timedelta(minutes=1), seconds=120)
async def run_watch_promises(run: Task) -> None:
    """Warns before promises break, and hands up what broke."""
    while await run.read(are_to_be_watched):
        await run.perform(watch_promises)
