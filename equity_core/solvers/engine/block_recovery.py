"""Primal recovery by blocks: whole blocks of the dispatches so far are mixed, not single hours.

Where many sites have nearly the same figures (states of one grid area, one price for a month),
thousands of hours hang on the last digits of the duals, and a mix by the hour grows too large to
solve. Few blocks do: Dantzig and Wolfe's master with one convexity row a block. Each trial adds one
column to each block, and its bound is the same certificate.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from equity_core.arrays import Flags, Floats, Integers
from equity_core.model.dispatch import measure
from equity_core.model.physics import Physics
from equity_core.solvers.engine.dual_search import Search, not_certified
from equity_core.solvers.engine.master import Master, MasterSolution
from equity_core.solvers.engine.sqp_master import SqpMaster, roughly

BLOCK_HOURS, MOST_BLOCKS = 24, 64
"""Fewer blocks need more rounds, more blocks make each master dearer than its dispatch."""

FIRST_BOX = 0.02
"""Reach of the duals at first, as a share of the usual spread of values between sites."""

FAR_WIDER = 1e4

MOST_ROUNDS = 400

IDLE_ROUNDS = 8
"""Rounds without a better bound after which what is left of the gap is taken for rounding."""


def recover_by_blocks(search: Search, tolerance: float, exact: float) -> Floats:
    """The load [T, N] that is optimal to `tolerance`, and to `exact` if that can be had.

    Leaves bound and duals in `search`. Raises `SolverError` where the certificate is not reached.
    """
    columns, box = _Columns.around(search), _StabilisationBox.around(search)
    value, idle, gap = search.instance.objective.value, 0, 1.0
    for _ in range(MOST_ROUNDS):
        columns.master.hold(*box.sides())
        mix = columns.master.solve(roughly(gap, tolerance))
        gap = search.gap(value(mix.measures))
        if gap <= exact or (gap <= tolerance and idle >= IDLE_ROUNDS and not mix.rough):
            break
        trial = search.dispatch(mix.duals)
        columns.add(trial.load)
        idle = 0 if search.best is trial else idle + 1
        box.follow(search.best.duals, mix.boxed, idle)
    if gap <= tolerance:
        return columns.load(mix)
    raise not_certified(gap, tolerance)


@dataclass
class _StabilisationBox:
    """Bounds on the duals [R]: `reach` around the best ones known."""

    centre: Floats
    reach: Floats

    @classmethod
    def around(cls, search: Search) -> _StabilisationBox:
        objective = search.instance.objective
        spread = search.spread(objective.weights(search.best.duals)).max()
        moves = search.largest_values(np.abs(objective.rows.coefficients)).mean(axis=1).max(axis=1)
        moves = np.maximum(moves, np.finfo(float).tiny)
        reach = np.clip(FIRST_BOX * spread / moves, 1e-12, 1e15)
        return cls(search.best.duals, reach)

    def sides(self) -> tuple[Floats, Floats]:
        return np.maximum(self.centre - self.reach, 0.0), self.centre + self.reach

    def follow(self, best: Floats, boxed: Flags, idle: int) -> None:
        """To the best duals known: wider where they would leave the box, tighter after a miss.

        After `IDLE_ROUNDS` misses in a row it is far wider: where the first duals are the best
        ones, a tight box around them asks for the same loads for ever.
        """
        self.centre = best
        if idle == 0:
            self.reach = self.reach * np.where(boxed, 2.0, 1.0)
        else:
            self.reach = self.reach * (FAR_WIDER if idle % IDLE_ROUNDS == 0 else 0.7)


@dataclass
class _Columns:
    """The incumbent load, and what other trials do otherwise in each block of hours."""

    search: Search
    block: Integers
    incumbent: Floats
    base: Floats
    master: Master | SqpMaster
    loads: list[Floats] = field(default_factory=list)
    chosen: list[tuple[int, Integers]] = field(default_factory=list)

    @classmethod
    def around(cls, search: Search) -> _Columns:
        instance, incumbent = search.instance, search.best.load
        block, blocks = _blocks(instance.physics)
        base = measure(instance.physics.arrays, incumbent, block, blocks)
        kind = SqpMaster if instance.objective.rows.dual_norms else Master
        master = kind(instance.objective, instance.measures(incumbent))
        rule = np.zeros((0, 1), np.int64)
        balance = np.zeros(2 if instance.physics.waits else 0)
        limits = np.concatenate([np.ones(blocks), balance])
        master.add(limits, rule, np.zeros((0, 1)), np.zeros((0, *base.shape[1:])))
        return cls(search, block, incumbent, base, master)

    def add(self, load: Floats) -> None:
        """Let the master choose `load` [T, N] in every block where it differs."""
        instance = self.search.instance
        found = measure(instance.physics.arrays, load, self.block, len(self.base))
        change = (found - self.base) * instance.scale
        apart = np.flatnonzero(np.abs(change).max(axis=(1, 2)) > 0)
        if apart.size:
            self._offer(apart, change[apart], load)
            self.chosen.append((len(self.loads), apart))
            self.loads.append(load)

    def _offer(self, blocks: Integers, change: Floats, load: Floats) -> None:
        """Let the master choose what `load` does in these blocks."""
        rule, entry = blocks[:, None], np.ones((len(blocks), 1))
        if self.search.instance.physics.waits:
            energy = self._energy(load)[blocks]
            more, less = np.full((2, len(blocks)), len(self.base) + np.array([[0], [1]]))
            rule = np.column_stack([rule, more, less])
            entry = np.column_stack([entry, energy, -energy])
        self.master.add(np.zeros(0), rule, entry, change)

    def _energy(self, load: Floats) -> Floats:
        """[B] how much more waiting energy `load` runs in each block, as a share of the largest.

        Nothing where days in which load waits lie whole in a block.
        """
        physics = self.search.instance.physics
        energy = np.bincount(self.block, (load - self.incumbent).sum(axis=1))
        energy[np.abs(energy) <= physics.same_within * len(load)] = 0.0
        return energy / physics.most_asked.max()

    def load(self, mix: MasterSolution) -> Floats:
        """[T, N] the load of a mix, MW."""
        load, first = self.incumbent.copy(), 0
        for number, blocks in self.chosen:
            share = np.zeros(len(self.base))
            share[blocks] = mix.shares[first : first + len(blocks)]
            first += len(blocks)
            if share.any():
                load += share[self.block][:, None] * (self.loads[number] - self.incumbent)
        return load


def _blocks(physics: Physics) -> tuple[Integers, int]:
    """[T] the block of each hour, and their number; days in which load waits stay whole."""
    hours = len(physics.hours)
    several = len(physics.waiting.energy) > 1
    unit = physics.waiting.window if several else np.arange(hours)
    units = int(unit[-1]) + 1
    blocks = int(np.clip(hours // BLOCK_HOURS, 1, min(MOST_BLOCKS, units)))
    return unit * blocks // units, blocks
