"""The search for the best duals: each trial is one dispatch and one bound."""

from __future__ import annotations

import sys
from collections import deque
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from equity_core.model.instance import Instance
from equity_core.solvers.pool import WarmStart

Floats = npt.NDArray[np.float64]

LAST_DISPATCHES = 6
"""How many of the newest dispatches tell which hours are in doubt."""


@dataclass(frozen=True, eq=False)
class Trial:
    """A cheapest load [T, N] MW, and the bound on the objective that its value gives."""

    bound: float
    load: Floats


@dataclass(eq=False)
class Search:
    """The duals tried so far: the best bound and, for the finish, the newest dispatches."""

    instance: Instance
    start: WarmStart
    duals: Floats
    bound: float = -np.inf
    rounds: int = 0
    newest: deque[Trial] = field(default_factory=lambda: deque(maxlen=LAST_DISPATCHES))

    def dispatch(self, duals: Floats) -> Trial:
        """The cheapest load at `duals`; keeps bound and duals where they are the best."""
        duals = self.instance.objective.feasible_duals(duals)
        weights = self.instance.objective.weights(duals) * self.instance.scale
        bound, load = self.instance.physics.cheapest(weights, self.instance.scale, self.start.order)
        self.rounds += 1
        if bound > self.bound:
            self.bound, self.duals = bound, duals
        self.newest.append(Trial(bound, load))
        return self.newest[-1]

    def gap(self, objective: float) -> float:
        """Distance of `objective` from the bound, relative to it; 0 where both are 0."""
        return (objective - self.bound) / max(abs(objective), sys.float_info.min)

    def settled(self, few: int) -> bool:
        """The last two dispatches differ in `few` hours at most."""
        if len(self.newest) < 2:
            return False
        changed = self.instance.physics.hours_apart(self.newest[-1].load, self.newest[-2].load)
        return int(changed.sum()) <= few
