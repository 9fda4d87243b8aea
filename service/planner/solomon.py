"""Solomon's and Gehring and Homberger's files: one depot, one kind of vehicle, hard windows, distances truncated to one decimal."""

import math
import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from service.planner.files import BadFile, bytes_of, ways
from service.planner.records import Plan, Problem, Shift, Visit

TENTHS = 10
COLUMNS = ("number", "x", "y", "demand", "ready time", "due date", "service time")
NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,9})?$")


def read_solomon(path: Path) -> Problem:
    """The problem, every length and time in tenths. Raises `BadFile`."""
    lines = bytes_of(path).decode("utf-8", "replace").splitlines()
    rows = [(number, line.split()) for number, line in enumerate(lines, 1) if line.strip()]
    vehicles, capacity = _fleet(path, rows)
    depot, *customers = _rows(path, rows)
    travel = ways([(float(row[1]), float(row[2])) for row in (depot, *customers)], TENTHS, half_up=False)
    opens, closes = math.ceil(depot[4] * TENTHS), math.floor(depot[5] * TENTHS)
    return Problem(
        shifts=tuple(Shift(id=f"{k + 1}", start=0, end=0, from_=opens, until=closes, room=(capacity,)) for k in range(vehicles)),
        visits=tuple(
            Visit(
                id=f"{row[0]}",
                place=place,
                seconds=math.ceil(row[6] * TENTHS),
                windows=((math.ceil(row[4] * TENTHS), math.floor(row[5] * TENTHS)),),
                load=(math.ceil(row[3]),),
            )
            for place, row in enumerate(customers, 1)
        ),
        travel=travel,
    )


def _fleet(path: Path, rows: Sequence[tuple[int, list[str]]]) -> tuple[int, int]:
    """How many vehicles there are, and what each holds."""
    after = next((i for i, (_, words) in enumerate(rows) if words[0].upper() == "NUMBER"), None)
    words = rows[after + 1][1] if after is not None and after + 1 < len(rows) else []
    if len(words) != 2 or not all(word.isdecimal() and len(word) < 10 for word in words):
        raise BadFile(f"{path} isn't in Solomon's format: no line with the number of vehicles and their capacity under NUMBER CAPACITY.")
    vehicles, capacity = map(int, words)
    if not 1 <= vehicles <= 5000:
        raise BadFile(f"{path} has {vehicles:,} vehicles; 1 to 5,000 can be planned.")
    return vehicles, capacity


def _rows(path: Path, rows: Sequence[tuple[int, list[str]]]) -> list[list[Fraction]]:
    """The depot and the customers as numbers."""
    after = next((i for i, (_, words) in enumerate(rows) if [word.upper() for word in words[:2]] == ["CUST", "NO."]), None)
    if after is None or after + 1 == len(rows):
        raise BadFile(f"{path} isn't in Solomon's format: no rows of customers under CUST NO.")
    found: list[list[Fraction]] = []
    for number, words in rows[after + 1 :]:
        if len(words) != len(COLUMNS) or not all(NUMBER.match(word) for word in words):
            raise BadFile(f"{path}, line {number}: seven numbers are expected ({', '.join(COLUMNS)}).")
        row = [Fraction(word) for word in words]
        if row[0] != len(found):
            raise BadFile(f"{path}, line {number}: customer {len(found)} is expected; they are numbered from 0, the depot.")
        if row[4] > row[5]:
            raise BadFile(f"{path}, line {number}: the due date is before the ready time.")
        if row[3] < 0 or row[6] < 0:
            raise BadFile(f"{path}, line {number}: the demand or the service time is below zero.")
        found.append(row)
    return found


def answer_of(plan: Plan) -> dict[str, object]:
    """The plan as it is printed; `left_out` only where somebody is."""
    routes = [[int(name) for name in names] for names in plan.routes.values()]
    answer: dict[str, object] = {"routes": routes, "distance": plan.travel / TENTHS, "seconds": round(plan.seconds, 3)}
    return answer | ({"left_out": sorted(map(int, plan.left_out))} if plan.left_out else {})
