"""What a scenario means for a data set: arrays for the dispatcher, and the objective."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from equity_core.arrays import Flags, Floats, Integers
from equity_core.errors import InfeasibleError, ScenarioError
from equity_core.inputs.checks import counted, few
from equity_core.inputs.dataset import Dataset
from equity_core.measures.units import Units, unit_for
from equity_core.model.dispatch import Arrays, differ, dispatch, measure, row_of
from equity_core.model.limits import Reference
from equity_core.model.policy import Objective, objective_of
from equity_core.model.reach import allowed_pairs, cuts_of
from equity_core.scenario.scenario import Scenario, check_against

SHORTFALL_BEYOND = 1e-9
"""Relative shortfall that is still rounding: peak demand may equal capacity to the last bit."""


@dataclass(frozen=True, eq=False)
class Physics:
    """What stays when policy, prices, water or carbon factors move.

    asked  [T, C] MW that may move, asked for by the gateways of each component of the reach graph
    """

    hours: pd.DatetimeIndex
    arrays: Arrays
    asked: Floats

    @property
    def shape(self) -> tuple[int, int]:
        """Hours T and sites N."""
        return self.arrays.price.shape[0], self.arrays.price.shape[1]

    @property
    def footprints(self) -> int:
        """Number of footprints K."""
        return self.arrays.intensity.shape[1]

    def cheapest(self, weights: Floats, tie_scale: Floats, order: Integers) -> tuple[float, Floats]:
        """Value and load [T, N] of the cheapest dispatch; `order` is sorted on the way."""
        load = np.empty(self.shape)
        return dispatch(self.arrays, weights, tie_scale, order, load), load

    def measures(self, load: Floats) -> Floats:
        """[1 + K, N] cost and burdens of `load` [T, N] by site: docs/METHOD.md (2)."""
        whole = np.zeros(len(load), dtype=np.int64)
        total: Floats = measure(self.arrays, load, whole, 1)[0]
        return total

    @cached_property
    def largest_measures(self) -> Floats:
        """[1 + K, N] sizes of cost and burdens that no plan exceeds: all that a site can serve."""
        arrays = self.arrays
        asked = self.asked.sum(axis=1)[:, None]
        most = arrays.fixed + np.minimum(arrays.room, asked)
        sizes = [(np.abs(arrays.price) * most).sum(axis=0)]
        sizes += [(arrays.intensity[:, k] * most).sum(axis=0) for k in range(self.footprints)]
        return np.stack(sizes)

    @property
    def same_within(self) -> float:
        """MW of difference below which two loads are the same: rounding of the dispatcher."""
        served = np.minimum(self.arrays.room.max(), self.asked.sum(axis=1).max())
        return 1e-9 * float(self.arrays.fixed.max() + served)

    def hours_apart(self, load: Floats, other: Floats) -> Flags:
        """[T] hours in which two loads [T, N] differ."""
        apart: Flags = differ(load, other, self.same_within)
        return apart

    def any_order(self) -> Integers:
        """[T, N] an order of the sites to start from."""
        return np.tile(np.arange(self.shape[1]), (self.shape[0], 1))


@dataclass(frozen=True, eq=False)
class Instance:
    """Physics, the regional factors on price and footprints, and what is minimised.

    scale  [1 + K, N]: cost and burdens of the physics times scale are those of the scenario
    """

    physics: Physics
    scale: Floats
    objective: Objective

    def measures(self, load: Floats) -> Floats:
        """[1 + K, N] the scenario's cost and burdens of `load` [T, N] by site."""
        return self.physics.measures(load) * self.scale

    @cached_property
    def units(self) -> Units:
        """Units in which the instance is neither tiny nor huge."""
        most = self.objective.most
        sizes = (self.physics.largest_measures * self.scale).sum(axis=1)
        own = float(unit_for(np.array(most if np.isfinite(most) else self.objective.scale)))
        return Units(unit_for(sizes), own)

    def in_units(self) -> Instance:
        """The same instance in its `units`; itself where they are the usual ones."""
        if self.units.usual:
            return self
        scale = self.scale / self.units.measures[:, None]
        return Instance(self.physics, scale, self.objective.in_units(self.units))


def physics_key(scenario: Scenario, dataset: Dataset) -> tuple[object, ...]:
    """Equal keys, equal physics: data, period, reach, and factors on capacity and demand."""
    factors = tuple(
        (site, factor.capacity, factor.demand)
        for site, factor in scenario.factors.items()
        if (factor.capacity, factor.demand) != (1.0, 1.0)
    )
    reach = scenario.allowed_reach
    farthest = scenario.max_latency_ms if reach == "latency" else None
    growth = scenario.demand_growth, scenario.capacity_growth
    place = scenario.new_site_latitude, scenario.new_site_longitude
    added = (scenario.new_site_like, scenario.new_site_mw, *place) if scenario.new_site_like else ()
    period = scenario.start, scenario.end
    # Not only physics: what a MWh takes is kept with it.
    may_move = scenario.onsite_water, reach, farthest, scenario.movable_share
    return dataset.version, *period, *may_move, *growth, added, factors


def build_physics(scenario: Scenario, dataset: Dataset) -> Physics:
    """Which plans exist, docs/METHOD.md (3), and the figures of (2).

    Raises `ScenarioError` (unknown site, empty period) or `InfeasibleError` (a shortfall).
    """
    check_against(scenario, dataset)
    chosen = _period(scenario, dataset)
    factors = [scenario.factors_of(site) for site in dataset.site_ids]
    homes = [scenario.factors_of(gateway).demand for gateway in dataset.gateways]
    capacity = dataset.sites["capacity_mw"].to_numpy() * [factor.capacity for factor in factors]
    demand = dataset.demand[:, chosen] * np.array(homes)[:, None] * (1 + scenario.demand_growth)
    cuts = cuts_of(allowed_pairs(scenario, dataset), scenario.movable_share * demand)
    fixed = _staying((1 - scenario.movable_share) * demand, dataset)
    capacity = capacity * (1 + scenario.capacity_growth)
    physics = Physics(
        hours=dataset.hours[chosen],
        arrays=Arrays(
            price=np.ascontiguousarray(dataset.price[:, chosen].T),
            intensity=np.ascontiguousarray(dataset.intensity[:, :, chosen].transpose(2, 0, 1)),
            fixed=fixed,
            room=np.maximum(capacity - fixed, 0.0),
            component=cuts.component,
            cut_start=cuts.start,
            inside_cut=cuts.inside,
            cut_demand=cuts.demand,
        ),
        asked=cuts.asked,
    )
    _check_demand_can_be_served(physics, dataset)
    return physics


def _staying(demand: Floats, dataset: Dataset) -> Floats:
    """[T, N] MW of `demand` [J, T] at each gateway's own site; [1, N] where nothing stays.

    What cannot move stays even where the site's capacity is less.
    """
    sites = len(dataset.site_ids)
    if not demand.any():
        return np.zeros((1, sites))
    fixed = np.zeros((demand.shape[1], sites))
    fixed[:, dataset.home] = demand.T
    return fixed


def build_instance(
    scenario: Scenario, dataset: Dataset, physics: Physics, reference: Reference
) -> Instance:
    """The scenario's instance over its physics; its limits refer to `reference`."""
    factors = [scenario.factors_of(site) for site in dataset.site_ids]
    names = ["price", *(footprint.name for footprint in dataset.footprints)]
    rated = ("price", "water", "carbon")
    scale = np.array(
        [[getattr(f, name) if name in rated else 1.0 for f in factors] for name in names]
    )
    largest = physics.largest_measures * scale
    return Instance(physics, scale, objective_of(scenario, dataset, reference, largest))


def _period(scenario: Scenario, dataset: Dataset) -> slice:
    start, end = (
        position if text is None else int(dataset.hours.searchsorted(pd.Timestamp(text)))
        for text, position in ((scenario.start, 0), (scenario.end, len(dataset.hours)))
    )
    if start >= end:
        raise ScenarioError(
            "start",
            f"The period from {scenario.start or 'the first hour'} to "
            f"{scenario.end or 'the last hour'} holds no hour of data set {dataset.id!r}, which "
            f"runs from {_hour(dataset.hours[0])} to {_hour(dataset.hours[-1])}; "
            "choose start and end within it.",
        )
    return slice(start, end)


def _check_demand_can_be_served(physics: Physics, dataset: Dataset) -> None:
    """A dispatch at any values serves all that can be served; what is missing is a shortfall."""
    zero = np.zeros((1 + physics.footprints, physics.shape[1]))
    _, load = physics.cheapest(zero, zero, physics.any_order())
    staying = np.broadcast_to(physics.arrays.fixed, load.shape).sum(axis=1)
    asked, served = physics.asked.sum(axis=1) + staying, load.sum(axis=1)
    missing = asked - served
    short = missing > SHORTFALL_BEYOND * asked
    if not short.any():
        return
    t = int(np.argmax(missing))
    moved = load[t] - physics.arrays.fixed[row_of(physics.arrays, t)]
    stuck = _sites_in_shortfall(physics, moved, t, dataset)
    hour = _hour(physics.hours[t])
    raise InfeasibleError(
        f"Hour {hour} needs {asked[t]:.6g} MW, but only {served[t]:.6g} MW can be served "
        f"({missing[t]:.3g} MW short at {_places(stuck, dataset)}; {int(short.sum())} of "
        f"{counted(len(physics.hours), 'hour')} fall short). Raise a capacity factor, "
        "lower a demand factor, or allow a wider reach.",
        {
            "hour": hour,
            "hours_short": int(short.sum()),
            "demand_mw": float(asked[t]),
            "served_mw": float(served[t]),
            "short_mw": float(missing[t]),
            "sites": stuck,
        },
    )


def _sites_in_shortfall(physics: Physics, load: Floats, t: int, dataset: Dataset) -> list[str]:
    """The sites of the components of the reach graph that cannot serve their demand."""
    stuck = []
    for c, asked in enumerate(physics.asked[t]):
        inside = physics.arrays.component == c
        if asked - load[inside].sum() > SHORTFALL_BEYOND * asked:
            stuck += [dataset.site_ids[i] for i in np.flatnonzero(inside)]
    return stuck


def _places(sites: list[str], dataset: Dataset) -> str:
    if not sites:
        return "gateways that no site reaches"
    return few([dataset.site_names[site] for site in sites])


def _hour(hour: pd.Timestamp) -> str:
    return hour.strftime("%Y-%m-%d %H:%M UTC")
