"""Load that can wait: the cheapest hours and sites of its window, docs/METHOD.md (33), (34).

What may run at any hour of its window, and anywhere, takes the cheapest room that the rest leaves.
A threshold for each window says which that is, found by selection; nothing is sorted.
"""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np
import pandas as pd

from equity_core.arrays import Floats, Integers
from equity_core.model.dispatch import Arrays, row_of, values_of_a_mwh

ANY_TIME = "period"
"""The window that is the whole period; the other one is the UTC day."""


class Waiting(NamedTuple):
    """W windows, none where no load waits.

    start   [W + 1] position of the first hour of each window, and of the end of the last
    energy  [W] MWh that may be served at any hour of the window and at any site
    """

    start: Integers
    energy: Floats

    @property
    def window(self) -> Integers:
        """[T] the window of each hour; empty where no load waits."""
        return np.repeat(np.arange(len(self.energy)), np.diff(self.start))


NOTHING_WAITS = Waiting(np.zeros(1, np.int64), np.zeros(0))


def waiting_of(hours: pd.DatetimeIndex, window: str, demand: Floats) -> Waiting:
    """What waits of `demand` [T] MW, gathered by window."""
    if not demand.any():
        return NOTHING_WAITS
    day = np.zeros(len(hours)) if window == ANY_TIME else hours.normalize().to_numpy()
    first = np.flatnonzero(np.append(True, day[1:] != day[:-1]))
    return Waiting(np.append(first, len(hours)), np.add.reduceat(demand, first))


@numba.njit(cache=True, nogil=True)
def fill(
    arrays: Arrays,
    start: Integers,
    energy: Floats,
    weights: Floats,
    tie_scale: Floats,
    load: Floats,
    most: Floats,
) -> float:
    """Add what waits to `load` [T, N], cheapest room first, and return the value of what was added.

    `most` [W] receives the value of the dearest MWh added in each window. Equal values are told
    apart as in `dispatch`, then by hour. Where there is too little room, all of it is taken.
    """
    longest = load.shape[1] * np.max(start[1:] - start[:-1])
    value, spare, key = np.empty(longest), np.empty(longest), np.empty(longest)
    taken = np.empty(longest)
    cell, other = np.empty(longest, np.int64), np.empty(longest, np.int64)
    total, guess = 0.0, 0.0
    for w in range(energy.size):
        first, left = start[w], energy[w]
        taken[:] = 0.0
        _values(arrays, weights, first, start[w + 1], value)
        cells = _cells_with_room(arrays, load, first, start[w + 1], spare, cell)
        most[w] = guess = _threshold(value, spare, cell[:cells], left, guess, other)
        cells, left = _take(value, spare, cell[:cells], left, guess, taken)
        for level in range(tie_scale.shape[0] if cells > 1 else 0):
            _tie_key(arrays, tie_scale, level, first, cell[:cells], key)
            within = _threshold(key, spare, cell[:cells], left, 0.0, other)
            cells, left = _take(key, spare, cell[:cells], left, within, taken)
        for n in cell[:cells]:
            taken[n] = min(spare[n], left)
            left -= taken[n]
        total += _added(taken, value, load[first : start[w + 1]])
    return total


@numba.njit(cache=True, nogil=True)
def _values(arrays: Arrays, weights: Floats, first: int, last: int, value: Floats) -> None:
    """What a MWh counts in the hours from `first` up to `last`, hour by hour."""
    sites = weights.shape[1]
    for t in range(first, last):
        here = sites * (t - first)
        values_of_a_mwh(arrays.price[t], arrays.intensity[t], weights, value[here : here + sites])


@numba.njit(cache=True, nogil=True)
def _cells_with_room(
    arrays: Arrays, load: Floats, first: int, last: int, spare: Floats, cell: Integers
) -> int:
    """Write the room beside `load` into `spare`, and into `cell` where there is some."""
    sites, cells = load.shape[1], 0
    for t in range(first, last):
        row = row_of(arrays, t)
        for i in range(sites):
            n = sites * (t - first) + i
            # What cannot move may stand above the capacity, and rounding leaves -1e-16.
            room = arrays.fixed[row, i] + arrays.room[row, i] - load[t, i]
            spare[n] = room if arrays.room[row, i] > 0 else 0.0
            if spare[n] > 0:
                cell[cells] = n
                cells += 1
    return cells


@numba.njit(cache=True, nogil=True)
def _added(taken: Floats, value: Floats, load: Floats) -> float:
    """Add what each cell takes to the load [T of the window, N]; its value."""
    sites, total = load.shape[1], 0.0
    for n in range(load.size):
        load[n // sites, n % sites] += taken[n]
        total += taken[n] * value[n]
    return total


@numba.njit(cache=True, nogil=True)
def _tie_key(
    arrays: Arrays, scale: Floats, level: int, first: int, cell: Integers, key: Floats
) -> None:
    """Write into `key` what tells equal cells apart: the price, then each intensity."""
    sites = arrays.price.shape[1]
    for n in cell:
        t, i = first + n // sites, n % sites
        figure = arrays.price[t, i] if level == 0 else arrays.intensity[t, level - 1, i]
        key[n] = scale[level, i] * figure


@numba.njit(cache=True, nogil=True)
def _threshold(
    value: Floats, spare: Floats, cell: Integers, energy: float, guess: float, other: Integers
) -> float:
    """The value at which the room of all cheaper cells and of its equals first holds `energy`.

    Weighted selection; the threshold of the window before is a good first pivot. Infinite where
    there is too little room, minus infinite where no energy is left. `other` is overwritten.
    """
    if energy <= 0:
        return -np.inf
    left, pivot, enough, highest = cell.size, guess, False, -np.inf
    other[:left] = cell
    while left > 0:
        below, equal = 0.0, 0.0
        for n in other[:left]:
            if value[n] < pivot:
                below += spare[n]
            elif value[n] == pivot:
                equal += spare[n]
        if below < energy <= below + equal:
            return pivot
        cheaper = energy <= below
        if cheaper:
            enough = True
        else:
            energy, highest = energy - (below + equal), pivot
        left = _keep(value, other[:left], pivot, cheaper)
        if left:
            pivot = _middle(value[other[0]], value[other[left // 2]], value[other[left - 1]])
    # The same room, added up in another order, may seem 1e-16 too little.
    return highest if enough else np.inf


@numba.njit(cache=True, nogil=True)
def _keep(value: Floats, cell: Integers, pivot: float, cheaper: bool) -> int:
    """Move the cells below `pivot`, or those above it, to the front of `cell`; how many."""
    kept = 0
    for n in cell:
        if (value[n] < pivot) if cheaper else (value[n] > pivot):
            cell[kept] = n
            kept += 1
    return kept


@numba.njit(cache=True, nogil=True, inline="always")
def _middle(a: float, b: float, c: float) -> float:
    return max(min(a, b), min(max(a, b), c))


@numba.njit(cache=True, nogil=True)
def _take(
    key: Floats, spare: Floats, cell: Integers, left: float, most: float, taken: Floats
) -> tuple[int, float]:
    """Fill the cells below `most`; those that equal it move to the front of `cell`.

    Returns how many these are, and the MWh left for them.
    """
    kept = 0
    for n in cell:
        if key[n] < most:
            taken[n] = spare[n]
            left -= spare[n]
        elif key[n] == most:
            cell[kept] = n
            kept += 1
    return kept, left


@numba.njit(cache=True, nogil=True)
def add_waiting_curvature(
    arrays: Arrays,
    start: Integers,
    weights: Floats,
    quantities: Integers,
    at_once: Floats,
    most: Floats,
    width: float,
    second: Floats,
) -> None:
    """Add to `second` [Q N, Q N] how what waits answers (`dual_curvature.curvature`).

    Cells with room whose value lies within `width` of the window's threshold answer in proportion
    to it, the closer the more, while all that waits in the window stays served.
    """
    sites, size = at_once.shape[1], quantities.size
    value, figure, answer = np.empty(sites), np.empty(size), np.empty(size * sites)
    for w in range(most.size):
        answer[:] = 0.0
        total = 0.0
        for t in range(start[w], start[w + 1]):
            values_of_a_mwh(arrays.price[t], arrays.intensity[t], weights, value)
            row = row_of(arrays, t)
            for i in range(sites):
                away = abs(value[i] - most[w])
                spare = arrays.fixed[row, i] + arrays.room[row, i] - at_once[t, i]
                if away >= width or spare <= 0:
                    continue
                slope = spare * (1 - away / width) / width
                total += slope
                for k in range(size):
                    q = quantities[k]
                    figure[k] = arrays.price[t, i] if q == 0 else arrays.intensity[t, q - 1, i]
                    answer[k * sites + i] += slope * figure[k]
                for k in range(size):
                    for m in range(size):
                        second[k * sites + i, m * sites + i] += slope * figure[k] * figure[m]
        if total > 0:
            _subtract_square(second, answer, total)


@numba.njit(cache=True, nogil=True)
def _subtract_square(second: Floats, answer: Floats, total: float) -> None:
    """second -= answer answer' / total: what one cell takes the others give."""
    for a in range(answer.size):
        if answer[a] != 0:
            for b in range(answer.size):
                second[a, b] -= answer[a] * answer[b] / total
