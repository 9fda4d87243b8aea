"""The bank's background work."""

from service.billing.bank.posting import match_next
from service.kit.tasks.registry import Later, Task, task

BATCHES_A_RUN = 8


@task("match_bank_lines", seconds=120)
async def run_match_bank_lines(one: Task) -> None:
    """Matches lines that came in, some batches a run, so that other work isn't kept waiting."""
    for _ in range(BATCHES_A_RUN):
        if await match_next(one.read, one.perform) == 0:
            return
    raise Later(one.at)
