"""Physics: the cheapest way to serve every hour at given values of a MWh at each site.

The site loads that can be served in an hour form the base polytope of a polymatroid, so greedy is
exact: visit the sites from the cheapest up, and let each take as much as the sites visited so far
can serve together beyond what they serve already, docs/METHOD.md (5). That is the least of a few
cuts (`reach.py`). Hours are independent.
"""

from __future__ import annotations

from typing import NamedTuple

import numba
import numpy as np

from equity_core.arrays import Flags, Floats, Integers


class Arrays(NamedTuple):
    """The figures that the kernels read. N sites, T hours, K footprints, G classes of gateways.

    price       [T, N] USD/MWh
    intensity   [T, K, N] per MWh
    fixed       [R, N] MW that stay at their own site
    room        [R, N] MW that may come besides
    component   [N] component of the reach graph that the site belongs to, or -1 for none
    cut_start   [C + 1] first cut of each component
    inside_cut  [N, M] the room of the site counts in the cut
    cut_demand  [T, M] MW of demand that counts in it

    R is T, or 1 where every hour has the same; `row_of` finds an hour's row.
    """

    price: Floats
    intensity: Floats
    fixed: Floats
    room: Floats
    component: Integers
    cut_start: Integers
    inside_cut: Flags
    cut_demand: Floats


@numba.njit(cache=True, nogil=True)
def dispatch(
    arrays: Arrays, weights: Floats, tie_scale: Floats, order: Integers, load: Floats
) -> float:
    """Write the cheapest load [T, N] in MW into `load` and return its value.

    weights    [1 + K, N]: a MWh at site i counts weights[0, i] price + weights[1 + k, i]
               intensity_k
    tie_scale  [1 + K, N]: equal values are ordered by tie_scale[0] price, then by each scaled
               intensity, then by site, so that a scenario has one answer
    order      [T, N] any order of the sites; left sorted, so that the next call starts there
    """
    return dispatch_hours(arrays, 0, load.shape[0], weights, tie_scale, order, load)


@numba.njit(cache=True, nogil=True)
def dispatch_hours(
    arrays: Arrays,
    first: int,
    last: int,
    weights: Floats,
    tie_scale: Floats,
    order: Integers,
    load: Floats,
) -> float:
    """What `dispatch` does, for the hours from `first` up to `last` alone.

    Whole arrays: views of each hour's part and calls by the hour took twice as long.
    """
    price, intensity, component = arrays.price, arrays.intensity, arrays.component
    sites = price.shape[1]
    cut, served = np.empty(arrays.cut_start[-1]), np.empty(arrays.cut_start.size - 1)
    value = np.empty(sites)
    total = 0.0
    for t in range(first, last):
        values_of_a_mwh(price[t], intensity[t], weights, value)
        _sort(order[t], value, price[t], intensity[t], tie_scale)
        cut[:] = arrays.cut_demand[t]
        served[:] = 0.0
        row = row_of(arrays, t)
        for i in order[t]:
            c = component[i]
            load[t, i] = arrays.fixed[row, i]
            if c >= 0:
                most = serve(arrays, row, i, cut)
                load[t, i] += most - served[c]
                served[c] = most
            total += load[t, i] * value[i]
    return total


@numba.njit(cache=True, nogil=True, inline="always")
def row_of(arrays: Arrays, t: int) -> int:
    """The row of `fixed` and `room` that holds in hour t."""
    return min(t, arrays.room.shape[0] - 1)


@numba.njit(cache=True, nogil=True, inline="always")
def serve(arrays: Arrays, row: int, site: int, cut: Floats) -> float:
    """Visit a site next; the MW that it and all sites before it can serve together.

    `row` is that of `row_of`; `cut` [M] holds what each cut lets through so far. Whole arrays, and
    in line: views of each site's part and calls took longer than all the rest.
    """
    c, most = arrays.component[site], np.inf
    for m in range(arrays.cut_start[c], arrays.cut_start[c + 1]):
        if arrays.inside_cut[site, m]:
            cut[m] += arrays.room[row, site]
        most = min(most, cut[m])
    return most


@numba.njit(cache=True, nogil=True, inline="always")
def could_serve(arrays: Arrays, row: int, site: int, cut: Floats) -> float:
    """What `serve` would return, without the visit."""
    c, most = arrays.component[site], np.inf
    for m in range(arrays.cut_start[c], arrays.cut_start[c + 1]):
        room = arrays.room[row, site] if arrays.inside_cut[site, m] else 0.0
        most = min(most, cut[m] + room)
    return most


@numba.njit(cache=True, nogil=True)
def values_of_a_mwh(price: Floats, intensity: Floats, weights: Floats, value: Floats) -> None:
    """Write into `value` [N] what a MWh counts at each site in one hour."""
    for i in range(price.size):
        value[i] = weights[0, i] * price[i]
    for k in range(intensity.shape[0]):
        for i in range(price.size):
            value[i] += weights[1 + k, i] * intensity[k, i]


@numba.njit(cache=True, nogil=True)
def _sort(order: Integers, value: Floats, price: Floats, intensity: Floats, scale: Floats) -> None:
    """Insertion sort: nearly linear, as neighbouring calls leave neighbouring orders."""
    for end in range(1, order.size):
        site = order[end]
        place = end
        while place > 0 and _before(site, order[place - 1], value, price, intensity, scale):
            order[place] = order[place - 1]
            place -= 1
        order[place] = site


@numba.njit(cache=True, nogil=True)
def _before(a: int, b: int, value: Floats, price: Floats, intensity: Floats, scale: Floats) -> bool:
    if value[a] != value[b]:
        return value[a] < value[b]
    if scale[0, a] * price[a] != scale[0, b] * price[b]:
        return scale[0, a] * price[a] < scale[0, b] * price[b]
    for k in range(intensity.shape[0]):
        if scale[1 + k, a] * intensity[k, a] != scale[1 + k, b] * intensity[k, b]:
            return scale[1 + k, a] * intensity[k, a] < scale[1 + k, b] * intensity[k, b]
    return a < b


@numba.njit(cache=True, nogil=True)
def measure(arrays: Arrays, load: Floats, block: Integers, blocks: int) -> Floats:
    """[blocks, 1 + K, N] cost (USD) and burdens of `load` [T, N] by block of hours and site."""
    price, intensity = arrays.price, arrays.intensity
    hours, footprints, sites = intensity.shape
    sums = np.zeros((blocks, 1 + footprints, sites))
    for t in range(hours):
        b = block[t]
        for i in range(sites):
            sums[b, 0, i] += price[t, i] * load[t, i]
        for k in range(footprints):
            for i in range(sites):
                sums[b, 1 + k, i] += intensity[t, k, i] * load[t, i]
    return sums


@numba.njit(cache=True, nogil=True)
def differ(load: Floats, other: Floats, least: float) -> Flags:
    """[T] hours in which two loads [T, N] are more than `least` MW apart at some site."""
    apart = np.zeros(len(load), np.bool_)
    for t in range(load.shape[0]):
        for i in range(load.shape[1]):
            if abs(load[t, i] - other[t, i]) > least:
                apart[t] = True
                break
    return apart
