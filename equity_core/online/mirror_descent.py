"""Dual mirror descent as published: Li, Yang, Wierman and Ren, e-Energy 2024, arXiv 2307.05494.

In closed form, docs/METHOD.md (29): the authors solve a small program an hour for what is written
down here in a line.
"""

from __future__ import annotations

import numba
import numpy as np

from equity_core.arrays import Floats, Integers
from equity_core.model.dispatch import Arrays
from equity_core.online.charges import Charges, hourly_charge, weigh
from equity_core.online.pace import serve_hour


@numba.njit(cache=True, nogil=True)
def by_mirror_descent(
    arrays: Arrays,
    charges: Charges,
    eta: float,
    zmax: Floats,
    waiting: Floats,
    order: Integers,
    load: Floats,
    gamma: Floats,
) -> None:
    """Write load [T, N] in MW and the shares [T, M, N]; zmax [M] in USD an hour.

    `waiting` [T] MWh of what waits run in each hour.
    The duals are not projected: those below zero count as zero in z alone. docs/METHOD.md (29).
    """
    terms, sites = charges.worth.shape
    dual, charge = np.zeros((terms, sites)), np.empty(sites)
    weights = np.empty(charges.base.shape)
    for t in range(load.shape[0]):
        gamma[t] = dual
        weigh(charges, dual, weights)
        order[t] = order[max(t - 1, 0)]  # nearly sorted: an hour is much like the one before
        serve_hour(arrays, t, waiting[t], weights, charges.scale, order, load)
        for m in range(terms):
            hourly_charge(charges, m, arrays.intensity[t], load[t], charge)
            full = np.maximum(dual[m], 0.0).sum() > 1
            for i in range(sites):
                z = zmax[m] if full and dual[m, i] > 0 else 0.0
                dual[m, i] += eta * (charge[i] - z)
