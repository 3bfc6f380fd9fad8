"""One case in a process of its own: `python -m bench.timing CASE ENGINE` prints one JSON line.

A process of its own gives each case its own peak memory, and a peer that exceeds its time limit
can be ended.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
from collections.abc import Callable
from importlib import import_module
from time import perf_counter

from bench.cases import CASES, Case
from equity_core import Pool, frontier, solve
from equity_core.inputs.dataset import Dataset

RUNS = 7
LONG, VERY_LONG = 2.0, 20.0
"""Seconds above which a peer is timed three times only, or once."""


def main(name: str, engine: str) -> None:
    """Time one case with `ours` or a cvxpy solver and print the result."""
    case = next(case for case in CASES if case.name == name)
    dataset = case.dataset()
    seconds, gap = _ours(case, dataset) if engine == "ours" else _peer(case, dataset, engine)
    result = {
        "median": statistics.median(seconds),
        "least": min(seconds),
        "most": max(seconds),
        "runs": len(seconds),
        "gap": gap,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    print(json.dumps(result))


def _ours(case: Case, dataset: Dataset) -> tuple[list[float], float]:
    scenario = case.scenario
    gaps: list[float] = []

    def cold(_: int) -> None:
        gaps.append(solve(scenario, dataset).gap)

    def curve(_: int) -> None:
        gaps.append(float(frontier(scenario, dataset, points=50)["gap"].max()))

    pool = Pool()
    sites = dataset.site_ids

    def step(run: int) -> None:
        # A weight and one region's water factor in turn, as sliders move.
        moved = scenario.replace(water_weight=scenario.water_weight * 1.05 ** (run % 7 - 3))
        if run % 2:
            moved = scenario.replace(factors={sites[run % len(sites)]: {"water": 1.1}})
        gaps.append(solve(moved, dataset, pool).gap)

    actions = {"cold": cold, "frontier": curve, "step": step}
    return _timed(actions[case.kind], RUNS + 12 * (case.kind == "step")), max(gaps)


def _peer(case: Case, dataset: Dataset, solver: str) -> tuple[list[float], None]:
    # cvxpy is loaded only where it is timed, so that it does not count in our peak memory.
    solve_textbook = import_module("equity_core.solvers.textbook.model").solve_textbook
    smallest = case.for_peers(dataset)
    points = 50 if case.kind == "frontier" else 1

    def answer(_: int) -> None:
        for _point in range(points):
            solve_textbook(case.scenario, smallest, solver)

    return _timed(answer, RUNS), None


def _timed(action: Callable[[int], None], runs: int) -> list[float]:
    """Seconds of each run after one that is not counted; fewer runs when they are long."""
    began = perf_counter()
    action(0)
    first = perf_counter() - began
    if first > VERY_LONG:
        return [first]
    if first > LONG:
        runs = min(runs, 3)
    seconds = []
    for run in range(1, runs + 1):
        began = perf_counter()
        action(run)
        seconds.append(perf_counter() - began)
    return seconds


if __name__ == "__main__":
    main(*sys.argv[1:])
