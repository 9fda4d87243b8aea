"""Which lines of a bank's file are new, which say again what came within the day, and which nobody can be sure of."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, groupby, islice
from typing import TypeVar
from uuid import UUID

import msgspec

from service.billing.bank.reading import MOST, ToldLine
from service.billing.payments import NOBODY
from service.billing.records.bank import KnownEntry, UnconfirmedLine
from service.billing.records.bank_accounts import BankAccount

DAYS_APART = 5
"""How far the bank's day within the day and its day in the end may lie from each other."""
MOST_ALIKE = 50
"""Bookings of one day and amount without references that are compared part by part."""


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


class Booking(msgspec.Struct):
    """One booking as it came within the day."""

    lines: list[UnconfirmedLine]
    whole: bool = True
    """Whether nothing of it is confirmed."""

    @property
    def total(self) -> int:
        """What its lines come to."""
        return sum(line.amount_minor for line in self.lines)


class Chain:
    """How far an account's statements reach and what they told, as this file carries them on."""

    def __init__(self, account: BankAccount) -> None:
        self.account, self.step = account, account.statements
        self.closing_minor, self.until_on = account.closing_minor, account.until_on
        self.hashes: set[bytes] = set()
        self._told: defaultdict[str, Told] = defaultdict(Told)
        self._days_before: dict[str, int] = {}
        self._seen = Counter[str]()
        self._waiting: dict[UUID, Booking] = {}
        self._by_key = defaultdict[str, deque[UnconfirmedLine]](deque)
        self._unconfirmed = Counter[str]()
        self._in_one, self._in_parts = defaultdict[str, list[Booking]](list), defaultdict[str, list[Booking]](list)
        self._lines_of, self._bookings_of = Counter[tuple[int, date]](), Counter[tuple[int, date]]()
        """How many lines and whole bookings of an amount and day aren't confirmed."""

    def know(self, hashes: Iterable[bytes], entries: Iterable[KnownEntry], unconfirmed: Iterable[UnconfirmedLine]) -> None:
        """Takes up what is here before the file."""
        self.hashes |= set(hashes)
        for one in entries:
            self._told[one.entry_key] = Told(one.days, one.statement_id, one.booked_on, one.repeated, one.within)
            self._days_before[one.entry_key] = one.days
        bookings = defaultdict[tuple[UUID, int], list[UnconfirmedLine]](list)
        for line in unconfirmed:
            bookings[line.statement_id, line.entry].append(line)
            self._by_key[line.entry_key].append(line)
            self._unconfirmed[line.entry_key] += 1
            self._lines_of[line.amount_minor, line.booked_on] += 1
        for lines in bookings.values():
            booking = self._came(lines)
            self._waiting |= {line.line_id: booking for line in lines}
            self._bookings_of[booking.total, lines[0].booked_on] += 1

    def _came(self, lines: list[UnconfirmedLine]) -> Booking:
        booking = Booking(lines)
        (self._in_one if len(lines) == 1 else self._in_parts)[lines[0].batch_key].append(booking)
        return booking

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
            otherwise, new = self._told_otherwise(booking), []
            for line in booking:
                seen[line.entry_key] += 1
                told = self._told[line.entry_key]
                if seen[line.entry_key] <= max(told.days + self._unconfirmed[line.entry_key], told.within):
                    continue
                told.within += 1
                doubtful = otherwise or (self.until_on is not None and line.booked_on <= self.until_on)
                new.append(KeptLine(*msgspec.structs.astuple(line), nth=told.within, doubtful=doubtful))
            kept += new
            if new:
                self._came(
                    [
                        UnconfirmedLine(NOBODY, statement_id, one.entry, one.entry_key, one.batch_key, one.amount_minor, one.booked_on)
                        for one in new
                    ]
                )
        return kept

    def keep_day(self, lines: Sequence[ToldLine], statement_id: UUID) -> list[KeptLine]:
        """The lines of a day: each confirms what came of it within the day; where that can't be told for sure, a person decides."""
        bookings = [[KeptLine(*msgspec.structs.astuple(line)) for line in booking] for booking in bookings_of(lines)]
        by_key = [[self._confirming_by_key(line) for line in booking] for booking in bookings]
        whole = [booking if any(line.confirms for line in booking) else self._as_within(booking) for booking in by_key]
        return [line for booking in whole for line in self._counted(self._doubted(booking), statement_id)]

    def _told_otherwise(self, booking: Sequence[ToldLine]) -> bool:
        """Whether the same booking came within the day in other parts."""
        key, keys, total = booking[0].batch_key, {line.entry_key for line in booking}, sum(line.amount_minor for line in booking)
        here = self._alike(key, len(booking))
        return len(here) > MOST_ALIKE or any(one.total == total and not keys & {line.entry_key for line in one.lines} for one in here)

    def _alike(self, batch_key: str, parts: int) -> list[Booking]:
        """Bookings that may be the same in other parts, one more than are compared at most."""
        in_one = self._in_one[batch_key] if parts > 1 else []
        return list(islice(chain(self._in_parts[batch_key], in_one), MOST_ALIKE + 1))

    def _confirming_by_key(self, line: KeptLine) -> KeptLine:
        may_be = self._by_key[line.entry_key]
        while may_be:
            one = may_be.popleft()
            if one.line_id in self._waiting:
                return self._confirm(line, one)
        return line

    def _confirm(self, line: KeptLine, one: UnconfirmedLine) -> KeptLine:
        booking = self._waiting.pop(one.line_id)
        self._unconfirmed[one.entry_key] -= 1
        self._lines_of[one.amount_minor, one.booked_on] -= 1
        if booking.whole:
            booking.whole = False
            self._bookings_of[booking.total, booking.lines[0].booked_on] -= 1
        return msgspec.structs.replace(line, confirms=one.line_id)

    def _as_within(self, booking: list[KeptLine]) -> list[KeptLine]:
        """A booking in the parts in which it came within the day, which it then confirms; as it is, where those can't be married."""
        total, first = sum(line.amount_minor for line in booking), booking[0]
        for came in self._alike(first.batch_key, len(booking)):
            if not came.whole or came.total != total:
                continue
            if len(booking) == 1:
                parts = [
                    msgspec.structs.replace(first, detail=at, amount_minor=one.amount_minor) for at, one in enumerate(came.lines, start=1)
                ]
                return [self._confirm(part, one) for part, one in zip(parts, came.lines, strict=True)]
            if len(came.lines) == 1:
                words = "\n".join(" ".join(filter(None, (line.party_name, line.remittance))) for line in booking)[: MOST["remittance"]]
                in_one = msgspec.structs.replace(first, detail=0, amount_minor=total, party_name="", party_account="", remittance=words)
                return [self._confirm(in_one, came.lines[0])]
            if sorted(line.amount_minor for line in booking) == sorted(line.amount_minor for line in came.lines):
                pairs = zip(sorted(booking, key=_amount), sorted(came.lines, key=_amount), strict=True)
                return sorted((self._confirm(line, one) for line, one in pairs), key=lambda line: line.detail)
        return booking

    def _doubted(self, booking: list[KeptLine]) -> list[KeptLine]:
        """Doubtful where as much came within the day and isn't confirmed: the bank may name it otherwise now."""
        whole = _near(self._bookings_of, sum(line.amount_minor for line in booking), booking[0].booked_on)
        return [
            line
            if line.confirms
            else msgspec.structs.replace(line, doubtful=whole or _near(self._lines_of, line.amount_minor, line.booked_on))
            for line in booking
        ]

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


def _amount(line: KeptLine | UnconfirmedLine) -> int:
    return line.amount_minor


def _near(open_of: Counter[tuple[int, date]], amount: int, on: date) -> bool:
    """Whether that much is open on one of the days around."""
    around = range(max(1, on.toordinal() - DAYS_APART), min(date.max.toordinal(), on.toordinal() + DAYS_APART) + 1)
    return any(open_of[amount, date.fromordinal(day)] > 0 for day in around)


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
