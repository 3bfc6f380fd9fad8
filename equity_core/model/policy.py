"""Policy: what is minimised, as terms of the cost and burdens by site.

`measures` is always [1 + K, N]: cost (USD) and each footprint's burden by site. A term knows its
value, and what it adds to the master: coefficients of the measures, or rows with an own variable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from equity_core.scenario.policies import policy_terms
from equity_core.scenario.scenario import Scenario

Floats = npt.NDArray[np.float64]


class Term(Protocol):
    """One term of the objective."""

    @property
    def name(self) -> str:
        """How the term is called in results."""

    def value(self, measures: Floats) -> float:
        """Its share of the objective."""

    def coefficients(self, measures_shape: tuple[int, int]) -> Floats:
        """[1 + K, N] what it adds to the objective for each unit of a measure."""

    def rows(self, measures_shape: tuple[int, int]) -> Rows:
        """What it adds to the master beside that."""


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows `measures . coefficients + variables . on_variables <= 0` of the master.

    coefficients   [R, 1 + K, N]
    on_variables   [R, V], never positive: the variables (>= 0) only make room
    cost           [V] what a unit of each variable adds to the objective
    """

    coefficients: Floats
    on_variables: Floats
    cost: Floats


@dataclass(frozen=True)
class Total:
    """price * sum_i m[quantity, i]: every unit counts the same wherever it falls."""

    name: str
    quantity: int
    price: float

    def value(self, measures: Floats) -> float:
        return self.price * float(measures[self.quantity].sum())

    def coefficients(self, measures_shape: tuple[int, int]) -> Floats:
        matrix = np.zeros(measures_shape)
        matrix[self.quantity] = self.price
        return matrix

    def rows(self, measures_shape: tuple[int, int]) -> Rows:
        return Rows(np.zeros((0, *measures_shape)), np.zeros((0, 0)), np.zeros(0))


@dataclass(frozen=True)
class Worst:
    """weight * max_i m[quantity, i]: the paper's minimax, as h >= m[quantity, i] for each site."""

    name: str
    quantity: int
    weight: float

    def value(self, measures: Floats) -> float:
        return self.weight * float(measures[self.quantity].max())

    def coefficients(self, measures_shape: tuple[int, int]) -> Floats:
        return np.zeros(measures_shape)

    def rows(self, measures_shape: tuple[int, int]) -> Rows:
        sites = measures_shape[1]
        coefficients = np.zeros((sites, *measures_shape))
        coefficients[np.arange(sites), self.quantity, np.arange(sites)] = 1.0
        return Rows(coefficients, -np.ones((sites, 1)), np.array([self.weight]))


@dataclass(frozen=True, eq=False)
class Objective:
    """The terms, and their sum as one linear program over measures and variables."""

    terms: tuple[Term, ...]
    coefficients: Floats
    rows: Rows

    @property
    def separable(self) -> bool:
        """Without rows one dispatch is the answer."""
        return len(self.rows.coefficients) == 0

    def value(self, measures: Floats) -> float:
        """The objective of a plan with these measures."""
        return sum(term.value(measures) for term in self.terms)

    def by_term(self, measures: Floats) -> dict[str, float]:
        """The objective of a plan, split by term."""
        return {term.name: term.value(measures) for term in self.terms}

    def weights(self, duals: Floats) -> Floats:
        """[1 + K, N] what a unit of each measure counts at these duals [R] of the rows."""
        by_row = self.rows.coefficients.reshape(len(duals), self.coefficients.size)
        return self.coefficients + (duals @ by_row).reshape(self.coefficients.shape)

    def feasible_duals(self, duals: Floats) -> Floats:
        """The nearest duals >= 0 that no variable can exploit, so that their bound is valid.

        A variable j is priced right when sum_r -on_variables[r, j] duals[r] <= cost[j]; rows of
        one that is not are shrunk alike.
        """
        duals = np.maximum(duals, 0.0)
        used = -self.rows.on_variables.T @ duals
        shrink = self.rows.cost / np.maximum(used, self.rows.cost)
        return duals * np.where(self.rows.on_variables < 0, shrink, 1.0).min(axis=1, initial=1.0)

    def even_duals(self) -> Floats:
        """Duals to start from: each variable's cost spread evenly over its rows."""
        share = -self.rows.on_variables
        return share @ (self.rows.cost / share.sum(axis=0))


def objective_of(scenario: Scenario, footprints: Sequence[str], sites: int) -> Objective:
    """The scenario's objective over cost and `footprints` (paper: arXiv 2412.16539, eq. 1)."""
    chosen = policy_terms(scenario)
    place = {name: 1 + k for k, name in enumerate(footprints)}
    totals = [Total("cost", 0, chosen.cost)]
    totals += [Total(f"{name}_total", place[name], x) for name, x in chosen.total.items()]
    worst = [Worst(f"{name}_worst", place[name], x) for name, x in chosen.worst.items()]
    terms: tuple[Term, ...] = (*totals, *worst)
    shape = (1 + len(footprints), sites)
    return Objective(
        terms,
        np.sum([term.coefficients(shape) for term in terms], axis=0),
        _stacked([term.rows(shape) for term in terms], shape),
    )


def _stacked(parts: Sequence[Rows], shape: tuple[int, int]) -> Rows:
    """All rows one below the other; every part keeps its own variables."""
    count = sum(len(part.coefficients) for part in parts)
    on_variables = np.zeros((count, sum(len(part.cost) for part in parts)))
    row = column = 0
    for part in parts:
        height, width = part.on_variables.shape
        on_variables[row : row + height, column : column + width] = part.on_variables
        row, column = row + height, column + width
    coefficients = np.concatenate([part.coefficients for part in parts]).reshape(count, *shape)
    return Rows(coefficients, on_variables, np.concatenate([part.cost for part in parts]))
