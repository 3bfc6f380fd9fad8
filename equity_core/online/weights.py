"""Exponential weights on the burdens so far: the rule that needs neither forecast nor tuning.

Hedge (Freund and Schapire 1997) with the regions as experts: the more a region has carried, the
more its burdens count in the next hour, docs/METHOD.md (27), (28). Used in this way it is ours.
"""

from __future__ import annotations

import math

import numba
import numpy as np

from equity_core.arrays import Floats, Integers
from equity_core.model.dispatch import Arrays
from equity_core.online.charges import Charges, hourly_charge, weigh
from equity_core.online.pace import serve_hour

HEAD_START = 24.0
"""Hours of the mean burden that every region is taken to have carried before the first, for a norm:
without it the first hours swing from one region to the next."""

ROUNDING = 1e-12


@numba.njit(cache=True, nogil=True)
def by_weights(
    arrays: Arrays,
    charges: Charges,
    waiting: Floats,
    order: Integers,
    load: Floats,
    gamma: Floats,
) -> None:
    """Write load [T, N] in MW and the shares [T, M, N] of every hour.

    `waiting` [T] MWh of what waits run in each hour; `order` [T, N] is any order of the sites.
    docs/METHOD.md (27), (28).
    """
    hours, terms = load.shape[0], charges.quantity.size
    so_far, charge = np.zeros(charges.worth.shape), np.empty(load.shape[1])
    largest, weights = np.zeros(terms), np.empty(charges.base.shape)
    rate = math.sqrt(8 * math.log(load.shape[1]) / hours)
    for t in range(hours):
        for m in range(terms):
            share_out(charges, m, so_far[m], rate, largest[m], t, gamma[t, m])
        weigh(charges, gamma[t], weights)
        order[t] = order[max(t - 1, 0)]  # nearly sorted: an hour is much like the one before
        serve_hour(arrays, t, waiting[t], weights, charges.scale, order, load)
        for m in range(terms):
            hourly_charge(charges, m, arrays.intensity[t], load[t], charge)
            so_far[m] += charge
            largest[m] = max(largest[m], charge.max())


@numba.njit(cache=True, nogil=True)
def share_out(
    charges: Charges, m: int, so_far: Floats, rate: float, largest: float, t: int, gamma: Floats
) -> None:
    """Write into `gamma` [N] how the weight of term m is shared among the regions in hour t.

    so_far   [N] USD that the term has seen at every region
    largest  USD that it has seen at most in one hour at one region
    """
    if charges.exponent[m] > 0:
        _as_a_norm_does(so_far, charges.exponent[m], t, gamma)
    elif largest <= 0:
        gamma[:] = 1 / gamma.size
    else:
        most = so_far.max()
        for i in range(gamma.size):
            gamma[i] = math.exp((so_far[i] - most) * (rate / largest))
        gamma /= gamma.sum()
        _hold_below(charges.most[m], gamma)


@numba.njit(cache=True, nogil=True)
def _as_a_norm_does(so_far: Floats, exponent: float, t: int, gamma: Floats) -> None:
    """(x / ||x||_q)^(q - 1), the slope of the norm at the burdens so far and a head start."""
    x = so_far + HEAD_START * so_far.mean() / max(t, 1)
    x = x / x.max() if x.max() > 0 else np.ones(x.size)
    length = (x**exponent).sum() ** (1 / exponent)
    gamma[:] = (x / length) ** (exponent - 1)


@numba.njit(cache=True, nogil=True)
def _hold_below(most: float, gamma: Floats) -> None:
    """Cap every share at `most`, the rest rescaled until none exceeds it."""
    for _ in range(gamma.size):
        if gamma.max() <= most * (1 + ROUNDING):
            break
        gamma[:] = np.minimum(gamma, most)
        held = gamma >= most
        free = gamma[~held].sum()
        if free > 0:
            gamma[~held] *= (1 - most * held.sum()) / free
