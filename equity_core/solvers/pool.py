"""What one solve leaves behind for the next: dispatches stay valid when only policy moves."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

import numpy as np
import numpy.typing as npt

from equity_core.inputs.dataset import Dataset
from equity_core.model.dispatch import measure
from equity_core.model.instance import Physics, build_physics, physics_key
from equity_core.scenario.scenario import Scenario

Floats = npt.NDArray[np.float64]

BLOCKS = 8
"""Groups of hours that the master mixes separately: more learn faster, fewer solve faster."""

COLUMNS_KEPT = 40
"""Dispatches kept for the next solve; older ones are seldom used again."""

PHYSICS_KEPT = 8


class WarmStart:
    """The physics of a scenario with the dispatches found so far, in unscaled measures."""

    def __init__(self, physics: Physics) -> None:
        self.physics = physics
        self.lock = Lock()
        self.order = physics.any_order()
        hours = physics.shape[0]
        self.blocks = min(BLOCKS, hours)
        self._block = np.arange(hours, dtype=np.int64) * self.blocks // hours
        self._measures: list[Floats] = []

    @property
    def measures(self) -> Floats:
        """[C, blocks, 1 + K, N] unscaled cost and burdens of the dispatches kept."""
        shape = (0, self.blocks, 1 + self.physics.footprints, self.physics.shape[1])
        return np.stack(self._measures) if self._measures else np.zeros(shape)

    def remember(self, load: Floats) -> Floats:
        """Keep a dispatch [T, N]; returns its unscaled measures [blocks, 1 + K, N]."""
        measures: Floats = measure(self.physics.arrays, load, self._block, self.blocks)
        self._measures.append(measures)
        return measures

    def prune(self) -> None:
        """Forget all but the newest dispatches."""
        del self._measures[:-COLUMNS_KEPT]


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
