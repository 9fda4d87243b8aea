"""What is given back for time without service: versions of a policy; the last one is in force, and one is shipped."""

from itertools import pairwise

import msgspec

from service.billing.outages.rule import SHIPPED
from service.billing.queries.outages import OUTAGE_POLICY, SET_OUTAGE_POLICY
from service.billing.records.outages import NewOutagePolicy, OutagePolicy, OutagePolicySet
from service.kit.money import exact
from service.kit.paging import Page
from service.kit.policies import page_of_versions, version_in_force
from service.kit.refusals import InvalidDocument, Refusal
from service.kit.verbs import Lock, Work, verb


class TiersOutOfOrder(Refusal):
    """The tiers of a policy ascend, each gives a part of a month's price that is no more than the whole, and a least amount has a currency."""

    code, status, remedy = "TIERS_OUT_OF_ORDER", 422, "Sort `tiers` by `from_unit`, each once, and name the `currency` of `least_minor`."
    constraints = ("billing.outage_tiers_ascend", "billing.outage_tier_is_a_part")


@verb(refusals=(InvalidDocument, TiersOutOfOrder), locks=lambda **_: (Lock.series(),))
async def set_outage_policy(work: Work, *, policy: NewOutagePolicy) -> OutagePolicySet:
    """Sets what is given back for time without service from now on; what was given stays given."""
    if policy.currency is None and any(tier.least_minor for tier in policy.tiers):
        raise TiersOutOfOrder
    if any(one.from_unit >= two.from_unit for one, two in pairwise(policy.tiers)):
        raise TiersOutOfOrder
    parts = [exact(tier.of_month) if tier.of_month else None for tier in policy.tiers]
    if any(part is not None and part > 1 for part in parts):
        raise TiersOutOfOrder
    tiers = [
        {
            "from_unit": tier.from_unit,
            "numerator": part and part.numerator,
            "denominator": part and part.denominator,
            "least_minor": tier.least_minor,
        }
        for tier, part in zip(policy.tiers, parts, strict=True)
    ]
    return await work.run(
        SET_OUTAGE_POLICY,
        version=(await outage_policy_in_force(work)).version + 1,
        unit=policy.unit,
        least_units=policy.least_units,
        currency=policy.currency,
        gives_by_itself=policy.gives_by_itself,
        citation=policy.citation,
        tiers=msgspec.json.encode(tiers).decode(),
    )


async def outage_policy_in_force(work: Work) -> OutagePolicy:
    """What is given back now."""
    return await version_in_force(work, OUTAGE_POLICY, shipped=SHIPPED)


async def outage_policy_of(work: Work, *, version: int) -> OutagePolicy:
    """What was given back under that version."""
    return await work.first(OUTAGE_POLICY, before=version + 1, limit=1) or SHIPPED


async def list_outage_policies(work: Work, *, limit: int, cursor: str | None) -> Page[OutagePolicy]:
    """Every version, the one in force first; the one that is shipped last."""
    return await page_of_versions(work, OUTAGE_POLICY, shipped=SHIPPED, purpose="outage policies", limit=limit, cursor=cursor)
