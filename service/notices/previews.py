"""Every kind of notice with made-up people: how it is worded, in which language, and by which rule it goes."""

from typing import Any

import msgspec

from service.customers.records import Language
from service.identity.organisations import find_organisation
from service.kit.paging import Page
from service.kit.verbs import Work
from service.notices.records import Kind
from service.notices.rule_records import Audience, Needed, Rule
from service.notices.rules import ABOUT, rules_in_force
from service.notices.samples import sample
from service.notices.wording import shortened, worded


class Preview(msgspec.Struct, frozen=True):
    """One kind in one language."""

    kind: Kind
    language: Language
    to: Audience
    needed: Needed | None
    rule: Rule
    subject: str
    text: str
    short: str | None
    """As a text or chat message, where its rule names such a channel."""


async def list_previews(work: Work, *, language: Language, folder: str) -> Page[Preview]:
    """Each kind in that language, with the organisation's own name and the operator's own templates."""
    organisation = await find_organisation(work)
    rules = {rule.kind: rule for rule in (await rules_in_force(work)).rules}
    return Page(items=[_preview(rules[kind], language, {"organisation": organisation}, folder) for kind in ABOUT])


def _preview(rule: Rule, language: Language, values: dict[str, Any], folder: str) -> Preview:
    values = sample(rule.kind) | values
    subject, text = worded(rule.kind, language, values, folder=folder)
    short = shortened(rule.kind, language, values, folder=folder) if set(rule.channels) - {"email"} else None
    return Preview(rule.kind, language, ABOUT[rule.kind].to, ABOUT[rule.kind].needed, rule, subject, text, short)
