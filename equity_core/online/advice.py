"""Advice: what a unit of burden should count at each region from now on.

A rolling horizon asks a forecast, and an adversary says what hurts.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from equity_core.arrays import Floats
from equity_core.model.instance import Instance
from equity_core.model.physics import Physics
from equity_core.model.waiting import Waiting
from equity_core.online.begun import begun
from equity_core.online.charges import Charges, charges_of, duals_of
from equity_core.online.forecasts import DAY, Forecast
from equity_core.online.pace import spare_of
from equity_core.solvers.engine.dual_ascent import ascend
from equity_core.solvers.engine.dual_search import Search
from equity_core.solvers.engine.plan import in_own_units
from equity_core.solvers.engine.primal_recovery import few_hours
from equity_core.solvers.engine.warm_starts import WarmStart


class Advice(ABC):
    """Who is asked again `every` so many hours."""

    every: int

    @abstractmethod
    def duals(self, hour: int, so_far: Floats, left: float) -> Floats:
        """[K, N] what a unit counts besides levies, by cost and burdens so far [1 + K, N].

        left  MWh of the hour's window that still wait
        """


class Replanning(Advice):
    """Each day the rest of the period is planned anew on a forecast: docs/METHOD.md (30).

    Only the duals are kept: the loads of a plan need not be possible when its hour comes.
    """

    every = DAY

    def __init__(self, instance: Instance, forecast: Forecast, watch: Callable[[], None]) -> None:
        self.instance, self.forecast, self.watch = instance, forecast, watch
        self._last: WarmStart | None = None

    def duals(self, hour: int, so_far: Floats, left: float) -> Floats:
        objective, hours = self.instance.objective, self.instance.physics.shape[0]
        expected = None if objective.separable else self.forecast.ahead(hour, hours)
        duals = objective.rows.start
        if expected is not None:
            duals = self._planned(self._with_waiting(expected, left), so_far)
        besides: Floats = objective.weights(duals) - objective.coefficients
        return besides[1:]

    def _with_waiting(self, expected: Physics, left: float) -> Physics:
        """What is known to wait stands for what is expected to; no more than finds room."""
        if not expected.waits:
            return expected
        start, energy = expected.waiting
        one = len(self.instance.physics.waiting.energy) == 1
        room = np.add.reduceat(spare_of(expected), start[:-1])
        energy = np.minimum(left if one else energy, room)
        return replace(expected, waiting=Waiting(start, energy))

    def _planned(self, expected: Physics, so_far: Floats) -> Floats:
        """[R] the best duals for what is expected; a climb alone is enough."""
        scale, objective = self.instance.scale, self.instance.objective
        largest = expected.largest_measures * scale
        rest = Instance(expected, scale, begun(objective, so_far, largest))
        handy, start = rest.in_units(), self._start(expected)
        search = Search.begin(handy, start, self.watch)
        ascend(search, few_hours(search))
        start.learn(handy.objective, search.best.duals)
        return in_own_units(rest, search.best).duals

    def _start(self, expected: Physics) -> WarmStart:
        """Where the last plan ended, for other hours."""
        start, last = WarmStart(expected), self._last
        if last is not None:
            start.shares = last.shares
            known = last.order[-len(start.order) :]
            start.order[-len(known) :] = known
        self._last = start
        return start


class LeastLoaded(Advice):
    """The adversary: all weight on the region that carries least so far."""

    every = 1

    def __init__(self, instance: Instance) -> None:
        self.charges: Charges = charges_of(instance)

    def duals(self, hour: int, so_far: Floats, left: float) -> Floats:
        charges = self.charges
        gamma = np.zeros((1, *charges.worth.shape))
        weighed = charges.worth * so_far[charges.quantity]
        gamma[0, np.arange(len(weighed)), weighed.argmin(axis=1)] = 1.0
        return duals_of(charges, gamma, len(so_far) - 1)[0]
