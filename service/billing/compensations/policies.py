"""What is given as damages: versions of a policy; the last one is in force, and for some countries one is shipped."""

import msgspec

from service.billing.compensations.rule import NONE, SHIPPED
from service.billing.queries.compensations import COMPENSATION_POLICY, SET_COMPENSATION_POLICY
from service.billing.records.compensations import CompensationPolicy, CompensationPolicySet, NewCompensationPolicy
from service.identity.organisations import find_organisation
from service.kit.money import exact
from service.kit.paging import Page
from service.kit.policies import page_of_versions, version_in_force
from service.kit.refusals import InvalidDocument, Refusal
from service.kit.verbs import Lock, Work, verb


class RatesUnclear(Refusal):
    """A day of an outage has one rate, a missed appointment one, and none is more than a month's price."""

    code, status, remedy = (
        "RATES_UNCLEAR",
        422,
        "Send each `from_day` once, no `from_day` with `missed_visit`, and an `of_month` of at most 1.",
    )
    constraints = ("billing.missed_visit_has_one_rate", "billing.compensation_rate_is_a_part")


@verb(refusals=(InvalidDocument, RatesUnclear), locks=lambda **_: (Lock.series(),))
async def set_compensation_policy(work: Work, *, policy: NewCompensationPolicy) -> CompensationPolicySet:
    """Sets what is given as damages from now on; what was given stays given."""
    return await _set(work, policy)


async def _set(work: Work, policy: NewCompensationPolicy) -> CompensationPolicySet:
    parts = [exact(one.of_month) for one in policy.rates]
    if (
        len({(one.what, one.from_day) for one in policy.rates}) < len(policy.rates)
        or any(one.what == "missed_visit" and one.from_day > 1 for one in policy.rates)
        or any(part > 1 for part in parts)
    ):
        raise RatesUnclear
    rates = [
        {
            "what": one.what,
            "from_day": one.from_day,
            "numerator": part.numerator,
            "denominator": part.denominator,
            "least_minor": one.least_minor,
        }
        for one, part in zip(policy.rates, parts, strict=True)
    ]
    return await work.run(
        SET_COMPENSATION_POLICY,
        version=(await compensation_policy_in_force(work)).version + 1,
        currency=policy.currency,
        counts_from=policy.counts_from,
        gives_by_itself=policy.gives_by_itself,
        citation=policy.citation,
        rates=msgspec.json.encode(rates).decode(),
    )


@verb(refusals=(InvalidDocument, RatesUnclear), locks=lambda **_: (Lock.series(),))
async def give_compensation_by_itself(work: Work, *, by_itself: bool) -> CompensationPolicySet:
    """Has what the policy in force gives be given by itself from now on, or by people alone; whatever else it says stays. As it is already it stays so."""
    policy = await compensation_policy_in_force(work)
    if not policy.rates:
        raise InvalidDocument("Nothing is set that could be given: set a policy first.")
    if policy.gives_by_itself == by_itself:
        work.status = 200
        return CompensationPolicySet(policy.version)
    return await _set(
        work,
        NewCompensationPolicy(
            currency=policy.currency,
            rates=policy.rates,
            counts_from=policy.counts_from,
            gives_by_itself=by_itself,
            citation=policy.citation,
        ),
    )


async def compensation_policy_in_force(work: Work) -> CompensationPolicy:
    """What is given now."""
    return await version_in_force(work, COMPENSATION_POLICY, shipped=await _shipped(work))


async def compensation_policy_of(work: Work, *, version: int) -> CompensationPolicy:
    """What one version gives."""
    found = await work.first(COMPENSATION_POLICY, before=version + 1, limit=1)
    return found or await _shipped(work)


async def list_compensation_policies(work: Work, *, limit: int, cursor: str | None) -> Page[CompensationPolicy]:
    """Every version, the one in force first; the one that is shipped last."""
    shipped = await _shipped(work)
    return await page_of_versions(work, COMPENSATION_POLICY, shipped=shipped, purpose="compensation policies", limit=limit, cursor=cursor)


async def _shipped(work: Work) -> CompensationPolicy:
    return SHIPPED.get((await find_organisation(work)).country, NONE)
