"""The worst share of regions: the mean of those that carry most."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity_core.arrays import Floats
from equity_core.measures.measure import Measure, MeasureParameter
from equity_core.measures.rows import Rows
from equity_core.measures.term import FairnessTerm, Shape
from equity_core.measures.worst import Worst


@dataclass(frozen=True, eq=False)
class WorstShare(FairnessTerm):
    """weight * mean of the worst `share` of lens[i] m[i] (CVaR of Rockafellar and Uryasev, 2000).

    min over z of z + sum_i max(lens[i] m[i] - z, 0) / (share N), exact as a linear program:
    docs/METHOD.md (11).
    """

    share: float

    @property
    def most_share(self) -> float:
        return 1 / (self.share * len(self.lens))

    def size(self, weighed: Floats) -> float:
        weighed = np.sort(weighed)[::-1]
        counted = np.clip(self.share * len(weighed) - np.arange(len(weighed)), 0.0, 1.0)
        return float(counted @ weighed) / (self.share * len(weighed))

    def rows(self, shape: Shape) -> Rows:
        sites = shape[1]
        excess = np.full(sites, self.weight / (self.share * sites))
        return Rows(
            self.row_names(),
            self.each_site(shape),
            -np.hstack([np.ones((sites, 1)), np.eye(sites)]),
            np.concatenate([[self.weight], excess]),
            np.zeros(sites),
            np.full(sites, self.weight / sites),
        )


def _term(name: str, quantity: int, weight: float, lens: Floats, share: float) -> FairnessTerm:
    if share * len(lens) <= 1:  # a share of less than one region is the worst region
        return Worst(name, quantity, weight, lens)
    return WorstShare(name, quantity, weight, lens, share)


WORST_SHARE = Measure(
    name="worst_share",
    label="Worst share of regions",
    explanation="The mean burden of the regions that carry most: the worst 30% unless another "
    "share is given.",
    words="the mean of the worst {}% of regions",
    equation="mean of the largest s × N of z (worst_share)",
    term=_term,
    parameter=MeasureParameter(
        label="Share of regions, %",
        default=0.3,
        least=0.0,
        most=1.0,
        slider=(5.0, 100.0, 5.0),
        refusal="takes the share of regions, above 0 and at most 1; choose such a share",
        shown_as=100.0,
    ),
)
