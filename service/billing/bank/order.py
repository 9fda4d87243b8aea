"""The order in which a file's statements are taken in."""

from collections import defaultdict, deque
from collections.abc import Callable, Container, Iterable
from datetime import date
from itertools import groupby

import msgspec

from service.billing.bank.reading import ToldLine, last_day
from service.integrations.bank_statements import Statement


class Read(msgspec.Struct, frozen=True):
    """A statement with its lines."""

    statement: Statement
    lines: list[ToldLine]
    from_on: date | None
    until_on: date
    content_hash: bytes


def key_of(statement: Statement) -> tuple[str, str]:
    """Of which account it is."""
    return statement.account.number, statement.account.currency


def in_order(statements: Iterable[Read], closing_of: Callable[[Read], int]) -> Iterable[Read]:
    """Statements of days by day, of one day as their balances follow one another; what came within the day comes last."""

    def when(one: Read) -> tuple[bool, date]:
        return _when(one.statement)

    for _, of_a_day in groupby(sorted(statements, key=lambda one: (when(one), one.statement.page or 0)), key=when):
        waiting = dict(enumerate(of_a_day))
        by_opening = defaultdict[tuple[str, str, int], deque[int]](deque)
        for at, one in waiting.items():
            if one.statement.opening is not None:
                by_opening[*key_of(one.statement), one.statement.opening.amount_minor].append(at)
        closings = {key_of(one.statement): one for one in waiting.values()}
        while waiting:
            following = (
                candidates[0] for account, one in closings.items() if (candidates := _left(by_opening[*account, closing_of(one)], waiting))
            )
            yield waiting.pop(next(following, next(iter(waiting))))


def _left(places: deque[int], waiting: Container[int]) -> deque[int]:
    while places and places[0] not in waiting:
        places.popleft()
    return places


def _when(statement: Statement) -> tuple[bool, date]:
    days = [one.booked_on for one in statement.entries if one.booked_on is not None]
    return statement.kind != "statement", last_day(statement) or max(days, default=date.max)
