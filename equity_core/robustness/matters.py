"""What matters most: which figure of which region moves the conclusion, and how far by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from equity_core.arrays import Floats
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.percent import change_pct
from equity_core.robustness.areas import grid_areas
from equity_core.robustness.draw import Draw
from equity_core.robustness.factors import spreads_of
from equity_core.robustness.ranges import GRID_AREA, Ranges, quantities_of

TOLD = 8
"""So many are told; each takes two solves more."""

FEWEST = 32
"""Draws below which a rank correlation is mostly chance."""


@dataclass(frozen=True, eq=False)
class Influence:
    """One quantity of one region, or grid area.

    quantity     "price", "demand" or a footprint's name
    sites        positions of the regions that share its factor
    correlation  [K] rank correlation (Spearman, -1 to 1) of its factor with the change of each
                 footprint's largest burden against the baseline, over the draws
    low, high    the same change [K] in %, with this factor one standard deviation of its logarithm
                 lower and higher and all others as expected; NaN where there is no plan
    """

    quantity: str
    sites: tuple[int, ...]
    correlation: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Candidate:
    """A quantity (its position q) that is off by one factor at `sites`."""

    q: int
    sites: tuple[int, ...]
    sigma: float


def changes(draw: Draw) -> Floats:
    """[K] change of each largest burden in % of the baseline's; NaN where there is no plan."""
    if draw.best is None or draw.before is None:
        return np.full(len(draw.binds), np.nan)
    pairs = zip(draw.before.worst, draw.best.worst, strict=True)
    return np.array([change_pct(float(was), float(now)) for was, now in pairs])


def strongest(
    ranges: Ranges, dataset: Dataset, factors: Floats, draws: Sequence[Draw]
) -> list[tuple[Candidate, Floats]]:
    """The candidates with the largest rank correlations [K] over draws, the first the largest.

    factors [D, Q, N] of the draws.
    """
    moved = np.array([changes(draw) for draw in draws])
    some = np.isfinite(moved).all(axis=1) if len(moved) else np.zeros(0, dtype=np.bool_)
    if some.sum() < FEWEST:
        return []
    ranked = [
        (found, _correlations(factors[some, found.q, found.sites[0]], moved[some]))
        for found in _candidates(ranges, dataset)
    ]
    return sorted(ranked, key=lambda pair: -float(np.abs(pair[1]).max()))[:TOLD]


def one_at_a_time(dataset: Dataset, found: Sequence[Candidate]) -> Floats:
    """[2 len(found), Q, N] factors: each candidate's lower one, then its higher one."""
    shape = len(quantities_of(dataset)), len(dataset.site_ids)
    factors = np.ones((2 * len(found), *shape))
    for place, one in enumerate(found):
        factors[2 * place, one.q, list(one.sites)] = np.exp(-one.sigma)
        factors[2 * place + 1, one.q, list(one.sites)] = np.exp(one.sigma)
    return factors


def influences(
    dataset: Dataset, found: Sequence[tuple[Candidate, Floats]], draws: Sequence[Draw]
) -> tuple[Influence, ...]:
    """What was found strongest, with the draws of `one_at_a_time`."""
    names = quantities_of(dataset)
    ends = zip(draws[::2], draws[1::2], strict=True)
    return tuple(
        Influence(names[one.q], one.sites, correlation, changes(low), changes(high))
        for (one, correlation), (low, high) in zip(found, ends, strict=True)
    )


def _candidates(ranges: Ranges, dataset: Dataset) -> Iterator[Candidate]:
    areas = grid_areas(dataset) if ranges.together == GRID_AREA else dataset.site_ids
    members: dict[str, list[int]] = {}
    for site, area in enumerate(areas):
        members.setdefault(area, []).append(site)
    for q, spreads in enumerate(spreads_of(ranges, dataset)):
        for sites in members.values():
            # Regions of an area may be off by more or less; they move together all the same.
            first = max(sites, key=lambda site: spreads[site])
            if spreads[first] > 0:
                order = (first, *(site for site in sites if site != first))
                yield Candidate(q, order, float(np.sqrt(np.log1p(spreads[first] ** 2))))


def _correlations(factor: Floats, moved: Floats) -> Floats:
    """[K] rank correlation of factor [D] with each column of moved [D, K]; 0 where one is flat."""
    ranks = rankdata(factor) - (len(factor) + 1) / 2
    others = rankdata(moved, axis=0) - (len(factor) + 1) / 2
    sizes = np.sqrt((ranks**2).sum() * (others**2).sum(axis=0))
    shared: Floats = ranks @ others
    return np.divide(shared, sizes, out=np.zeros_like(shared), where=sizes > 0)
