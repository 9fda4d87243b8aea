"""Field :25:, the account, in the ways banks write it; field :28:, its number and page."""

import re
from typing import Final

from service.integrations.bank_statements.figures import shown
from service.integrations.bank_statements.mt.fields import Field
from service.integrations.bank_statements.records import Account, StatementUnreadable
from service.integrations.bank_statements.texts import clean
from service.kit.check_digits import is_iban
from service.kit.money import MINOR_DIGITS

_NUMBER: Final = re.compile(r"([0-9]{1,12})(?:/([0-9]{1,6}))?", re.ASCII)
_IBAN_SHAPE: Final = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", re.ASCII)


def account_of(field: Field, *, currency: str, owner: str | None) -> Account:
    """Bank and number as in `51210600/9223382012EUR`, `UBRTHUHB/123456/HUF` or an IBAN; a currency that isn't that of the balances is refused."""
    text = clean(field.text)
    *before, last = [part.strip() for part in text.split("/")]
    told: str | None = None
    if before and last in MINOR_DIGITS:
        told, last = last, before.pop()
    elif last[-3:] in MINOR_DIGITS and last[-4:-3].isdigit() and not is_iban(last):
        told, last = last[-3:], last[:-3].strip()
    if told not in {None, currency}:
        raise StatementUnreadable(field.line, "currency_mixed", f"The account is in {told}, its balances in {currency}.")
    number = last.replace(" ", "") if is_iban(last.replace(" ", "")) else last
    if not number:
        raise StatementUnreadable(field.line, "account_missing", f"{shown(text)} names no account.")
    return Account(number=number, is_iban=is_iban(number), currency=currency, bank="/".join(before) or None, owner=owner)


def number_of(field: Field | None) -> tuple[str | None, int | None]:
    """Number of the statement and of its page, without leading zeros."""
    if field is None:
        return None, None
    match = _NUMBER.fullmatch(field.text)
    if match is None:
        raise StatementUnreadable(field.line, "number_unreadable", f"{shown(field.lines[0])} is no number of a statement.")
    return str(int(match[1])), int(match[2]) if match[2] else None


def like_an_iban(text: str) -> bool:
    """Whether it has the shape of an IBAN; banks' examples and older systems don't keep the check digits."""
    return _IBAN_SHAPE.fullmatch(text) is not None
