"""Dunning policies: versions of what is done about overdue invoices; the last one is in force, and one is shipped."""

import msgspec

from service.billing.dunning.rule import SHIPPED
from service.billing.queries.dunning import DUNNING_POLICY, SET_DUNNING_POLICY
from service.billing.records.dunning import DunningPolicy, NewDunningPolicy, PolicySet
from service.kit.paging import Page
from service.kit.policies import page_of_versions, version_in_force
from service.kit.refusals import Refusal
from service.kit.verbs import Lock, Work, verb


class DunningOutOfOrder(Refusal):
    """The days of a policy ascend, and nobody is cut off, visited or given up without a reminder before."""

    code, status, remedy = "DUNNING_OUT_OF_ORDER", 422, "Sort the steps by `days_after`, each day once, and begin with `remind`."
    constraints = ("billing.dunning_days_ascend", "billing.reminded_before_cut_off")


class DunningSparesNobody(Refusal):
    """Promises, disputes and laws hold every step; whoever is in an incident or vulnerable is never cut off, visited or given up by itself."""

    code, status, remedy = (
        "DUNNING_SPARES_NOBODY",
        422,
        "Let `held_by` name promise, dispute and legal, and for suspend, collect and end also incident and vulnerable.",
    )
    constraints = ("billing.dunning_spares_the_held",)


class NeverAwake(Refusal):
    """There must be hours at which somebody may be disturbed."""

    code, status, remedy = "NEVER_AWAKE", 422, "Let `calm_until` come before `calm_from`, and leave a day of the week that is none of rest."
    constraints = ("billing.some_hours_are_not_calm", "billing.rest_days_are_days_of_the_week")


@verb(refusals=(NeverAwake, DunningOutOfOrder, DunningSparesNobody), locks=lambda **_: (Lock.series(),))
async def set_dunning_policy(work: Work, *, policy: NewDunningPolicy) -> PolicySet:
    """Sets what is done about overdue invoices from now on; what was done already stays done, and its spacing is kept."""
    return await work.run(
        SET_DUNNING_POLICY,
        version=(await policy_in_force(work)).version + 1,
        calm_until=policy.calm_until,
        calm_from=policy.calm_from,
        rest_days=sorted(set(policy.rest_days)),
        rests_on_holidays=policy.rests_on_holidays,
        longest_promise_days=policy.longest_promise_days,
        steps=msgspec.json.encode(policy.steps).decode(),
    )


async def policy_in_force(work: Work) -> DunningPolicy:
    """What is done now."""
    return await version_in_force(work, DUNNING_POLICY, shipped=SHIPPED)


async def list_dunning_policies(work: Work, *, limit: int, cursor: str | None) -> Page[DunningPolicy]:
    """Every version, the one in force first; the one that is shipped last."""
    return await page_of_versions(work, DUNNING_POLICY, shipped=SHIPPED, purpose="dunning policies", limit=limit, cursor=cursor)
