"""What holds of the rule whatever the job: I3, I5, I10 and I11 of the design, over random jobs.

The rule in Python is asked, thousands of times; tests/billing/test_judge_invoice.py holds it to the statement that posts.
"""

from collections.abc import Callable, Sequence
from copy import deepcopy
from datetime import UTC, datetime
from fractions import Fraction
from random import Random
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings as bounds
from hypothesis import strategies as st

from service.billing.judge import Act, Bill, Books, Item, Line, Scope, Tolerance, judge

AT = datetime(2026, 3, 4, 12, tzinfo=UTC)
CUSTOMER, SCOPE, ACT = UUID(int=1), UUID(int=2), UUID(int=3)
TICKS = 6
NO_CAP = 9_000_000_000_000_000
NONE = Tolerance()
TOLERANCES = [
    NONE,
    Tolerance(combine="pct", percent=Fraction(1, 10)),
    Tolerance(combine="pct", percent=Fraction(1, 10), at_limit_refuses=True),
    Tolerance(combine="abs", abs_minor=1000),
    Tolerance(combine="greater", percent=Fraction(1, 10), abs_minor=1000, hard_cap_minor=5000),
    Tolerance(combine="lesser", percent=Fraction(1, 5), abs_minor=5000),
]
WHOLE = st.sampled_from([6000, 5400, 6600, 6606, 6594, 5994, 0])
SIXTHS = st.integers(1, 18)
PRICES = st.one_of(WHOLE.map(Fraction), st.fractions(min_value=5000, max_value=7000, max_denominator=7))


class Job(msgspec.Struct, frozen=True):
    """What was agreed and done, and what is billed: (item, sixths of an hour, price) a line."""

    tolerance: Tolerance
    cap: int
    items: list[tuple[int, Fraction, int]]
    lines: list[tuple[int, int, Fraction]]

    def books(self, *, scale: int = 1, base: int = 100) -> Books:
        """The job as it stands before the bill; money in units `scale` times finer, ids counted from `base`."""
        tolerance = msgspec.structs.replace(
            self.tolerance, abs_minor=self.tolerance.abs_minor * scale, hard_cap_minor=self.tolerance.hard_cap_minor * scale
        )
        items = {
            UUID(int=base + number): Item(
                scope_id=SCOPE, currency="USD", tax_basis="excl", tax_rate=Fraction(0), tax_category="S", unit="HUR", denominator=TICKS,
                price=price * scale, act_id=ACT, granted=granted, performed=done,
            )
            for number, (granted, price, done) in enumerate(self.items)
        }  # fmt: skip
        return Books(items=items, scopes={SCOPE: Scope(CUSTOMER, tolerance)}, acts={ACT: Act(self.cap * scale)})

    def bill(self, lines: Sequence[tuple[int, int, Fraction]], *, scale: int = 1, base: int = 100) -> Bill:
        """The lines as a bill."""
        return Bill(
            customer_id=CUSTOMER, currency="USD", at=AT,
            lines=[Line(quantity=Fraction(ticks, TICKS), price=price * scale, item_id=UUID(int=base + item % len(self.items))) for item, ticks, price in lines],
        )  # fmt: skip


def jobs(prices: st.SearchStrategy[Fraction] = PRICES, sixths: st.SearchStrategy[int] = SIXTHS) -> st.SearchStrategy[Job]:
    """Jobs on the edge: figures at, above and below what is agreed."""
    items = st.lists(st.tuples(sixths, prices, st.integers(0, 24)), min_size=1, max_size=3)
    lines = st.lists(st.tuples(st.integers(0, 2), sixths, prices), min_size=1, max_size=5)
    return st.builds(Job, st.sampled_from(TOLERANCES), st.sampled_from([NO_CAP, 12_000, 6_001]), items, lines)


def posts(job: Job, lines: Sequence[tuple[int, int, Fraction]], **how: int) -> tuple[bool, int]:
    """Whether the bill posts, and what it comes to if so."""
    verdict = judge(job.bill(lines, **how), job.books(**how))
    return verdict.posts, verdict.lines_minor if verdict.posts else 0


def held(strategy: st.SearchStrategy[Any], check: Callable[..., None], *, examples: int) -> int:
    """Of how many random jobs a property held; raises for the first that it doesn't hold of."""
    ran = 0

    @bounds(max_examples=examples, deadline=None, print_blob=True, database=None)
    @given(one=strategy, chance=st.randoms(use_true_random=False))
    def property_of(one: Any, chance: Random) -> None:
        nonlocal ran
        ran += 1
        check(one, chance)

    property_of()
    return ran


def i3_splitting_merging_and_reordering_change_no_verdict(job: Job, chance: Random) -> None:
    """At one price."""
    split = []
    for item, ticks, price in job.lines:
        first = chance.randint(0, ticks - 1)
        split += [(item, part, price) for part in (first, ticks - first) if part]
    chance.shuffle(split)
    one_price = {}
    for item, _, price in job.lines:
        one_price.setdefault(item % len(job.items), set()).add(price)
    if all(len(prices) == 1 for prices in one_price.values()):
        assert posts(job, split) == posts(job, job.lines)


def i5_the_same_figures_give_the_same_bytes(job: Job, _: Random) -> None:
    """Whatever was judged before."""
    books = job.books()
    first = msgspec.json.encode(judge(job.bill(job.lines), deepcopy(books)))
    judge(job.bill(job.lines[::-1]), deepcopy(books))
    assert msgspec.json.encode(judge(job.bill(job.lines), deepcopy(books))) == first


def i10_a_lower_price_is_never_refused_where_the_higher_was_not(job: Job, chance: Random) -> None:
    """Under every policy."""
    if posts(job, job.lines)[0]:
        number = chance.randrange(len(job.lines))
        item, ticks, price = job.lines[number]
        lower = [*job.lines[:number], (item, ticks, price * Fraction(chance.randint(0, 12), 12)), *job.lines[number + 1 :]]
        assert posts(job, lower)[0]


def i10_a_lower_quantity_is_never_refused_where_the_higher_was_not(job: Job, chance: Random) -> None:
    """Where nothing is tolerated."""
    lower_quantities(msgspec.structs.replace(job, tolerance=NONE), chance)


def i10_nor_is_it_under_a_fixed_tolerance_in_whole_amounts_at_one_price_an_item(job: Job, chance: Random) -> None:
    """Elsewhere less of one line may take from under another what it stood on: docs/decisions/0038."""
    prices = [price for _, _, price in job.lines]
    lines = [(item, ticks, prices[item % len(job.items) % len(prices)]) for item, ticks, _ in job.lines]
    lower_quantities(msgspec.structs.replace(job, tolerance=Tolerance(combine="abs", abs_minor=1000), lines=lines), chance, step=TICKS)


def lower_quantities(job: Job, chance: Random, *, step: int = 1) -> None:
    """Less of one line, or none of it, posts where all of it did."""
    if posts(job, job.lines)[0]:
        number = chance.randrange(len(job.lines))
        item, ticks, price = job.lines[number]
        less = step * chance.randint(0, ticks // step - 1)
        lower = [*job.lines[:number], *([(item, less, price)] if less else []), *job.lines[number + 1 :]]
        if lower:
            assert posts(job, lower)[0]


def test_elsewhere_less_of_one_line_may_take_what_another_stood_on() -> None:
    """The three examples of docs/decisions/0038, as they are judged."""
    tenth, euro = Tolerance(combine="pct", percent=Fraction(1, 10)), Tolerance(combine="abs", abs_minor=100)
    hour = (TICKS, Fraction(10_000), TICKS)
    share = Job(tenth, NO_CAP, [hour, hour], [(0, TICKS, Fraction(12_000)), (1, TICKS, Fraction(10_000))])
    hidden = Job(euro, NO_CAP, [(2 * TICKS, Fraction(10_000), 2 * TICKS)], [(0, TICKS, Fraction(10_200)), (0, TICKS, Fraction(9_800))])
    for job in (share, hidden):
        assert (posts(job, job.lines)[0], posts(job, job.lines[:1])[0]) == (True, False)
    rounded = Job(Tolerance(combine="abs"), NO_CAP, [(TICKS, Fraction(100), TICKS)], [])
    assert [posts(rounded, [(0, ticks, Fraction(101))])[0] for ticks in (4, 2)] == [True, False]


def i11_order_ids_and_units_of_money_change_no_verdict(job: Job, chance: Random) -> None:
    """In amounts that are whole in both units."""
    shuffled = chance.sample(job.lines, len(job.lines))
    one_price = {}
    for item, _, price in job.lines:
        one_price.setdefault(item % len(job.items), set()).add(price)
    same = shuffled if all(len(prices) == 1 for prices in one_price.values()) else job.lines
    posted, total = posts(job, job.lines)
    assert posts(job, same) == (posted, total)
    assert posts(job, job.lines, base=chance.randrange(1000, 10**6)) == (posted, total)
    assert posts(job, job.lines, scale=100) == (posted, 100 * total)


WHOLE_MONEY = jobs(WHOLE.map(Fraction), st.integers(1, 3).map(lambda hours: hours * TICKS))
PROPERTIES = [
    (jobs(), i3_splitting_merging_and_reordering_change_no_verdict),
    (jobs(), i5_the_same_figures_give_the_same_bytes),
    (jobs(), i10_a_lower_price_is_never_refused_where_the_higher_was_not),
    (jobs(), i10_a_lower_quantity_is_never_refused_where_the_higher_was_not),
    (WHOLE_MONEY, i10_nor_is_it_under_a_fixed_tolerance_in_whole_amounts_at_one_price_an_item),
    (WHOLE_MONEY, i11_order_ids_and_units_of_money_change_no_verdict),
]


@pytest.mark.parametrize("strategy, check", PROPERTIES, ids=lambda one: getattr(one, "__name__", ""))
def test_it_holds_of_random_jobs(strategy: st.SearchStrategy[Job], check: Callable[..., None]) -> None:
    assert held(strategy, check, examples=200) >= 200


@pytest.mark.soak
@pytest.mark.parametrize("strategy, check", PROPERTIES, ids=lambda one: getattr(one, "__name__", ""))
def test_it_holds_of_four_thousand_random_jobs(strategy: st.SearchStrategy[Job], check: Callable[..., None]) -> None:
    assert held(strategy, check, examples=4_000) >= 4_000
