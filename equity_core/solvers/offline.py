"""How a scenario is answered when the whole period is known.

link -> Scenario -> Instance, then: references of its limits, the best plan, and its Outcome.
"""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter

from equity_core.arrays import Floats
from equity_core.inputs.dataset import Dataset
from equity_core.model.fleet import fleet_of
from equity_core.model.instance import build_instance
from equity_core.model.limits import Reference
from equity_core.outcome.assembly import Certificate, outcome_of
from equity_core.outcome.outcome import Outcome
from equity_core.scenario.limits import limits_set
from equity_core.scenario.scenario import Scenario
from equity_core.solvers.engine.plan import best_plan
from equity_core.solvers.engine.primal_recovery import EXACT
from equity_core.solvers.engine.warm_starts import Pool
from equity_core.solvers.limit_conflict import plan_within_limits

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
    solve. Raises `ScenarioError`, `InfeasibleError` (demand beyond capacity, or limits that cannot
    be met, with the smallest change to each that would do) or `SolverError`.
    """
    began = perf_counter()
    pool = pool or Pool()
    fleet = fleet_of(scenario, dataset)
    reference = reference_of(scenario, fleet, pool, watch)
    start = pool.start_for(scenario, fleet)
    with start.lock:
        instance = build_instance(scenario, fleet, start.physics, reference)
        plan = plan_within_limits(instance, start, tolerance, EXACT, watch)
    certificate = Certificate(
        plan.trial.duals, plan.trial.bound, SOLVER, perf_counter() - began, plan.rounds
    )
    return outcome_of(scenario, fleet, plan.instance, plan.load, certificate)


def reference_of(
    scenario: Scenario, fleet: Dataset, pool: Pool, watch: Callable[[], None]
) -> Reference:
    """The plans that the scenario's limits refer to, as far as it has limits."""
    cheapest, none_worse = (
        None if asked is None else _measures(asked, fleet, pool, watch)
        for asked in reference_scenarios(scenario)
    )
    return Reference(cheapest, none_worse)


def reference_scenarios(scenario: Scenario) -> tuple[Scenario | None, Scenario | None]:
    """What `Reference` holds the plans of; None where no limit refers to it."""
    if not limits_set(scenario):
        return None, None
    asked = scenario.reference_scenario()
    may_wait = {"deferrable_share": scenario.waiting_share}
    cheapest = asked.replace(policy="cost", reach=scenario.allowed_reach, **may_wait)
    return cheapest, asked if scenario.no_region_worse else None


def _measures(scenario: Scenario, fleet: Dataset, pool: Pool, watch: Callable[[], None]) -> Floats:
    """[1 + K, N] cost and burdens of a scenario without limits."""
    start = pool.start_for(scenario, fleet)
    with start.lock:
        instance = build_instance(scenario, fleet, start.physics, Reference())
        return instance.measures(best_plan(instance, start, TOLERANCE, EXACT, watch).load)
