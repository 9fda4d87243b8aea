"""Promises are watched until they end: their owner is warned, and once they break somebody else answers for them."""

from datetime import date

from service.kit.refusals import InvalidDocument
from service.kit.verbs import Work, verb
from service.promises.policies import promise_policy_in_force
from service.promises.queries import FIND_PROMISE_DAYS, PROMISES_TO_WATCH, SUM_PROMISES, WATCH_PROMISES
from service.promises.records import KeptReport, Watched

MOST_DAYS = 366
ARRIVE_MINUTES = 15
"""How long before the end of a window to arrive in its owner is warned, and how long after it it is handed up."""


async def are_to_be_watched(work: Work) -> bool:
    """Whether somebody is to be warned, or something to be handed up."""
    return await work.one(PROMISES_TO_WATCH, warn_minutes=(await promise_policy_in_force(work)).warn_minutes, arrive_minutes=ARRIVE_MINUTES)


@verb()
async def watch_promises(work: Work) -> Watched:
    """Warns of what is about to break, and hands up what broke; each once, at most 500 at a time."""
    policy = await promise_policy_in_force(work)
    return await work.run(WATCH_PROMISES, warn_minutes=policy.warn_minutes, arrive_minutes=ARRIVE_MINUTES, escalates_to=policy.escalates_to)


async def report_promises(work: Work, *, from_on: date | None, until_on: date | None) -> KeptReport:
    """Kept-rates of what was due on those days, by week, kind and team; the last thirty days where none are named. Raises InvalidDocument."""
    days = await work.one(FIND_PROMISE_DAYS, from_on=from_on, until_on=until_on)
    if not 1 <= (days.until_on - days.from_on).days <= MOST_DAYS:
        raise InvalidDocument(f"A report is of at least one day and at most {MOST_DAYS}: `until_on` is the day after the last.")
    items = await work.all(SUM_PROMISES, zone=days.zone, from_at=days.from_at, until_at=days.until_at)
    return KeptReport(days.from_on, days.until_on, days.zone, items)
