"""The search for the best duals: each trial is one dispatch and one bound on the objective."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from equity_core.arrays import Floats
from equity_core.errors import SolverError
from equity_core.model.instance import Instance
from equity_core.model.physics import Served
from equity_core.solvers.engine.warm_starts import WarmStart

SAMPLED_HOURS = 100
"""So many hours tell how large values are."""


ROUNDING = 1e-9
"""Share of what the objective can be at most: a full fleet has one plan, which may reach it."""


class LimitsClash(Exception):
    """No plan keeps all limits; told in words by `goals.py`."""


def not_certified(gap: float, tolerance: float) -> SolverError:
    """For a plan that may be farther from the best one than was asked for."""
    return SolverError(
        f"The plan is certified to {gap:.1e} only, {tolerance:.1e} was asked for; "
        "make weights or factors less extreme and solve again."
    )


@dataclass(frozen=True, eq=False)
class Trial:
    """What the dispatcher answers to duals [R] of the rows.

    bound  no plan is better than this: docs/METHOD.md (7)
    slope  [R] what a little more of each dual adds to the bound
    served the dispatch
    """

    duals: Floats
    bound: float
    slope: Floats
    served: Served

    @property
    def load(self) -> Floats:
        """[T, N] MW."""
        return self.served.load


@dataclass(eq=False)
class Search:
    """The best trial so far. `watch` is called before each dispatch and may raise to stop."""

    instance: Instance
    start: WarmStart
    watch: Callable[[], None]
    best: Trial
    rounds: int = 0
    _last: Trial | None = None

    @classmethod
    def begin(cls, instance: Instance, start: WarmStart, watch: Callable[[], None]) -> Search:
        """A search whose first trial is made at the duals that the warm start remembers."""
        none = np.zeros(0)
        nothing = Trial(none, -np.inf, none, Served(0.0, none, none, none))
        search = cls(instance, start, watch, nothing)
        search.dispatch(start.duals_for(instance.objective))
        return search

    def dispatch(self, duals: Floats) -> Trial:
        """The cheapest load at `duals`, made feasible first; kept where its bound is the best.

        Raises `LimitsClash` where the bound shows that no plan keeps all limits.
        """
        self.watch()
        objective, scale = self.instance.objective, self.instance.scale
        duals = objective.feasible_duals(duals)
        weights = objective.weights(duals) * scale
        served = self.instance.physics.cheapest(weights, scale, self.start.order)
        rows = objective.rows
        used = rows.used(self.instance.measures(served.load))
        bound = served.value - float(rows.right_side @ duals)
        trial = Trial(duals, bound, used - rows.right_side, served)
        self.rounds += 1
        self._last = trial
        if trial.bound > objective.most * (1 + ROUNDING) + ROUNDING * objective.scale:
            raise LimitsClash
        if trial.bound > self.best.bound:
            self.best = trial
        return trial

    def best_again(self) -> Trial:
        """The best trial, with the sites of every hour in the order in which it visits them."""
        return self.best if self._last is self.best else self.dispatch(self.best.duals)

    def gap(self, objective: float) -> float:
        """Distance of `objective` from the bound, relative to it; 0 where both are 0.

        docs/METHOD.md (9).
        """
        return self.instance.objective.relative(objective - self.best.bound, objective)

    def values(self, weights: Floats) -> Floats:
        """[..., S, N] what a MWh counts at `weights` [..., 1 + K, N], in a sample of the hours."""
        arrays = self.instance.physics.arrays
        weights = weights * self.instance.scale
        every = slice(None, None, max(1, len(arrays.price) // SAMPLED_HOURS))
        values: Floats = arrays.price[every] * weights[..., None, 0, :]
        values += np.einsum("tki,...ki->...ti", arrays.intensity[every], weights[..., 1:, :])
        return values

    def largest_values(self, weights: Floats) -> Floats:
        """[..., S, P] the largest size of `values` among the sites of each part of the fleet."""
        values = np.abs(self.values(weights))
        parts = self.instance.physics.parts
        each = [values[..., own].max(axis=-1, initial=0.0) for own in parts]
        return np.stack(each, axis=-1)

    def spread(self, weights: Floats) -> Floats:
        """[P] how far `values` lie apart between the sites of each part of the fleet."""
        values = self.values(weights)
        each = [values[:, own] for own in self.instance.physics.parts]
        return np.array([x.std(axis=1).mean() if x.size else 0.0 for x in each])
