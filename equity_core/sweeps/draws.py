"""Uncertain figures: each draw multiplies every region's figures by factors of its own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.special import ndtri
from scipy.stats import qmc

from equity_core.arrays import Floats
from equity_core.inputs.dataset import Dataset
from equity_core.scenario.scenario import Scenario

DRAWN = ("price", "water", "carbon", "demand")
"""What a draw may multiply: figures that a scenario's factors reach."""

DECIMALS = 6
"""Of a factor: an error of a millionth is none, and links stay short."""

OUTERMOST = 2.0**-32
"""Points closer to 0 or 1 than this would be infinitely far out."""


@dataclass(frozen=True)
class Draws:
    """`count` draws of lognormal factors with mean 1.

    spread  relative standard deviation by figure (`DRAWN`): 0.2 is 20%
    seed    another one scrambles the points anew
    """

    count: int
    seed: int
    spread: tuple[tuple[str, float], ...]

    def changed(self, scenario: Scenario, dataset: Dataset, draw: int) -> Scenario:
        """The scenario in the world of one draw: its own factors times those drawn.

        Raises `ScenarioError` where a product leaves the range of a factor.
        """
        factors = dict(scenario.factors)
        for at, site in enumerate(dataset.site_ids):
            own = scenario.factors_of(site)
            drawn = {
                name: round(getattr(own, name) * factor[at], DECIMALS)
                for name, factor in _factors(self, dataset, draw).items()
            }
            factors[site] = own.replace(**drawn)
        return scenario.replace(factors=factors)


def _factors(draws: Draws, dataset: Dataset, draw: int) -> dict[str, list[float]]:
    """[N] what each figure that is drawn is multiplied with, in one draw."""
    names, normal = _figures(dataset), _normal(draws.count, draws.seed, dataset)[draw]
    factors = {}
    for name, spread in draws.spread:
        sigma = np.sqrt(np.log1p(spread**2))
        factors[name] = np.exp(sigma * normal[names.index(name)] - sigma**2 / 2).tolist()
    return factors


def _figures(dataset: Dataset) -> tuple[str, ...]:
    """Price, every footprint, demand: each has its own coordinates, drawn or not, so that one more
    spread leaves the other factors as they are."""
    return ("price", *(footprint.name for footprint in dataset.footprints), "demand")


@lru_cache(maxsize=8)
def _normal(count: int, seed: int, dataset: Dataset) -> Floats:
    """[count, Q, N] standard normal figures from scrambled Sobol points (Owen, by scipy)."""
    shape = len(_figures(dataset)), len(dataset.site_ids)
    points = qmc.Sobol(shape[0] * shape[1], scramble=True, rng=seed)
    # The next power of two and a cut: their balance holds for powers alone, scipy warns of others.
    drawn = points.random_base2((count - 1).bit_length())[:count]
    normal: Floats = ndtri(np.clip(drawn, OUTERMOST, 1 - OUTERMOST)).reshape(count, *shape)
    return normal
