"""tests/each.py itself: a test of many cases fails by each of them, and by having none."""

import pytest

from tests.each import Cases


def test_each_case_that_fails_is_told_and_the_others_are_judged() -> None:
    cases = Cases()
    judged = []
    for number in range(4):
        with cases.case(f"case {number}"):
            judged.append(number)
            assert number % 2 == 0, f"{number} is odd"
    with pytest.raises(AssertionError, match=r"(?s)2 of 4:.*case 1\n.*1 is odd.*case 3\n.*3 is odd"):
        cases.hold()
    assert judged == [0, 1, 2, 3]


def test_no_cases_at_all_is_a_failure() -> None:
    with pytest.raises(AssertionError, match="no case was judged"):
        Cases().hold()


def test_cases_that_all_hold_hold() -> None:
    cases = Cases()
    with cases.case("the only one"):
        pass
    cases.hold()
    assert cases.judged == 1
