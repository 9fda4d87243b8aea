"""Days and instances by a seed, of the kinds that are met: nothing is copied from anybody's files."""

import random
from typing import Any

WINDOWS = (("08:00", "10:00"), ("09:00", "11:00"), ("10:00", "12:00"), ("11:00", "13:00"), ("12:00", "14:00"), ("14:00", "16:00"))
TWICE = ((("08:00", "10:00"), ("15:00", "17:00")), (("10:00", "12:00"), ("14:00", "16:00")))


def day(seed: int, technicians: int, visits: int, *, skills: int = 5) -> dict[str, Any]:
    """A region that grows with its technicians; most visits any time, some in one window, some in either of two."""
    lots = random.Random(seed)
    side = 40_000 * (technicians / 50) ** 0.5
    towns = [(lots.uniform(0, side), lots.uniform(0, side)) for _ in range(max(2, technicians // 8))]

    def place() -> dict[str, float]:
        if lots.random() < 0.5:
            return {"x": round(lots.uniform(0, side), 1), "y": round(lots.uniform(0, side), 1)}
        x, y = lots.choice(towns)
        return {"x": round(lots.gauss(x, side / 12), 1), "y": round(lots.gauss(y, side / 12), 1)}

    def windows() -> list[list[str]]:
        kind = lots.random()
        if kind < 0.4:
            return [["08:00", "17:00"]]
        return [list(lots.choice(WINDOWS))] if kind < 0.9 else [list(one) for one in lots.choice(TWICE)]

    return {
        "travel": {"kind": "euclid", "detour": 1.3, "km_per_h": 35, "round": "nearest second"},
        "technicians": [
            {
                "id": f"T{i}",
                **place(),
                "skills": sorted(lots.sample(range(skills), lots.randint(2, 4))),
                "shift": ["08:00", "17:00"],
                "break": {"earliest_start": "11:30", "latest_start": "13:30", "minutes": 30},
            }
            for i in range(1, technicians + 1)
        ],
        "visits": [
            {
                "id": f"V{i}",
                **place(),
                "skills": sorted(lots.sample(range(skills), 1 if lots.random() < 0.7 else 2)),
                "windows": windows(),
                "minutes": lots.choice((20, 30, 30, 45, 60)),
                "priority": lots.choices((0, 30, 80), (73, 19, 8))[0],
            }
            for i in range(1, visits + 1)
        ],
    }


def instance(seed: int, customers: int, *, side: int = 100, horizon: int = 300, wide: int = 30, capacity: int = 200) -> str:
    """An instance in Solomon's format that some plan serves whole: every window can be met from the depot and back."""
    lots = random.Random(seed)
    rows = [(0, side // 2, side // 2, 0, 0, horizon, 0)]
    for number in range(1, customers + 1):
        x, y = lots.randrange(side), lots.randrange(side)
        way = int(((x - side / 2) ** 2 + (y - side / 2) ** 2) ** 0.5) + 1
        middle = lots.randint(way, horizon - way - 10)
        rows.append((number, x, y, lots.randint(1, 30), max(0, middle - wide // 2), min(horizon - way - 10, middle + wide // 2), 10))
    head = f"made{seed}\n\nVEHICLE\nNUMBER     CAPACITY\n  {customers}         {capacity}\n\nCUSTOMER\n"
    columns = "CUST NO.   XCOORD.   YCOORD.    DEMAND   READY TIME   DUE DATE   SERVICE TIME\n \n"
    return head + columns + "".join("  ".join(f"{value:>5}" for value in row) + "\n" for row in rows)
