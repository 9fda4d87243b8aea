"""A period ends on its anchor day or, in a shorter month, on that month's last: no February moves what follows it."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

import asyncpg

CHAINS = """
with recursive chain as (
  select b.begins_on::date as begins_on, m.months, 1 as number, subscriptions.period_end(b.begins_on::date, m.months, extract(day from b.begins_on)::int) as until_on
  from generate_series($1::date, $2::date, '1 day') b (begins_on) cross join unnest($3::int[]) m (months)
  union all
  select begins_on, months, number + 1, subscriptions.period_end(until_on, months, extract(day from begins_on)::int) from chain where number < $4)
select begins_on, months, array_agg(until_on order by number) as ends from chain group by 1, 2
"""
LENGTHS = [1, 3, 12]
PERIODS = 14


def by_the_calendar(begins_on: date, months: int) -> Iterator[date]:
    """Counted from the first day alone, so that no period can hand an error on."""
    for number in range(1, PERIODS + 1):
        passed = begins_on.year * 12 + begins_on.month - 1 + number * months
        year, month = passed // 12, passed % 12 + 1
        yield date(year, month, min(begins_on.day, monthrange(year, month)[1]))


async def test_periods_follow_the_calendar_from_every_day_of_four_years(owner: asyncpg.Connection) -> None:
    first = date(2027, 3, 1)
    rows = await owner.fetch(CHAINS, first, first + timedelta(days=4 * 365), LENGTHS, PERIODS)
    assert len(rows) == (4 * 365 + 1) * len(LENGTHS)
    wrong = [(row["begins_on"], row["months"]) for row in rows if row["ends"] != list(by_the_calendar(row["begins_on"], row["months"]))]
    assert wrong == []
