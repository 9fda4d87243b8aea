"""Tolerance policies: where the law of a place lets a bill exceed what was authorised, with where that is written."""

from service.authorisations.queries import LIST_LAWS, LIST_PAPER_LAWS, LIST_POLICIES, PUBLISH_POLICY
from service.authorisations.records import Law, NewPolicy, PaperLaw, PolicyReceipt, PublishedPolicy
from service.kit.money import exact
from service.kit.refusals import InvalidDocument, Refusal
from service.kit.verbs import Work, verb

NO_CAP = 9_000_000_000_000_000


class PolicyReserved(Refusal):
    """This name stands for no tolerance at all."""

    code, status, remedy = "POLICY_RESERVED", 409, "Choose another name; `ZERO` applies wherever no policy is named."


class PolicyMoved(Refusal):
    """Somebody published this policy at the same moment."""

    code, status, remedy = "POLICY_MOVED", 409, "Read the policy as it stands and publish again if need be."
    constraints = ("authorisations.policy_pkey",)


class PolicyAboveLegalMax(Refusal):
    """The law of this place doesn't let bills exceed what was authorised by so much."""

    code, status, remedy = (
        "POLICY_ABOVE_LEGAL_MAX",
        422,
        "Read `GET /v1/laws` for the most that is allowed there, and publish that or less.",
    )
    constraints = ("authorisations.policy_within_the_law",)


@verb(refusals=(PolicyReserved, PolicyMoved, PolicyAboveLegalMax))
async def publish_policy(work: Work, *, policy: NewPolicy) -> PolicyReceipt:
    """Publishes a tolerance policy or its next version; matters opened before keep the version they were opened under."""
    if policy.name == "ZERO":
        raise PolicyReserved
    percent = exact(policy.percent_of)
    if not 0 <= percent <= 1:
        raise InvalidDocument("`percent_of` is a fraction from 0 to 1: `1/10`.")
    if policy.combine == "none" and (percent or policy.abs_minor):
        raise InvalidDocument("A policy that combines nothing has no figures.")
    return await work.run(
        PUBLISH_POLICY,
        policy_id=work.new_id(),
        name=policy.name,
        citation=policy.citation,
        jurisdiction=policy.jurisdiction,
        trade=policy.trade,
        price_form=policy.price_form,
        combine=policy.combine,
        pct_numerator=percent.numerator,
        pct_denominator=percent.denominator,
        abs_minor=policy.abs_minor,
        hard_cap_minor=NO_CAP if policy.hard_cap_minor is None else policy.hard_cap_minor,
        at_limit_refuses=policy.at_limit_refuses,
        consent_deadline=policy.consent_deadline,
        record_lag_seconds=policy.record_lag_seconds,
        requires_written_offer=policy.requires_written_offer,
    )


async def list_policies(work: Work) -> list[PublishedPolicy]:
    """The policies in force."""
    return await work.all(LIST_POLICIES)


async def list_laws(work: Work) -> list[Law]:
    """The laws on file: the most that a policy may allow, by place, trade and form of the price."""
    return await work.all(LIST_LAWS)


async def list_paper_laws(work: Work) -> list[PaperLaw]:
    """What the laws on file want to read on an offer, a job's paper and an invoice, by place and trade."""
    return await work.all(LIST_PAPER_LAWS)
