"""A forecast that one need not trust: followed only as far as a guarantee allows.

Following an expert within (1 + lambda) is standard (arXiv 2305.00677, 2306.00172, 2306.10158), and
so is trading consistency for robustness (2408.07831). Apparently ours is the potential with h of
the positive part, which carries a measure of inequality at the end of a period without knowing what
comes: docs/METHOD.md (31), (32).
"""

from __future__ import annotations

from dataclasses import dataclass

import numba
import numpy as np

from equity_core.arrays import Floats
from equity_core.errors import ScenarioError
from equity_core.model.dispatch import Arrays
from equity_core.model.instance import Instance
from equity_core.online.charges import Charges, fairness_terms

HALVINGS = 40
"""Of the share of a forecast that is followed."""

AGREEMENT = 1e-9
"""Relative difference of two sums of the same burdens in another order."""


@dataclass(frozen=True, eq=False)
class Guard:
    """What holds a forecast back: the safe plan that is made beside it, and how far from it.

    safe     [T, N] MW of the plan without foresight
    ceiling  [T] how far ahead of it the objective may be at the end of each hour
    """

    safe: Floats
    ceiling: Floats

    @classmethod
    def around(cls, arrays: Arrays, charges: Charges, safe: Floats, trust: float) -> Guard:
        """lambda (`trust`) times the largest objective of the safe plan so far, 0 at least."""
        reached = np.maximum.accumulate(np.maximum(objective_so_far(arrays, charges, safe), 0.0))
        return cls(safe, trust * reached)


@numba.njit(cache=True, nogil=True)
def mix_hours(
    arrays: Arrays,
    charges: Charges,
    guard: tuple[Floats, Floats],
    first: int,
    last: int,
    ahead: Floats,
    load: Floats,
    share: Floats,
) -> None:
    """Pull `load` [T, N] of the hours from `first` to `last` as near to the safe one as it must be.

    guard  its `safe` and `ceiling`
    ahead  [1 + K, N] cost and burdens so far less those of the safe plan; kept up to date
    share  [T] is set to how much of the forecast's load is left
    """
    safe, ceiling = guard
    step, tried = np.empty(ahead.shape), np.empty(ahead.shape)
    for t in range(first, last):
        step[:] = 0.0
        _add_hour(arrays, t, load[t] - safe[t], step)
        share[t] = _largest_share(charges, ahead, step, ceiling[t], tried)
        for i in range(load.shape[1]):
            load[t, i] = share[t] * load[t, i] + (1 - share[t]) * safe[t, i]
        ahead += share[t] * step


@numba.njit(cache=True, nogil=True)
def _add_hour(arrays: Arrays, t: int, load: Floats, measures: Floats) -> None:
    """Add to `measures` [1 + K, N] the cost and burdens of `load` [N] MW in hour t, unscaled."""
    for i in range(load.size):
        measures[0, i] += arrays.price[t, i] * load[i]
        for k in range(arrays.intensity.shape[1]):
            measures[1 + k, i] += arrays.intensity[t, k, i] * load[i]


@numba.njit(cache=True, nogil=True)
def _largest_share(
    charges: Charges, ahead: Floats, step: Floats, ceiling: float, tried: Floats
) -> float:
    """The largest allowed share: allowed are all from 0 on, as the potential is convex in it."""
    tried[:] = ahead + step
    if potential(charges, tried) <= ceiling:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        tried[:] = ahead + middle * step
        if potential(charges, tried) <= ceiling:
            low = middle
        else:
            high = middle
    return low


@numba.njit(cache=True, nogil=True)
def potential(charges: Charges, measures: Floats) -> float:
    """Cost and levies of `measures` [1 + K, N] + sum_k mu_k h_k of the positive part of burdens.

    Of a whole plan, whose burdens are not negative, this is the objective. docs/METHOD.md (31).
    """
    total = (charges.base * measures).sum()
    for m in range(charges.quantity.size):
        q = charges.quantity[m]
        weighed = charges.worth[m] * charges.scale[q] * measures[q]
        total += _inequality(charges, m, np.maximum(weighed, 0.0))
    return total


@numba.njit(cache=True, nogil=True)
def _inequality(charges: Charges, m: int, weighed: Floats) -> float:
    """The measure h of term m over weighed burdens [N] >= 0: docs/METHOD.md (10), (11), (12)."""
    q, most, largest = charges.exponent[m], charges.most[m], weighed.max()
    if q > 0 and largest > 0:
        return largest * ((weighed / largest) ** q).sum() ** (1 / q)
    if q > 0 or most >= 1:
        return largest
    weighed.sort()
    left, total = 1.0, 0.0
    for i in range(weighed.size - 1, -1, -1):
        total += min(most, left) * weighed[i]
        left = max(left - most, 0.0)
    return total


def check_measures(instance: Instance, charges: Charges) -> None:
    """Raises `ScenarioError` for a measure that this file does not count as the scenario does.

    A term is known here by `most_share` and `exponent` alone: another one would get a guarantee
    that is not its own.
    """
    for m, term in enumerate(fairness_terms(instance)):
        burdens = np.arange(1.0, charges.worth.shape[1] + 1)
        size = term.size(burdens)
        if abs(_inequality(charges, m, burdens.copy()) - size) > AGREEMENT * abs(size):
            raise ScenarioError(
                "measure",
                f"measure: {type(term).__name__} is not known to planning hour by hour. Choose "
                "worst, worst_share or lq, or solve with the whole period known (solve).",
            )


@numba.njit(cache=True, nogil=True)
def objective_so_far(arrays: Arrays, charges: Charges, load: Floats) -> Floats:
    """[T] the objective of all hours up to the end of each, for `load` [T, N] MW."""
    done, reached = np.zeros(charges.base.shape), np.empty(len(load))
    for t in range(len(load)):
        _add_hour(arrays, t, load[t], done)
        reached[t] = potential(charges, done)
    return reached
