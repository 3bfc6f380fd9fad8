"""The draws: lognormal factors of mean 1 on each quantity of each region, by a Sobol sequence."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from scipy.special import ndtri
from scipy.stats import qmc

from equity_core.arrays import Floats
from equity_core.inputs.dataset import Dataset
from equity_core.robustness.areas import grid_areas
from equity_core.robustness.ranges import GRID_AREA, Ranges, quantities_of

OUTERMOST = 2.0**-32
"""Points of the sequence closer to 0 or 1 than this would be infinitely far out."""


@lru_cache(maxsize=4)
def factors_of(ranges: Ranges, dataset: Dataset) -> Floats:
    """[D, Q, N] what each quantity of each region is multiplied by: docs/METHOD.md (37).

    Scrambled Sobol points (Owen) by `scipy.stats.qmc`, one coordinate a quantity and region (or
    grid area) in the data set's order, whatever is drawn: a spread set to 0 leaves all other
    factors as they are, and more draws of a seed begin with the fewer.
    Raises `ScenarioError` where a range names what the data set does not have.
    """
    ranges.check_against(dataset)
    spread = spreads_of(ranges, dataset)
    sigma = np.sqrt(np.log1p(spread**2))
    normal = _normal(ranges, dataset)
    factors: Floats = np.exp(sigma * normal - sigma**2 / 2)
    factors.flags.writeable = False  # every caller has the same ones
    return factors


def spreads_of(ranges: Ranges, dataset: Dataset) -> Floats:
    """[Q, N] relative standard deviations."""
    quantities = quantities_of(dataset)
    return np.array([[ranges.spread_of(q, site) for site in dataset.site_ids] for q in quantities])


def _normal(ranges: Ranges, dataset: Dataset) -> Floats:
    """[D, Q, N] standard normal figures."""
    area = _positions(grid_areas(dataset) if ranges.together == GRID_AREA else dataset.site_ids)
    quantities, areas = len(quantities_of(dataset)), int(area.max()) + 1
    points = qmc.Sobol(quantities * areas, scramble=True, rng=ranges.seed)
    drawn = points.random_base2((ranges.draws - 1).bit_length())[: ranges.draws]
    inside = np.clip(drawn, OUTERMOST, 1 - OUTERMOST)
    normal: Floats = ndtri(inside).reshape(ranges.draws, quantities, areas)[:, :, area]
    return normal


def _positions(names: tuple[str, ...]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """[N] the number of each name, in order of appearance."""
    first: Mapping[str, int] = {name: k for k, name in enumerate(dict.fromkeys(names))}
    return np.array([first[name] for name in names], dtype=np.int64)
