from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.kit.money import exact, exact_text, rounded
from service.kit.refusals import InvalidDocument
from tests.world import World


@given(st.integers(0, 10**15), st.integers(1, 10**6))
def test_rounding_is_half_up_and_off_by_at_most_a_half(numerator: int, denominator: int) -> None:
    value = Fraction(numerator, denominator)
    assert -Fraction(1, 2) < value - rounded(value) <= Fraction(1, 2) or rounded(value) - value == Fraction(1, 2)


async def test_the_database_rounds_as_python_does(world: World) -> None:
    pairs = [(n, d) for d in (1, 2, 3, 7, 60, 3600, 999_999) for n in (0, 1, d // 2, d - 1, d, d + 1, 3 * d // 2, 10**15, 10**15 + d // 2)]
    rows = await world.sql(
        "select kit.rounded(n, d) as r from unnest($1::numeric[], $2::numeric[]) as t (n, d)", [n for n, _ in pairs], [d for _, d in pairs]
    )
    assert [row["r"] for row in rows] == [rounded(Fraction(n, d)) for n, d in pairs]


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e9", "1_0", "٣", "", "1.", ".5", "1/0", "+1", " 1", "1\n"])
def test_what_isnt_an_exact_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidDocument, match="isn't an exact number"):
        exact(text)


@given(st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**8))
def test_a_number_written_is_read_as_the_same(value: Fraction) -> None:
    assert exact(exact_text(value)) == value


@settings(max_examples=50)
@given(st.fractions(min_value=0, max_value=10**6, max_denominator=10**5))
def test_parts_rounded_one_by_one_telescope_to_the_whole(value: Fraction) -> None:
    cuts = [value * Fraction(part, 3) for part in range(4)]
    assert sum(rounded(after) - rounded(before) for before, after in pairwise(cuts)) == rounded(value)
