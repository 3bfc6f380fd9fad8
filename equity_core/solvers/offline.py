"""How a scenario is answered when the whole period is known: column generation, then a finish.

The dispatcher prices every MWh at the current duals and returns the cheapest dispatch; the master
mixes the dispatches found so far and returns new duals (Dantzig-Wolfe; docs/METHOD.md, section 3).
Each dispatch also bounds the objective from below, which is the certificate.
"""

from __future__ import annotations

from time import perf_counter

import numpy as np
import numpy.typing as npt

from equity_core.errors import SolverError
from equity_core.inputs.dataset import Dataset
from equity_core.model.instance import Instance, build_instance
from equity_core.outcome.assembly import Certificate, outcome_of
from equity_core.outcome.outcome import Outcome
from equity_core.scenario.scenario import Scenario
from equity_core.solvers.finish import FEW_HOURS, finish
from equity_core.solvers.master import Master
from equity_core.solvers.pool import Pool, WarmStart
from equity_core.solvers.search import Search

Floats = npt.NDArray[np.float64]

TOLERANCE = 1e-9
"""Largest relative gap of anything shown or exported."""

NEAR = 1e-5
"""Relative gap from which the finish may take over, once few hours change between trials."""

SMOOTHING = 0.5
"""Share of the best duals so far in the next duals to try (Wentges); damps the zigzag."""

MOST_ROUNDS = 500

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
    _approach(search)
    load = finish(search, tolerance)
    start.prune()
    return load, search


def _approach(search: Search) -> None:
    """Column generation over blocks of hours until few hours are in doubt."""
    start, scale = search.start, search.instance.scale
    if not start.measures.size:
        start.remember(search.dispatch(search.duals).load)
    known = start.measures * scale
    base = known[0]
    master = Master(search.instance.objective, base.sum(axis=0))
    master.add_groups(start.blocks)
    every_block = np.arange(start.blocks)
    changes = (known[1:] - base).reshape(-1, *base.shape[1:])
    master.add(np.tile(every_block, len(known) - 1), changes)
    for _ in range(MOST_ROUNDS):
        mix = master.solve()
        gap = (mix.objective - search.bound) / abs(mix.objective)
        if gap <= TOLERANCE or (gap <= NEAR and search.hours_changed() <= FEW_HOURS):
            return
        load = search.dispatch(_next_duals(search, mix.duals)).load
        master.add(every_block, start.remember(load) * scale - base)
    raise SolverError(
        f"No plan within {NEAR:g} of the bound after {MOST_ROUNDS} rounds; "
        "make weights or factors less extreme and solve again."
    )


def _next_duals(search: Search, duals: Floats) -> Floats:
    """The master's duals, pulled towards the best ones so far."""
    if search.rounds == 0:
        return duals
    return SMOOTHING * search.duals + (1 - SMOOTHING) * duals
