"""What one solve leaves behind for the next: duals stay good when only policy moves a little."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

import numpy as np

from equity_core.arrays import Floats
from equity_core.inputs.dataset import Dataset
from equity_core.model.instance import build_physics, physics_key
from equity_core.model.physics import Physics
from equity_core.model.policy import Objective
from equity_core.scenario.scenario import Scenario

PHYSICS_KEPT = 8


Shares = dict[str, float]
"""Duals by the names of their rows, as shares of the largest allowed."""


class WarmStart:
    """The physics of a scenario, the order in which sites were visited last, and the last duals.

    shares  the last duals, empty before the first
    path    the shares at each point of the last frontier
    tied    names of the rows with which thousands of hours hung on nearly equal sites
    """

    def __init__(self, physics: Physics) -> None:
        self.physics = physics
        self.lock = Lock()
        self.order = physics.any_order()
        self.path: tuple[Shares, ...] = ()
        self.shares: Shares = {}
        self.tied: tuple[str, ...] | None = None

    @property
    def cold(self) -> bool:
        """Nothing has been learnt yet."""
        return not self.shares

    def forget(self) -> None:
        """Be cold again."""
        self.order, self.shares, self.tied = self.physics.any_order(), {}, None

    def is_tied(self, objective: Objective) -> bool:
        """Whether a plan with these rows needed whole blocks of hours to be mixed."""
        return self.tied == objective.rows.names

    def like(self) -> WarmStart:
        """The same physics and order, for questions that should not disturb what is learnt."""
        other = WarmStart(self.physics)
        other.order = self.order
        return other

    def copy(self, physics: Physics) -> WarmStart:
        """What is learnt, to go on from without changing it; `physics` may differ in demand."""
        other = WarmStart(physics)
        other.order, other.shares, other.tied = self.order.copy(), dict(self.shares), self.tied
        return other

    def step_like(self, before: Shares, after: Shares) -> None:
        """Expect the duals to change from here as they did elsewhere, from `before` to `after`."""
        self.shares = {
            name: min(max(share + after.get(name, 0.0) - before.get(name, 0.0), 0.0), 1.0)
            for name, share in self.shares.items()
        }

    def learn(self, objective: Objective, duals: Floats) -> None:
        """Remember the best duals [R] of the objective's rows."""
        shares = duals / objective.rows.largest_duals
        self.shares = dict(zip(objective.rows.names, shares.tolist(), strict=True))

    def duals_for(self, objective: Objective) -> Floats:
        """[R] duals to start from: those remembered, and for rows that are new their own start."""
        rows = objective.rows
        pairs = zip(rows.names, rows.start / rows.largest_duals, strict=True)
        shares = np.array([self.shares.get(name, share) for name, share in pairs])
        return shares * rows.largest_duals


class Pool:
    """Warm starts by physics, the least recently used forgotten first. Safe between threads."""

    def __init__(self) -> None:
        self._starts: OrderedDict[tuple[object, ...], WarmStart] = OrderedDict()
        self._lock = Lock()

    def start_for(self, scenario: Scenario, dataset: Dataset) -> WarmStart:
        """The warm start of the scenario's physics, made when there is none yet."""
        key = physics_key(scenario, dataset)
        with self._lock:
            start = self._starts.pop(key, None)
        if start is None:
            start = WarmStart(build_physics(scenario, dataset))
        with self._lock:
            self._starts[key] = start
            while len(self._starts) > PHYSICS_KEPT:
                self._starts.popitem(last=False)
        return start
