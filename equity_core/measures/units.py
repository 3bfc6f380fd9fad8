"""Units in which no measure of a plan is tiny or huge, because solvers' tolerances are absolute.

A fleet that asks for a billionth of a MW is planned as exactly as one that asks for a GW.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity_core.arrays import Floats

LEAST, MOST = 1.0, 1e9
"""Sizes between these stand as they are."""


def unit_for(size: Floats) -> Floats:
    """A power of two, so that nothing is rounded, that brings each size between the two."""
    size = np.where(size > 0, size, LEAST)
    unit: Floats = np.exp2(np.round(np.log2(size / np.clip(size, LEAST, MOST))))
    return unit


@dataclass(frozen=True, eq=False)
class Units:
    """What 1 stands for: of each measure [1 + K] (USD, m3, t ...), and of the objective."""

    measures: Floats
    objective: float

    @property
    def usual(self) -> bool:
        """Whether everything stands in USD, m3, t ... as it is."""
        return self.objective == 1 and bool((self.measures == 1).all())

    def of_rows(self, coefficients: Floats) -> Floats:
        """[R] the unit of each row [R, 1 + K, N], all of which look at one measure."""
        unit: Floats = self.measures[coefficients.any(axis=2).argmax(axis=1)]
        return unit
