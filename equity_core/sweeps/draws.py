"""Uncertain figures: each draw multiplies every region's figures by factors of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy.stats import norm, qmc

from equity_core.arrays import Floats
from equity_core.scenario.records import MULTIPLIERS
from equity_core.scenario.scenario import Scenario

DECIMALS = 6
"""Of a factor: an error of a millionth is none, and links stay short."""


@dataclass(frozen=True)
class Draws:
    """`count` draws of lognormal factors with median 1.

    spread  the standard deviation of each figure's logarithm, by its name in `MULTIPLIERS`;
            0.2 is about 20%
    seed    another one scrambles the Sobol points anew
    """

    count: int
    seed: int
    spread: tuple[tuple[str, float], ...]

    def changed(self, scenario: Scenario, sites: tuple[str, ...], draw: int) -> Scenario:
        """The scenario in the world of one draw: its own factors times those drawn.

        Raises `ScenarioError` where a product leaves the range of a factor.
        """
        names = [name for name, _ in self.spread]
        drawn = _factors(self, len(sites))[draw].tolist()
        factors = {
            site: scenario.factors_of(site).replace(
                **_products(scenario, site, dict(zip(names, row, strict=True)))
            )
            for site, row in zip(sites, drawn, strict=True)
        }
        return scenario.replace(factors=dict(scenario.factors) | factors)


def _products(scenario: Scenario, site: str, drawn: Mapping[str, float]) -> dict[str, float]:
    own = scenario.factors_of(site)
    return {name: round(getattr(own, name) * factor, DECIMALS) for name, factor in drawn.items()}


@lru_cache(maxsize=8)
def _factors(draws: Draws, sites: int) -> Floats:
    """[count, sites, figures] what each figure is multiplied with; scipy's Sobol points, whose
    balance is best where `count` is a power of two."""
    spread = np.array([sd for _, sd in draws.spread])
    sampler = qmc.Sobol(d=sites * len(spread), scramble=True, rng=draws.seed)
    # The next power of two and a cut: scipy warns of any other number.
    points = sampler.random_base2(max(draws.count - 1, 0).bit_length())[: draws.count]
    normal = norm.ppf(points).reshape(draws.count, sites, len(spread))
    factors: Floats = np.round(np.exp(normal * spread), DECIMALS)
    return factors


KNOWN_FIGURES = MULTIPLIERS
"""What a draw may multiply."""
