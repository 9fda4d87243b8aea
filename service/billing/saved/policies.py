"""How customers are charged by a saved method: versions of a policy; the last one is in force, and one is shipped."""

from service.billing.queries.saved_methods import CHARGE_POLICY, SET_CHARGE_POLICY
from service.billing.records.saved_methods import ChargePolicy, NewChargePolicy, PolicyReceipt
from service.kit.paging import Page
from service.kit.policies import page_of_versions, version_in_force
from service.kit.verbs import Lock, Work, verb

SHIPPED = ChargePolicy(version=0, notice_days=3, retry_days=[2, 4], keeps_quiet_hours=True, set_by=None, set_at=None)
"""The policy of whoever sets none."""


@verb(locks=lambda **_: (Lock.series(),))
async def set_charge_policy(work: Work, *, policy: NewChargePolicy) -> PolicyReceipt:
    """Sets how customers are charged from now on; whoever agreed before keeps the days of notice that they agreed to."""
    return await work.run(
        SET_CHARGE_POLICY,
        version=(await charge_policy_in_force(work)).version + 1,
        notice_days=policy.notice_days,
        retry_days=policy.retry_days,
        keeps_quiet_hours=policy.keeps_quiet_hours,
    )


async def charge_policy_in_force(work: Work) -> ChargePolicy:
    """How customers are charged now."""
    return await version_in_force(work, CHARGE_POLICY, shipped=SHIPPED)


async def list_charge_policies(work: Work, *, limit: int, cursor: str | None) -> Page[ChargePolicy]:
    """Every version, the one in force first; the one that is shipped last."""
    return await page_of_versions(work, CHARGE_POLICY, shipped=SHIPPED, purpose="charge policies", limit=limit, cursor=cursor)
