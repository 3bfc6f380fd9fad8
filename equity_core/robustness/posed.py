"""A scenario planned on its data set's own figures, from where every draw sets out.

Each draw starts from a copy of what this solve has learnt, never from another draw: so its record
is the same whichever draws are worked on before it, in one process or in several.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from equity_core.arrays import Floats, Positions
from equity_core.inputs.dataset import Dataset, frozen
from equity_core.model.fleet import fleet_of
from equity_core.model.instance import Instance, build_instance, build_physics, physics_key
from equity_core.model.limits import Reference
from equity_core.model.physics import Physics
from equity_core.scenario.scenario import Scenario
from equity_core.solvers.engine.plan import Plan
from equity_core.solvers.engine.primal_recovery import EXACT
from equity_core.solvers.engine.warm_starts import WarmStart
from equity_core.solvers.limit_conflict import plan_within_limits
from equity_core.solvers.offline import TOLERANCE

Known = dict[tuple[object, ...], Physics]
"""Physics by their keys: a scenario and its baseline mostly share one."""


@dataclass(frozen=True, eq=False)
class Posed:
    """A scenario, its plan on the data set's own figures, and what finding it has taught."""

    scenario: Scenario
    fleet: Dataset
    plan: Plan
    start: WarmStart

    def drawn(self, factors: Floats, reference: Reference) -> Instance:
        """The scenario where figures are off by `factors` [Q, N]; the last quantity is demand.

        Raises `InfeasibleError` where the demand drawn cannot be served.
        """
        factors = factors[:, self._like]
        physics = self._physics(factors[-1])
        return build_instance(self.scenario, self.fleet, physics, reference, factors[:-1])

    def best(self, instance: Instance, watch: Callable[[], None]) -> Plan:
        """The best plan of a drawn instance; raises `InfeasibleError` or `SolverError`."""
        start = self.start.copy(instance.physics)
        return plan_within_limits(instance, start, TOLERANCE, EXACT, watch)

    def kept(self, instance: Instance) -> Floats:
        """[1 + K, N] cost and burdens of this plan, kept while figures turn out as in `instance`.

        Where demand turns out otherwise its loads cannot be kept: then the order is, in which it
        fills the sites in each hour.
        """
        if instance.physics is self.plan.instance.physics:
            return self._physical * instance.scale
        own, physics = self.plan.instance, instance.physics
        weights = own.objective.weights(self.plan.trial.duals) * own.scale
        served = physics.cheapest(weights, own.scale, self.start.order.copy())
        return instance.measures(served.load)

    def _physics(self, demand: Floats) -> Physics:
        """The physics where each site's own demand is multiplied by `demand` [N]."""
        if (demand == 1).all():
            return self.plan.instance.physics
        scaled = self.fleet.demand * demand[self.fleet.home, None]
        return build_physics(self.scenario, replace(self.fleet, demand=frozen(scaled)))

    @cached_property
    def _physical(self) -> Floats:
        """[1 + K, N] cost and burdens of the plan but for the factors on them."""
        return self.plan.instance.physics.measures(self.plan.load)

    @cached_property
    def _like(self) -> Positions:
        """[N] whose factors each site takes: its own, the new site those of the one it is like."""
        own = list(range(len(self.fleet.site_ids)))
        if self.scenario.new_site_like:
            own[-1] = self.fleet.site_ids.index(self.scenario.new_site_like)
        return np.array(own, dtype=np.intp)


def posed(
    scenario: Scenario,
    dataset: Dataset,
    reference: Reference,
    known: Known,
    watch: Callable[[], None],
) -> Posed:
    """Plan a scenario from a cold start; raises like `solve`."""
    fleet = fleet_of(scenario, dataset)
    key = physics_key(scenario, fleet)
    if key not in known:
        known[key] = build_physics(scenario, fleet)
    start = WarmStart(known[key])
    instance = build_instance(scenario, fleet, known[key], reference)
    plan = plan_within_limits(instance, start, TOLERANCE, EXACT, watch)
    return Posed(scenario, fleet, plan, start)
