"""`make bench-plan`: plans by our planner and by PyVRP, VROOM and OR-Tools, each on one core for the same CPU seconds (VROOM by its levels), every
plan judged by the tests' own checker. Files are named, or lie in the folder SAYSO_ROUTING; days and instances by a seed are always among them.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from service.planner.case import answer_of as case_answer
from service.planner.case import read_case
from service.planner.files import BadFile
from service.planner.records import Budget, Plan, Problem, Reason
from service.planner.solomon import TENTHS, read_solomon
from service.planner.solomon import answer_of as solomon_answer
from service.planner.solve import solve
from service.planner.warm import warm
from tests.planner.checker import case_faults, solomon_faults
from tests.planner.days import day, instance
from tests.planner.eleven import STAY, at_eleven, moved

HERE = Path(__file__).parent
PEERS = Path(".sayso") / "peers"
TELL = Console(stderr=True)
BEST = {"C101": 827.3, "R101": 1637.7, "RC101": 1619.8, "C201": 589.1, "R201": 1143.2, "RC201": 1261.8, "R1_2_1": 4667.2}
"""Least distances known."""
BREAK = -1
BEFORE_ELEVEN_SECONDS, MEND_SECONDS = 5.0, 2.0

Row = dict[str, Any]


def main() -> None:
    """Measures, shows a table, and prints the rows as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="*", type=Path, help="instances in Solomon's format (.txt) and days (.json)")
    parser.add_argument("--seconds", default="5,30", help="CPU seconds of each search")
    parser.add_argument("--levels", default="0,3,5", help="VROOM's exploration levels")
    parser.add_argument("--without-peers", action="store_true")
    parser.add_argument("--only-files", action="store_true", help="nothing by a seed")
    options = parser.parse_args()
    warm()
    peers = None if options.without_peers else peers_environment()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        files = options.files or sorted(Path(os.environ.get("SAYSO_ROUTING", folder)).glob("*.[tj][xs][to]*"))
        for file in [*files, *([] if options.only_files else made(Path(folder)))]:
            for row in measured(file, options, peers):
                TELL.print("  " + " · ".join(f"{value}" for value in row.values()), style="dim", highlight=False)
                rows.append(row)
    table = Table(*rows[0], title="Plans, each on one core, judged by the tests' own checker")
    for row in rows:
        table.add_row(*(f"{value}" for value in row.values()))
    TELL.print(table)
    print(json.dumps(rows))
    sys.exit(any(row["by"] == "Sayso" and row["faults"] for row in rows))


def peers_environment() -> Path:
    """The Python of an environment with the peers."""
    wanted, stamp = (HERE / "peers.txt").read_text(), PEERS / "made-from"
    python = PEERS / "bin" / "python"
    if not stamp.exists() or stamp.read_text() != wanted:
        TELL.print(f"  Installing the peers into {PEERS} …", style="dim")
        venv.create(PEERS, clear=True, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", "--no-input", "-r", HERE / "peers.txt"], check=True)
        stamp.write_text(wanted)
    return python


def made(folder: Path) -> Iterator[Path]:
    """Days and instances by a seed: a large day, one with more work than people, 400 and 1,000 customers."""
    for name, technicians, visits in (("day-200x2000", 200, 2000), ("day-50x650", 50, 650)):
        (folder / f"{name}.json").write_text(json.dumps(day(1, technicians, visits)))
        yield folder / f"{name}.json"
    for customers, side, horizon in ((400, 200, 800), (1000, 500, 1925)):
        (folder / f"made-{customers}.txt").write_text(instance(1, customers, side=side, horizon=horizon, wide=40))
        yield folder / f"made-{customers}.txt"


def measured(file: Path, options: argparse.Namespace, peers: Path | None) -> Iterator[Row]:
    """A row for each search of one problem."""
    try:
        problem = read_solomon(file) if file.suffix == ".txt" else read_case(file)
    except BadFile as error:
        raise SystemExit(f"{error}") from None
    pure = file.suffix == ".txt"
    if not pure and len(problem.visits) < 12 * len(problem.shifts):  # a day with room for more
        yield from mended(file, problem)
    for seconds in map(float, options.seconds.split(",")):
        plan = solve(problem, budget=Budget(seconds=seconds))
        yield judged(file, problem, plan, by="Sayso", asked=f"{seconds:g} s", took=plan.seconds)
        if peers is not None:
            yield run_peer(peers, file, problem, "OR-Tools", seconds)
            if pure:
                yield run_peer(peers, file, problem, "PyVRP", seconds)
    if peers is not None:
        if not pure:
            yield empty_row(file, "PyVRP", "", "knows no breaks")
        for level in map(int, options.levels.split(",")):
            yield run_peer(peers, file, problem, "VROOM", level)


def mended(file: Path, problem: Problem) -> Iterator[Row]:
    """At eleven one technician is ill and ten emergencies come in: who is left out, and how many others are given to somebody else. What began is no part of it."""
    plan = solve(problem, budget=Budget(seconds=BEFORE_ELEVEN_SECONDS))
    for seed, ill in enumerate(problem.shifts[6:28:7]):
        left = at_eleven(problem, plan, ill=ill.id, seed=seed)
        found = solve(left.problem, budget=Budget(seconds=MEND_SECONDS), start=left.start, stay_cost=STAY)
        told = f"{moved(left.start, found)} moved for {left.to_place}"
        row = empty_row(file, "Sayso", f"{ill.id} ill, {MEND_SECONDS:g} s", "")
        yield row | {"length": told, "left out": len(found.left_out), "points left out": found.points, "CPU s": f"{found.seconds:.1f}"}


def run_peer(python: Path, file: Path, problem: Problem, peer: str, asked: float) -> Row:
    """One peer's row; what it says where it fails."""
    said = f"level {asked}" if peer == "VROOM" else f"{asked:g} s"
    alone = os.environ | {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    run = subprocess.run(
        [python, HERE / "run_peer.py", peer, f"{asked}"],
        input=json.dumps(plain(problem)),
        capture_output=True,
        text=True,
        env=alone,
        check=False,
    )
    if run.returncode:
        return empty_row(file, peer, said, run.stderr.strip().splitlines()[-1][:100])
    answer = json.loads(run.stdout.splitlines()[-1])
    routes = {problem.shifts[int(r)].id: tuple(problem.visits[i].id for i in row if i != BREAK) for r, row in answer["routes"].items()}
    rests = {problem.shifts[int(r)].id: row.index(BREAK) for r, row in answer["routes"].items() if BREAK in row}
    served = {name for row in routes.values() for name in row}
    left_out: dict[str, Reason] = {visit.id: "FULL" for visit in problem.visits if visit.id not in served}
    plan = Plan(routes=routes, left_out=left_out, points=0, travel=travel_of(problem, routes), cost=0)
    return judged(file, problem, plan, by=peer, asked=said, took=answer["seconds"], rests=rests)


def judged(
    file: Path, problem: Problem, plan: Plan, *, by: str, asked: str, took: float, rests: dict[str, int] | None = None
) -> Row:  # fmt: skip
    """A plan's row, with what the checker finds."""
    points = sum(visit.points for visit in problem.visits if visit.id in plan.left_out)
    if file.suffix == ".txt":
        faults = solomon_faults(file.read_text(), solomon_answer(plan))
        best = BEST.get(file.stem)
        length = f"{plan.travel / TENTHS:.1f}" + (f" (+{100 * (plan.travel / TENTHS / best - 1):.2f} %)" if best else "")
    else:
        answer: dict[str, Any] = case_answer(problem, plan)
        for name, at in (rests or {}).items():
            answer["routes"][name] = [*plan.routes[name][:at], "BREAK", *plan.routes[name][at:]]
        faults = case_faults(json.loads(file.read_text()), answer)
        length = f"{plan.travel / 3600:.2f} h"
    row = empty_row(file, by, asked, f"{len(faults)} faults: {faults[0]}" if faults else "")
    return row | {"length": length, "left out": len(plan.left_out), "points left out": points, "CPU s": f"{took:.1f}"}


def empty_row(file: Path, by: str, asked: str, faults: str) -> Row:
    return {"of": file.stem, "by": by, "asked": asked, "length": "", "left out": "", "points left out": "", "CPU s": "", "faults": faults}


def travel_of(problem: Problem, routes: dict[str, tuple[str, ...]]) -> int:
    """Seconds, or tenths, that the routes take."""
    place = {visit.id: visit.place for visit in problem.visits}
    total = 0
    for shift in problem.shifts:
        stops = [shift.start, *(place[name] for name in routes.get(shift.id, ())), shift.end]
        total += sum(int(problem.travel[a, b]) for a, b in pairwise(stops)) if len(stops) > 2 else 0
    return total


def plain(problem: Problem) -> dict[str, Any]:
    """The problem as `run_peer.py` reads it."""
    return {
        "travel": problem.travel.tolist(),
        "shifts": [
            {
                "start": s.start,
                "end": s.end,
                "from": s.from_,
                "until": s.until,
                "skills": sorted(s.skills),
                "room": list(s.room),
                "rest": {"earliest": s.rest.earliest, "latest": s.rest.latest, "seconds": s.rest.seconds} if s.rest else None,
            }
            for s in problem.shifts
        ],
        "visits": [
            {
                "place": v.place,
                "seconds": v.seconds,
                "windows": [list(window) for window in v.windows],
                "skills": sorted(v.skills),
                "points": v.points,
                "load": list(v.load),
            }
            for v in problem.visits
        ],
    }


if __name__ == "__main__":
    main()
