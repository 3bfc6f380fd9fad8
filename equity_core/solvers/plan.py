"""The best plan of an instance: a climb, then a finish (docs/METHOD.md, section 3).

Without rows (worst cases, limits) one dispatch is the answer. Otherwise the climb brings the duals
near their best and the finish makes the answer exact.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from equity_core.model.instance import Instance
from equity_core.solvers.climb import climb
from equity_core.solvers.finish import few_hours, finish
from equity_core.solvers.pool import WarmStart
from equity_core.solvers.search import Search, Trial

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Plan:
    """The load [T, N] MW of an instance, the trial that bounds it, and the dispatches it took."""

    instance: Instance
    load: Floats
    trial: Trial
    rounds: int


def best_plan(
    instance: Instance,
    start: WarmStart,
    tolerance: float,
    exact: float,
    watch: Callable[[], None],
) -> Plan:
    """The plan that is best to `tolerance`; driven on to `exact` where that can be reached.

    Raises `LimitsClash` or `SolverError`.
    """
    search = Search.begin(instance, start, watch)
    if instance.objective.separable:
        return Plan(instance, search.best.load, search.best, search.rounds)
    load = finish(search, tolerance, exact, climb(search, few_hours(search)))
    start.learn(instance.objective, search.best.duals)
    return Plan(instance, load, search.best, search.rounds)
