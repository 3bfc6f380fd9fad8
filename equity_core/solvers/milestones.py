"""What the way to fairness costs: the first half of it, nine tenths of it, all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from equity_core.inputs.dataset import Dataset
from equity_core.model.fleet import fleet_of
from equity_core.outcome.milestones import Milestones
from equity_core.scenario.parameters import LARGEST_WEIGHT
from equity_core.scenario.policies import carbon_counted
from equity_core.scenario.scenario import Scenario
from equity_core.solvers.engine.warm_starts import Pool
from equity_core.solvers.frontier import check_weights
from equity_core.solvers.offline import solve
from equity_core.text.fairness import by_the_measure

MOST_STEPS = 60
"""Each step halves, roughly, what is left of the curve around a milestone."""

ON_THE_LINE = 1e-6
"""Relative distance below which a plan lies on the straight line between two others."""


APPROACH = tuple(3.0**-k for k in range(6, -1, -1))
"""Shares of the largest weights at which it is solved on the way to them."""


@dataclass(frozen=True)
class _Plan:
    """A plan of the frontier: the charge at the scenario's own weights, and all else it counts."""

    cost_usd: float
    rest: float
    charge: float


def milestones(
    scenario: Scenario,
    dataset: Dataset,
    pool: Pool | None = None,
    watch: Callable[[], None] = lambda: None,
) -> Milestones:
    """What parts of the possible improvement cost, exactly: docs/METHOD.md (25).

    The improvement is what the weighted burden of `scenario` (its weights, measure and lens) falls
    by along its frontier, from the cheapest plan to that at the largest weights. Does not depend
    on how finely a frontier is drawn, nor on the size of the weights, only on their ratio. Raises
    like `frontier`.
    """
    check_weights(scenario)
    curve = _Curve(scenario.replace(policy="equity"), dataset, pool or Pool(), watch)
    ends = curve.plan(0.0), curve.last_plan()
    half, most = (curve.cost_at(share, *ends) for share in (0.5, 0.9))
    return Milestones(ends[0].cost_usd, half, most, ends[1].cost_usd)


@dataclass(frozen=True)
class _Curve:
    """The frontier of a scenario; its plans are found by the scale of the fairness weights."""

    scenario: Scenario
    dataset: Dataset
    pool: Pool
    watch: Callable[[], None]

    def last_plan(self) -> _Plan:
        """The plan with the weights as large as they may be.

        Approached in steps, each from the duals of the one before: in one go it can take minutes.
        """
        largest = LARGEST_WEIGHT / max(self.scenario.water_weight, self.scenario.carbon_weight)
        return [self.plan(largest * part) for part in APPROACH][-1]

    def plan(self, scale: float) -> _Plan:
        """The plan with both fairness weights times `scale`."""
        weights = {name: getattr(self.scenario, f"{name}_weight") for name in ("water", "carbon")}
        scaled = {f"{name}_weight": min(x * scale, LARGEST_WEIGHT) for name, x in weights.items()}
        outcome = solve(self.scenario.replace(**scaled), self.dataset, self.pool, watch=self.watch)
        fleet = fleet_of(self.scenario, self.dataset)
        charge = sum(
            weight * by_the_measure(self.scenario, fleet, outcome, counted)
            for counted, weight in zip(
                ("water", carbon_counted(self.scenario)), weights.values(), strict=True
            )
        )
        return _Plan(outcome.cost_usd, outcome.objective - scale * charge, charge)

    def cost_at(self, share: float, low: _Plan, high: _Plan) -> float:
        """The cost at which `share` of the improvement from `low` to `high` is reached.

        The plan that a straight line touches which runs as the one between two plans do is either
        on their line, and so is all between them, or splits the curve.
        """
        target = low.charge + share * (high.charge - low.charge)
        for _ in range(MOST_STEPS):
            if high.charge >= low.charge:
                return low.cost_usd
            scale = (high.rest - low.rest) / (low.charge - high.charge)
            line = low.rest + scale * low.charge
            between = self.plan(scale)
            if line - (between.rest + scale * between.charge) <= ON_THE_LINE * abs(line):
                break
            low, high = (between, high) if between.charge > target else (low, between)
        part = (low.charge - target) / (low.charge - high.charge)
        return low.cost_usd + part * (high.cost_usd - low.cost_usd)
