"""The rules of the master: an hour's shares are 1 at most, and all that waits in a window runs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from equity_core.arrays import Floats, Integers
from equity_core.model.physics import Physics


class Entries(NamedTuple):
    """Limits of new rules, and which rules [C, E] each choice enters with what [C, E]."""

    limits: Floats
    rule: Integers
    entry: Floats


class Rules:
    """Rules numbered as they come up: one for each slot, two for each window in which load waits.

    Two, as what runs in the window's other hours is neither more nor less than what runs here less.
    """

    def __init__(self, physics: Physics) -> None:
        slots = len(physics.hours) * len(physics.parts)
        self._window = physics.waiting.window
        self._least, self._unit = physics.same_within, physics.most_asked.max()
        self._of_slot = np.full(slots, -1, dtype=np.int64)
        self._of_window = np.full(len(physics.waiting.energy), -1, dtype=np.int64)
        self._count = 0

    @property
    def slots(self) -> int:
        """How many slots have a rule."""
        return int((self._of_slot >= 0).sum())

    def fresh(self, slot: Integers) -> Integers:
        """The slots without a rule, each once."""
        return np.unique(slot[self._of_slot[slot] < 0])

    def of(self, slot: Integers, hour: Integers, change: Floats) -> Entries:
        """The rules of choices that change [C, N] MW in `hour` [C]; new ones are numbered."""
        limits = np.ones(self._number(self._of_slot, self.fresh(slot), 1))
        rule, entry = self._of_slot[slot][:, None], np.ones((len(slot), 1))
        if not len(self._of_window):
            return Entries(limits, rule, entry)
        window = self._window[hour]
        fresh = np.unique(window[self._of_window[window] < 0])
        balance = np.zeros(self._number(self._of_window, fresh, 2))
        first = self._of_window[window]
        energy = change.sum(axis=1)
        energy[np.abs(energy) <= self._least] = 0.0
        energy /= self._unit
        return Entries(
            np.concatenate([limits, balance]),
            np.column_stack([rule, first, first + 1]),
            np.column_stack([entry, energy, -energy]),
        )

    def _number(self, numbers: Integers, fresh: Integers, each: int) -> int:
        """Number what is `fresh`, `each` rules for each; how many rules that makes."""
        count = each * len(fresh)
        numbers[fresh] = self._count + np.arange(0, count, each)
        self._count += count
        return count
