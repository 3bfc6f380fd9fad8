"""Equity lenses: how much a unit of burden counts in each region, with mean 1.

Mean 1 keeps the meaning of the fairness weights: where all regions are alike, every lens is equal.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from equity_core.arrays import Floats
from equity_core.errors import ScenarioError
from equity_core.inputs.dataset import Dataset
from equity_core.scenario.scenario import Scenario

COLUMNS = {
    "water_stress": ("water_stress_aware", "water_stress_pct"),
    "income": ("median_household_income_usd", "gdp_per_capita_usd"),
    "population": ("population", "households"),
    "energy_burden": ("electricity_burden_pct",),
}
"""The columns of the data set's sites that each lens can read, the preferred one first."""

MOST_NAMED = 6
"""Sites without a figure that a refusal names one by one."""


def lens_of(scenario: Scenario, dataset: Dataset, footprint: str) -> Floats:
    """[N] what a unit of `footprint` counts in each region; the mean is 1.

    water_stress   in proportion to the water stress of the region, for water only
    income         in inverse proportion to income, per head or per household
    population     in inverse proportion to the people or households: the burden per head
    energy_burden  in proportion to the share of income that households pay for electricity
    own            the scenario's own lens factors

    Raises `ScenarioError` where the data set lacks the figures, or all weights are 0.
    """
    match scenario.lens:
        case "own":
            weight = np.array([scenario.factors_of(site).lens for site in dataset.site_ids])
        case "water_stress" if footprint == "water":
            weight = _figures(scenario.lens, dataset)
        case "income" | "population" as lens:
            weight = 1.0 / _figures(lens, dataset)
        case "energy_burden" as lens:
            weight = _figures(lens, dataset)
        case _:
            weight = np.ones(len(dataset.site_ids))
    if not weight.any():
        raise ScenarioError(
            "lens", "All lens weights are 0; give at least one region a weight above 0."
        )
    return weight / weight.mean()


def lens_column(lens: str, dataset: Dataset) -> str | None:
    """The column of the sites that `lens` reads in this data set; None where it has none."""
    present = (column for column in COLUMNS[lens] if column in dataset.sites)
    return next(present, None)


def _figures(lens: str, dataset: Dataset) -> Floats:
    """[N] the column that `lens` reads."""
    column = lens_column(lens, dataset)
    if column is None:
        raise ScenarioError(
            "lens",
            f"The lens {lens!r} needs the figure {' or '.join(COLUMNS[lens])} of every site, which "
            f"data set {dataset.id!r} does not have; choose another lens, or add the column to "
            "sites.csv.",
        )
    figures = dataset.sites[column].to_numpy(dtype=np.float64)
    lacking = dataset.sites.loc[~(figures > 0), ["name", column]]
    if len(lacking):
        raise ScenarioError(
            "lens",
            f"The lens {lens!r} needs the figure {column} above 0 of every site, but "
            f"{_lacking(lacking)}; choose another lens, or add or correct the figure in sites.csv.",
        )
    return figures


def _lacking(sites: pd.DataFrame) -> str:
    """Which sites lack a figure, and which have one that is no use: name and figure of each."""
    first = [
        f"{name} has {'none' if math.isnan(figure) else f'{figure:g}'}"
        for name, figure in sites.head(MOST_NAMED).itertuples(index=False)
    ]
    others = len(sites) - len(first)
    more = f" (and {others} other{'s' if others > 1 else ''} without such a figure)"
    return ", ".join(first) + (more if others else "")
