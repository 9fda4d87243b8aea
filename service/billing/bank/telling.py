"""Which lines of a bank's file are new, which say again what came within the day, and which nobody can be sure of."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TypeVar
from uuid import UUID

import msgspec

from service.billing.bank.reading import ToldLine
from service.billing.payments import NOBODY
from service.billing.records.bank import KnownEntry, UnconfirmedLine
from service.billing.records.bank_accounts import BankAccount

DAYS_APART = 5
"""How far the bank's day within the day and its day in the end may lie from each other."""


Line = TypeVar("Line", bound=ToldLine)


class KeptLine(ToldLine, frozen=True, kw_only=True):
    """A line with its place, the line within the day that it confirms, and where a day told the same before."""

    number: int = 0
    line_id: UUID = NOBODY
    confirms: UUID | None = None
    nth: int = 1
    before_statement: UUID | None = None
    before_on: date | None = None
    before_repeated: bool | None = None
    doubtful: bool = False


class Told(msgspec.Struct):
    """How often an entry was told, this file included."""

    days: int = 0
    statement_id: UUID | None = None
    booked_on: date | None = None
    repeated: bool = False
    within: int = 0


class Chain:
    """How far an account's statements reach and what they told, as this file carries them on."""

    def __init__(self, account: BankAccount) -> None:
        self.account, self.step = account, account.statements
        self.closing_minor, self.until_on = account.closing_minor, account.until_on
        self.hashes: set[bytes] = set()
        self._told: defaultdict[str, Told] = defaultdict(Told)
        self._days_before: dict[str, int] = {}
        self._seen = Counter[str]()
        self._waiting: dict[UUID, UnconfirmedLine] = {}
        self._by_key = defaultdict[str, list[UUID]](list)
        self._bookings = defaultdict[tuple[UUID, int], list[UnconfirmedLine]](list)
        self._by_batch = defaultdict[str, dict[tuple[UUID, int], None]](dict)
        self._by_amount = defaultdict[int, list[UUID]](list)
        self._by_total = defaultdict[int, list[tuple[UUID, int]]](list)

    def know(self, hashes: Iterable[bytes], entries: Iterable[KnownEntry], unconfirmed: Iterable[UnconfirmedLine]) -> None:
        """Takes up what is here before the file."""
        self.hashes |= set(hashes)
        for one in entries:
            self._told[one.entry_key] = Told(one.days, one.statement_id, one.booked_on, one.repeated, one.within)
            self._days_before[one.entry_key] = one.days
        for line in unconfirmed:
            self._waiting[line.line_id] = line
            self._by_key[line.entry_key].append(line.line_id)
            self._bookings[line.statement_id, line.entry].append(line)
            self._by_batch[line.batch_key][line.statement_id, line.entry] = None
            self._by_amount[line.amount_minor].append(line.line_id)
        for place, lines in self._bookings.items():
            self._by_total[sum(line.amount_minor for line in lines)].append(place)

    def told_by_days(self, lines: Sequence[ToldLine]) -> list[bool]:
        """Of each line of a day whether a day before this file told it: equal ones are counted over the file."""
        found = []
        for line in lines:
            self._seen[line.entry_key] += 1
            found.append(self._seen[line.entry_key] <= self._days_before.get(line.entry_key, 0))
        return found

    def keep_within(self, lines: Sequence[ToldLine], statement_id: UUID) -> list[KeptLine]:
        """What of a report or notification is new; doubtful where its day is closed already, or the same booking is here in other parts."""
        seen, kept = Counter[str](), []
        for booking in bookings_of(lines):
            otherwise = self._told_otherwise(booking)
            for line in booking:
                seen[line.entry_key] += 1
                told = self._told[line.entry_key]
                if seen[line.entry_key] <= max(told.days + self._unconfirmed(line.entry_key), told.within):
                    continue
                told.within += 1
                doubtful = otherwise or (self.until_on is not None and line.booked_on <= self.until_on)
                kept.append(KeptLine(*msgspec.structs.astuple(line), nth=told.within, doubtful=doubtful))
                place = statement_id, line.entry
                self._by_batch[line.batch_key][place] = None
                self._bookings[place].append(
                    UnconfirmedLine(NOBODY, *place, line.entry_key, line.batch_key, line.amount_minor, line.booked_on)
                )
        return kept

    def keep_day(self, lines: Sequence[ToldLine], statement_id: UUID) -> list[KeptLine]:
        """The lines of a day: each confirms what came of it within the day; where that can't be told for sure, a person decides."""
        bookings = [[KeptLine(*msgspec.structs.astuple(line)) for line in booking] for booking in bookings_of(lines)]
        by_key = [[self._confirming(line, self._by_key[line.entry_key]) for line in booking] for booking in bookings]
        whole = [booking if any(line.confirms for line in booking) else self._as_within(booking) for booking in by_key]
        return [line for booking in whole for line in self._counted(self._doubted(booking), statement_id)]

    def _told_otherwise(self, booking: Sequence[ToldLine]) -> bool:
        """Whether the same booking came within the day in other parts."""
        keys, total = {line.entry_key for line in booking}, sum(line.amount_minor for line in booking)
        for place in self._by_batch[booking[0].batch_key]:
            here = self._bookings[place]
            parts = max(len(booking), len(here)) > 1 and total == sum(line.amount_minor for line in here)
            if parts and not keys & {line.entry_key for line in here}:
                return True
        return False

    def _unconfirmed(self, key: str) -> int:
        return sum(line_id in self._waiting for line_id in self._by_key[key])

    def _confirming(self, line: KeptLine, may_be: Iterable[UUID]) -> KeptLine:
        found = next((line_id for line_id in may_be if line_id in self._waiting), None)
        return line if found is None else self._confirm(line, found)

    def _confirm(self, line: KeptLine, line_id: UUID) -> KeptLine:
        del self._waiting[line_id]
        return msgspec.structs.replace(line, confirms=line_id)

    def _as_within(self, booking: list[KeptLine]) -> list[KeptLine]:
        """A booking in the parts in which it came within the day, which it then confirms; as it is, where those can't be married."""
        total, first = sum(line.amount_minor for line in booking), booking[0]
        for place in self._by_batch[first.batch_key]:
            here = self._bookings[place]
            if sum(line.amount_minor for line in here) != total or not all(line.line_id in self._waiting for line in here):
                continue
            if len(booking) == 1 and len(here) > 1:
                parts = [msgspec.structs.replace(first, detail=at, amount_minor=one.amount_minor) for at, one in enumerate(here, start=1)]
                return [self._confirm(part, one.line_id) for part, one in zip(parts, here, strict=True)]
            if len(here) == 1 and len(booking) > 1:
                words = "\n".join(" ".join(filter(None, (line.party_name, line.remittance))) for line in booking)[:3000]
                one = msgspec.structs.replace(first, detail=0, amount_minor=total, party_name="", party_account="", remittance=words)
                return [self._confirm(one, here[0].line_id)]
            if len(booking) > 1 and sorted(line.amount_minor for line in booking) == sorted(line.amount_minor for line in here):
                return [self._confirming(line, [one.line_id for one in here if one.amount_minor == line.amount_minor]) for line in booking]
        return booking

    def _doubted(self, booking: list[KeptLine]) -> list[KeptLine]:
        """Doubtful where as much came within the day and isn't confirmed: the bank may name it otherwise now."""
        total = sum(line.amount_minor for line in booking)
        whole = any(self._near(booking[0], self._bookings[place]) for place in self._by_total[total])
        return [
            line
            if line.confirms
            else msgspec.structs.replace(
                line,
                doubtful=whole
                or self._near(line, [self._waiting[one] for one in self._by_amount[line.amount_minor] if one in self._waiting]),
            )
            for line in booking
        ]

    def _near(self, line: KeptLine, here: Iterable[UnconfirmedLine]) -> bool:
        return any(one.line_id in self._waiting and abs(one.booked_on - line.booked_on) <= timedelta(DAYS_APART) for one in here)

    def _counted(self, booking: list[KeptLine], statement_id: UUID) -> Iterator[KeptLine]:
        """Each with how often days told it by then; parts of a booking that another statement told are as doubtful as that one."""
        counted = []
        for line in booking:
            told = self._told[line.entry_key]
            before = (told.statement_id, told.booked_on, told.repeated) if told.days else (None, None, None)
            numbered = msgspec.structs.replace(
                line, nth=told.days + 1, before_statement=before[0], before_on=before[1], before_repeated=before[2]
            )
            counted.append(numbered)
            told.repeated = is_repeated(numbered, statement_id)
            told.days, told.statement_id, told.booked_on = numbered.nth, statement_id, line.booked_on
        again = any(is_repeated(line, statement_id) for line in counted)
        yield from (msgspec.structs.replace(line, doubtful=line.confirms is None and (line.doubtful or again)) for line in counted)


def is_repeated(line: KeptLine, statement_id: UUID) -> bool:
    """Whether another statement of a day told the same of the same day; the database reckons it alike."""
    return line.before_on == line.booked_on and (line.before_statement != statement_id or bool(line.before_repeated))


def all_told_before(lines: Sequence[KeptLine], statement_id: UUID) -> bool:
    """Whether nothing of a statement is new."""
    return bool(lines) and all(
        any(is_repeated(line, statement_id) and line.confirms is None for line in booking) for booking in bookings_of(lines)
    )


def bookings_of(lines: Iterable[Line]) -> Iterator[list[Line]]:
    """The lines of each booking."""
    return (list(booking) for _, booking in groupby(lines, key=lambda line: line.entry))
