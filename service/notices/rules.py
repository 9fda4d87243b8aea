"""By which rules people are told: who, in which language, by which channels, at most how often, in whose night. Versions; the last one is in force."""

from datetime import datetime, time
from typing import Final

import msgspec
from msgspec.structs import replace

from service.billing.dunning.calm import next_waking
from service.billing.dunning.policies import policy_in_force
from service.kit.paging import Page
from service.kit.policies import page_of_versions, version_in_force
from service.kit.refusals import Refusal
from service.kit.verbs import Lock, Work, verb
from service.notices.queries import RULE_SETS, SET_RULES
from service.notices.records import Kind
from service.notices.rule_records import Audience, KindAbout, Needed, NewRuleSet, QuietHours, Reach, Rule, RuleSet, RulesSet

EVERY_WAY: Final = ("email", "sms", "chat")


def _about(to: Audience, needed: Needed | None, reach: Reach, *, quiet: bool = False) -> tuple[Audience, Needed | None, Reach, bool]:
    return to, needed, reach, quiet


_SHIPPED: Final[dict[Kind, tuple[Audience, Needed | None, Reach, bool]]] = {
    "receipt": _about("customer", None, "never"),
    "invoice": _about("customer", "law", "always"),
    "credit_note": _about("customer", "law", "always"),
    "compensation_given": _about("customer", None, "failed"),
    "compensation_taken_back": _about("customer", None, "always"),
    "payment_reminder": _about("customer", "law", "always"),
    "payment_reversed": _about("customer", "law", "always"),
    "claim_reminder": _about("customer", "law", "always"),
    "saving_link": _about("customer", "asked", "always"),
    "portal_link": _about("contact", "asked", "never"),
    "charge_notice": _about("customer", "law", "always"),
    "charge_failed": _about("customer", "law", "always"),
    "promise_renewed": _about("customer", None, "always"),
    "incident_declared": _about("customer", None, "failed", quiet=True),
    "incident_moved": _about("customer", None, "failed", quiet=True),
    "incident_ended": _about("customer", None, "never", quiet=True),
    "visit_booked": _about("customer", None, "always"),
    "visit_moved": _about("customer", None, "always"),
    "visit_cancelled": _about("customer", None, "always"),
    "visit_waits": _about("customer", "asked", "always"),
    "visit_wait_ended": _about("customer", "asked", "always"),
    "visit_late": _about("customer", None, "always"),
    "visit_on_time": _about("customer", None, "never"),
    "visit_handed_over": _about("customer", "safety", "always"),
    "visit_missed": _about("customer", None, "always"),
    "case_answer": _about("customer", "asked", "always"),
    "device_taken_in": _about("customer", None, "never"),
    "device_news": _about("customer", None, "always"),
    "device_ready": _about("customer", None, "always"),
    "device_handed_back": _about("customer", None, "never"),
    "device_scrapped": _about("customer", None, "never"),
    "loaner_lent": _about("customer", None, "never"),
    "loaner_due": _about("customer", None, "failed", quiet=True),
    "consent_copy": _about("contact", "law", "always"),
    "question_reply": _about("contact", "asked", "always"),
    "approval_held": _about("contact", "safety", "always"),
    "one_time_code": _about("contact", "asked", "never"),
    "offer_link": _about("contact", "asked", "always"),
    "invitation": _about("staff", "asked", "never"),
    "password_reset": _about("staff", "asked", "never"),
    "mail_code": _about("staff", "asked", "never"),
    "cash_limit_reached": _about("staff", "asked", "never"),
    "dispute_due": _about("staff", "asked", "never"),
    "webhook_paused": _about("staff", "asked", "never"),
    "promise_due": _about("staff", "asked", "never", quiet=True),
    "promise_broken": _about("staff", "asked", "never", quiet=True),
}
BY_EVERY_WAY: Final[frozenset[Kind]] = frozenset({"portal_link", "offer_link", "one_time_code"})
"""Told to one person alone, by whichever channel they are reached."""
OFF: Final[frozenset[Kind]] = frozenset({"visit_booked", "visit_moved", "visit_cancelled"})
"""Told only where an organisation's rules name channels for them."""
ABOUT: Final[dict[Kind, KindAbout]] = {
    kind: KindAbout(
        kind=kind,
        to=to,
        needed=needed,
        shipped=Rule(
            kind=kind,
            channels=[] if kind in OFF else list(EVERY_WAY if to == "customer" or kind in BY_EVERY_WAY else EVERY_WAY[:1]),
            quiet=quiet,
            reach=reach,
        ),
    )
    for kind, (to, needed, reach, quiet) in _SHIPPED.items()
}
SHIPPED: Final = RuleSet(version=0, quiet_from=None, quiet_until=None, rules=[], set_by=None, set_at=None)


class NoticeRuleUnfit(Refusal):
    """These rules can't be kept."""

    code, status, remedy = (
        "NOTICE_RULE_UNFIT",
        422,
        "Name each kind and channel once, staff and single contacts by `email`, and leave what law, safety or somebody's own asking needs a channel.",
    )
    constraints = ("notices.quiet_in_the_night",)


@verb(refusals=(NoticeRuleUnfit,), locks=lambda **_: (Lock.series(),))
async def set_notice_rules(work: Work, *, rules: NewRuleSet) -> RulesSet:
    """Sets by which rules people are told from now on; a kind that isn't named is as shipped."""
    return await _set(work, rules, after=await version_in_force(work, RULE_SETS, shipped=SHIPPED))


@verb(refusals=(NoticeRuleUnfit,), locks=lambda **_: (Lock.series(),))
async def set_notice_rule(work: Work, *, told: Rule) -> RulesSet:
    """Sets by which rule one kind is told from now on; whatever else was set stays."""
    stands = await version_in_force(work, RULE_SETS, shipped=SHIPPED)
    others = [one for one in stands.rules if one.kind != told.kind]
    return await _set(work, NewRuleSet([*others, told], stands.quiet_from, stands.quiet_until), after=stands)


@verb(refusals=(NoticeRuleUnfit,), locks=lambda **_: (Lock.series(),))
async def set_quiet_hours(work: Work, *, hours: QuietHours) -> RulesSet:
    """Sets when night is from now on; whatever else was set stays."""
    stands = await version_in_force(work, RULE_SETS, shipped=SHIPPED)
    return await _set(work, NewRuleSet(stands.rules, hours.quiet_from, hours.quiet_until), after=stands)


async def _set(work: Work, rules: NewRuleSet, *, after: RuleSet) -> RulesSet:
    if (rules.quiet_from is None) != (rules.quiet_until is None):
        raise NoticeRuleUnfit
    if len({rule.kind for rule in rules.rules}) < len(rules.rules):
        raise NoticeRuleUnfit
    for rule in rules.rules:
        about = ABOUT[rule.kind]
        narrow = about.to != "customer" and set(rule.channels) - set(about.shipped.channels)
        if narrow or len(set(rule.channels)) < len(rule.channels) or (about.needed and not rule.channels):
            raise NoticeRuleUnfit(f"`{rule.kind}` can't be told so.")
    return await work.run(
        SET_RULES,
        version=after.version + 1,
        quiet_from=_time(rules.quiet_from),
        quiet_until=_time(rules.quiet_until),
        rules=msgspec.json.encode(rules.rules).decode(),
    )


async def list_notice_rules(work: Work, *, limit: int, cursor: str | None) -> Page[RuleSet]:
    """Every version, the one in force first; what a version doesn't name is as shipped."""
    found = await page_of_versions(work, RULE_SETS, shipped=SHIPPED, purpose="notice rules", limit=limit, cursor=cursor)
    return Page(items=[_whole(one) for one in found.items], next=found.next)


async def rules_in_force(work: Work) -> RuleSet:
    """What is so now, of every kind."""
    return _whole(await version_in_force(work, RULE_SETS, shipped=SHIPPED))


async def rule_in_force(work: Work, *, kind: Kind) -> Rule:
    """How that kind is told now."""
    rules = await version_in_force(work, RULE_SETS, shipped=SHIPPED)
    return next((rule for rule in rules.rules if rule.kind == kind), ABOUT[kind].shipped)


async def waking(work: Work, *, zone: str) -> datetime:
    """When somebody there may be told: now, or once their quiet hours are over; days of rest don't keep anything from them."""
    rules = await version_in_force(work, RULE_SETS, shipped=SHIPPED)
    policy = replace(await policy_in_force(work), rest_days=[], rests_on_holidays=False)
    if rules.quiet_from is not None and rules.quiet_until is not None:
        policy = replace(policy, calm_from=rules.quiet_from, calm_until=rules.quiet_until)
    return next_waking(policy, after=work.at, zone=zone, places=[])


def _whole(rules: RuleSet) -> RuleSet:
    named = {rule.kind: rule for rule in rules.rules}
    return replace(rules, rules=[named.get(kind, about.shipped) for kind, about in ABOUT.items()])


def _time(said: str | None) -> time | None:
    return None if said is None else time.fromisoformat(said)
