"""Judges a plan by the words of the formats alone: none of the planner's code or arithmetic is used."""

import math
from typing import Any


def solomon_faults(text: str, answer: dict[str, Any]) -> list[str]:
    """What is wrong with an answer to an instance in Solomon's format."""
    table = [line.split() for line in text.splitlines()]
    vehicles, capacity = next((int(row[0]), int(row[1])) for row in table if len(row) == 2 and row[0].isdigit())
    rows = [[float(word) for word in row] for row in table if len(row) == 7 and row[0].isdigit()]
    faults, total = [], 0
    if len(answer["routes"]) > vehicles:
        faults.append(f"{len(answer['routes'])} routes, {vehicles} vehicles")
    served = [customer for route in answer["routes"] for customer in route]
    if sorted(served) != list(range(1, len(rows))):
        faults.append("not every customer exactly once")
    for route in answer["routes"]:
        if sum(rows[customer][3] for customer in route) > capacity:
            faults.append(f"{route} is overloaded")
        now, before = rows[0][4], 0
        for customer in [*route, 0]:
            way = math.isqrt(int(100 * ((rows[before][1] - rows[customer][1]) ** 2 + (rows[before][2] - rows[customer][2]) ** 2)))
            total += way
            now = max(now + way / 10, rows[customer][4])
            if now > rows[customer][5] + 1e-6:
                faults.append(f"{customer} is reached at {now}, after {rows[customer][5]}")
            now += rows[customer][6]
            before = customer
    if abs(total / 10 - answer["distance"]) > 1e-6:
        faults.append(f"the distance is {total / 10}, not {answer['distance']}")
    return faults


def case_faults(case: dict[str, Any], answer: dict[str, Any]) -> list[str]:
    """What is wrong with an answer to a day in the format of technicians and visits."""
    technicians = {one["id"]: one for one in case["technicians"]}
    visits = {one["id"]: one for one in case["visits"]}
    named = [name for route in answer["routes"].values() for name in route if name != "BREAK"] + answer["left_out"]
    faults = [] if sorted(named) == sorted(visits) else ["not every visit exactly once"]
    total = 0
    for name, route in answer["routes"].items():
        found, travel = _route_faults(case, technicians[name], visits, route)
        faults += [f"{name}: {fault}" for fault in found]
        total += travel
    if total != answer["travel_seconds"]:
        faults.append(f"travel is {total} s, not {answer['travel_seconds']}")
    return faults


def _route_faults(case: dict[str, Any], technician: dict[str, Any], visits: dict[str, Any], route: list[str]) -> tuple[list[str], int]:
    faults, travel = [], 0
    rest = technician.get("break")
    wanted = 1 if rest and len(route) - route.count("BREAK") > 0 else 0
    if route.count("BREAK") != wanted:
        return [f"{route.count('BREAK')} breaks, {wanted} wanted"], 0
    now, here, resting = _clock(technician["shift"][0]), technician, False
    for name in [*route, None]:
        if name == "BREAK":
            resting = True
            continue
        there = technician if name is None else visits[name]
        way = _way(case, here, there)
        travel += way
        arrives = now + way
        if resting:
            # as soon as it may: before leaving, under way, or on waiting at the end of the way
            begins = max(now, _clock(rest["earliest_start"]))
            if begins > _clock(rest["latest_start"]):
                faults.append(f"the break begins too late before {name}")
            arrives = arrives + rest["minutes"] * 60 if begins <= arrives else begins + rest["minutes"] * 60
            resting = False
        if name is None:
            now = arrives
            break
        if not set(there["skills"]) <= set(technician["skills"]):
            faults.append(f"lacks a skill for {name}")
        starts = [max(arrives, _clock(opens)) for opens, closes in there["windows"] if max(arrives, _clock(opens)) <= _clock(closes)]
        if not starts:
            faults.append(f"too late at {name}")
        now = min(starts, default=arrives) + there["minutes"] * 60
        here = there
    if now > _clock(technician["shift"][1]):
        faults.append("the day ends after the shift")
    return faults, travel


def _clock(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60


def _way(case: dict[str, Any], a: dict[str, Any], b: dict[str, Any]) -> int:
    metres = math.hypot(a["x"] - b["x"], a["y"] - b["y"]) * case["travel"]["detour"]
    return math.floor(metres / (case["travel"]["km_per_h"] * 1000 / 3600) + 0.5)
