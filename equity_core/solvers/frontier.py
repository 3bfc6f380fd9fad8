"""The cost/equity frontier: the same scenario with both fairness weights scaled up from zero."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity_core.errors import ScenarioError
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.outcome import Outcome
from equity_core.scenario.parameters import LARGEST_WEIGHT
from equity_core.scenario.scenario import Scenario
from equity_core.solvers.offline import solve
from equity_core.solvers.pool import Pool

Floats = npt.NDArray[np.float64]

SMALLEST_SCALE, LARGEST_SCALE = 0.02, 50.0

FEWEST_POINTS, MOST_POINTS = 3, 1000


def frontier(
    scenario: Scenario, dataset: Dataset, points: int = 50, pool: Pool | None = None
) -> pd.DataFrame:
    """What fairness costs: a row a point, from the cheapest plan (scale 0) to scale 50.

    Both weights of `scenario` are multiplied by `scale` under the policy `equity`. Columns: scale,
    water_weight, carbon_weight, cost_usd, then worst_, total_ and par_ of each footprint
    (worst_water_m3, par_water ...), objective, gap, and knee, true in one row. Every point carries
    the same certificate as a single answer. Raises like `solve`.
    """
    _check(scenario, points)
    # Solved in one direction, each point starts where its neighbour ended.
    pool = pool or Pool()
    rows = []
    for scale in _scales(scenario, points):
        weights = {
            "water_weight": scenario.water_weight * scale,
            "carbon_weight": scenario.carbon_weight * scale,
        }
        outcome = solve(scenario.replace(policy="equity", **weights), dataset, pool)
        rows.append({"scale": scale} | weights | _row(outcome))
    frame = pd.DataFrame(rows)
    return frame.assign(knee=_is_knee(frame, scenario))


def _scales(scenario: Scenario, points: int) -> list[float]:
    """0, then evenly spaced on a log axis as far as the weights may go."""
    heaviest = max(scenario.water_weight, scenario.carbon_weight)
    largest = min(LARGEST_SCALE, LARGEST_WEIGHT / heaviest)
    return [0.0, *(float(x) for x in np.geomspace(SMALLEST_SCALE, largest, points - 1))]


def _check(scenario: Scenario, points: int) -> None:
    if not FEWEST_POINTS <= points <= MOST_POINTS:
        raise ScenarioError(
            "points",
            f"points is {points}, but a frontier has {FEWEST_POINTS} to {MOST_POINTS} points.",
        )
    if scenario.water_weight == scenario.carbon_weight == 0:
        raise ScenarioError(
            "water_weight",
            "Both fairness weights are 0, so every point of the frontier is the cheapest plan; "
            "set water_weight or carbon_weight above 0.",
        )


def _row(outcome: Outcome) -> dict[str, float]:
    columns = {footprint.name: footprint.column for footprint in outcome.footprints}
    return (
        {"cost_usd": outcome.cost_usd}
        | {f"worst_{column}": outcome.worst(column) for column in columns.values()}
        | {f"total_{column}": outcome.total(column) for column in columns.values()}
        | {f"par_{name}": outcome.par(column) for name, column in columns.items()}
        | {"objective": outcome.objective, "gap": outcome.gap}
    )


def _is_knee(frame: pd.DataFrame, scenario: Scenario) -> npt.NDArray[np.bool_]:
    """The point that lies farthest below the straight line between the two ends.

    Unfairness is the worst burdens weighed as the scenario weighs them, both axes from 0 to 1.
    """
    water = scenario.water_weight * frame["worst_water_m3"].to_numpy(dtype=np.float64)
    carbon = scenario.carbon_weight * frame["worst_carbon_t"].to_numpy(dtype=np.float64)
    below = _from_0_to_1(frame["cost_usd"].to_numpy()) + _from_0_to_1(water + carbon)
    return np.arange(len(frame)) == int(np.argmin(below))


def _from_0_to_1(values: Floats) -> Floats:
    span = values.max() - values.min()
    return (values - values.min()) / span if span > 0 else np.zeros_like(values)
