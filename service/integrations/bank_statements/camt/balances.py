"""Balances and totals of a statement, and whether its entries come to them."""

from collections.abc import Sequence
from typing import Final

from service.integrations.bank_statements.camt.amounts import amount_of, day_in, decimal_of, sign_of
from service.integrations.bank_statements.camt.nodes import Node
from service.integrations.bank_statements.figures import minor_units, whole_number
from service.integrations.bank_statements.judging import check_total
from service.integrations.bank_statements.records import Balance, Entry, StatementUnreadable

_OPENING: Final = ("OPBD", "PRCD")
"""Opening booked; else what the statement before closed with."""
_CLOSING: Final = ("CLBD",)


def balances_of(statement: Node, *, currency: str) -> tuple[Balance | None, Balance | None]:
    """Opening and closing, booked; available and expected ones are other things."""
    booked: dict[str, Balance] = {}
    for node in statement.all("Bal"):
        code = _code_of(node)
        if code not in _OPENING + _CLOSING:
            continue
        unsigned, in_currency = amount_of(node.needed("Amt"))
        balance = Balance(sign_of(node) * unsigned, day_in(node.one("Dt")), node.line)
        if in_currency != currency:
            raise StatementUnreadable(node.line, "currency_mixed", f"The balance {code} is in {in_currency}, the account in {currency}.")
        if code in booked and booked[code].amount_minor != balance.amount_minor:
            raise StatementUnreadable(node.line, "balance_twice", f"The balance {code} stands twice, with different amounts.")
        booked[code] = balance
    opening = next((booked[code] for code in _OPENING if code in booked), None)
    return opening, booked.get("CLBD")


def balance_currency(statement: Node) -> str | None:
    """The currency of the first balance, whatever its kind."""
    for node in statement.all("Bal"):
        return amount_of(node.needed("Amt"))[1]
    return None


def check_summary(statement: Node, entries: Sequence[Entry], *, currency: str) -> None:
    """Refuses where <TxsSummry> counts or sums what doesn't stand in the statement. Sums are compared where all entries share the currency."""
    summary = statement.one("TxsSummry")
    if summary is None:
        return
    gained = [entry for entry in entries if entry.amount_minor > 0]
    spent = [entry for entry in entries if entry.amount_minor < 0]
    neither = [entry for entry in entries if entry.amount_minor == 0]
    for tag, kinds, what in (
        ("TtlNtries", [entries], "entries"),
        ("TtlCdtNtries", [gained, gained + neither], "credits"),
        ("TtlDbtNtries", [spent, spent + neither], "debits"),
    ):
        told = summary.one(tag)
        if told is not None:
            _check(told, [*kinds, *([entry for entry in kind if entry.status == "booked"] for kind in kinds)], what=what, currency=currency)


def _check(told: Node, kinds: Sequence[Sequence[Entry]], *, what: str, currency: str) -> None:
    """Banks count all entries or the booked ones: either will do, for the number and the sum alike."""
    number, total = told.one("NbOfNtries"), told.one("Sum")
    if number is not None:
        counted = whole_number(number.text, number.line, "number of entries")
        if counted not in {len(kind) for kind in kinds}:
            check_total(number.line, f"{what} are", told=counted, counted=len(kinds[0]))
    if total is not None and all(entry.currency == currency for entry in kinds[0]):
        summed = minor_units(decimal_of(total), currency, total.line)
        sums = [sum(abs(entry.amount_minor) for entry in kind) for kind in kinds]
        if summed not in sums:
            check_total(total.line, f"{what} come to, in minor units,", told=summed, counted=sums[0])


def _code_of(node: Node) -> str | None:
    return node.said("Tp", "CdOrPrtry", "Cd")
