"""Draws for the page, answered by a worker of a cluster: the functions its own processes run."""

from __future__ import annotations

from functools import lru_cache

from equity_core.inputs.dataset import Dataset
from equity_core.robustness.draw import Base, Draw, base_of
from equity_core.robustness.examine import sets_of
from equity_core.robustness.matters import Candidate, one_at_a_time
from equity_core.robustness.ranges import Ranges
from equity_core.scenario.scenario import Scenario


def draws(
    dataset: Dataset, scenario: Scenario, ranges: Ranges, first: int, last: int
) -> list[Draw]:
    """The records of some draws, number 0 the expected figures; raises `EquityError`."""
    base = _base(scenario, dataset)
    return [base.draw(factors) for factors in sets_of(ranges, dataset)[first:last]]


def alone(dataset: Dataset, scenario: Scenario, candidate: Candidate) -> list[Draw]:
    """The records where one figure is off by itself, lower and higher; raises `EquityError`."""
    base = _base(scenario, dataset)
    return [base.draw(factors) for factors in one_at_a_time(dataset, [candidate])]


@lru_cache(maxsize=2)
def _base(scenario: Scenario, dataset: Dataset) -> Base:
    """What all draws of the last scenarios set out from."""
    return base_of(scenario, dataset)
