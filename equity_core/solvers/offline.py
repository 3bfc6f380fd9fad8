"""How a scenario is answered when the whole period is known: column generation, then a finish.

Without worst-case terms one dispatch is the answer. Otherwise column generation comes near and the
finish makes the answer exact (docs/METHOD.md, section 3).
"""

from __future__ import annotations

from time import perf_counter

import numpy as np
import numpy.typing as npt

from equity_core.inputs.dataset import Dataset
from equity_core.model.instance import Instance, build_instance
from equity_core.outcome.assembly import Certificate, outcome_of
from equity_core.outcome.outcome import Outcome
from equity_core.scenario.pending import refuse_pending
from equity_core.scenario.scenario import Scenario
from equity_core.solvers.approach import approach
from equity_core.solvers.finish import FEW_HOURS, finish
from equity_core.solvers.pool import Pool, WarmStart
from equity_core.solvers.search import Search

Floats = npt.NDArray[np.float64]

TOLERANCE = 1e-9
"""Largest relative gap of anything shown or exported."""

NEAR = 3e-6
"""Relative gap from which the finish may take over, once few hours change between trials."""

SOLVER = "column generation with HiGHS"


def solve(
    scenario: Scenario,
    dataset: Dataset,
    pool: Pool | None = None,
    tolerance: float = TOLERANCE,
) -> Outcome:
    """The scenario's best plan, certified to `tolerance` (relative).

    `pool` keeps what was learnt for later scenarios; the answer does not depend on it.
    Raises `ScenarioError`, `InfeasibleError` (demand beyond capacity) or `SolverError`.
    """
    refuse_pending(scenario)
    began = perf_counter()
    start = (pool or Pool()).start_for(scenario, dataset)
    with start.lock:
        instance = build_instance(scenario, dataset, start.physics)
        load, search = _best_plan(instance, start, tolerance)
    seconds = perf_counter() - began
    certificate = Certificate(search.duals, search.bound, SOLVER, seconds, search.rounds)
    return outcome_of(scenario, dataset, instance, load, certificate)


def _best_plan(instance: Instance, start: WarmStart, tolerance: float) -> tuple[Floats, Search]:
    """The best load [T, N] and the search that proves it."""
    search = Search(instance, start, instance.objective.even_duals())
    if instance.objective.separable:
        return search.dispatch(search.duals).load, search
    approach(search, lambda gap: gap <= TOLERANCE or (gap <= NEAR and search.settled(FEW_HOURS)))
    return finish(search, tolerance), search
