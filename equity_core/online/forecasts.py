"""Forecasts: what somebody expects of the hours to come, each a small object with one method.

A forecast says price, intensities and demand of the rest of the period; none of them says how much
a site can take, which is known.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from equity_core.arrays import Floats, Integers
from equity_core.model.physics import Physics
from equity_core.model.waiting import NOTHING_WAITS, Waiting

DAY, WEEK = 24, 168

ADVERSARY = "adversary"
"""No forecast, but the worst advice: `advice.LeastLoaded`."""

MANY, ONE_IN = 2000, 5
"""Of so many past hours a sample tells as much; 5 has no divisor in common with a week's hours."""

LASTING = 0.97
"""How much of an error is left an hour later (AR(1))."""

SEED = 2307_05494
"""Errors are drawn anew in the same way every time: the same question has one answer."""


class Forecast(ABC):
    """What is expected."""

    @abstractmethod
    def ahead(self, hour: int, end: int) -> Physics | None:
        """The hours from `hour` up to `end` (positions) as expected then; None for no idea."""


@dataclass(frozen=True, eq=False)
class Told(Forecast):
    """All told beforehand: `figures` of the whole period, right or wrong."""

    figures: Physics

    def ahead(self, hour: int, end: int) -> Physics:
        return at_hours(self.figures, np.arange(hour, end))


@dataclass(frozen=True, eq=False)
class SameAs(Forecast):
    """Every hour will be as the same hour was, so many `hours` ago: yesterday, or last week.

    Until as many are over: as many whole days ago as there are.
    """

    truth: Physics
    hours: int

    def ahead(self, hour: int, end: int) -> Physics | None:
        ago = min(self.hours, hour // DAY * DAY)
        if ago == 0:
            return None
        to_come = np.arange(end - hour)
        return at_hours(self.truth, *_counted(hour - ago + to_come % ago))


@dataclass(frozen=True, eq=False)
class AllPast(Forecast):
    """The rest will be as all hours so far were: each of them counts rest / past hours.

    Of many hours one in five is looked at, and of those again for a part of the rest: every hour of
    the day and of the week has its turn.
    """

    truth: Physics

    def ahead(self, hour: int, end: int) -> Physics | None:
        if hour == 0:
            return None
        part = end < len(self.truth.hours) and hour > MANY / ONE_IN
        one_in = (ONE_IN if hour > MANY else 1) * (ONE_IN if part else 1)
        past = np.arange(0, hour, one_in)
        times = (end - hour) / len(past)
        return at_hours(self.truth, past, np.full(len(past), times))


@dataclass(frozen=True, eq=False)
class Typical(Forecast):
    """Every hour will be as its kind usually is.

    kinds  the figures of each kind of hour
    kind   [T] the kind of each hour
    """

    kinds: Physics
    kind: Integers

    def ahead(self, hour: int, end: int) -> Physics:
        return at_hours(self.kinds, *_counted(self.kind[hour:end]))


def at_hours(physics: Physics, hours: Integers, times: Floats | None = None) -> Physics:
    """The physics of the hours at these positions, in this order.

    With `times` each asks for, and can serve, so many times as much: it stands for so many hours.
    What waits is spread over the hours of its window; what of it falls to the chosen ones waits.
    """
    arrays = physics.arrays
    # What does not change from hour to hour has one row.
    alike = len(arrays.room) == 1 and times is None
    factor = 1.0 if times is None else times[:, None]
    fixed, room = (
        figures if alike else np.broadcast_to(figures, arrays.price.shape)[hours] * factor
        for figures in (arrays.fixed, arrays.room)
    )
    chosen = arrays._replace(
        price=arrays.price[hours],
        intensity=arrays.intensity[hours],
        fixed=fixed,
        room=room,
        cut_demand=arrays.cut_demand[hours] * factor,
    )
    waiting = NOTHING_WAITS if not physics.waits else _waiting_at(physics.waiting, hours, times)
    return Physics(physics.hours[hours], chosen, physics.asked[hours] * factor, waiting)


def _waiting_at(waiting: Waiting, hours: Integers, times: Floats | None) -> Waiting:
    """What waits of the hours at these positions; neighbours of one window have one."""
    window = waiting.window[hours]
    mean = (waiting.energy / np.diff(waiting.start))[window]
    first = np.flatnonzero(np.append(True, window[1:] != window[:-1]))
    energy = mean if times is None else mean * times
    return Waiting(np.append(first, len(hours)), np.add.reduceat(energy, first))


def _counted(hours: Integers) -> tuple[Integers, Floats]:
    """Each position once, and how often it stands there."""
    once, times = np.unique(hours, return_counts=True)
    return once, times.astype(np.float64)


def priced(physics: Physics, price: Floats, intensity: Floats) -> Physics:
    """The same demand and capacity at other prices [T, N] and intensities [T, K, N]."""
    arrays = physics.arrays._replace(
        price=np.ascontiguousarray(price), intensity=np.ascontiguousarray(intensity)
    )
    return replace(physics, arrays=arrays)


def perfect(truth: Physics, error: float) -> Forecast:
    """What will come."""
    return Told(truth)


def yesterday(truth: Physics, error: float) -> Forecast:
    """Yesterday's same hour."""
    return SameAs(truth, DAY)


def last_week(truth: Physics, error: float) -> Forecast:
    """Last week's same hour."""
    return SameAs(truth, WEEK)


def all_past(truth: Physics, error: float) -> Forecast:
    """All hours so far."""
    return AllPast(truth)


def monthly_means(truth: Physics, error: float) -> Forecast:
    """The mean of the same hour of day in the same month, of these very hours (in-sample)."""
    kinds = truth.hours.month * DAY + truth.hours.hour
    _, first, kind = np.unique(kinds, return_index=True, return_inverse=True)
    arrays, mean = truth.arrays, at_hours(truth, first)
    means = mean.arrays._replace(
        price=_mean_by(kind, arrays.price),
        intensity=_mean_by(kind, arrays.intensity),
        cut_demand=_mean_by(kind, arrays.cut_demand),
    )
    return Typical(replace(mean, arrays=means, asked=_mean_by(kind, truth.asked)), kind)


def noisy(truth: Physics, error: float) -> Forecast:
    """Right but for an error from hour to hour: AR(1), a standard deviation of `error`."""
    draw, shape = np.random.default_rng(SEED), _shape(truth)
    shocks = draw.standard_normal(shape)
    shocks[1:] *= np.sqrt(1 - LASTING**2)
    for t in range(1, len(shocks)):
        shocks[t] += LASTING * shocks[t - 1]
    return Told(_off_by(truth, error * shocks))


def biased(truth: Physics, error: float) -> Forecast:
    """Wrong for good: an error of each region's own that stays, a standard deviation of `error`."""
    draw, shape = np.random.default_rng(SEED), _shape(truth)
    return Told(_off_by(truth, error * draw.standard_normal((1, *shape[1:]))))


def backwards(truth: Physics, error: float) -> Forecast:
    """The period in reverse: its last hour first."""
    hours = np.arange(len(truth.hours))[::-1]
    return Told(replace(at_hours(truth, hours), hours=truth.hours))


def permuted(truth: Physics, error: float) -> Forecast:
    """Every region's price and intensities are those of the region before it in the list."""
    arrays = truth.arrays
    return Told(
        priced(truth, np.roll(arrays.price, 1, axis=-1), np.roll(arrays.intensity, 1, axis=-1))
    )


FORECASTS: dict[str, Callable[[Physics, float], Forecast]] = {
    "perfect": perfect,
    "yesterday": yesterday,
    "last_week": last_week,
    "all_past": all_past,
    "monthly_means": monthly_means,
    "noisy": noisy,
    "biased": biased,
    "reversed": backwards,
    "permuted": permuted,
}
"""Name -> what makes the forecast of a period from its true figures and a relative error."""


def _shape(truth: Physics) -> tuple[int, int, int]:
    hours, sites = truth.shape
    return hours, 1 + truth.footprints, sites


def _off_by(truth: Physics, error: Floats) -> Physics:
    """Price and intensities times exp(error [T, 1 + K, N]): signs and noughts stay."""
    factor, arrays = np.exp(error), truth.arrays
    return priced(truth, arrays.price * factor[:, 0], arrays.intensity * factor[:, 1:])


def _mean_by(group: Integers, figures: Floats) -> Floats:
    """[G, ...] the mean of each group [T] of hours."""
    sums = np.zeros((group.max() + 1, *figures.shape[1:]))
    np.add.at(sums, group, figures)
    count = np.bincount(group).reshape(-1, *(1,) * (figures.ndim - 1))
    means: Floats = sums / count
    return means
