"""Runs one peer on one problem: `run_peer.py PEER SECONDS < problem.json`; prints `{"routes", "left_out", "seconds"}`. Run by the peers' own environment.

The problem is the planner's own, in plain numbers: `travel`, `shifts` (start, end, from, until, skills, room, rest), `visits` (place, seconds,
windows, skills, points, load). A route is the numbers of its visits, with -1 where the break is.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

Found = dict[int, list[int]]
BREAK = -1


def pyvrp(problem: dict[str, Any], seconds: float) -> Found:
    """Pure routing only: it knows no breaks."""
    from pyvrp import Client, Depot, Location, ProblemData, VehicleType, solve  # noqa: PLC0415

    class CpuSeconds:
        def __init__(self) -> None:
            self.until = time.process_time() + seconds

        def __call__(self, best: Any) -> bool:  # noqa: ARG002 — PyVRP tells the best cost so far
            return time.process_time() >= self.until

    travel = np.array(problem["travel"], np.int64)
    first = problem["shifts"][0]
    data = ProblemData(
        [Location(0, 0) for _ in travel],
        [
            Client(v["place"], delivery=v["load"], service_duration=v["seconds"], tw_early=v["windows"][0][0], tw_late=v["windows"][0][1])
            for v in problem["visits"]
        ],
        [Depot(first["start"])],
        [VehicleType(len(problem["shifts"]), first["room"], tw_early=first["from"], tw_late=first["until"])],
        [travel],
        [travel],
    )
    result = solve(data, CpuSeconds(), seed=1, collect_stats=False)
    if not result.is_feasible():
        return {}
    return {r: [activity.idx for activity in route if activity.is_client()] for r, route in enumerate(result.best.routes())}


def vroom(problem: dict[str, Any], level: float) -> Found:
    """By level: it can't be told how long to search."""
    from vroom import Break, Input, Job, TimeWindow, Vehicle  # noqa: PLC0415

    names = sorted({name for one in problem["visits"] + problem["shifts"] for name in one["skills"]})
    number = {name: i for i, name in enumerate(names)}
    asked = Input()
    asked.set_durations_matrix(profile="car", matrix_input=np.array(problem["travel"], np.uint32))
    for r, shift in enumerate(problem["shifts"]):
        rest = shift["rest"]
        breaks = [Break(0, time_windows=[TimeWindow(rest["earliest"], rest["latest"])], service=rest["seconds"])] if rest else []
        asked.add_vehicle(
            Vehicle(
                r, start=shift["start"], end=shift["end"], capacity=shift["room"], skills={number[name] for name in shift["skills"]},
                time_window=TimeWindow(shift["from"], shift["until"]), breaks=breaks,
            )
        )  # fmt: skip
    most = max(v["points"] for v in problem["visits"])
    for i, v in enumerate(problem["visits"]):
        asked.add_job(
            Job(
                i, location=v["place"], default_service=v["seconds"], delivery=v["load"], skills={number[name] for name in v["skills"]},
                priority=round(100 * v["points"] / most), time_windows=[TimeWindow(*window) for window in v["windows"]],
            )
        )  # fmt: skip
    steps = asked.solve(exploration_level=int(level), nb_threads=1).routes
    found: Found = {}
    for r, kind, job in zip(steps["vehicle_id"], steps["type"], steps["id"], strict=True):
        if kind in {"job", "break"}:
            found.setdefault(int(r), []).append(BREAK if kind == "break" else int(job))
    return {r: row for r, row in found.items() if any(one != BREAK for one in row)}


def ortools(problem: dict[str, Any], seconds: float) -> Found:
    """Guided local search."""
    from ortools.constraint_solver import pywrapcp, routing_enums_pb2  # noqa: PLC0415

    visits, shifts, travel = problem["visits"], problem["shifts"], problem["travel"]
    places = [v["place"] for v in visits] + [s["start"] for s in shifts] + [s["end"] for s in shifts]
    service = [v["seconds"] for v in visits] + [0] * (2 * len(shifts))
    starts = list(range(len(visits), len(visits) + len(shifts)))
    manager = pywrapcp.RoutingIndexManager(len(places), len(shifts), starts, [start + len(shifts) for start in starts])
    model = pywrapcp.RoutingModel(manager)
    node = [manager.IndexToNode(index) for index in range(model.Size() + len(shifts))]
    model.SetArcCostEvaluatorOfAllVehicles(model.RegisterTransitCallback(lambda a, b: travel[places[node[a]]][places[node[b]]]))
    timed = model.RegisterTransitCallback(lambda a, b: service[node[a]] + travel[places[node[a]]][places[node[b]]])
    horizon = max(s["until"] for s in shifts)
    model.AddDimension(timed, horizon, horizon, False, "time")
    clock = model.GetDimensionOrDie("time")
    if shifts[0]["room"]:
        loads = model.RegisterUnaryTransitCallback(lambda a: visits[node[a]]["load"][0] if node[a] < len(visits) else 0)
        model.AddDimensionWithVehicleCapacity(loads, 0, [s["room"][0] for s in shifts], True, "load")
    for i, v in enumerate(visits):
        index = manager.NodeToIndex(i)
        clock.CumulVar(index).SetRange(v["windows"][0][0], v["windows"][-1][1])
        for (_, closes), (opens, _) in zip(v["windows"], v["windows"][1:], strict=False):
            clock.CumulVar(index).RemoveInterval(closes + 1, opens - 1)
        able = [r for r, s in enumerate(shifts) if set(v["skills"]) <= set(s["skills"])]
        if len(able) < len(shifts):
            model.VehicleVar(index).SetValues([-1, *able])
        model.AddDisjunction([index], v["points"] * 100_000)
    for r, shift in enumerate(shifts):
        clock.CumulVar(model.Start(r)).SetRange(shift["from"], shift["until"])
        clock.CumulVar(model.End(r)).SetRange(shift["from"], shift["until"])
        if shift["rest"]:
            rest = shift["rest"]
            interval = model.solver().FixedDurationIntervalVar(rest["earliest"], rest["latest"], rest["seconds"], False, f"rest{r}")
            clock.SetBreakIntervalsOfVehicle([interval], r, service + [0] * len(shifts))
    asked = pywrapcp.DefaultRoutingSearchParameters()
    asked.first_solution_strategy = routing_enums_pb2.FirstSolutionStrategy.PARALLEL_CHEAPEST_INSERTION
    asked.local_search_metaheuristic = routing_enums_pb2.LocalSearchMetaheuristic.GUIDED_LOCAL_SEARCH
    until = time.process_time() + seconds
    model.AddSearchMonitor(model.solver().CustomLimit(lambda: time.process_time() >= until))
    solution = model.SolveWithParameters(asked)
    found: Found = {}
    for r in range(len(shifts) if solution else 0):
        index = solution.Value(model.NextVar(model.Start(r)))
        while not model.IsEnd(index):
            found.setdefault(r, []).append(node[index])
            index = solution.Value(model.NextVar(index))
    return found


PEERS: dict[str, Callable[[dict[str, Any], float], Found]] = {"PyVRP": pyvrp, "VROOM": vroom, "OR-Tools": ortools}

if __name__ == "__main__":
    asked_problem = json.load(sys.stdin)
    begun = time.process_time()
    answered = PEERS[sys.argv[1]](asked_problem, float(sys.argv[2]))
    print(json.dumps({"routes": answered, "seconds": time.process_time() - begun}))
