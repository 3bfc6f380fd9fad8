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
from equity_core.measures.rows import Rows
from equity_core.measures.units import Units

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
class FairnessTerm(Term):
    """weight * h(lens[i] m[i]) for a measure h, docs/METHOD.md (1); each measure has its own."""

    name: str
    quantity: int
    weight: float
    lens: Floats

    @property
    def most_share(self) -> float:
        """The largest share of the weight that one region's dual can take."""
        return 1.0

    @property
    def exponent(self) -> float:
        """q of an L_q norm; 0 for a measure without curvature."""
        return 0.0

    @abstractmethod
    def size(self, weighed: Floats) -> float:
        """h of the weighed burdens [N]."""

    def value(self, measures: Floats) -> float:
        return self.weight * self.size(self.lens * measures[self.quantity])

    def in_units(self, units: Units) -> Self:
        return replace(self, weight=self.weight * units.measures[self.quantity] / units.objective)

    def coefficients(self, shape: Shape) -> Floats:
        return np.zeros(shape)

    def row_names(self) -> tuple[str, ...]:
        """One row a site: what its burden may be."""
        return tuple(f"{self.name}.{i}" for i in range(len(self.lens)))

    def each_site(self, shape: Shape) -> Floats:
        """[N, 1 + K, N] one row a site: lens[i] times its own measure."""
        sites = np.arange(shape[1])
        rows = np.zeros((shape[1], *shape))
        rows[sites, self.quantity, sites] = self.lens
        return rows
