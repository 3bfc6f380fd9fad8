"""Equity lenses: how much a unit of burden counts in each region, with mean 1.

Mean 1 keeps the meaning of the fairness weights: where all regions are alike, every lens is equal.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from equity_core.errors import ScenarioError
from equity_core.inputs.dataset import Dataset
from equity_core.scenario.scenario import Scenario

Floats = npt.NDArray[np.float64]

COLUMNS = {
    "water_stress": "water_stress_pct",
    "income": "gdp_per_capita_usd",
    "population": "population",
}
"""The column of the data set's sites that each lens reads."""


def lens_of(scenario: Scenario, dataset: Dataset, footprint: str) -> Floats:
    """[N] what a unit of `footprint` counts in each region; the mean is 1.

    water_stress  in proportion to the national water stress, for water only
    income        in inverse proportion to the national income per head
    population    in inverse proportion to the national population: the burden per head
    own           the scenario's own lens factors

    Raises `ScenarioError` where the data set lacks the figures, or all weights are 0.
    """
    match scenario.lens:
        case "own":
            weight = np.array([scenario.factors_of(site).lens for site in dataset.site_ids])
        case "water_stress" if footprint == "water":
            weight = _figures(scenario.lens, dataset)
        case "income" | "population" as lens:
            weight = 1.0 / _figures(lens, dataset)
        case _:
            weight = np.ones(len(dataset.site_ids))
    if not weight.any():
        raise ScenarioError(
            "lens", "All lens weights are 0; give at least one region a weight above 0."
        )
    return weight / weight.mean()


def _figures(lens: str, dataset: Dataset) -> Floats:
    """[N] the column that `lens` reads."""
    column = COLUMNS[lens]
    needs = f"The lens {lens!r} needs the figure {column}, above 0, of every site"
    if column not in dataset.sites:
        raise ScenarioError(
            "lens",
            f"{needs}, which data set {dataset.id!r} does not have; choose another lens, or add "
            "the column to sites.csv.",
        )
    figures = dataset.sites[column]
    none = figures.index[~(figures > 0)]
    if len(none):
        others = f" (and {len(none) - 1:,} more like it)" if len(none) > 1 else ""
        raise ScenarioError(
            "lens",
            f"{needs}, but site {none[0]} has {figures[none[0]]:.6g}{others}; choose another lens, "
            "or correct the figure.",
        )
    return figures.to_numpy(dtype=np.float64)
