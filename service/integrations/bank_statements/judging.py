"""What must come out even inside one file: balances, totals and that nothing stands in it twice."""

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from service.integrations.bank_statements.figures import written
from service.integrations.bank_statements.records import Balance, Continuity, Detail, DetailsSum, Entry, Statement, StatementUnreadable

MOST_ENTRIES: Final = 200_000
"""Of one file, whatever its format."""


def continuity_of(opening: Balance | None, closing: Balance | None, entries: Iterable[Entry], currency: str) -> Continuity:
    """Whether the balances prove the entries complete; refused where they prove the contrary."""
    if opening is None or closing is None:
        return "untold"
    total = opening.amount_minor
    for entry in entries:
        if entry.status != "booked":
            continue
        if entry.currency != currency:
            reason = f"An entry in {entry.currency} can't be counted to balances in {currency}."
            raise StatementUnreadable(entry.line, "currency_mixed", reason)
        total += entry.amount_minor
    if total != closing.amount_minor:
        reason = (
            f"The opening balance {written(opening.amount_minor, currency)} and the entries come to {written(total, currency)}, "
            f"but the closing balance is {written(closing.amount_minor, currency)}."
        )
        raise StatementUnreadable(closing.line, "balance_differs", reason)
    return "proved"


def details_sum_of(amount: int, currency: str, details: Sequence[Detail]) -> DetailsSum:
    """Whether a batch's details come to what was booked."""
    if not details:
        return "none"
    if any(detail.amount_minor is None or detail.currency != currency for detail in details):
        return "untold"
    return "equal" if sum(detail.amount_minor or 0 for detail in details) == amount else "differ"


def check_total(line: int, what: str, *, told: int, counted: int) -> None:
    """Refuses where a file's own count or total isn't what stands in it."""
    if told != counted:
        raise StatementUnreadable(
            line, "total_differs", f"The file says {what} {told}, but {counted} stand in it: something is missing or was changed."
        )


def check_entry_count(count: int, line: int) -> None:
    """Refuses a file at the entry that is one too many."""
    if count > MOST_ENTRIES:
        raise StatementUnreadable(line, "too_many_entries", f"More than {MOST_ENTRIES:,} entries stand in one file.")


def check_nothing_twice(statements: Sequence[Statement]) -> None:
    """Refuses a statement that stands in the file twice, and, where no balance proves it right, an entry of the bank's own reference that does."""
    seen: dict[bytes, int] = {}
    for statement in statements:
        bare = msgspec.structs.replace(
            statement,
            line=0,
            entries=tuple(_without_place(entry) for entry in statement.entries),
            opening=_placeless(statement.opening),
            closing=_placeless(statement.closing),
        )
        key = msgspec.msgpack.encode(bare)
        if key in seen:
            raise StatementUnreadable(statement.line, "statement_twice", f"The statement of line {seen[key]} stands here once more.")
        seen[key] = statement.line
        if statement.continuity != "proved":
            _check_entries(statement, bare)


def _check_entries(statement: Statement, bare: Statement) -> None:
    seen: dict[bytes, int] = {}
    for entry, placeless in zip(statement.entries, bare.entries, strict=True):
        if entry.bank_reference is None:
            continue
        key = msgspec.msgpack.encode(placeless)
        if key in seen:
            reason = f"The entry of line {seen[key]} stands here once more, with the bank's own reference."
            raise StatementUnreadable(entry.line, "entry_twice", reason)
        seen[key] = entry.line


def _placeless(balance: Balance | None) -> Balance | None:
    return None if balance is None else msgspec.structs.replace(balance, line=0)


def _without_place(entry: Entry) -> Entry:
    details = tuple(msgspec.structs.replace(detail, line=0) for detail in entry.details)
    return msgspec.structs.replace(entry, line=0, index=0, details=details)
