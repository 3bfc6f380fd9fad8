"""What a scenario means for a data set: arrays for the dispatcher, and the objective."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from equity_core.arrays import Floats
from equity_core.errors import ScenarioError
from equity_core.inputs.dataset import Dataset
from equity_core.measures.units import Units, unit_for
from equity_core.model.dispatch import Arrays
from equity_core.model.limits import Reference
from equity_core.model.physics import Physics
from equity_core.model.policy import Objective, objective_of
from equity_core.model.reach import allowed_pairs, cuts_of
from equity_core.model.shortage import check_demand_can_be_served, hour_words
from equity_core.model.waiting import waiting_of
from equity_core.scenario.scenario import Scenario, check_against


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
    share = scenario.waiting_share
    may_wait = (share, scenario.defer_window) if share else ()
    return dataset.version, *period, *may_move, may_wait, *growth, added, factors


def build_physics(scenario: Scenario, dataset: Dataset) -> Physics:
    """Which plans exist, docs/METHOD.md (3), and the figures of (2).

    Raises `ScenarioError` (unknown site, empty period) or `InfeasibleError` (a shortfall).
    """
    check_against(scenario, dataset)
    chosen = period_of(scenario, dataset)
    factors = [scenario.factors_of(site) for site in dataset.site_ids]
    capacity = dataset.sites["capacity_mw"].to_numpy() * [factor.capacity for factor in factors]
    demand = demand_of(scenario, dataset)
    movable = scenario.movable_share * demand
    share = scenario.waiting_share
    cuts = cuts_of(allowed_pairs(scenario, dataset), (1 - share) * movable)
    waiting = waiting_of(dataset.hours[chosen], scenario.defer_window, share * movable.sum(axis=0))
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
        waiting=waiting,
    )
    check_demand_can_be_served(physics, dataset)
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
    scenario: Scenario,
    dataset: Dataset,
    physics: Physics,
    reference: Reference,
    off_by: Floats | float = 1.0,
) -> Instance:
    """The scenario's instance over its physics; its limits refer to `reference`.

    `off_by` [1 + K, N]: what prices and intensities turn out to be, as multiples of the data's.
    """
    factors = [scenario.factors_of(site) for site in dataset.site_ids]
    names = ["price", *(footprint.name for footprint in dataset.footprints)]
    rated = ("price", "water", "carbon")
    scale = np.array(
        [[getattr(f, name) if name in rated else 1.0 for f in factors] for name in names]
    )
    scale = scale * off_by
    largest = physics.largest_measures * scale
    return Instance(physics, scale, objective_of(scenario, dataset, reference, largest))


def demand_of(scenario: Scenario, dataset: Dataset) -> Floats:
    """[J, T] MW that arises at each gateway in the period; raises like `period_of`."""
    factors = np.array([scenario.factors_of(gateway).demand for gateway in dataset.gateways])
    demand = dataset.demand[:, period_of(scenario, dataset)]
    scaled: Floats = demand * factors[:, None] * (1 + scenario.demand_growth)
    return scaled


def period_of(scenario: Scenario, dataset: Dataset) -> slice:
    """The positions of the hours; raises `ScenarioError` where there are none."""
    start, end = (
        position if text is None else int(dataset.hours.searchsorted(pd.Timestamp(text)))
        for text, position in ((scenario.start, 0), (scenario.end, len(dataset.hours)))
    )
    if start >= end:
        raise ScenarioError(
            "start",
            f"The period from {scenario.start or 'the first hour'} to "
            f"{scenario.end or 'the last hour'} holds no hour of data set {dataset.id!r}, which "
            f"runs from {hour_words(dataset.hours[0])} to {hour_words(dataset.hours[-1])}; "
            "choose start and end within it.",
        )
    return slice(start, end)
