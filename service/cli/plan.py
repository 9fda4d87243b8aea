"""`sayso plan`."""

import json
import threading
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from service.cli._words import counted
from service.planner.case import answer_of as case_answer
from service.planner.case import read_case
from service.planner.files import BadFile
from service.planner.records import Budget, Plan, Problem
from service.planner.schedule import schedule
from service.planner.solomon import TENTHS, read_solomon
from service.planner.solomon import answer_of as solomon_answer
from service.planner.solve import solve
from service.planner.warm import warm

CASE = """\
{
  "travel": {"kind": "euclid", "detour": 1.3, "km_per_h": 36, "round": "nearest second"},
  "technicians": [
    {"id": "robin", "x": 0, "y": 0, "skills": ["fibre"], "shift": ["08:00", "16:30"],
     "break": {"earliest_start": "11:30", "latest_start": "13:00", "minutes": 30}}
  ],
  "visits": [
    {"id": "bea", "x": 2500, "y": -800, "skills": ["fibre"], "minutes": 45, "priority": 1,
     "windows": [["08:00", "10:00"], ["14:00", "16:00"]]},
    {"id": "carl", "x": -1200, "y": 3000, "skills": [], "minutes": 60, "priority": 0, "windows": [["08:00", "16:30"]]}
  ]
}"""
HELP = f"""A day for --case, with every field that there is; all are needed but `break`. x and y are metres, times those of the wall. A visit
begins within one of its windows, at somebody with all of its skills; where not all fit in, a higher priority is the worse to leave out. In the
answer as JSON, BREAK stands for the break.

\b
{CASE}"""
FILE = click.Path(dir_okay=False, path_type=Path)
TELL = Console(stderr=True)


@click.command(epilog=HELP)
@click.option("--solomon", "instance", type=FILE, help="An instance in Solomon's format: one depot, hard windows, least distance.")
@click.option("--case", "day", type=FILE, help="A day of technicians and visits as JSON, as shown below.")
@click.option("--seconds", type=click.FloatRange(0.01, 86_400), default=10.0, show_default=True, help="CPU seconds of search, on one core.")
@click.option("--iterations", type=click.IntRange(1), help="Steps of search instead of seconds: the same plan each time.")
@click.option("--seed", type=click.IntRange(0, 2**32), default=0, show_default=True, help="Another seed, another search.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of a table.")
def command(*, instance: Path | None, day: Path | None, seconds: float, iterations: int | None, seed: int, as_json: bool) -> None:
    """Plan a day with the service's own planner; exit code 2 where the file can't be read."""
    file = instance or day
    if file is None or (instance and day):
        raise click.UsageError("Name one file: --solomon FILE or --case FILE.")
    try:
        problem = read_solomon(file) if instance else read_case(file)
    except BadFile as error:
        TELL.print(f"{error}", style="bold", highlight=False, markup=False, soft_wrap=True)
        raise SystemExit(2) from None
    prepare()
    plan = solve(problem, budget=Budget(seconds=None if iterations else seconds, iterations=iterations), seed=seed)
    if as_json:
        print(json.dumps(solomon_answer(plan) if instance else case_answer(problem, plan)))
    elif instance:
        show_routes(plan)
    else:
        show_day(problem, plan)


def prepare() -> None:
    """Loads the planner, compiled first where that hasn't been done; says so when it takes time."""
    slow = threading.Timer(1.5, lambda: TELL.print("  Loading the planner; where it never ran it is compiled first …", style="dim"))
    slow.start()
    try:
        warm()
    finally:
        slow.cancel()


def show_routes(plan: Plan) -> None:
    """A line a vehicle."""
    table = Table("vehicle", "customers")
    for number, names in enumerate(plan.routes.values(), 1):
        table.add_row(f"{number}", " ".join(names))
    Console().print(table)
    print(f"distance {plan.travel / TENTHS:.1f} with {counted(len(plan.routes), 'vehicle')}, after {plan.seconds:.1f} CPU seconds")
    if plan.left_out:
        print("left out: " + " ".join(plan.left_out))


def show_day(problem: Problem, plan: Plan) -> None:
    """A line a technician, with when each visit starts; then who is left out, and why."""
    visits = {visit.id: visit for visit in problem.visits}
    table = Table("technician", "from", "visits", "until", "travel")
    for shift in problem.shifts:
        route = schedule(shift, [visits[name] for name in plan.routes.get(shift.id, ())], problem.travel)
        if route is None or not route.stops:
            table.add_row(shift.id, "", "none", "", "")
            continue
        stops = [f"{clock(stop.starts)} {stop.visit}" for stop in route.stops]
        if route.rests_before is not None and route.rests_at is not None:
            stops.insert(route.rests_before, f"{clock(route.rests_at)} break")
        table.add_row(shift.id, clock(shift.from_), " · ".join(stops), clock(route.ends), f"{route.travel // 60} min")
    Console(markup=False).print(table)
    print(f"{plan.travel / 3600:.1f} h of travel, after {plan.seconds:.1f} CPU seconds")
    for name, why in plan.left_out.items():
        print(f"left out: {name} ({why})")


def clock(seconds: int) -> str:
    """`07:30`."""
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}"
