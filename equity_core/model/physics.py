"""Which plans exist, and the cheapest of them at given values of a MWh."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

from equity_core.arrays import Flags, Floats, Integers
from equity_core.model.dispatch import Arrays, differ, dispatch, measure
from equity_core.model.dual_curvature import curvature
from equity_core.model.waiting import NOTHING_WAITS, Waiting, add_waiting_curvature, fill


class Served(NamedTuple):
    """The cheapest dispatch.

    value    of all load
    load     [T, N] MW
    at_once  [T, N] MW, what of it does not wait; `load` itself where nothing waits
    most     [W] value of the dearest MWh that waits, by window
    """

    value: float
    load: Floats
    at_once: Floats
    most: Floats


@dataclass(frozen=True, eq=False)
class Physics:
    """What stays when policy, prices, water or carbon factors move.

    asked    [T, C] MW that may move but not wait, asked for by the gateways of each component of
             the reach graph
    waiting  what may run at any hour of its window, at any site
    """

    hours: pd.DatetimeIndex
    arrays: Arrays
    asked: Floats
    waiting: Waiting = NOTHING_WAITS

    @property
    def shape(self) -> tuple[int, int]:
        """Hours T and sites N."""
        return self.arrays.price.shape[0], self.arrays.price.shape[1]

    @property
    def footprints(self) -> int:
        """Number of footprints K."""
        return self.arrays.intensity.shape[1]

    @cached_property
    def parts(self) -> tuple[Integers, ...]:
        """The sites of each part of the fleet; no load is exchanged between two parts.

        The components of the reach graph, or all sites where load waits, which may run anywhere.
        """
        if self.waits:
            return (np.arange(self.shape[1]),)
        components = len(self.arrays.cut_start) - 1
        return tuple(np.flatnonzero(self.arrays.component == c) for c in range(components))

    @cached_property
    def part(self) -> Integers:
        """[N] the part that a site belongs to, -1 where no load is exchanged with any other."""
        part = np.full(self.shape[1], -1, dtype=np.int64)
        for number, sites in enumerate(self.parts):
            part[sites] = number
        return part

    def by_component(self, by_part: Floats) -> Floats:
        """What holds for each part, for each component [C] of the reach graph."""
        components = len(self.arrays.cut_start) - 1
        return np.broadcast_to(by_part, components).copy()

    @property
    def waits(self) -> bool:
        """Whether any load may wait."""
        return len(self.waiting.energy) > 0

    def cheapest(self, weights: Floats, tie_scale: Floats, order: Integers) -> Served:
        """The cheapest dispatch; `order` is sorted on the way."""
        load, most = np.empty(self.shape), np.empty(len(self.waiting.energy))
        value = dispatch(self.arrays, weights, tie_scale, order, load)
        if not self.waits:
            return Served(value, load, load, most)
        at_once = load.copy()
        value += fill(self.arrays, *self.waiting, weights, tie_scale, load, most)
        return Served(value, load, at_once, most)

    def curvature(
        self, weights: Floats, quantities: Integers, served: Served, band: Floats, stride: int
    ) -> tuple[Floats, int]:
        """[Q N, Q N] the second derivative of the value of `served`, its sign turned.

        `band` [P] says how near is near, in each part; further as `dual_curvature.curvature`.
        """
        arrays, width = self.arrays, self.by_component(band)
        floor = np.full(len(served.load), -np.inf)
        if self.waits:
            floor = served.most[self.waiting.window]
        second, counted = curvature(
            arrays, weights, quantities, served.at_once, floor, width, stride
        )
        if self.waits:
            near = float(band[0])
            window = self.waiting.start, weights, quantities, served.at_once, served.most
            add_waiting_curvature(arrays, *window, near, second)
        return second, counted

    def values(self, weights: Floats) -> Floats:
        """[T, N] what a MWh counts at these weights [1 + K, N]."""
        values: Floats = self.arrays.price * weights[0]
        return values + np.einsum("tki,ki->ti", self.arrays.intensity, weights[1:])

    def spare(self, load: Floats) -> Floats:
        """[T, N] MW that sites have room for beside `load` [T, N]."""
        return self.arrays.fixed + self.arrays.room - load

    def measures(self, load: Floats) -> Floats:
        """[1 + K, N] cost and burdens of `load` [T, N] by site: docs/METHOD.md (2)."""
        whole = np.zeros(len(load), dtype=np.int64)
        total: Floats = measure(self.arrays, load, whole, 1)[0]
        return total

    @cached_property
    def largest_measures(self) -> Floats:
        """[1 + K, N] sizes of cost and burdens that no plan exceeds: all that a site can serve."""
        arrays = self.arrays
        most = arrays.fixed + np.minimum(arrays.room, self.most_asked[:, None])
        sizes = [(np.abs(arrays.price) * most).sum(axis=0)]
        sizes += [(arrays.intensity[:, k] * most).sum(axis=0) for k in range(self.footprints)]
        return np.stack(sizes)

    @property
    def most_asked(self) -> Floats:
        """[T] MW that may be served in an hour beside what stays: all that waits, at the most."""
        at_once = self.asked.sum(axis=1)
        return at_once + self.waiting.energy[self.waiting.window] if self.waits else at_once

    @property
    def same_within(self) -> float:
        """MW of difference below which two loads are the same: rounding of the dispatcher."""
        served = np.minimum(self.arrays.room.max(), self.most_asked.max())
        return 1e-9 * float(self.arrays.fixed.max() + served)

    def hours_apart(self, load: Floats, other: Floats) -> Flags:
        """[T] hours in which two loads [T, N] differ."""
        apart: Flags = differ(load, other, self.same_within)
        return apart

    def any_order(self) -> Integers:
        """[T, N] an order of the sites to start from."""
        return np.tile(np.arange(self.shape[1]), (self.shape[0], 1))
