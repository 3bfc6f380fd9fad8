"""When load that waits runs, where nobody knows which hours will be the cheapest.

What is to run in a window is known when the window begins, and so is the room that its hours leave
beside what cannot wait; prices and intensities are not. Every plan keeps enough room for what it
puts off, so all of it runs in its window: docs/METHOD.md (35), (36).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace

import numba
import numpy as np

from equity_core.arrays import Floats, Integers
from equity_core.model.dispatch import Arrays, dispatch_hours
from equity_core.model.physics import Physics, Served
from equity_core.model.waiting import Waiting, fill
from equity_core.online.forecasts import DAY, Forecast, at_hours


@dataclass(frozen=True, eq=False)
class Leeway:
    """What may be put off, by hour.

    comes  [T] MWh that the window which begins in the hour brings; 0 in its other hours
    hours  [T] hours that are left of the window, this one included
    spare  [T] MW that sites have room for in the hour beside what cannot wait
    later  [T] MWh that they have room for in the later hours of the window
    """

    comes: Floats
    hours: Integers
    spare: Floats
    later: Floats

    def within(self, hour: int, left: float, wanted: float) -> float:
        """What runs in an hour of `left` MWh where `wanted` MWh are: as far as there is room, and
        as much as finds none later."""
        least = max(left - self.later[hour], 0.0)
        return float(min(max(wanted, least), left, self.spare[hour]))


def leeway_of(physics: Physics) -> Leeway:
    """The leeway of a period; nothing comes where no load waits."""
    hours, waiting = len(physics.hours), physics.waiting
    spare, comes = spare_of(physics), np.zeros(hours)
    if not physics.waits:
        return Leeway(comes, np.ones(hours, np.int64), spare, comes)
    first, window = waiting.start[:-1], waiting.window
    comes[first] = waiting.energy
    gone = spare.cumsum()
    later = gone[waiting.start[1:] - 1][window] - gone
    later[waiting.start[1:] - 1] = 0.0
    return Leeway(comes, waiting.start[1:][window] - np.arange(hours), spare, later)


def spare_of(physics: Physics) -> Floats:
    """[T] MW that all sites together have room for beside what cannot wait, wherever that runs."""
    spare: Floats = np.maximum(physics.arrays.room.sum(axis=1) - physics.asked.sum(axis=1), 0.0)
    return spare


class Pace(ABC):
    """Who says how much of what waits runs in an hour."""

    @abstractmethod
    def run(self, hour: int, weights: Floats, left: float) -> float:
        """MWh of `left` in the hour, where a MWh counts by `weights` [1 + K, N]."""


@dataclass(frozen=True, eq=False)
class Evenly(Pace):
    """As much in every hour that is left of the window: whoever expects nothing."""

    leeway: Leeway

    def run(self, hour: int, weights: Floats, left: float) -> float:
        return self.leeway.within(hour, left, left / self.leeway.hours[hour])

    def all(self) -> Floats:
        """[T] MWh of every hour; it depends on nothing that is found out on the way."""
        pace, left = np.zeros(len(self.leeway.comes)), 0.0
        for hour in range(len(pace)) if self.leeway.comes.any() else ():
            left += self.leeway.comes[hour]
            pace[hour] = self.run(hour, np.empty(0), left)
            left -= pace[hour]
        return pace


class Planned(Pace):
    """The cheapest hours of the rest as a forecast has them, found anew in every hour.

    Where the window outlasts the day, its plan first says how much of it runs until the next one,
    days being counted from the first hour of the period.
    """

    def __init__(self, truth: Physics, forecast: Forecast, tie_scale: Floats, leeway: Leeway):
        self.truth, self.forecast, self.tie_scale = truth, forecast, tie_scale
        self.leeway, self.evenly = leeway, Evenly(leeway)
        self._stop, self._today = 0, 0.0

    def run(self, hour: int, weights: Floats, left: float) -> float:
        if hour >= self._stop:
            self._begin(hour, weights, left)
        wanted = self._now(hour, weights)
        run = self.evenly.run(hour, weights, left) if wanted is None else wanted
        run = self.leeway.within(hour, left, run)
        self._today -= run
        return run

    def _begin(self, hour: int, weights: Floats, left: float) -> None:
        """Until when hours are planned one by one, and how much runs until then."""
        end = hour + int(self.leeway.hours[hour])
        self._stop = min(end, (hour // DAY + 1) * DAY)
        self._today = left if self._stop == end else left * (self._stop - hour) / (end - hour)
        whole, today = (self.forecast.ahead(hour, last) for last in (end, self._stop))
        if self._stop < end and whole is not None and today is not None:
            dearest = self._cheapest(whole, weights, left).most[0]
            spare = today.spare(self._cheapest(today, weights, 0.0).at_once)
            self._today = min(left, float(spare[today.values(weights) <= dearest].sum()))

    def _now(self, hour: int, weights: Floats) -> float | None:
        """MWh of what is left of the day for this hour, which is known; None for no idea."""
        hours = at_hours(self.truth, np.array([hour]))
        if hour + 1 < self._stop:
            expected = self.forecast.ahead(hour + 1, self._stop)
            if expected is None:
                return None
            hours = _joined(hours, expected)
        served = self._cheapest(hours, weights, self._today)
        return float(served.load[0].sum() - served.at_once[0].sum())

    def _cheapest(self, hours: Physics, weights: Floats, energy: float) -> Served:
        """Some hours as one window, in which so many MWh wait."""
        window = Waiting(np.array([0, len(hours.asked)]), np.array([max(energy, 0.0)]))
        pooled = replace(hours, waiting=window)
        return pooled.cheapest(weights, self.tie_scale, pooled.any_order())


def _joined(first: Physics, then: Physics) -> Physics:
    """Hours of the same fleet, one after another."""
    parts = {
        name: np.concatenate([_by_hour(each.arrays, name) for each in (first, then)])
        for name in ("price", "intensity", "fixed", "room", "cut_demand")
    }
    asked = np.concatenate([first.asked, then.asked])
    return replace(then, arrays=then.arrays._replace(**parts), asked=asked)


def _by_hour(arrays: Arrays, name: str) -> Floats:
    """A figure of every hour, where one row may stand for all."""
    figure: Floats = getattr(arrays, name)
    alike = name in ("fixed", "room")
    return np.broadcast_to(figure, arrays.price.shape) if alike else figure


@numba.njit(cache=True, nogil=True)
def serve_hour(
    arrays: Arrays,
    hour: int,
    waiting: float,
    weights: Floats,
    tie_scale: Floats,
    order: Integers,
    load: Floats,
) -> None:
    """Write the cheapest load of an hour [of T, N], with so many MWh of what waits."""
    dispatch_hours(arrays, hour, hour + 1, weights, tie_scale, order, load)
    if waiting > 0:
        add_to_hour(arrays, hour, waiting, weights, tie_scale, load)


@numba.njit(cache=True, nogil=True)
def add_to_hour(
    arrays: Arrays, hour: int, waiting: float, weights: Floats, tie_scale: Floats, load: Floats
) -> None:
    """Add so many MWh of what waits to the load of an hour, cheapest room first."""
    window = np.array([hour, hour + 1])
    fill(arrays, window, np.array([waiting]), weights, tie_scale, load, np.empty(1))
