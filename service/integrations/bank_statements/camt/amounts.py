"""Amounts, signs and days of CAMT elements."""

import re
from datetime import date
from typing import Final

from service.integrations.bank_statements.camt.nodes import Node
from service.integrations.bank_statements.figures import currency_of, day_of, minor_units, shown
from service.integrations.bank_statements.records import StatementUnreadable

_DECIMAL: Final = re.compile(r"\+?[0-9]*\.?[0-9]*", re.ASCII)


def amount_of(node: Node) -> tuple[int, str]:
    """Minor units, unsigned as the schema has it, and their currency."""
    currency = currency_of(node.attributes.get("Ccy", ""), node.line)
    return minor_units(decimal_of(node), currency, node.line), currency


def decimal_of(node: Node) -> str:
    """The decimal text; exponents, commas, signs, NaN and infinity are none."""
    text = node.text
    if not _DECIMAL.fullmatch(text):
        raise StatementUnreadable(
            node.line, "amount_unreadable", f"{shown(text)} is no amount: digits with a point were expected; the sign is in <CdtDbtInd>."
        )
    return text.removeprefix("+")


def sign_of(node: Node) -> int:
    """1 for a credit, -1 for a debit, by the element's own <CdtDbtInd>."""
    mark = node.needed("CdtDbtInd")
    if mark.text not in {"CRDT", "DBIT"}:
        raise StatementUnreadable(mark.line, "sign_unreadable", f"{shown(mark.text)} is neither CRDT nor DBIT.")
    return 1 if mark.text == "CRDT" else -1


def day_in(node: Node | None) -> date | None:
    """The day of a choice of <Dt> and <DtTm>, in the zone it is written in."""
    if node is None:
        return None
    told = node.one("Dt") or node.one("DtTm")
    return day_of(told.text, told.line) if told is not None else None


def yes(node: Node, tag: str) -> bool:
    """Whether an indicator is set."""
    told = node.one(tag)
    if told is None or told.text in {"false", "0"}:
        return False
    if told.text not in {"true", "1"}:
        raise StatementUnreadable(told.line, "indicator_unreadable", f"<{tag}> says {shown(told.text)}, neither true nor false.")
    return True
