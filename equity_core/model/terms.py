"""Terms of the objective: what a policy minimises, each over the cost and burdens by site.

`measures` is always [1 + K, N]: cost (USD) and each footprint's burden by site. A term knows its
value, and what it adds to the master: coefficients of the measures, or rows with own variables.
`lens` [N] says how much a unit counts in each region (mean 1, see `lens.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from equity_core.model.rows import Rows

Floats = npt.NDArray[np.float64]
Shape = tuple[int, int]


class Term(Protocol):
    """One term of the objective."""

    @property
    def name(self) -> str:
        """How the term is called in results."""

    def value(self, measures: Floats) -> float:
        """Its share of the objective."""

    def coefficients(self, shape: Shape) -> Floats:
        """[1 + K, N] what it adds to the objective for each unit of a measure."""

    def rows(self, shape: Shape) -> Rows:
        """What it adds to the master beside that."""


@dataclass(frozen=True)
class Total:
    """price * sum_i m[i]: every unit counts the same wherever it falls."""

    name: str
    quantity: int
    price: float

    def value(self, measures: Floats) -> float:
        return self.price * float(measures[self.quantity].sum())

    def coefficients(self, shape: Shape) -> Floats:
        matrix = np.zeros(shape)
        matrix[self.quantity] = self.price
        return matrix

    def rows(self, shape: Shape) -> Rows:
        return Rows.none(shape)


@dataclass(frozen=True, eq=False)
class Worst:
    """weight * max_i lens[i] m[i]: the paper's minimax, as h >= lens[i] m[i] for each site."""

    name: str
    quantity: int
    weight: float
    lens: Floats

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


def _each_site(lens: Floats, quantity: int, shape: Shape) -> Floats:
    """[N, 1 + K, N] one row a site: lens[i] times its own measure."""
    sites = np.arange(shape[1])
    rows = np.zeros((shape[1], *shape))
    rows[sites, quantity, sites] = lens
    return rows
