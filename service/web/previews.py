"""Everything people are told, on a page: each kind with made-up people, in one of the languages, and by which rule it goes, which managers change there."""

from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency

from service.customers.records import Language
from service.identity.organisations import find_organisation
from service.identity.records import Organisation
from service.kit.http import Call
from service.kit.refusals import InvalidDocument, Refusal
from service.kit.verbs import Work
from service.notices.previews import Preview, list_previews
from service.notices.rule_records import QuietHours, Rule, RuleSet
from service.notices.rules import ABOUT, rules_in_force, set_notice_rule, set_quiet_hours
from service.web.forms import acted, converted, filled_in, whole_in
from service.web.guard import from_our_own_page
from service.web.languages import NAMES, chosen, way_in
from service.web.pages import page
from service.web.refusal_words import said_to_people

PAGE, SET = "/app/notices", "organisation:write"


class PreviewsShown(msgspec.Struct, frozen=True):
    """Everything the page says."""

    organisation: Organisation
    language: Language
    rules: RuleSet
    previews: list[Preview]


@get(PAGE, opt={"scope": "customers:read"}, include_in_schema=False)
async def show_previews(call: NamedDependency[Call[Any]]) -> Response[str]:
    """Each as it is worded, and its rule."""
    return await _page(call)


@post(PAGE, opt={"scope": SET}, include_in_schema=False)
async def change_rules(call: NamedDependency[Call[Any]]) -> Response[Any]:
    """Sets one kind's rule, has it as shipped again, or sets when night is; then shows that kind again."""
    from_our_own_page(call.request)
    form = await filled_in(call)
    kind = next((one for one in ABOUT if one == form.get("kind")), None)

    async def act() -> None:
        if form.get("do") == "night":
            hours = {"quiet_from": form.get("from"), "quiet_until": form.get("until")}
            await call.do(set_quiet_hours, hours=converted(hours, QuietHours))
        elif kind is None:
            raise InvalidDocument
        else:
            rule = ABOUT[kind].shipped if form.get("do") == "shipped" else _rule(form)
            await call.do(set_notice_rule, told=rule)

    back = f"{PAGE}{way_in(call.request)}{f'#{kind}' if kind else ''}"
    return await acted(act, to=lambda: back, again=lambda refusal: _page(call, refusal=refusal))


def _rule(form: dict[str, str]) -> Rule:
    """The rule as the form says it; raises InvalidDocument."""
    minutes = form.get("every_minutes")
    document = {
        "kind": form.get("kind"),
        "channels": [form[name] for name in ("first", "second", "third") if name in form],
        "quiet": form.get("quiet") == "yes",
        "every_minutes": whole_in(minutes) if minutes else None,
        "excess": form.get("excess"),
        "language": form.get("language"),
        "reach": form.get("reach"),
    }
    if minutes and document["every_minutes"] is None:
        raise InvalidDocument
    rule: Rule = converted(document, Rule)
    return rule


async def _page(call: Call[Any], *, refusal: Refusal | None = None) -> Response[str]:
    folder = call.request.app.state.settings.templates
    shown: PreviewsShown = await call.ask(look_at_previews, language=chosen(call.request), folder=folder)
    language = shown.organisation.language
    return page(
        "previews.html",
        language=language,
        status=200 if refusal is None else refusal.status,
        refused=None if refusal is None else said_to_people(refusal, language=language),
        organisation=shown.organisation,
        rules=shown.rules,
        shipped={kind: about.shipped for kind, about in ABOUT.items()},
        may_set=call.principal.may(SET),
        previews=shown.previews,
        languages=NAMES,
        chosen=shown.language,
        reference=None,
    )


async def look_at_previews(work: Work, *, language: str, folder: str) -> PreviewsShown:
    """In that language, else in the organisation's."""
    organisation = await find_organisation(work)
    shown: Language = "de" if (language or organisation.language) == "de" else "en"
    previews = (await list_previews(work, language=shown, folder=folder)).items
    return PreviewsShown(organisation, shown, await rules_in_force(work), previews)


ROUTES: list[Any] = [show_previews, change_rules]
