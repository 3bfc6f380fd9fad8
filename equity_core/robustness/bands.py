"""How far the frontier may be off: some of its points planned anew in some of the draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from equity_core.arrays import Floats
from equity_core.outcome.percent import change_pct
from equity_core.robustness.draw import Draw
from equity_core.robustness.matters import changes
from equity_core.robustness.ranges import Ranges
from equity_core.scenario.parameters import LARGEST_WEIGHT
from equity_core.scenario.scenario import Scenario

SCALES = (0.0, 0.25, 0.5, 2.0, 4.0)
"""Multiples of both weights beside those of the scenario, whose draws are there anyway."""

DRAWS, DRAWS_OF_LARGE = 32, 16
"""Of a seed the first: balanced among themselves, as Sobol points are by powers of two."""

LARGE = 40_000
"""Sites times hours beyond which a draw takes half a second and more."""

LEVELS, STEPS = 41, 16
"""Of the band, and between two points of a curve."""

ENDS = (5.0, 95.0)


@dataclass(frozen=True, eq=False)
class Band:
    """The frontier of one footprint, as changes against the baseline in %.

    cost, worst  [P] the plans on the figures as they stand, from no fairness to the most
    levels       [L] of the worst burden, largest first
    low, high    [L] the 5th and 95th percentile over the draws of what it costs to get there; NaN
                 where fewer draws than that get there at all
    draws        how many
    """

    cost: Floats
    worst: Floats
    levels: Floats
    low: Floats
    high: Floats
    draws: int


def points_of(scenario: Scenario) -> dict[float, Scenario]:
    """The scenario with other weights, by scale; none where no frontier goes through it."""
    heaviest = max(scenario.water_weight, scenario.carbon_weight)
    if scenario.policy != "equity" or heaviest == 0:
        return {}
    return {
        scale: scenario.replace(
            water_weight=scenario.water_weight * scale, carbon_weight=scenario.carbon_weight * scale
        )
        for scale in SCALES
        if heaviest * scale <= LARGEST_WEIGHT
    }


def ranges_of_points(ranges: Ranges, site_hours: int) -> Ranges:
    """The same, with so many draws as are made for a band."""
    most = DRAWS if site_hours <= LARGE else DRAWS_OF_LARGE
    return replace(ranges, draws=min(ranges.draws, most))


def band_of(curves: Mapping[float, Sequence[Draw]], k: int) -> Band:
    """The band of footprint k; curves: by scale the records, the expected figures' the first.

    Between two plans of a draw lies what a mix of them costs, which is feasible: the curve drawn
    is never below what that draw allows.
    """
    scales = sorted(curves)
    number = min(len(records) for records in curves.values())
    points = np.array([[_point(curves[scale][d], k) for scale in scales] for d in range(number)])
    paths = [path[np.isfinite(path).all(axis=1)] for path in points]
    reached = np.concatenate([path[:, 1] for path in paths])
    levels = np.linspace(reached.max(initial=0.0), reached.min(initial=0.0), LEVELS)
    costs = np.array([_cost_at(levels, path) for path in paths[1:]])
    low, high = (_percentile(costs, end) for end in ENDS)
    return Band(paths[0][:, 0], paths[0][:, 1], levels, low, high, number - 1)


def _point(draw: Draw, k: int) -> tuple[float, float]:
    """Cost and worst burden of the plan of one draw, in % of its baseline's."""
    if draw.best is None or draw.before is None:
        return float("nan"), float("nan")
    return change_pct(draw.before.cost_usd, draw.best.cost_usd), float(changes(draw)[k])


def _cost_at(levels: Floats, path: Floats) -> Floats:
    """[L] the least that it costs to come down to each level along a path [P, 2]; else infinite."""
    if not len(path):
        return np.full(len(levels), np.inf)
    at = np.linspace(0, len(path) - 1, STEPS * (len(path) - 1) + 1)
    cost, worst = (np.interp(at, np.arange(len(path)), column) for column in path.T)
    least: Floats = np.where(worst <= levels[:, None], cost, np.inf).min(axis=1)
    return least


def _percentile(costs: Floats, end: float) -> Floats:
    """[L] over draws; NaN where it lies among those that do not get there."""
    if not len(costs):
        return np.full(costs.shape[-1] if costs.ndim > 1 else LEVELS, np.nan)
    ordered = np.sort(costs, axis=0)
    place = end / 100 * (len(costs) - 1)
    below, above = ordered[int(place)], ordered[int(np.ceil(place))]
    with np.errstate(invalid="ignore"):
        value: Floats = below + (place - int(place)) * (above - below)
    return np.where(np.isfinite(above) & np.isfinite(value), value, np.nan)
