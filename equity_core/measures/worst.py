"""The worst region: the paper's minimax."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity_core.arrays import Floats
from equity_core.measures.measure import Measure
from equity_core.measures.rows import Rows
from equity_core.measures.term import FairnessTerm, Shape


@dataclass(frozen=True, eq=False)
class Worst(FairnessTerm):
    """weight * max_i lens[i] m[i], as h >= lens[i] m[i] for each site: docs/METHOD.md (10)."""

    def size(self, weighed: Floats) -> float:
        return float(weighed.max())

    def rows(self, shape: Shape) -> Rows:
        sites = shape[1]
        return Rows(
            self.row_names(),
            self.each_site(shape),
            -np.ones((sites, 1)),
            np.array([self.weight]),
            np.zeros(sites),
            np.full(sites, self.weight / sites),
        )


def _term(name: str, quantity: int, weight: float, lens: Floats, _: float) -> Worst:
    return Worst(name, quantity, weight, lens)


WORST = Measure(
    name="worst",
    label="Worst region",
    explanation="The burden of the region that carries most.",
    words="the region that carries most",
    equation="max z (worst)",
    term=_term,
)
