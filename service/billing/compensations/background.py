"""Gives, in the background, what a policy gives by itself as damages."""

from datetime import timedelta

from service.billing.compensations.compensations import (
    CompensationNotDue,
    compensate_missed_visit,
    compensate_outage_by_itself,
    missed_appointments,
    outages_to_compensate,
)
from service.kit.tasks.registry import Task, task


@task("give_compensations", every=timedelta(minutes=1), seconds=600)
async def run_give_compensations(one: Task) -> None:
    """Looks at outages that were told, with what was reported of them, and at appointments that were missed."""
    for outage_id in await one.read(outages_to_compensate):
        await one.perform_apart(compensate_outage_by_itself, outage_id=outage_id)
    for promise_id in await one.read(missed_appointments):
        await one.perform_apart(compensate_missed_visit, expected=CompensationNotDue, promise_id=promise_id)
