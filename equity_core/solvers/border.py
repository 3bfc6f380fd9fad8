"""The border of what is possible: for each cost the smallest worst burden of one footprint."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from equity_core.errors import ScenarioError, shown
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.outcome import Outcome
from equity_core.scenario.checks import did_you_mean
from equity_core.scenario.limits import without_limits
from equity_core.scenario.parameters import LARGEST_FACTOR
from equity_core.scenario.scenario import Scenario
from equity_core.solvers.engine.warm_starts import Pool
from equity_core.solvers.offline import solve

POINTS = 25

ALONE = 1e3
"""USD a unit: beside such a weight cost, which counts 1e-9, breaks ties and nothing else."""

STEEPNESS = 3
"""Costs of the points rise with this power of their number, as a border is steep at first: so the
straight lines between them stay within a hundredth of the picture's height."""

MARGIN = 1e-7
"""Share of cost allowed above the cheapest plan: at its very cost limits may leave a single plan,
and rounding decides whether that is feasible."""


def border(
    scenario: Scenario,
    dataset: Dataset,
    footprint: str,
    points: int = POINTS,
    pool: Pool | None = None,
    watch: Callable[[], None] = lambda: None,
) -> pd.DataFrame:
    """What cost and the worst burden of `footprint` can be together: docs/METHOD.md (24).

    A row a point, from the cheapest plan to the smallest worst burden of any plan, each solved
    exactly. What lies above the line through the points is possible, nothing below them is. All
    limits of `scenario` stand but the one on cost; its policy, weights, levies, measure and lens
    do not matter. Columns: cost_usd, worst_ in the footprint's unit (worst_water_m3), and gap, the
    certificate of each point. Raises `ScenarioError` for a footprint that the data set lacks,
    otherwise like `solve`.
    """
    pool, column = pool or Pool(), _column(footprint, dataset)
    fairest = alone(scenario, footprint)

    def plan(asked: Scenario) -> Outcome:
        return solve(asked, dataset, pool, watch=watch)

    free = plan(without_limits(fairest).replace(policy="cost")).cost_usd
    first, last = plan(fairest.replace(policy="cost")), plan(fairest)
    increases = _increases(free, first.cost_usd, last.cost_usd, points)
    limited = [plan(fairest.replace(cost_increase_limit=share)) for share in increases]
    plans = [*(limited or [first]), last]
    return pd.DataFrame(
        {
            "cost_usd": [item.cost_usd for item in plans],
            f"worst_{column}": [item.worst(column) for item in plans],
            "gap": [item.gap for item in plans],
        }
    )


def _column(footprint: str, dataset: Dataset) -> str:
    columns = {item.name: item.column for item in dataset.footprints}
    if footprint not in columns:
        raise ScenarioError(
            "footprint",
            f"There is no footprint {shown(footprint)} in data set {dataset.id!r}. "
            f"{did_you_mean(footprint, columns)}",
        )
    return columns[footprint]


def alone(scenario: Scenario, footprint: str) -> Scenario:
    """What a border is made of: the fairest plan for one footprint within all limits but on cost.

    Equal for scenarios that have the same border.
    """
    weights = dict.fromkeys(("water", "carbon", *scenario.further), 0.0)
    weights |= {footprint: ALONE}
    further = {
        name: scenario.further_of(name).replace(weight=weight, price=0.0)
        for name, weight in weights.items()
        if name not in ("water", "carbon")
    }
    return scenario.replace(
        policy="fairest",
        reach=scenario.allowed_reach,
        deferrable_share=scenario.waiting_share,
        water_weight=weights["water"],
        carbon_weight=weights["carbon"],
        water_price=0.0,
        carbon_price=0.0,
        carbon_accounting="average",
        measure="worst",
        measure_parameter=None,
        lens="equal",
        cost_increase_limit=None,
        further=further,
    )


def _increases(free: float, first: float, last: float, points: int) -> list[float]:
    """Limits on cost from `first` on, short of `last`, as shares of the cost of the `free` plan.

    They lie closest at first, where the border is steepest; none where no share tells the ends
    apart.
    """
    if last - first <= MARGIN * abs(free) or free == 0:
        return []
    costs = first + (last - first) * np.linspace(0.0, 1.0, points)[:-1] ** STEEPNESS
    shares = np.clip((costs - free) / abs(free) + MARGIN, 0.0, LARGEST_FACTOR)
    return [float(share) for share in shares]
