"""What one solve leaves behind for the next: dispatches stay valid when only policy moves."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

import numpy as np
import numpy.typing as npt

from equity_core.inputs.dataset import Dataset
from equity_core.model.dispatch import measure
from equity_core.model.instance import Instance, Physics, build_physics, physics_key
from equity_core.scenario.scenario import Scenario
from equity_core.solvers.master import Master

Floats = npt.NDArray[np.float64]

BLOCKS = 8
"""Groups of hours that the master mixes separately: more learn faster, fewer solve faster."""

MOST_DISPATCHES, DISPATCHES_KEPT = 30, 10
"""Above so many dispatches a master is built anew, from so many of the newest."""

PHYSICS_KEPT = 8


class WarmStart:
    """The physics of a scenario, the dispatches found so far, and the master that mixes them."""

    def __init__(self, physics: Physics) -> None:
        self.physics = physics
        self.lock = Lock()
        self.order = physics.any_order()
        hours = physics.shape[0]
        self._blocks = min(BLOCKS, hours)
        self._block = np.arange(hours, dtype=np.int64) * self._blocks // hours
        self._measures: list[Floats] = []
        self._master: Master | None = None
        self._scale = np.zeros(0)

    @property
    def empty(self) -> bool:
        """Nothing has been learnt yet."""
        return not self._measures

    def learn(self, load: Floats) -> None:
        """Add a dispatch [T, N] to what may be mixed."""
        self._measures.append(measure(self.physics.arrays, load, self._block, self._blocks))
        if self._master is not None:
            change = (self._measures[-1] - self._measures[0]) * self._scale
            self._master.add(np.arange(self._blocks), change)

    def master_for(self, instance: Instance) -> Master:
        """The master over all dispatches; continued where only weights moved since the last."""
        if self._master is None or not self._continues(self._master, instance):
            self._master, self._scale = self._new_master(instance), instance.scale
        return self._master

    def _continues(self, master: Master, instance: Instance) -> bool:
        return (
            len(self._measures) <= MOST_DISPATCHES
            and np.array_equal(self._scale, instance.scale)
            and master.reweigh(instance.objective)
        )

    def _new_master(self, instance: Instance) -> Master:
        """A master over the newest dispatches; the others are seldom used again."""
        del self._measures[:-DISPATCHES_KEPT]
        base, *others = np.stack(self._measures) * instance.scale
        master = Master(instance.objective, base.sum(axis=0))
        master.add_groups(self._blocks)
        changes = np.reshape([other - base for other in others], (-1, *base.shape[1:]))
        master.add(np.tile(np.arange(self._blocks), len(others)), changes)
        return master


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
