"""The receipt and the invoice as PDF, in the customer's language and time: facts read in a transaction, set outside of it."""

import asyncio
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import typst
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal

from service.billing.queries.documents import INVOICE_FACTS, RECEIPT_FACTS
from service.billing.records.documents import InvoiceFacts, Language, ReceiptFacts
from service.kit.money import MINOR_DIGITS, exact
from service.kit.verbs import Work

WORDS: dict[Language, dict[str, str]] = {
    "en": {
        "receipt": "Receipt", "invoice": "Invoice", "number": "Number", "customer": "Customer", "received": "Received", "on": "On", "by": "Taken by", "credit": "Your credit",
        "cash": "cash", "card": "card", "bank_transfer": "bank transfer", "open": "Still open", "paid": "Paid", "through": "Service paid through {}", "issued": "Issued",
        "due": "Due", "description": "Description", "quantity": "Quantity", "price": "Price", "amount": "Amount", "sum": "Sum", "tax": "Tax {} %", "tax_in": "Tax {} % included",
        "total": "Total", "consent": "Authorised {} ({}): {} more, {} in all", "void": "VOID – taken back", "contact": "Questions? {}, {}. Please quote {}.",
    },
    "de": {
        "receipt": "Quittung", "invoice": "Rechnung", "number": "Nummer", "customer": "Kunde", "received": "Erhalten", "on": "Am", "by": "Angenommen von",
        "credit": "Ihr Guthaben", "cash": "bar", "card": "Karte", "bank_transfer": "Überweisung", "open": "Noch offen", "paid": "Bezahlt",
        "through": "Dienst bezahlt bis {}", "issued": "Ausgestellt", "due": "Fällig", "description": "Beschreibung", "quantity": "Menge", "price": "Preis",
        "amount": "Betrag", "sum": "Summe", "tax": "Steuer {} %", "tax_in": "Enthaltene Steuer {} %", "total": "Gesamt",
        "consent": "Beauftragt {} ({}): {} mehr, {} insgesamt", "void": "UNGÜLTIG – zurückgenommen", "contact": "Fragen? {}, {}. Bitte {} angeben.",
    },
}  # fmt: skip
UNITS: dict[Language, dict[str, str]] = {
    "en": {"HUR": "h", "C62": "×", "MON": "month", "DAY": "day", "MIN": "min", "KMT": "km", "LTR": "l"},
    "de": {"HUR": "Std.", "C62": "×", "MON": "Monat", "DAY": "Tag", "MIN": "Min.", "KMT": "km", "LTR": "l"},
}
"""Units of measure (UN/ECE Rec 20) as people write them; another code stands for itself."""
CHANNELS: dict[Language, dict[str, str]] = {
    "en": {
        "oral_in_person": "said in person",
        "oral_phone": "said by phone",
        "link": "by link",
        "on_device": "on our device",
        "paper": "on paper",
    },
    "de": {
        "oral_in_person": "mündlich vor Ort",
        "oral_phone": "mündlich am Telefon",
        "link": "per Link",
        "on_device": "auf unserem Gerät",
        "paper": "auf Papier",
    },
}
LOCALES: dict[Language, str] = {"en": "en_GB", "de": "de_DE"}


async def read_receipt_facts(work: Work, *, payment_id: UUID) -> ReceiptFacts:
    """The receipt of a payment as PDF, in the customer's language; a payment taken back says so."""
    return await work.one(RECEIPT_FACTS, payment_id=payment_id)


async def read_invoice_facts(work: Work, *, invoice_id: UUID) -> InvoiceFacts:
    """The invoice as it was issued, as PDF, in the customer's language, with the consents that it stands on."""
    return await work.one(INVOICE_FACTS, invoice_id=invoice_id)


async def receipt_pdf(facts: ReceiptFacts) -> bytes:
    """One page A5; set in a thread, since it keeps the processor busy."""
    return await asyncio.to_thread(_set, "receipt.typ", _receipt(facts))


async def invoice_pdf(facts: InvoiceFacts) -> bytes:
    """A4, as many pages as the lines need; set in a thread."""
    return await asyncio.to_thread(_set, "invoice.typ", _invoice(facts))


def _set(template: str, sheet: dict[str, Any]) -> bytes:
    made = typst.compile(_template(template), sys_inputs={"sheet": msgspec.json.encode(sheet).decode()}, format="pdf")
    if not isinstance(made, bytes):
        raise TypeError("one document is one file")
    return made


@cache
def _template(name: str) -> bytes:
    return (resources.files("service.billing") / "templates" / name).read_bytes()


def _receipt(facts: ReceiptFacts) -> dict[str, Any]:
    words, money = WORDS[facts.language], _money(facts.currency, facts.language)
    local = facts.captured_at.astimezone(ZoneInfo(facts.zone))
    figures = [
        (words["number"], facts.receipt_number),
        (words["customer"], facts.customer),
        (words["received"], f"{money(facts.amount_minor)} ({words[facts.method]})"),
        (words["on"], _moment(local, facts.language)),
        *([(words["by"], facts.taken_by)] if facts.taken_by else []),
        *([(words["credit"], money(facts.credit_minor))] if facts.credit_minor else []),
    ]
    return {
        **_common(facts, title=words["receipt"] + (f" – {words['void']}" if facts.reversed else ""), quote=facts.receipt_number),
        "figures": figures,
        "heads": [words["invoice"], words["paid"], words["open"]],
        "paid": [(part.number, money(part.paid_minor), money(part.open_minor)) for part in facts.paid],
        "services": [words["through"].format(_day(day, facts.language)) for day in facts.paid_through],
    }


def _invoice(facts: InvoiceFacts) -> dict[str, Any]:
    words, money = WORDS[facts.language], _money(facts.currency, facts.language)
    figures = [
        (words["number"], facts.number),
        (words["customer"], facts.customer),
        (words["issued"], _day(facts.issued_on, facts.language)),
        (words["due"], _day(facts.due_on, facts.language)),
    ]
    lines = [
        (
            str(number),
            line.description,
            f"{_number(line.quantity, facts.language)} {UNITS[facts.language].get(line.unit, line.unit)}",
            money(line.unit_price),
            money(line.net_minor),
        )
        for number, line in enumerate(facts.lines, 1)
    ]
    tax = words["tax_in" if facts.tax_basis == "incl" else "tax"]
    totals = [
        (words["sum"], money(facts.lines_minor)),
        *((tax.format(_number(one.rate, facts.language)), money(one.tax_minor)) for one in facts.taxes),
        (words["total"], money(facts.total_minor)),
    ]
    consents = [
        words["consent"].format(
            _moment(one.consented_at.astimezone(ZoneInfo(facts.zone)), facts.language),
            ", ".join(part for part in (CHANNELS[facts.language].get(one.channel, one.channel.replace("_", " ")), one.received_by) if part),
            money(one.added_minor),
            money(one.total_minor),
        )
        for one in facts.consents
    ]
    heads = ["#", words["description"], words["quantity"], words["price"], words["amount"]]
    common = _common(facts, title=f"{words['invoice']} {facts.number}", quote=facts.number)
    return {**common, "figures": figures, "heads": heads, "lines": lines, "totals": totals, "consents": consents}


def _common(facts: ReceiptFacts | InvoiceFacts, *, title: str, quote: str) -> dict[str, Any]:
    contact = WORDS[facts.language]["contact"].format(facts.phone, facts.email, quote)
    return {"title": title, "organisation": facts.organisation, "language": facts.language, "contact": contact}


def _money(currency: str, language: Language) -> Callable[[int | str], str]:
    digits = MINOR_DIGITS[currency]

    def shown(minor: int | str) -> str:
        """Whole minor units, or an exact price in them, which may have more digits than the currency."""
        value = exact(minor) if isinstance(minor, str) else minor
        amount = Decimal(value.numerator) / Decimal(value.denominator) / 10**digits
        return format_currency(amount, currency, locale=LOCALES[language], decimal_quantization=amount == round(amount, digits))

    return shown


def _number(text: str, language: Language) -> str:
    value = exact(text)
    return format_decimal(Decimal(value.numerator) / Decimal(value.denominator), locale=LOCALES[language], decimal_quantization=False)


def _day(day: date, language: Language) -> str:
    return format_date(day, "long", locale=LOCALES[language])


def _moment(local: datetime, language: Language) -> str:
    return f"{_day(local.date(), language)} {format_datetime(local, 'HH:mm z', locale=LOCALES[language])}"
