"""A booking of :61: put together with its :86: or :NS:."""

import re
from typing import Final, NamedTuple

from service.integrations.bank_statements.mt.accounts import like_an_iban
from service.integrations.bank_statements.mt.fields import Field
from service.integrations.bank_statements.mt.lines import Line, line_of
from service.integrations.bank_statements.mt.narratives import narrative_of
from service.integrations.bank_statements.mt.said import Narrative
from service.integrations.bank_statements.records import Entry, Instructed, Party
from service.integrations.bank_statements.texts import clean, clean_lines, clean_or_none

_INSTRUCTED: Final = re.compile(r"/OCMT/([A-Z]{3})([0-9]{1,15}(?:,[0-9]{0,5})?)/", re.ASCII)
_CHARGES: Final = re.compile(r"/CHGS/([A-Z]{3}[0-9]{1,15}(?:,[0-9]{0,5})?)/", re.ASCII)


class Booking(NamedTuple):
    """A :61: with the lines of its :86: and of its :NS:."""

    field: Field
    narrative: list[str]
    numbered: list[str]


def entry_of(booking: Booking, *, index: int, currency: str) -> Entry:
    """The entry, in the currency of the balances."""
    line = line_of(booking.field, currency=currency)
    said = narrative_of(booking.narrative)
    _numbered(said, booking.numbered)
    references = _references_of(line, said)
    _beside(said, line)
    gained = line.amount_minor >= 0
    other = Party(name=said.name, account=said.account, bank=said.bank, ultimate=said.ultimate)
    own = Party(ultimate=said.own_ultimate)
    instructed = next((match for more in line.more if (match := _INSTRUCTED.search(more))), None)
    return Entry(
        line=booking.field.line,
        index=index,
        amount_minor=line.amount_minor,
        currency=currency,
        booked_on=line.booked_on,
        value_on=line.value_on,
        status=line.status,
        reversal=line.reversal,
        payer=other if gained != line.reversal else own,
        payee=own if gained != line.reversal else other,
        bank_reference=line.bank_reference,
        end_to_end_id=said.end_to_end_id,
        mandate_id=said.mandate_id,
        creditor_references=(said.creditor_reference,) if said.creditor_reference else (),
        references=references,
        remittance=said.remittance,
        booking_text=said.booking_text,
        transaction_code=line.type_code if said.code is None else f"{line.type_code} {said.code}",
        return_reason=said.return_reason,
        instructed=Instructed(instructed[2].replace(",", ".").rstrip("."), instructed[1]) if instructed else None,
    )


def owner_of(about: Field | None, bookings: list[Booking]) -> str | None:
    """The holder's name, where :NS: stands before the bookings."""
    if about is None or (bookings and about.line > bookings[0].field.line):
        return None
    return next((clean_or_none(line[2:]) for line in about.lines if line.startswith("22")), None)


def _references_of(line: Line, said: Narrative) -> tuple[tuple[str, str], ...]:
    told = [("customer", line.customer_reference)] if line.customer_reference else []
    told += [("charges", match[1]) for more in line.more if (match := _CHARGES.search(more))]
    return (*told, *said.references)


def _beside(said: Narrative, line: Line) -> None:
    """What stands beside the booking itself, where the text doesn't say it: account and name of the other side, or the kind."""
    if line.told_beside is not None:
        account, name = line.told_beside
        said.account = said.account or (None if account == "NONREF" else account)
        said.name = said.name or clean(name)
    for more in line.more:
        text = clean(more)
        if re.fullmatch(r"P[0-9]{9}", text, re.ASCII) or like_an_iban(text):
            said.account = said.account or text
        elif text != said.name:
            said.booking_text = said.booking_text or text


def _numbered(said: Narrative, lines: list[str]) -> None:
    """`:NS:` of German savings banks: two digits and a text; 01 to 14 are the purpose, 15 and 16 a name, 33 and 34 bank and account."""
    told = [(line[:2], line[2:]) for line in lines if line.strip()]
    if not told:
        return
    said.remittance = clean_lines([*said.remittance.split("\n"), *(text for key, text in told if key.isdigit() and 1 <= int(key) <= 14)])
    said.name = said.name or clean_or_none(" ".join(text for key, text in told if key in {"15", "16"}))
    for key, text in told:
        value = clean_or_none(text)
        if value is None or (key.isdigit() and 1 <= int(key) <= 16):
            continue
        match key:
            case "17":
                said.booking_text = said.booking_text or value
            case "33":
                said.bank = said.bank or value
            case "34":
                said.account = said.account or value
            case _:
                said.references = (*said.references, ("primanota" if key == "18" else key, value))
