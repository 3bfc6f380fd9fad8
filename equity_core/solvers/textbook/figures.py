"""The figures of the textbook model: a scenario and its data as plain vectors and sums."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy.sparse as sp

from equity_core.arrays import Flags, Floats, Positions
from equity_core.inputs.dataset import Dataset
from equity_core.scenario.scenario import Scenario

WITH_FACTOR = ("price", "water", "carbon")
"""The rates that a regional factor multiplies."""


@dataclass(frozen=True, eq=False)
class Figures:
    """P pairs x T hours, sites x T hours, hour by hour.

    most            [P T] what a pair may serve at all: its gateway's demand
    sum_by_site     [N T, P T] load of each site from what its pairs serve
    sum_by_gateway  [J T, P T] what each gateway is served
    measures        cost and each footprint as [N, N T]: totals by site from the load
    demand          [J T] what may move of each gateway's demand, and cannot wait
    sum_by_window   [W, N T] what of the waiting load runs in each window
    waiting         [W] what waits
    fixed           [N T] the rest, at the gateway's own site
    room            [N T] what may come to each site
    """

    most: Floats
    sum_by_site: sp.csr_array
    sum_by_gateway: sp.csr_array
    measures: list[sp.csr_array]
    demand: Floats
    sum_by_window: sp.csr_array
    waiting: Floats
    fixed: Floats
    room: Floats

    @classmethod
    def of(cls, scenario: Scenario, dataset: Dataset) -> Figures:
        """The figures of `scenario`; its sites, footprints and gateways in the data's order."""
        inside = _inside(scenario, dataset)
        site, gateway = np.nonzero(_allowed(scenario, dataset))
        demand = dataset.demand[:, inside] * _growing(
            scenario.demand_growth, _factors(scenario, dataset, "demand")[dataset.home]
        )
        capacity = dataset.sites["capacity_mw"].to_numpy(np.float64)[:, None] * _growing(
            scenario.capacity_growth, _factors(scenario, dataset, "capacity")
        )
        movable = scenario.movable_share * demand
        fixed = np.zeros((len(dataset.site_ids), demand.shape[1]))
        fixed[dataset.home] = demand - movable
        windows = _windows(scenario, dataset.hours[inside])
        share = 0.0 if scenario.policy == "nearest" else scenario.deferrable_share
        at_once = (1 - share) * movable
        names = ("price", *(footprint.name for footprint in dataset.footprints))
        rates = (dataset.price, *dataset.intensity)
        return cls(
            most=at_once[gateway].ravel(),
            sum_by_site=_sums(site, len(dataset.site_ids), inside),
            sum_by_gateway=_sums(gateway, len(dataset.gateways), inside),
            measures=[
                _totals(rate[:, inside] * _rate_factors(scenario, dataset, name))
                for name, rate in zip(names, rates, strict=True)
            ],
            demand=at_once.ravel(),
            sum_by_window=sp.csr_array(np.tile(windows, len(dataset.site_ids))),
            waiting=windows @ (share * movable).sum(axis=0),
            fixed=fixed.ravel(),
            # Peak demand may exceed capacity by the last bit.
            room=np.maximum(capacity * (1 + 1e-9) - fixed, 0.0).ravel(),
        )


def _growing(growth: float, factors: Floats) -> Floats:
    return (1 + growth) * factors[:, None]


def _rate_factors(scenario: Scenario, dataset: Dataset, name: str) -> Floats:
    """[N, 1] the regional factor on one rate; a footprint without a factor is left alone."""
    if name not in WITH_FACTOR:
        return np.ones((len(dataset.site_ids), 1))
    return _factors(scenario, dataset, name)[:, None]


def _factors(scenario: Scenario, dataset: Dataset, name: str) -> Floats:
    """[N] one regional factor."""
    return np.array([getattr(scenario.factors_of(site), name) for site in dataset.site_ids])


def _sums(member: Positions, groups: int, inside: Flags) -> sp.csr_array:
    """[groups T, P T] that adds up, hour by hour, the pairs whose `member` [P] is the group."""
    pairs = len(member)
    once = sp.csr_array((np.ones(pairs), (member, np.arange(pairs))), shape=(groups, pairs))
    return sp.csr_array(sp.kron(once, sp.eye_array(int(inside.sum()))))


def _totals(rate: Floats) -> sp.csr_array:
    """[N, N T] that sums rate * load over the hours of each site."""
    return sp.csr_array(sp.block_diag([row[None, :] for row in rate]))


def _windows(scenario: Scenario, hours: pd.DatetimeIndex) -> Floats:
    """[W, T] 1 where the hour is of the window."""
    if scenario.defer_window == "period":
        return np.ones((1, len(hours)))
    days = hours.strftime("%Y-%m-%d").to_numpy()
    return (np.unique(days)[:, None] == days).astype(np.float64)


def _inside(scenario: Scenario, dataset: Dataset) -> Flags:
    """[T] hours from start (included) to end (not included)."""
    inside = np.ones(len(dataset.hours), dtype=bool)
    if scenario.start is not None:
        inside &= dataset.hours >= pd.Timestamp(scenario.start)
    if scenario.end is not None:
        inside &= dataset.hours < pd.Timestamp(scenario.end)
    return inside


def _allowed(scenario: Scenario, dataset: Dataset) -> Flags:
    """[N, J] the pairs of site and gateway that the reach allows."""
    shape = (len(dataset.site_ids), len(dataset.gateways))
    match scenario.allowed_reach:
        case "partial":
            return dataset.partial_reach
        case "latency":
            return dataset.latency_ms <= scenario.max_latency_ms
        case "nearest":
            own = np.zeros(shape, dtype=bool)
            own[dataset.home, np.arange(shape[1])] = True
            return own
        case _:
            return np.ones(shape, dtype=bool)
