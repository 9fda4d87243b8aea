"""Amounts of BAI2: whole minor units without a decimal mark."""

import re

from service.integrations.bank_statements.figures import shown
from service.integrations.bank_statements.records import StatementUnreadable
from service.kit.money import MOST_MINOR


def signed_amount(text: str, line: int) -> int:
    """An amount of balances and totals, which may be signed; none told is zero."""
    if not re.fullmatch(r"[+-]?[0-9]{0,18}", text.strip(), re.ASCII) or text.strip() in {"+", "-"}:
        raise StatementUnreadable(line, "amount_unreadable", f"{shown(text)} is no amount: digits without a decimal mark were expected.")
    return int(text or "0")


def booked_amount(text: str, line: int) -> int:
    """The amount of a booking, whose sign is in its code."""
    amount = signed_amount(text, line)
    if amount < 0:
        raise StatementUnreadable(
            line, "amount_unreadable", f"{shown(text)} has a sign, but whether it was gained or spent is said by the code."
        )
    if amount > MOST_MINOR:
        raise StatementUnreadable(line, "amount_too_large", f"{shown(text)} is beyond what an account here can hold.")
    return amount
