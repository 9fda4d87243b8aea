"""Letters become mail: templates as files, one a notice and language, amounts and days as the reader writes them."""

from datetime import date, datetime
from decimal import Decimal
from email.headerregistry import Address
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, get_currency_precision
from jinja2 import Environment, PackageLoader, StrictUndefined

from service.customers.records import Language
from service.documents.words import CHANNELS, LOCALES, UNITS
from service.integrations.mail import Attachment, Mail, MailMalformed, message_id_for
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
"""When somebody comes: nobody is expected to the second."""
# Plain text: nothing is escaped because nothing is interpreted.
_TEMPLATES = Environment(loader=PackageLoader("service.notices"), undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)  # noqa: S701


def mail_of(letter: Letter, *, now: NoticeNow, organisation_id: UUID, settings: Settings, attachments: tuple[Attachment, ...] = ()) -> Mail:
    """The same mail each time it is made of the same letter and files by the same way, whatever the clock says; raises MailMalformed."""
    if letter.recipient is None:
        raise MailMalformed("To nobody.")
    subject, text = worded(now.kind, letter.language, letter.values | {"public_url": settings.public_url})
    organisation = letter.values["organisation"]
    domain = settings.mail_from.rpartition("@")[2].rstrip(">")
    return Mail(
        message_id=message_id_for(notice_id=now.id, domain=domain, way=now.way),
        dated_at=now.queued_at,
        sender=str(Address(display_name=organisation.name, addr_spec=settings.mail_from)),
        recipient=letter.recipient.address,
        subject=letter.subject or subject,
        text=text,
        reply_to=letter.reply_to or organisation.email,
        answers=letter.answers,
        attachments=attachments,
        notice=f"{organisation_id}/{now.id}/{now.way}",
    )


def worded(kind: Kind, language: str, values: dict[str, Any]) -> tuple[str, str]:
    """Subject and text in that language."""
    chosen: Language = "de" if language == "de" else "en"

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

    text = _TEMPLATES.get_template(f"{kind}.{language}.txt").render(
        values,
        money=money,
        day=day,
        moment=moment,
        minute=minute,
        unit=unit,
        channels=CHANNELS[chosen],
        kind_of=PROMISED[chosen].__getitem__,
    )
    subject, _, body = text.partition("\n")
    return subject.removeprefix("Subject: ").strip(), body.lstrip("\n")
