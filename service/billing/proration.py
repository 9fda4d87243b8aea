"""Days of a period, exact: what some of its days cost, so that the parts of a period always come to the whole."""

from fractions import Fraction

from service.kit.money import rounded


def share(amount_minor: int, *, from_day: int, until_day: int, of_days: int) -> int:
    """What the days from `from_day` until before `until_day` of a period cost: rounded at each border once, so that neighbours add up."""
    return rounded(Fraction(amount_minor * until_day, of_days)) - rounded(Fraction(amount_minor * from_day, of_days))
