"""What hours would gain by another choice, once the slopes of all choices are known.

An hour keeps its best choice by itself; where load waits, the hours of a window have to balance as
well. Its price is where what the window's hours would gain together is least: by that price no hour
gains exactly where all of them together would not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from equity_core.arrays import Flags, Floats, Integers

HALVINGS = 120
"""From the largest price that could matter down to rounding."""

HELD = 1e-12
"""Share from which a choice counts, and short of 1 by which it does not fill its slot."""


@dataclass(frozen=True, eq=False)
class Slots:
    """Where choices belong: each to one slot (an hour, or a block of hours), and to one window.

    slot     [C] the slot of each choice, from 0
    window   [C] the window that its energy enters; `windows`, their number, where it changes none
    energy   [C] what its whole share adds to the balance of the window
    count    number of slots
    """

    slot: Integers
    window: Integers
    energy: Floats
    count: int
    windows: int

    @classmethod
    def of(cls, shared: Flags, balance: Floats) -> Slots:
        """From which choices enter each slot [S, C], and what they add to each window [W, C]."""
        window = np.full(shared.shape[1], len(balance))
        energy = np.zeros(shared.shape[1])
        row, choice = np.nonzero(balance)
        window[choice], energy[choice] = row, balance[row, choice]
        return cls(np.argmax(shared, axis=0), window, energy, len(shared), len(balance))

    def mixed(self, shares: Floats) -> Flags:
        """[C] the choices that share a slot with others, or with the base plan."""
        used = shares > HELD
        split = np.bincount(self.slot, used & (shares < 1 - HELD), minlength=self.count) > 0
        return used & split[self.slot]

    def better(self, shares: Floats, slope: Floats, least: float, most: int) -> Flags:
        """[C] the best choices of the `most` slots that gain most by them, more than `least` each.

        What these slots have so far comes with them, and what balances them: the other slots of
        their windows that gain, or where two choices are equally good at the window's price.
        """
        low, high = self._prices(slope)
        best = self._best(slope + low[self.window] * self.energy)
        other = self._best(slope + high[self.window] * self.energy)
        gain = self._gain(shares, slope + low[self.window] * self.energy)
        chosen = np.zeros(self.count, dtype=bool)
        chosen[np.argsort(-gain, kind="stable")[:most]] = True
        chosen &= gain > least
        swings = np.bincount(self.slot, best ^ other, minlength=self.count) > 0
        moves = swings | (gain > least) if self.windows > 1 else swings
        chosen |= self._partners(chosen) & moves
        return (best | other | (shares > HELD)) & chosen[self.slot]

    def _gain(self, shares: Floats, slope: Floats) -> Floats:
        """[S] what each slot would gain by its best choice alone, to first order."""
        return np.bincount(self.slot, shares * slope, minlength=self.count) - self._least(slope)

    def _partners(self, chosen: Flags) -> Flags:
        """[S] the slots in windows of the `chosen` ones."""
        touched = np.zeros(self.windows + 1, dtype=bool)
        touched[self.window[chosen[self.slot]]] = True
        touched[self.windows] = False
        partner = np.zeros(self.count, dtype=bool)
        partner[self.slot[touched[self.window]]] = True
        return partner

    def _prices(self, slope: Floats) -> tuple[Floats, Floats]:
        """[W + 1] prices of energy just below and above which a window balances, 0 for none."""
        high = np.zeros(self.windows + 1)
        own = self.energy != 0
        if own.any():
            high[:-1] = 2 * np.abs(slope).max() / np.abs(self.energy[own]).min()
        low = -high
        for _ in range(HALVINGS if own.any() else 0):
            middle = (low + high) / 2
            short = self._taken(slope + middle[self.window] * self.energy) > 0
            low, high = np.where(short, middle, low), np.where(short, high, middle)
        low[-1] = high[-1] = 0.0
        return low, high

    def _taken(self, slope: Floats) -> Floats:
        """[W + 1] energy that the best choices of all slots would take."""
        best = self._best(slope)
        taken = np.bincount(self.window, best * self.energy, minlength=self.windows + 1)
        return np.asarray(taken, dtype=float)

    def _best(self, slope: Floats) -> Flags:
        """[C] the best choice of each slot that has a better one than the base plan."""
        least = self._least(slope)[self.slot]
        alike = np.flatnonzero((slope == least) & (least < 0))
        one = np.full(self.count, -1)
        one[self.slot[alike]] = alike
        best = np.zeros(len(slope), dtype=bool)
        best[one[one >= 0]] = True
        return best

    def _least(self, slope: Floats) -> Floats:
        least = np.zeros(self.count)
        np.minimum.at(least, self.slot, slope)
        return least
