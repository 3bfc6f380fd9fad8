"""The L_q norm: between the total of all regions and the worst one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity_core.arrays import Floats
from equity_core.measures.dual_norm import DualNormBall, norm
from equity_core.measures.measure import Measure, MeasureParameter
from equity_core.measures.rows import Rows
from equity_core.measures.term import FairnessTerm, Shape
from equity_core.measures.worst_share import WorstShare


@dataclass(frozen=True, eq=False)
class Norm(FairnessTerm):
    """weight * (sum_i (lens[i] m[i])^q)^(1/q) with q > 1, near the worst for large q.

    docs/METHOD.md (12), arXiv 2407.05176. As the worst case, it has one row a site; but its duals
    may be anywhere in a ball instead of a simplex (`DualNormBall`). The variables know the axes
    of the norm to begin with.
    """

    q: float

    @property
    def exponent(self) -> float:
        return self.q

    def size(self, weighed: Floats) -> float:
        return norm(weighed, self.q)

    def rows(self, shape: Shape) -> Rows:
        sites = shape[1]
        ball = DualNormBall(slice(0, sites), self.weight, self.q)
        return Rows(
            self.row_names(),
            self.each_site(shape),
            -np.eye(sites),
            np.full(sites, self.weight),
            np.zeros(sites),
            ball.shrunk(np.full(sites, self.weight)),
            (ball,),
        )


def _term(name: str, quantity: int, weight: float, lens: Floats, q: float) -> FairnessTerm:
    if q > 1:
        return Norm(name, quantity, weight, lens, q)
    # The total of all regions: their number times the mean.
    return WorstShare(name, quantity, weight * len(lens), lens, 1.0)


LQ = Measure(
    name="lq",
    label="L_q norm",
    explanation="Between the total of all regions (q = 1) and the worst region (large q); q is 4 "
    "unless another is given.",
    words="the L_q norm with q = {}",
    equation="(Σ_i z[i]^q)^(1/q) (lq)",
    term=_term,
    parameter=MeasureParameter(
        label="Exponent q",
        default=4.0,
        least=1.0,
        most=20.0,
        slider=(1.0, 20.0, 0.5),
        refusal="takes the exponent q, from 1 to 20; choose such an exponent",
    ),
    curved=True,
)
