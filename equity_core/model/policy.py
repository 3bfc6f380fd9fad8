"""Policy: what is minimised, as one linear program over the measures of a plan.

The physics never sees it: the dispatcher is only told what a MWh counts at each site, from duals
of the rows that are collected here (docs/METHOD.md, section 2).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from equity_core.arrays import Floats
from equity_core.inputs.dataset import Dataset
from equity_core.measures.rows import Rows
from equity_core.measures.table import MEASURES
from equity_core.measures.term import Term, Total
from equity_core.measures.units import Units
from equity_core.model.lens import lens_of
from equity_core.model.limits import Limit, Reference, limits_of
from equity_core.scenario.policies import policy_terms
from equity_core.scenario.scenario import Scenario

CANCELLED = 1e-6
"""Share of what any plan may count below which an objective is what costs of both signs leave."""

PENALTY = 1e3
"""Price of relaxing a limit by its own size, as multiples of what any plan may count."""


@dataclass(frozen=True, eq=False)
class Objective:
    """Terms and limits over measures [1 + K, N]: cost (USD) and burdens by site.

    prices  what a unit of relaxation of each limit costs: more than any gain from it
    scale   what a gap is measured against where the objective itself is smaller
    most    what the terms add up to at most in any plan: a bound above it proves that limits clash
    """

    terms: tuple[Term, ...]
    limits: tuple[Limit, ...]
    prices: tuple[float, ...]
    shape: tuple[int, int]
    scale: float = 0.0
    most: float = np.inf

    @cached_property
    def coefficients(self) -> Floats:
        """[1 + K, N] what a unit of each measure adds to the objective, rows apart."""
        parts = [term.coefficients(self.shape) for term in self.terms]
        return np.sum([np.zeros(self.shape), *parts], axis=0)

    @cached_property
    def rows(self) -> Rows:
        """The rows of all terms and limits."""
        parts = [term.rows(self.shape) for term in self.terms]
        # Beside terms most limits do not bind; alone they are all there is to weigh sites by.
        start = 0.0 if self.terms else 1.0
        parts += [x.rows(price, start) for x, price in zip(self.limits, self.prices, strict=True)]
        return Rows.stacked(parts, self.shape)

    @property
    def separable(self) -> bool:
        """Without rows one dispatch is the answer."""
        return not self.rows.names

    def value(self, measures: Floats) -> float:
        """The objective of a plan with these measures, relaxed limits at their penalty."""
        return sum(self.by_term(measures).values()) + self._penalties(measures)

    def relative(self, distance: float, objective: float) -> float:
        """A distance as a share of the objective, or of `scale` where that is larger."""
        return distance / max(abs(objective), self.scale, sys.float_info.min)

    def by_term(self, measures: Floats) -> dict[str, float]:
        """The objective of a plan, split by term."""
        return {term.name: term.value(measures) for term in self.terms}

    def broken(self, measures: Floats) -> tuple[Limit, ...]:
        """The limits that `measures` exceed."""
        return tuple(limit for limit in self.limits if limit.excess(measures) > 0)

    def priced(self, prices: Sequence[float]) -> Objective:
        """The same objective with these prices of relaxation."""
        return replace(self, prices=tuple(prices))

    def limits_alone(self, prices: Sequence[float]) -> Objective:
        """How much the limits have to be relaxed, and nothing else."""
        return Objective((), self.limits, tuple(prices), self.shape, scale=1.0)

    def weights(self, duals: Floats) -> Floats:
        """[1 + K, N] what a unit of each measure counts at these duals [R] of the rows.

        The factors of price and intensities in docs/METHOD.md (6).
        """
        return self.coefficients + self.rows.weighed(duals)

    def feasible_duals(self, duals: Floats) -> Floats:
        """Duals >= 0 near these [R] that no variable can exploit, so that their bound is valid.

        A variable j is priced right when sum_r -on_variables[r, j] duals[r] <= cost[j]; rows of
        one that is not are shrunk alike.
        """
        duals = np.maximum(duals, 0.0)
        used = -self.rows.on_variables.T @ duals
        shrink = self.rows.cost / np.maximum(used, self.rows.cost)
        duals = duals * np.where(self.rows.on_variables < 0, shrink, 1.0).min(axis=1, initial=1.0)
        for ball in self.rows.dual_norms:
            duals[ball.rows] = ball.shrunk(duals[ball.rows])
        return duals

    def in_units(self, units: Units) -> Objective:
        """The same objective over measures in these units, in a unit of its own."""
        return replace(
            self,
            terms=tuple(term.in_units(units) for term in self.terms),
            limits=tuple(limit.in_units(units) for limit in self.limits),
            prices=tuple(price / units.objective for price in self.prices),
            scale=self.scale / units.objective,
            most=self.most / units.objective,
        )

    def _penalties(self, measures: Floats) -> float:
        priced = zip(self.limits, self.prices, strict=True)
        return sum(price * limit.excess(measures) for limit, price in priced)


def objective_of(
    scenario: Scenario, dataset: Dataset, reference: Reference, largest: Floats
) -> Objective:
    """The scenario's objective, docs/METHOD.md (1) (arXiv 2412.16539, eq. 1), and its limits.

    `largest` [1 + K, N]: sizes of the measures that no plan exceeds.
    """
    chosen = policy_terms(scenario)
    place = {footprint.name: 1 + k for k, footprint in enumerate(dataset.footprints)}
    terms: list[Term] = [Total("cost", 0, chosen.cost)]
    terms += [Total(f"{name}_total", place[name], x) for name, x in chosen.total.items()]
    for name, weight in chosen.worst.items():
        lens = lens_of(scenario, dataset, name)
        named = f"{name}_{scenario.measure}"
        terms.append(_fairness(scenario, named, place[name], weight, lens, largest))
    limits = limits_of(scenario, dataset, reference, largest)
    most = sum(term.value(largest) for term in terms)
    if most == 0:  # no plan counts anything: any price is more than the gain
        prices, scale = (1.0,) * len(limits), 1.0
    else:
        prices, scale = (PENALTY * most,) * len(limits), CANCELLED * most
    return Objective(tuple(terms), limits, prices, largest.shape, scale, most)


def _fairness(
    scenario: Scenario, name: str, quantity: int, weight: float, lens: Floats, largest: Floats
) -> Term:
    """The fairness term of one footprint under the scenario's measure."""
    if not (lens * largest[quantity]).any():  # nothing to weigh, and no norm of it has a slope
        return Total(name, quantity, 0.0)
    term = MEASURES[scenario.measure].term
    return term(name, quantity, weight, lens, scenario.share_or_exponent)
