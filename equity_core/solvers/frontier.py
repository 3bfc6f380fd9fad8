"""The cost/equity frontier: the same scenario with both fairness weights scaled up from zero."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from equity_core.arrays import Flags, Floats
from equity_core.errors import ScenarioError
from equity_core.inputs.dataset import Dataset
from equity_core.model.fleet import fleet_of
from equity_core.model.instance import build_instance
from equity_core.outcome.digits import settled
from equity_core.outcome.inequality import peak_to_average
from equity_core.scenario.parameters import LARGEST_WEIGHT
from equity_core.scenario.policies import carbon_counted
from equity_core.scenario.scenario import Scenario
from equity_core.solvers.engine.primal_recovery import EXACT
from equity_core.solvers.engine.warm_starts import Pool
from equity_core.solvers.limit_conflict import plan_within_limits
from equity_core.solvers.offline import TOLERANCE, reference_of

SMALLEST_SCALE, LARGEST_SCALE = 0.02, 50.0

CURVE_TOLERANCE = 1e-5
"""Relative gap at which a point lies on the curve as far as a picture can tell."""

FEWEST_POINTS, MOST_POINTS = 3, 1000
POINTS = 50
"""Of a frontier, where nothing else is asked; the command line says the same in its help."""


def frontier(
    scenario: Scenario,
    dataset: Dataset,
    points: int = POINTS,
    pool: Pool | None = None,
    tolerance: float = CURVE_TOLERANCE,
    watch: Callable[[], None] = lambda: None,
) -> pd.DataFrame:
    """What fairness costs: a row a point, from the cheapest plan (scale 0) to scale 50.

    Both weights of `scenario` are multiplied by `scale` under the policy `equity`. Columns: scale,
    water_weight, carbon_weight, cost_usd, then worst_, total_ and par_ of each footprint
    (worst_water_m3, par_water ...), objective, gap, and knee, true in one row. Every point is
    certified to `tolerance`: the default is a curve to look at, 1e-9 a table to keep. Raises like
    `solve`.
    """
    _check(scenario, points)
    pool = pool or Pool()
    fleet = fleet_of(scenario, dataset)
    start = pool.start_for(scenario, fleet)
    scales = _scales(scenario, points)
    earlier, path = start.path if len(start.path) == points else (), []
    rows = []
    for place, scale in enumerate(scales):
        # Solved in one direction, each point starts where its neighbour ended, and goes from there
        # as the last frontier did.
        if earlier and place > 0:
            start.step_like(*earlier[place - 1 : place + 1])
        weights = {
            # The last product may exceed the limit by a rounding error.
            name: min(getattr(scenario, name) * scale, LARGEST_WEIGHT)
            for name in ("water_weight", "carbon_weight")
        }
        asked = scenario.replace(policy="equity", **weights)
        rows.append({"scale": scale} | weights | _point(asked, fleet, pool, tolerance, watch))
        path.append(start.shares)
    start.path = tuple(path)
    frame = pd.DataFrame(rows)
    return frame.assign(knee=_is_knee(frame, scenario))


def _scales(scenario: Scenario, points: int) -> list[float]:
    """0, then evenly spaced on a log axis as far as the weights may go."""
    heaviest = max(scenario.water_weight, scenario.carbon_weight)
    largest = min(LARGEST_SCALE, LARGEST_WEIGHT / heaviest)
    return [0.0, *(float(settled(x)) for x in np.geomspace(SMALLEST_SCALE, largest, points - 1))]


def _check(scenario: Scenario, points: int) -> None:
    if not FEWEST_POINTS <= points <= MOST_POINTS:
        raise ScenarioError(
            "points",
            f"points is {points}, but a frontier has {FEWEST_POINTS} to {MOST_POINTS} points.",
        )
    check_weights(scenario)


def check_weights(scenario: Scenario) -> None:
    """Raise `ScenarioError` where nothing is weighed, so that there is no frontier."""
    if scenario.water_weight == scenario.carbon_weight == 0:
        raise ScenarioError(
            "water_weight",
            "Both fairness weights are 0, so every point of the frontier is the cheapest plan; "
            "set water_weight or carbon_weight above 0.",
        )


def _point(
    scenario: Scenario, dataset: Dataset, pool: Pool, tolerance: float, watch: Callable[[], None]
) -> dict[str, float]:
    """The figures of one point."""
    reference = reference_of(scenario, dataset, pool, watch)
    start = pool.start_for(scenario, dataset)
    with start.lock:
        instance = build_instance(scenario, dataset, start.physics, reference)
        # A table to keep holds the exact vertices, as single answers do.
        exact = tolerance if tolerance > TOLERANCE else EXACT
        plan = plan_within_limits(instance, start, tolerance, exact, watch)
    measures = plan.instance.measures(plan.load)
    objective = plan.instance.objective.value(measures)
    certified = {
        "objective": float(settled(objective)),
        "gap": plan.instance.objective.relative(objective - plan.trial.bound, objective),
    }
    figures = {name: float(settled(value)) for name, value in _figures(dataset, measures).items()}
    return figures | certified


def _figures(dataset: Dataset, measures: Floats) -> dict[str, float]:
    cost, *burdens = measures
    by_footprint = list(zip(dataset.footprints, burdens, strict=True))
    return (
        {"cost_usd": float(cost.sum())}
        | {f"worst_{item.column}": float(burden.max()) for item, burden in by_footprint}
        | {f"total_{item.column}": float(burden.sum()) for item, burden in by_footprint}
        | {f"par_{item.name}": peak_to_average(burden) for item, burden in by_footprint}
    )


def _is_knee(frame: pd.DataFrame, scenario: Scenario) -> Flags:
    """The point that lies farthest below the straight line between the two ends.

    Unfairness is the worst burdens weighed as the scenario weighs them, both axes from 0 to 1.
    """
    water = scenario.water_weight * frame["worst_water_m3"].to_numpy(dtype=np.float64)
    counted = f"worst_{carbon_counted(scenario)}_t"
    carbon = scenario.carbon_weight * frame[counted].to_numpy(dtype=np.float64)
    below = _from_0_to_1(frame["cost_usd"].to_numpy()) + _from_0_to_1(water + carbon)
    return np.arange(len(frame)) == int(np.argmin(below))


def _from_0_to_1(values: Floats) -> Floats:
    span = values.max() - values.min()
    return (values - values.min()) / span if span > 0 else np.zeros_like(values)
