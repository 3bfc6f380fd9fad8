"""Terms of the objective: what a policy minimises, each over the cost and burdens by site.

`measures` is always [1 + K, N]: cost (USD) and each footprint's burden by site. A term knows its
value, and what it adds to the master: coefficients of the measures, or rows with own variables.
`lens` [N] says how much a unit counts in each region (mean 1, see `lens.py`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from equity_core.arrays import Floats
from equity_core.model.dual_norm import DualNormBall, norm
from equity_core.model.rows import Rows
from equity_core.model.units import Units

Shape = tuple[int, int]


class Term(ABC):
    """One term of the objective; `name` is how it is called in results."""

    name: str

    @abstractmethod
    def value(self, measures: Floats) -> float:
        """Its share of the objective."""

    @abstractmethod
    def in_units(self, units: Units) -> Self:
        """The same term over measures in these units, in the unit of the objective."""

    @abstractmethod
    def coefficients(self, shape: Shape) -> Floats:
        """[1 + K, N] what it adds to the objective for each unit of a measure."""

    @abstractmethod
    def rows(self, shape: Shape) -> Rows:
        """What it adds to the master beside that."""


@dataclass(frozen=True)
class Total(Term):
    """price * sum_i m[i]: every unit counts the same wherever it falls."""

    name: str
    quantity: int
    price: float

    def in_units(self, units: Units) -> Self:
        return replace(self, price=self.price * units.measures[self.quantity] / units.objective)

    def value(self, measures: Floats) -> float:
        return self.price * float(measures[self.quantity].sum())

    def coefficients(self, shape: Shape) -> Floats:
        matrix = np.zeros(shape)
        matrix[self.quantity] = self.price
        return matrix

    def rows(self, shape: Shape) -> Rows:
        return Rows.none(shape)


@dataclass(frozen=True, eq=False)
class Worst(Term):
    """weight * max_i lens[i] m[i]: the paper's minimax, as h >= lens[i] m[i] for each site.

    docs/METHOD.md (10).
    """

    name: str
    quantity: int
    weight: float
    lens: Floats

    def in_units(self, units: Units) -> Self:
        return replace(self, weight=self.weight * units.measures[self.quantity] / units.objective)

    def value(self, measures: Floats) -> float:
        return self.weight * float((self.lens * measures[self.quantity]).max())

    def coefficients(self, shape: Shape) -> Floats:
        return np.zeros(shape)

    def rows(self, shape: Shape) -> Rows:
        sites = shape[1]
        return Rows(
            tuple(f"{self.name}.{i}" for i in range(sites)),
            _each_site(self.lens, self.quantity, shape),
            -np.ones((sites, 1)),
            np.array([self.weight]),
            np.zeros(sites),
            np.full(sites, self.weight / sites),
        )


@dataclass(frozen=True, eq=False)
class WorstShare(Term):
    """weight * mean of the worst `share` of lens[i] m[i] (CVaR of Rockafellar and Uryasev, 2000).

    min over z of z + sum_i max(lens[i] m[i] - z, 0) / (share N), exact as a linear program:
    docs/METHOD.md (11).
    """

    name: str
    quantity: int
    weight: float
    lens: Floats
    share: float

    def in_units(self, units: Units) -> Self:
        return replace(self, weight=self.weight * units.measures[self.quantity] / units.objective)

    def value(self, measures: Floats) -> float:
        weighed = np.sort(self.lens * measures[self.quantity])[::-1]
        counted = np.clip(self.share * len(weighed) - np.arange(len(weighed)), 0.0, 1.0)
        return self.weight * float(counted @ weighed) / (self.share * len(weighed))

    def coefficients(self, shape: Shape) -> Floats:
        return np.zeros(shape)

    def rows(self, shape: Shape) -> Rows:
        sites = shape[1]
        excess = np.full(sites, self.weight / (self.share * sites))
        return Rows(
            tuple(f"{self.name}.{i}" for i in range(sites)),
            _each_site(self.lens, self.quantity, shape),
            -np.hstack([np.ones((sites, 1)), np.eye(sites)]),
            np.concatenate([[self.weight], excess]),
            np.zeros(sites),
            np.full(sites, self.weight / sites),
        )


@dataclass(frozen=True, eq=False)
class Norm(Term):
    """weight * (sum_i (lens[i] m[i])^q)^(1/q) with q > 1, near the worst for large q.

    docs/METHOD.md (12), arXiv 2407.05176. As the worst case, it has one row a site; but its duals
    may be anywhere in a ball instead of a simplex (`DualNormBall`). The variables know the axes
    of the norm to begin with.
    """

    name: str
    quantity: int
    weight: float
    lens: Floats
    q: float

    def in_units(self, units: Units) -> Self:
        return replace(self, weight=self.weight * units.measures[self.quantity] / units.objective)

    def value(self, measures: Floats) -> float:
        return self.weight * norm(self.lens * measures[self.quantity], self.q)

    def coefficients(self, shape: Shape) -> Floats:
        return np.zeros(shape)

    def rows(self, shape: Shape) -> Rows:
        sites = shape[1]
        ball = DualNormBall(slice(0, sites), self.weight, self.q)
        return Rows(
            tuple(f"{self.name}.{i}" for i in range(sites)),
            _each_site(self.lens, self.quantity, shape),
            -np.eye(sites),
            np.full(sites, self.weight),
            np.zeros(sites),
            ball.shrunk(np.full(sites, self.weight)),
            (ball,),
        )


def _each_site(lens: Floats, quantity: int, shape: Shape) -> Floats:
    """[N, 1 + K, N] one row a site: lens[i] times its own measure."""
    sites = np.arange(shape[1])
    rows = np.zeros((shape[1], *shape))
    rows[sites, quantity, sites] = lens
    return rows
