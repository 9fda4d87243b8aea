"""Templates become pages in the reader's language, with money, dates and headers as they should be."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, format_decimal, format_percent, get_decimal_symbol
from jinja2 import Environment, PackageLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from litestar import Response
from litestar.enums import MediaType

from service.customers.records import Language
from service.documents.words import LOCALES
from service.kit.money import MINOR_DIGITS
from service.kit.words import marked
from service.web import notice_words
from service.web.care_words import ACTORS, AGREED_BY, CASE_KINDS, CHANNELS, OBJECTED, OUTCOMES, PROMISED, PROMISES, TEAMS
from service.web.custody_words import BENCH_STATES
from service.web.languages import LANGUAGES, text, translations
from service.web.reading import READER
from service.web.service_words import ON_AGAIN, SUSPENDED_FOR, WITH_US
from service.web.words import (
    ACTS,
    ANSWERS,
    CONDITIONS,
    CONFIRMING,
    DONE_ALREADY,
    JOB_KINDS,
    JOB_STATES,
    NOTICES,
    PHOTO_ALTS,
    PHOTO_KINDS,
    REASONS,
    SERVICE_STATES,
    STATES,
    STATES_TO_CUSTOMER,
    STATES_TO_OFFICE,
    STEP_NAMES,
    UNITS,
    UNTAXED,
    WHY_UNFINISHED,
    said,
)

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
}

SCRIPTED = {
    "Content-Security-Policy": HEADERS["Content-Security-Policy"].replace("default-src 'none';", "default-src 'none'; script-src 'self';")
}
"""For a page that loads a script of ours, from a file: nothing inline ever runs."""

ASKING = {"Content-Security-Policy": SCRIPTED["Content-Security-Policy"].replace("script-src", "connect-src 'self'; script-src")}
"""For a page whose script asks us, too."""

FOR_READER = marked("%(moment)s for you")
MOMENTS = {"en": "EEE d MMM y, HH:mm", "de": "EEE, dd.MM.y, HH:mm"}


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=PackageLoader("service.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(translations(language), newstyle=True)  # type: ignore[attr-defined]
    environment.globals |= {
        "language": language,
        "states": said(STATES, language),
        "states_to_customer": said(STATES_TO_CUSTOMER, language),
        "states_to_office": said(STATES_TO_OFFICE, language),
        "step_names": said(STEP_NAMES, language),
        "service_states": said(SERVICE_STATES, language),
        "suspended_for": said(SUSPENDED_FOR, language),
        "on_again": said(ON_AGAIN, language),
        "with_us": said(WITH_US, language),
        "kinds_of_acts": said(ACTS, language),
        "job_states": said(JOB_STATES, language),
        "job_kinds": said(JOB_KINDS, language),
        "reasons": said(REASONS, language),
        "done_already": said(DONE_ALREADY, language),
        "answers_in_words": said(ANSWERS, language),
        "confirming": said(CONFIRMING, language),
        "why_unfinished": said(WHY_UNFINISHED, language),
        "notices": said(NOTICES, language),
        "notice_states": said(notice_words.STATES, language),
        "notice_reasons": said(notice_words.REASONS, language),
        "audiences": said(notice_words.AUDIENCES, language),
        "needs": said(notice_words.NEEDS, language),
        "promises": said(PROMISES, language),
        "promised": said(PROMISED, language),
        "teams": said(TEAMS, language),
        "message_channels": said(CHANNELS, language),
        "case_kinds": said(CASE_KINDS, language),
        "objected": said(OBJECTED, language),
        "outcomes": said(OUTCOMES, language),
        "agreed_by": said(AGREED_BY, language),
        "bench_states": said(BENCH_STATES, language),
        "conditions": said(CONDITIONS, language),
        "untaxed": said(UNTAXED, language),
        "units": UNITS,
        "photo_alts": said(PHOTO_ALTS, language),
        "photo_kinds": said(PHOTO_KINDS, language),
    }
    environment.filters |= {
        "money": _money,
        "typed": _typed,
        "price": _price,
        "number": _number,
        "moment": _moment,
        "date": _date,
        "day": _day,
        "clock": _clock,
        "share": _share,
        "part": _part,
        "actor": _actor,
    }
    return environment


def page(template: str, *, language: str, status: int = 200, headers: Mapping[str, str] | None = None, **values: Any) -> Response[str]:
    """That template as a page, in a language we have or else English."""
    chosen = language if language in LANGUAGES else "en"
    body = _environment(chosen).get_template(template).render(zones_told=set(), readers_zone=READER.get(), **values)
    return Response(body, status_code=status, media_type=MediaType.HTML, headers={**HEADERS, "Content-Language": chosen, **(headers or {})})


@pass_context
def _money(context: Context, minor: int, currency: str) -> str:
    amount = Decimal(minor).scaleb(-MINOR_DIGITS[currency])
    return format_currency(amount, currency, locale=LOCALES[context["language"]])


@pass_context
def _typed(context: Context, minor: int, currency: str) -> str:
    """An amount as people type it: no sign, no groups."""
    return str(Decimal(minor).scaleb(-MINOR_DIGITS[currency])).replace(".", get_decimal_symbol(LOCALES[context["language"]]))


@pass_context
def _price(context: Context, minor: str, currency: str) -> str:
    """A unit price, which may be finer than a minor unit."""
    if "/" in minor:
        return f"{minor} {currency}"
    amount = Decimal(minor).scaleb(-MINOR_DIGITS[currency])
    return format_currency(amount, currency, locale=LOCALES[context["language"]], decimal_quantization=False)


@pass_context
def _number(context: Context, value: str) -> str:
    return format_decimal(Decimal(value), locale=LOCALES[context["language"]]) if "/" not in value else value


@pass_context
def _share(context: Context, permille: int) -> str:
    return format_percent(Decimal(permille).scaleb(-3), locale=LOCALES[context["language"]])


@pass_context
def _part(context: Context, fraction: str) -> str:
    return percent_of(fraction, context["language"])


def percent_of(fraction: str, language: Language) -> str:
    """A fraction as `1/10` in per cent, as people of that language write it."""
    part = Fraction(fraction)
    return format_percent(Decimal(part.numerator) / part.denominator, locale=LOCALES[language], decimal_quantization=False)


@pass_context
def _actor(context: Context, principal: str) -> str:
    """What did something, where it was nobody with a name."""
    kind, _, _ = principal.partition(":")
    return text(context["language"], ACTORS[kind]) if kind in ACTORS else kind


@pass_context
def _moment(context: Context, at: datetime, zone: str) -> str:
    _tell_zone(context, zone)
    language = context["language"]
    said = format_datetime(at.astimezone(ZoneInfo(zone)), MOMENTS[language], locale=LOCALES[language])
    return said + _for_reader(at, zone, READER.get(), language)


@pass_context
def _date(context: Context, on: date) -> str:
    return format_date(on, "full", locale=LOCALES[context["language"]])


@pass_context
def _day(context: Context, on: str) -> str:
    """A day as facts write it."""
    return format_date(date.fromisoformat(on), "medium", locale=LOCALES[context["language"]])


@pass_context
def _clock(context: Context, at: datetime, zone: str) -> str:
    _tell_zone(context, zone)
    language = context["language"]
    to_scale = str(context.name).startswith("board")  # which is drawn by the place's clock alone (decision 207)
    return _clock_in(at, zone, LOCALES[language]) + ("" if to_scale else _for_reader(at, zone, READER.get(), language))


@lru_cache(10_000)
def _for_reader(at: datetime, zone: str, reader: str, language: Language) -> str:
    """The same moment by the clock of whoever reads, in brackets; nothing where that says the same."""
    here, there = at.astimezone(ZoneInfo(zone)), at.astimezone(ZoneInfo(reader or zone))
    if here.utcoffset() == there.utcoffset():
        return ""
    shape = "HH:mm" if here.date() == there.date() else MOMENTS[language]
    return f" ({text(language, FOR_READER) % {'moment': format_datetime(there, shape, locale=LOCALES[language])}})"


def _tell_zone(context: Context, zone: str) -> None:
    """Has the foot of the page say by whose clock its times are."""
    told = context.get("zones_told")
    if told is not None:
        told.add(zone)


@lru_cache(10_000)
def _clock_in(at: datetime, zone: str, locale: str) -> str:
    """Kept, since a board says the same few hundred instants thousands of times."""
    return format_time(at.astimezone(ZoneInfo(zone)), "short", locale=locale)
