"""How the cheapest dispatch answers when the value of a MWh moves a little.

The bound on the objective is a concave function of the duals, made of one flat piece for each
order of the sites in each hour. Over hundreds of hours it is nearly smooth, and its curvature can
be read off the sites whose values lie close to the margin of their hour (docs/METHOD.md).
"""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from equity_core.arrays import Floats, Integers
from equity_core.model.dispatch import Arrays, could_serve, row_of, serve, values_of_a_mwh

MOST_SWAPS = 4096


class Swaps(NamedTuple):
    """Moves of load between two sites of an hour whose values nearly tie. Arrays [C].

    hour, giver, taker  positions; the taker is the dearer of the two
    amount              MW that change site when the taker is visited first
    gap                 by how much a MWh is dearer at the taker, as a share of what counts as near
    """

    hour: Integers
    giver: Integers
    taker: Integers
    amount: Floats
    gap: Floats


@numba.njit(cache=True, nogil=True)
def curvature(
    arrays: Arrays,
    weights: Floats,
    quantities: Integers,
    load: Floats,
    floor: Floats,
    width: Floats,
    stride: int,
) -> tuple[Floats, int]:
    """Second derivative of the value of the cheapest dispatch, its sign turned, and hours used.

    Every site within `width` [C] of the margin of its component of the reach graph is taken to
    answer in proportion to its room, the closer the more, while all demand stays served. One
    hour in `stride` stands for all. Sites at the `floor` [T] of their hour or below are full
    whatever is served of this load. Returns [Q N, Q N] by the weights [1 + K, N] of
    `quantities` [Q].
    """
    price, intensity, fixed, room = arrays.price, arrays.intensity, arrays.fixed, arrays.room
    hours, sites = price.shape
    components = arrays.cut_start.size - 1
    size = quantities.size
    second = np.zeros((size * sites, size * sites))
    value, slope = np.empty(sites), np.empty(sites)
    near = np.empty(sites, np.int64)
    figure = np.empty((size, sites))
    counted = 0
    for t in range(0, hours, stride):
        values_of_a_mwh(price[t], intensity[t], weights, value)
        row = row_of(arrays, t)
        for c in range(components):
            margin = _margin(value, load[t], fixed[row], room[row], arrays.component, c)
            found, total = 0, 0.0
            if margin <= floor[t]:
                continue
            for i in range(sites):
                away = abs(value[i] - margin)
                if arrays.component[i] == c and away < width[c] and value[i] > floor[t]:
                    slope[found] = stride * room[row, i] * (1 - away / width[c]) / width[c]
                    total += slope[found]
                    near[found] = i
                    for k in range(size):
                        q = quantities[k]
                        figure[k, found] = price[t, i] if q == 0 else intensity[t, q - 1, i]
                    found += 1
            if found > 1 and total > 0:
                counted += 1
                _add_answers(second, sites, near, slope, total, figure, found)
    return second, counted


@numba.njit(cache=True, nogil=True)
def _margin(
    value: Floats, load: Floats, fixed: Floats, room: Floats, component: Integers, c: int
) -> float:
    """Midway between the dearest site in use and the cheapest with room; NaN without either."""
    dearest, cheapest = -np.inf, np.inf
    for i in range(value.size):
        if component[i] == c:
            if load[i] > fixed[i] and value[i] > dearest:
                dearest = value[i]
            if load[i] < fixed[i] + room[i] and value[i] < cheapest:
                cheapest = value[i]
    return (dearest + cheapest) / 2


@numba.njit(cache=True, nogil=True)
def _add_answers(
    second: Floats,
    sites: int,
    near: Integers,
    slope: Floats,
    total: float,
    figure: Floats,
    found: int,
) -> None:
    """Add figure' (diag(slope) - slope slope' / total) figure of one hour."""
    for a in range(found):
        for b in range(found):
            answer = -slope[a] * slope[b] / total
            if a == b:
                answer += slope[a]
            for k in range(figure.shape[0]):
                row = k * sites + near[a]
                for m in range(figure.shape[0]):
                    second[row, m * sites + near[b]] += answer * figure[k, a] * figure[m, b]


@numba.njit(cache=True, nogil=True)
def near_ties(
    arrays: Arrays, weights: Floats, order: Integers, within: Floats, least: float
) -> tuple[Swaps, int]:
    """Neighbours in `order` less than `within` [C] apart that would serve otherwise if swapped.

    `order` [T, N] is that of the dispatch at `weights`. Swaps that move `least` MW or less do not
    count. At most `MOST_SWAPS` are returned, the number says how many there are.
    """
    price, intensity, component = arrays.price, arrays.intensity, arrays.component
    hours, sites = price.shape
    hour, giver = np.empty(MOST_SWAPS, np.int64), np.empty(MOST_SWAPS, np.int64)
    taker, amount = np.empty(MOST_SWAPS, np.int64), np.empty(MOST_SWAPS)
    gap, value = np.empty(MOST_SWAPS), np.empty(sites)
    cut, served = np.empty(arrays.cut_start[-1]), np.empty(arrays.cut_start.size - 1)
    found = 0
    for t in range(hours):
        values_of_a_mwh(price[t], intensity[t], weights, value)
        cut[:] = arrays.cut_demand[t]
        served[:] = 0.0
        row = row_of(arrays, t)
        for position in range(sites):
            i, c = order[t, position], component[order[t, position]]
            if c < 0:
                continue
            j = _next_in_component(order, t, position, component)
            close = j >= 0 and value[j] - value[i] < within[c]
            early = late = -served[c]
            if close:
                early += could_serve(arrays, row, j, cut)
            served[c] = serve(arrays, row, i, cut)
            if close:
                late = could_serve(arrays, row, j, cut) - served[c]
            if close and early - late > least:
                if found < MOST_SWAPS:
                    hour[found], giver[found], taker[found] = t, i, j
                    amount[found], gap[found] = early - late, (value[j] - value[i]) / within[c]
                found += 1
    n = min(found, MOST_SWAPS)
    return Swaps(hour[:n], giver[:n], taker[:n], amount[:n], gap[:n]), found


@numba.njit(cache=True, nogil=True)
def _next_in_component(order: Integers, t: int, position: int, component: Integers) -> int:
    """The next site in `order` [T, N] that shares the component, -1 where there is none."""
    own = component[order[t, position]]
    if own >= 0:
        for later in range(position + 1, order.shape[1]):
            if component[order[t, later]] == own:
                return int(order[t, later])
    return -1
