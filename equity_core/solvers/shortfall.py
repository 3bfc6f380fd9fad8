"""Demand that cannot be served: the smallest changes that would let it be, each alone."""

from __future__ import annotations

import math

import numpy as np

from equity_core.errors import InfeasibleError
from equity_core.inputs.dataset import Dataset
from equity_core.model.fleet import fleet_of
from equity_core.model.instance import build_physics
from equity_core.scenario.parameters import LARGEST_FACTOR
from equity_core.scenario.scenario import Scenario

STEP = 1e-4
"""Growth is proposed in steps of 0.01%."""


def ways_to_serve(scenario: Scenario, dataset: Dataset) -> dict[str, float | str]:
    """Field -> the value nearest to the present one with which all demand can be served.

    capacity_growth and demand_growth to 0.01%; the reach, wider; none of those that would not do.
    Empty where the demand can be served as it is.
    """
    fleet = fleet_of(scenario, dataset)
    if _serves(scenario, fleet):
        return {}
    return _growths(scenario, fleet) | _wider(scenario, fleet)


def _serves(scenario: Scenario, fleet: Dataset) -> bool:
    try:
        build_physics(scenario, fleet)
    except InfeasibleError:
        return False
    return True


def _growths(scenario: Scenario, fleet: Dataset) -> dict[str, float | str]:
    """More capacity at every site, or less demand everywhere by the same factor."""
    # From no capacity at all, no factor leads anywhere.
    room, demand = max(1 + scenario.capacity_growth, STEP), 1 + scenario.demand_growth

    def grown(factor: float) -> float:
        return math.ceil((room * factor - 1) / STEP - 1e-6) * STEP

    def serves(factor: float) -> bool:
        return _serves(scenario.replace(capacity_growth=grown(factor)), fleet)

    low, high = 1.0, 2.0
    while not serves(high):
        low, high = high, 2 * high
        if grown(high) > LARGEST_FACTOR:
            return {}
    while high - low > STEP / 2 * low:
        middle = (low + high) / 2
        low, high = (low, middle) if serves(middle) else (middle, high)
    shrunk = max(math.floor((demand / high - 1) / STEP) * STEP, -1.0)
    if not _serves(scenario.replace(demand_growth=shrunk), fleet):
        shrunk = -1.0
    return {"capacity_growth": round(grown(high), 6), "demand_growth": round(shrunk, 6)}


def _wider(scenario: Scenario, fleet: Dataset) -> dict[str, float | str]:
    """A longer round trip where that is what limits reach, otherwise any site for any gateway."""
    if scenario.allowed_reach == "latency":
        trips = np.unique(np.ceil(fleet.latency_ms[fleet.latency_ms > scenario.max_latency_ms]))
        low, high = 0, len(trips)  # trips[high:] serve, trips[:low] do not
        while low < high:
            middle = (low + high) // 2
            longer = scenario.replace(max_latency_ms=float(trips[middle]))
            low, high = (low, middle) if _serves(longer, fleet) else (middle + 1, high)
        return {"max_latency_ms": float(trips[low])} if low < len(trips) else {}
    wider = scenario.replace(reach="full")
    return {"reach": "full"} if _serves(wider, fleet) else {}
