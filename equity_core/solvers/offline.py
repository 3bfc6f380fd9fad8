"""How a scenario is answered when the whole period is known: a climb, then a finish.

Without rows (worst cases, limits) one dispatch is the answer. Otherwise the climb brings the duals
near their best and the finish makes the answer exact (docs/METHOD.md, section 3).
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

import numpy as np
import numpy.typing as npt

from equity_core.inputs.dataset import Dataset
from equity_core.model.instance import Instance, build_instance
from equity_core.outcome.assembly import Certificate, outcome_of
from equity_core.outcome.outcome import Outcome
from equity_core.scenario.pending import refuse_pending
from equity_core.scenario.scenario import Scenario
from equity_core.solvers.climb import climb
from equity_core.solvers.finish import EXACT, FEW_HOURS, finish
from equity_core.solvers.pool import Pool, WarmStart
from equity_core.solvers.search import Search

Floats = npt.NDArray[np.float64]

TOLERANCE = 1e-9
"""Largest relative gap of anything shown or exported."""

SOLVER = "dual Newton steps with DAQP, exact mix with HiGHS"


def solve(
    scenario: Scenario,
    dataset: Dataset,
    pool: Pool | None = None,
    tolerance: float = TOLERANCE,
    watch: Callable[[], None] = lambda: None,
) -> Outcome:
    """The scenario's best plan, certified to `tolerance` (relative).

    `pool` keeps what was learnt for later scenarios; the answer does not depend on it. `watch` is
    called before each round (milliseconds, tens for a year of hours) and may raise to stop the
    solve. Raises `ScenarioError`, `InfeasibleError` (demand beyond capacity) or `SolverError`.
    """
    refuse_pending(scenario)
    began = perf_counter()
    start = (pool or Pool()).start_for(scenario, dataset)
    with start.lock:
        instance = build_instance(scenario, dataset, start.physics)
        load, search = best_plan(instance, start, tolerance, EXACT, watch)
    seconds = perf_counter() - began
    certificate = Certificate(search.best.duals, search.best.bound, SOLVER, seconds, search.rounds)
    return outcome_of(scenario, dataset, instance, load, certificate)


def best_plan(
    instance: Instance,
    start: WarmStart,
    tolerance: float,
    exact: float,
    watch: Callable[[], None],
) -> tuple[Floats, Search]:
    """The load [T, N] that is best to `tolerance`, and the search that proves it.

    It is driven on to `exact` where that can be reached. Raises `SolverError`.
    """
    search = Search.begin(instance, start, watch)
    if instance.objective.separable:
        return search.best.load, search
    few = max(FEW_HOURS, len(search.best.load) // 100)
    load = finish(search, tolerance, exact, climb(search, few))
    start.learn(instance.objective, search.best.duals)
    return load, search
