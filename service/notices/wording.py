"""Letters become mail: templates as files, one a notice and language, amounts and days as the reader writes them."""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, get_currency_precision
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined, select_autoescape

from service.care.records.mails import MailSender
from service.customers.records import Language
from service.documents.words import CHANNELS, LOCALES, UNITS
from service.integrations.mail import Attachment, Mail, MailMalformed, message_id_for, sender_of
from service.integrations.texting import TEXT_LENGTH, Text
from service.kit.money import Money
from service.notices.records import Kind, Letter, NoticeNow
from service.settings import Settings

PROMISED: dict[Language, dict[str, str]] = {
    "en": {
        "arrive": "a visit",
        "update": "news",
        "restore": "working service",
        "call_back": "a call back",
        "reply": "a reply",
        "refund": "a refund",
    },
    "de": {
        "arrive": "ein Besuch",
        "update": "eine Nachricht",
        "restore": "wieder laufender Dienst",
        "call_back": "ein Rückruf",
        "reply": "eine Antwort",
        "refund": "eine Erstattung",
    },
}
"""What each kind of promise promises."""
TO_THE_MINUTE: dict[Language, str] = {"en": "d MMMM y, HH:mm z", "de": "d. MMMM y, HH:mm z"}
"""When somebody comes or something is promised by: nobody is held to the second."""
LINK = re.compile(r"https?://\S+")
QUOTE: dict[Language, str] = {"en": "Please quote {reference}", "de": "Bitte angeben: {reference}"}
PORTAL: dict[Language, str] = {
    "en": "Everything of yours, and a word to us: {url}",
    "de": "Ihre Seite mit allem, auch für Nachrichten an uns: {url}",
}
NEEDLESS: dict[Language, str] = {
    "en": "If you don't want to be told this any more: {url}",
    "de": "Das nicht mehr gesagt bekommen: {url}",
}


@cache
def templates_in(folder: str) -> Environment:
    """The shipped templates, and before each the operator's own of the same name. They are plain text (`.txt`), in which nothing is escaped."""
    shipped = PackageLoader("service.notices")
    loader = ChoiceLoader([FileSystemLoader(folder), shipped]) if folder else shipped
    return Environment(loader=loader, undefined=StrictUndefined, autoescape=select_autoescape(), keep_trailing_newline=True)


def mail_of(letter: Letter, *, now: NoticeNow, organisation_id: UUID, settings: Settings, attachments: tuple[Attachment, ...] = ()) -> Mail:
    """The same mail each time it is made of the same letter and files by the same way, whatever the clock says; raises MailMalformed."""
    if letter.recipient is None:
        raise MailMalformed("To nobody.")
    subject, text = worded(now.kind, letter.language, letter.values | {"public_url": settings.public_url}, folder=settings.templates)
    organisation = letter.values["organisation"]
    sender = letter.sender or MailSender(organisation.name, settings.mail_from)
    stop = letter.values.get("stop")
    url = f"{settings.public_url}/stop/{stop}" if stop else None
    return Mail(
        message_id=message_id_for(notice_id=now.id, domain=sender.address.rpartition("@")[2], mark=letter.mark, way=now.way),
        dated_at=now.queued_at,
        sender=sender_of(name=sender.name, address=sender.address),
        recipient=letter.recipient.address,
        subject=letter.subject or subject,
        text=text + signed(letter, url=url, home=settings.public_url),
        reply_to=letter.reply_to or organisation.email,
        answers=letter.answers,
        attachments=attachments,
        notice=f"{organisation_id}/{now.id}/{now.way}/{letter.mark}",
        stop_url=url,
    )


def signed(letter: Letter, *, url: str | None, home: str) -> str:
    """Whom a customer reaches, where and with what to quote; then the page of theirs, and how they aren't told so any more."""
    organisation, language, reference = letter.values["organisation"], _language(letter.language), letter.values.get("reference")
    portal = letter.values.get("portal")
    lines = []
    if reference:
        whom = [*organisation.address.splitlines(), f"{organisation.phone} · {organisation.email}"]
        lines = [line for line in whom if line] + [QUOTE[language].format(reference=reference)]
    lines += [""] if portal or url else []
    lines += [PORTAL[language].format(url=f"{home}/l/{portal}")] if portal else []
    lines += [NEEDLESS[language].format(url=url)] if url else []
    return "".join(f"{line}\n" for line in lines)


def text_of(letter: Letter, *, now: NoticeNow, organisation_id: UUID, settings: Settings) -> Text:
    """The same as a short message; raises MailMalformed."""
    if letter.recipient is None or letter.recipient.channel == "email":
        raise MailMalformed("To nobody.")
    values = letter.values | {"public_url": settings.public_url}
    return Text(
        organisation_id=organisation_id,
        notice_id=now.id,
        way=now.way,
        channel=letter.recipient.channel,
        to=letter.recipient.address,
        text=shortened(now.kind, letter.language, values, folder=settings.templates),
    )


def shortened(kind: Kind, language: str, values: dict[str, Any], *, folder: str = "") -> str:
    """By a short template of its own where the operator has one; else its subject, its first link and who to call."""
    subject, text = worded(kind, language, values, folder=folder)
    link = LINK.search(text)
    portal = values.get("portal")
    first = link[0] if link else f"{values['public_url']}/l/{portal}" if portal else None
    names = [f"{kind}.{language}.short.txt", f"short.{language}.txt"]
    template = templates_in(folder).select_template(names)
    said = template.render(values | {"subject": subject, "link": first}, **_helpers(language))
    return " ".join(said.split())[:TEXT_LENGTH]


def worded(kind: Kind, language: str, values: dict[str, Any], *, folder: str = "") -> tuple[str, str]:
    """Subject and text in that language."""
    text = templates_in(folder).get_template(f"{kind}.{language}.txt").render(values, **_helpers(language))
    subject, _, body = text.partition("\n")
    return subject.removeprefix("Subject: ").strip(), body.lstrip("\n")


def _language(language: str) -> Language:
    return "de" if language == "de" else "en"


def _helpers(language: str) -> dict[str, Any]:
    """What templates say amounts, days and words with."""
    chosen = _language(language)

    def money(amount: Money | int, currency: str = "") -> str:
        minor, code = (amount.amount, amount.currency) if isinstance(amount, Money) else (amount, currency)
        exponent = get_currency_precision(code)
        return format_currency(Decimal(minor).scaleb(-exponent), code, locale=language)

    def day(value: date | str) -> str:
        return format_date(date.fromisoformat(value) if isinstance(value, str) else value, format="long", locale=language)

    def moment(value: datetime, zone: str) -> str:
        return format_datetime(value, format="long", tzinfo=ZoneInfo(zone), locale=LOCALES[chosen])

    def minute(value: datetime, zone: str) -> str:
        return format_datetime(value, TO_THE_MINUTE[chosen], tzinfo=ZoneInfo(zone), locale=LOCALES[chosen])

    def unit(code: str) -> str:
        return UNITS[chosen].get(code, code)

    return {
        "money": money,
        "day": day,
        "moment": moment,
        "minute": minute,
        "unit": unit,
        "channels": CHANNELS[chosen],
        "kind_of": PROMISED[chosen].__getitem__,
    }
