"""The fleet that a scenario asks about: cooling water at its level, and one more site."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from equity_core.arrays import Floats, Positions
from equity_core.errors import ScenarioError, shown
from equity_core.inputs.dataset import Dataset, frozen
from equity_core.inputs.latency import estimated_round_trip_ms
from equity_core.inputs.places.distance import kilometres
from equity_core.scenario.checks import did_you_mean, plain
from equity_core.scenario.scenario import NEW_SITE, Scenario

ONSITE = "water.onsite"


def fleet_of(scenario: Scenario, dataset: Dataset) -> Dataset:
    """`dataset` as the scenario has it; itself where it changes neither water nor sites.

    The version stays: the scenario says what was changed. Raises `ScenarioError`.
    """
    return with_new_site(scenario, with_onsite_water(scenario, dataset))


def with_onsite_water(scenario: Scenario, dataset: Dataset) -> Dataset:
    """`dataset` with its cooling water times `onsite_water`.

    Raises `ScenarioError` where the data set does not tell it from the water of power generation.
    """
    if scenario.onsite_water == 1:
        return dataset
    if ONSITE not in dataset.parts:
        raise ScenarioError(
            "onsite_water",
            f"onsite_water is {plain(scenario.onsite_water)}, but data set {dataset.id!r} does not "
            "part its water into cooling on site and power generation; leave onsite_water at 1, or "
            "set the regions' water factors.",
        )
    rest = [part for name, part in dataset.parts.items() if name.startswith("water.")]
    onsite = frozen(scenario.onsite_water * dataset.parts[ONSITE])
    water = sum((part for part in rest if part is not dataset.parts[ONSITE]), start=onsite)
    place = [footprint.name for footprint in dataset.footprints].index("water")
    intensity = dataset.intensity.copy()
    intensity[place] = water
    parts = {**dataset.parts, ONSITE: onsite}
    return replace(dataset, intensity=frozen(intensity), parts=parts)


def with_new_site(scenario: Scenario, dataset: Dataset) -> Dataset:
    """`dataset` with the scenario's new site as last of N + 1 sites; itself where there is none.

    Prices, intensities, further figures and partial reach are those of `new_site_like`; round
    trips are estimated from the distance to each gateway's own site. Gateways and demand stay,
    and so does the version: the scenario says what was added.
    Raises `ScenarioError` where that region does not exist, or the new site's id is taken.
    """
    if not scenario.new_site_like:
        return dataset
    like = _position(scenario.new_site_like, dataset)
    sites = _site_table(scenario, dataset, like)
    order = [*range(len(dataset.site_ids)), like]
    estimated = np.full((1, len(dataset.gateways)), "estimated")
    return replace(
        dataset,
        sites=sites,
        price=dataset.price[order],
        intensity=dataset.intensity[:, order],
        parts={name: part[order] for name, part in dataset.parts.items()},
        partial_reach=dataset.partial_reach[order],
        latency_ms=np.vstack([dataset.latency_ms, _round_trips(sites, dataset.home)]),
        latency_basis=np.vstack([dataset.latency_basis, estimated]),
    )


def _position(like: str, dataset: Dataset) -> int:
    known = dataset.site_ids
    if NEW_SITE in known:
        raise ScenarioError(
            "new_site_like",
            f"Data set {dataset.id!r} already has a site called {NEW_SITE!r}; rename it there, or "
            "leave new_site_like empty.",
        )
    if like not in known:
        raise ScenarioError(
            "new_site_like",
            f"new_site_like is {shown(like)}, a site that data set {dataset.id!r} does not have. "
            f"{did_you_mean(like, known)}",
        )
    return known.index(like)


def _site_table(scenario: Scenario, dataset: Dataset, like: int) -> pd.DataFrame:
    row = dataset.sites.iloc[[like]].set_axis(pd.Index([NEW_SITE], name="site"))
    # Of no state or country on the map: a region shared by two sites would lose its fill.
    row = row.assign(
        name=f"New site (like {row['name'].iloc[0]})",
        country="",
        subdivision="",
        capacity_mw=scenario.new_site_mw,
    )
    if scenario.new_site_latitude is not None and scenario.new_site_longitude is not None:
        row = row.assign(latitude=scenario.new_site_latitude, longitude=scenario.new_site_longitude)
    return pd.concat([dataset.sites, row])


def _round_trips(sites: pd.DataFrame, home: Positions) -> Floats:
    """[1, J] ms between the last site and each gateway's own site."""
    latitude, longitude = sites[["latitude", "longitude"]].to_numpy(np.float64).T
    away = kilometres(latitude[-1], longitude[-1], latitude[home], longitude[home])
    return estimated_round_trip_ms(away)[None, :]
