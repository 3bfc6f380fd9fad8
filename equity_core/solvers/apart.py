"""Load that waits planned apart from the rest: what coordinating the two is worth.

First what cannot wait is planned as if there were nothing else; then what waits takes the room that
is left, and minds the burdens of its own load alone. Both are as good as they can be by themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from equity_core.arrays import Floats
from equity_core.inputs.dataset import Dataset
from equity_core.model.fleet import fleet_of
from equity_core.model.instance import build_instance, build_physics
from equity_core.model.limits import Reference
from equity_core.model.physics import Physics
from equity_core.model.waiting import NOTHING_WAITS
from equity_core.outcome.apart import Apart
from equity_core.scenario.limits import without_limits
from equity_core.scenario.scenario import Scenario
from equity_core.solvers.engine.plan import best_plan
from equity_core.solvers.engine.primal_recovery import EXACT
from equity_core.solvers.engine.warm_starts import WarmStart
from equity_core.solvers.offline import TOLERANCE


def planned_apart(
    scenario: Scenario, dataset: Dataset, watch: Callable[[], None] = lambda: None
) -> Apart:
    """The two plans of `scenario`, its limits left out; raises like `solve`."""
    asked, fleet = without_limits(scenario), fleet_of(scenario, dataset)
    whole = build_physics(asked, fleet)
    first = _best(asked, fleet, replace(whole, waiting=NOTHING_WAITS), watch)
    load = first + _best(asked, fleet, _what_waits(whole, first), watch) if whole.waits else first
    instance = build_instance(asked, fleet, whole, Reference())
    measures = instance.measures(load)
    columns = [footprint.column for footprint in fleet.footprints]
    worst = dict(zip(columns, measures[1:].max(axis=1).tolist(), strict=True))
    return Apart(instance.objective.value(measures), float(measures[0].sum()), worst)


def _what_waits(whole: Physics, first: Floats) -> Physics:
    """The load that waits alone, in the room beside `first` [T, N]."""
    arrays = whole.arrays._replace(
        fixed=np.zeros_like(first),
        room=np.maximum(whole.spare(first), 0.0),
        cut_demand=np.zeros_like(whole.arrays.cut_demand),
    )
    return Physics(whole.hours, arrays, np.zeros_like(whole.asked), whole.waiting)


def _best(
    scenario: Scenario, fleet: Dataset, physics: Physics, watch: Callable[[], None]
) -> Floats:
    instance = build_instance(scenario, fleet, physics, Reference())
    return best_plan(instance, WarmStart(physics), TOLERANCE, EXACT, watch).load
