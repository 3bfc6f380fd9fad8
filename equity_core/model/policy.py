"""Policy: what is minimised, as one linear program over the measures of a plan.

The physics never sees it: the dispatcher is only told what a MWh counts at each site, from duals
of the rows that are collected here (docs/METHOD.md, section 2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from equity_core.model.rows import Rows
from equity_core.model.terms import Term, Total, Worst
from equity_core.scenario.policies import policy_terms
from equity_core.scenario.scenario import Scenario

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Objective:
    """The terms of the objective over measures [1 + K, N]: cost (USD) and burdens by site."""

    terms: tuple[Term, ...]
    shape: tuple[int, int]

    @cached_property
    def coefficients(self) -> Floats:
        """[1 + K, N] what a unit of each measure adds to the objective, rows apart."""
        parts = [term.coefficients(self.shape) for term in self.terms]
        return np.sum(parts, axis=0, initial=0.0) + np.zeros(self.shape)

    @cached_property
    def rows(self) -> Rows:
        """The rows of all terms."""
        return Rows.stacked([term.rows(self.shape) for term in self.terms], self.shape)

    @property
    def separable(self) -> bool:
        """Without rows one dispatch is the answer."""
        return not self.rows.names

    def value(self, measures: Floats) -> float:
        """The objective of a plan with these measures."""
        return sum(term.value(measures) for term in self.terms)

    def by_term(self, measures: Floats) -> dict[str, float]:
        """The objective of a plan, split by term."""
        return {term.name: term.value(measures) for term in self.terms}

    def weights(self, duals: Floats) -> Floats:
        """[1 + K, N] what a unit of each measure counts at these duals [R] of the rows."""
        return self.coefficients + np.tensordot(duals, self.rows.coefficients, axes=1)

    def feasible_duals(self, duals: Floats) -> Floats:
        """Duals >= 0 near these [R] that no variable can exploit, so that their bound is valid.

        A variable j is priced right when sum_r -on_variables[r, j] duals[r] <= cost[j]; rows of
        one that is not are shrunk alike.
        """
        duals = np.maximum(duals, 0.0)
        used = -self.rows.on_variables.T @ duals
        shrink = self.rows.cost / np.maximum(used, self.rows.cost)
        return duals * np.where(self.rows.on_variables < 0, shrink, 1.0).min(axis=1, initial=1.0)


def objective_of(scenario: Scenario, footprints: Sequence[str], sites: int) -> Objective:
    """The scenario's objective over cost and `footprints` (paper: arXiv 2412.16539, eq. 1)."""
    chosen = policy_terms(scenario)
    place = {name: 1 + k for k, name in enumerate(footprints)}
    equal = np.ones(sites)
    totals = [Total("cost", 0, chosen.cost)]
    totals += [Total(f"{name}_total", place[name], x) for name, x in chosen.total.items()]
    worst = [Worst(f"{name}_worst", place[name], x, equal) for name, x in chosen.worst.items()]
    return Objective((*totals, *worst), (1 + len(footprints), sites))
