"""The best plan of an instance: dual ascent, then primal recovery (docs/METHOD.md, section 3).

Without rows (worst cases, limits) one dispatch is the answer. Otherwise dual ascent brings the
duals near their best, and primal recovery makes the answer exact.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from equity_core.arrays import Floats
from equity_core.errors import SolverError
from equity_core.model.instance import Instance
from equity_core.solvers.engine.dual_ascent import ascend
from equity_core.solvers.engine.dual_search import Search, Trial
from equity_core.solvers.engine.primal_recovery import few_hours, recover
from equity_core.solvers.engine.warm_starts import WarmStart


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

    What was learnt before only saves time: where it leads astray, all begins anew without it.
    Raises `LimitsClash` or `SolverError`.
    """
    try:
        return _plan_from(instance, start, tolerance, exact, watch)
    except SolverError:
        if start.cold:
            raise
        start.forget()
        return _plan_from(instance, start, tolerance, exact, watch)


def _plan_from(
    instance: Instance,
    start: WarmStart,
    tolerance: float,
    exact: float,
    watch: Callable[[], None],
) -> Plan:
    handy = instance.in_units()
    search = Search.begin(handy, start, watch)
    if instance.objective.separable:
        load = search.best.load
    else:
        load = recover(search, tolerance, exact, ascend(search, few_hours(search)))
        start.learn(handy.objective, search.best.duals)
    return Plan(instance, load, in_own_units(instance, search.best), search.rounds)


def in_own_units(instance: Instance, trial: Trial) -> Trial:
    """A trial of `instance.in_units()` as one of `instance`."""
    units = instance.units
    rows = units.of_rows(instance.objective.rows.coefficients)
    duals, slope = trial.duals * (units.objective / rows), trial.slope * rows
    return Trial(duals, trial.bound * units.objective, slope, trial.served)
