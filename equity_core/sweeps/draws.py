"""Uncertain figures: each draw multiplies every region's figures by factors of its own."""

from __future__ import annotations

from dataclasses import dataclass

from equity_core.arrays import Floats
from equity_core.inputs.dataset import Dataset
from equity_core.robustness.factors import factors_of
from equity_core.robustness.ranges import USUAL, Ranges, quantities_of
from equity_core.scenario.scenario import NEW_SITE, Scenario

DRAWN = ("price", "water", "carbon", "demand")
"""What a draw may multiply: figures that a scenario's factors reach."""

DECIMALS = 6
"""Of a factor: an error of a millionth is none, and links stay short."""


@dataclass(frozen=True)
class Draws:
    """`count` draws of lognormal factors with mean 1, those of `equity_core.robustness`.

    spread  relative standard deviation by figure (`DRAWN`): 0.2 is 20%
    seed    another one scrambles the points anew
    """

    count: int
    seed: int
    spread: tuple[tuple[str, float], ...]

    def changed(self, scenario: Scenario, dataset: Dataset, draw: int) -> Scenario:
        """The scenario in the world of one draw: its own factors times those drawn.

        A new site draws with the region that it is like, whose figures it has.
        Raises `ScenarioError` where a product leaves the range of a factor.
        """
        factors, by_figure = dict(scenario.factors), self._factors(dataset, draw)
        for site, at in _drawn_as(scenario, dataset):
            own = scenario.factors_of(site)
            drawn = {
                name: round(getattr(own, name) * factor[at], DECIMALS)
                for name, factor in by_figure.items()
                if not (site == NEW_SITE and name == "demand")  # none arises there
            }
            factors[site] = own.replace(**drawn)
        return scenario.replace(factors=factors)

    def _factors(self, dataset: Dataset, draw: int) -> dict[str, list[float]]:
        """[N] what each figure that is drawn is multiplied with, in one draw."""
        names, factors = quantities_of(dataset), _every_factor(self, dataset)[draw]
        return {name: factors[names.index(name)].tolist() for name, _ in self.spread}


def _drawn_as(scenario: Scenario, dataset: Dataset) -> list[tuple[str, int]]:
    """Every site with the position of the region whose factors it takes."""
    sites = [(site, at) for at, site in enumerate(dataset.site_ids)]
    like = dict(sites).get(scenario.new_site_like)
    return sites if like is None else [*sites, (NEW_SITE, like)]


def _every_factor(draws: Draws, dataset: Dataset) -> Floats:
    """[count, Q, N]"""
    spreads = dict.fromkeys(USUAL, 0.0) | dict(draws.spread)
    known = {name: spread for name, spread in spreads.items() if name in quantities_of(dataset)}
    return factors_of(Ranges(known, draws=draws.count, seed=draws.seed), dataset)
