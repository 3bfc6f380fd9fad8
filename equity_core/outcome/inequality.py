"""How unequally a burden lies on the regions. Pure functions of one vector.

`values` [n] are burdens >= 0 (m3, t, USD ...), `weights` [n] are >= 0 (population, for example)
and count each region once when absent. All measures are unchanged when the unit changes.
"""

from __future__ import annotations

import numpy as np

from equity_core.arrays import Floats


def peak_to_average(values: Floats, weights: Floats | None = None) -> float:
    """Worst burden over the weighted mean: 1 when equal (PAR of arXiv 2307.05494).

    docs/METHOD.md (16).
    """
    values, weights = _checked(values, weights)
    mean = float(np.average(values, weights=weights))
    return float(values.max()) / mean if mean > 0 else 1.0


def gini(values: Floats, weights: Floats | None = None) -> float:
    """Half the relative mean difference: sum_ij w_i w_j |x_i - x_j| / (2 mean W^2); 0 if equal.

    docs/METHOD.md (17).
    """
    values, weights = _checked(values, weights)
    order = np.argsort(values, kind="stable")
    share = weights[order] / weights.sum()
    mean = float(share @ values[order])
    if mean == 0:
        return 0.0
    below = np.cumsum(share) - share / 2
    return 2.0 * float(share @ (values[order] * below)) / mean - 1.0


def jain(values: Floats, weights: Floats | None = None) -> float:
    """Jain's index, mean squared over mean of squares: 1 when equal, 1/n when one carries all.

    docs/METHOD.md (18).
    """
    values, weights = _checked(values, weights)
    square = float(np.average(values**2, weights=weights))
    return float(np.average(values, weights=weights)) ** 2 / square if square > 0 else 1.0


def worst_share(values: Floats, share: float, weights: Floats | None = None) -> float:
    """Mean burden of the worst `share` (0 < share <= 1) of the regions, split where it must be.

    docs/METHOD.md (19).
    """
    if not 0 < share <= 1:
        raise ValueError(f"share is {share}, but must lie above 0 and at most at 1.")
    values, weights = _checked(values, weights)
    order = np.argsort(-values, kind="stable")
    weight = weights[order] / weights.sum()
    before = np.cumsum(weight) - weight
    counted = np.clip(share - before, 0.0, weight)
    return float(counted @ values[order]) / share


def _checked(values: Floats, weights: Floats | None) -> tuple[Floats, Floats]:
    values = np.asarray(values, dtype=np.float64)
    weights = np.ones_like(values) if weights is None else np.asarray(weights, dtype=np.float64)
    if values.shape != weights.shape:
        raise ValueError("Weights must be as many as burdens, one a region.")
    if not (np.isfinite(values).all() and (values >= 0).all()):
        raise ValueError("Burdens must be finite and not negative.")
    if not (np.isfinite(weights).all() and (weights >= 0).all() and weights.sum() > 0):
        raise ValueError("Weights must be finite, not negative, and not all zero.")
    return values, weights
