"""The finish: an exact mix over the few hours that are still in doubt.

Near the best duals almost every hour has one cheapest dispatch. Only the hours whose dispatch
changed over the newest trials may be split; a master that mixes each of them by itself, with all
others fixed, finds the exact vertex. Its duals are tried on all hours: where that brings in hours
or dispatches not yet considered, they join and the master is solved again, until the bound is met.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from equity_core.errors import SolverError
from equity_core.model.instance import Instance
from equity_core.solvers.master import Master
from equity_core.solvers.search import Search

Floats = npt.NDArray[np.float64]

FEW_HOURS = 50
"""Hours that may come into doubt at a time: a mix over a few hundred is solved in milliseconds."""

MOST_ROUNDS = 100

EXACT = 1e-13
"""Relative gap of the exact vertex. Short of it, even at 1e-9, cost and burdens still depend on the
path taken, in digits that are shown; going on until no news comes costs hardly a round more."""


def finish(search: Search, tolerance: float) -> Floats:
    """The load [T, N] that is optimal to `tolerance`; leaves bound and duals in `search`.

    Raises `SolverError` where the certificate is not reached.
    """
    instance = search.instance
    centre = search.duals
    doubt = Doubt(instance, search.dispatch(centre).load)
    for trial in sorted(search.newest, key=lambda trial: -trial.bound):
        if doubt.brings_in(trial.load) <= FEW_HOURS:
            doubt.add(trial.load)
    for _ in range(MOST_ROUNDS):
        load, duals = doubt.best_mix()
        value = instance.objective.value(instance.measures(load))
        news = doubt.add(_nearest_useful(search, duals, centre, doubt))
        gap = search.gap(value)
        if gap <= EXACT or (gap <= tolerance and news == 0):
            break
    if gap <= tolerance:
        return load
    raise SolverError(
        f"The plan is certified to {gap:.1e} only, {tolerance:.1e} was asked for; "
        "make weights or factors less extreme and solve again."
    )


def _nearest_useful(search: Search, duals: Floats, centre: Floats, doubt: Doubt) -> Floats:
    """The load at `duals`, or closer to the `centre` while too many hours would change.

    A mix over few hours may ask for duals at which all the others would change; on the way back to
    the duals of the usual load there is news enough, and hardly an hour more comes into doubt.
    """
    load = search.dispatch(duals).load
    while doubt.brings_in(load) > FEW_HOURS:
        duals = (duals + centre) / 2
        load = search.dispatch(duals).load
    return load


class Doubt:
    """The usual load, the hours that may be split, and what each of them may choose instead."""

    def __init__(self, instance: Instance, usual: Floats) -> None:
        self._instance = instance
        self._usual = usual
        self._master = Master(instance.objective, instance.measures(usual))
        self._loads = [usual]
        self._group = np.full(len(usual), -1, dtype=np.int64)
        self._hours: list[npt.NDArray[np.int64]] = []
        self._changes: list[Floats] = []

    def brings_in(self, load: Floats) -> int:
        """How many hours `load` [T, N] would bring into doubt."""
        return int((self._apart(load, self._usual) & (self._group < 0)).sum())

    def add(self, load: Floats) -> int:
        """Let every hour in which `load` differs from the usual one choose it as well.

        Returns how many hours had not met that choice yet.
        """
        fresh = self._apart(load, self._usual) & (self._group < 0)
        self._group[fresh] = self._group.max() + 1 + np.arange(fresh.sum())
        self._master.add_groups(int(fresh.sum()))
        news = np.all([self._apart(load, other) for other in self._loads], axis=0)
        hours = np.flatnonzero(news)
        change = load[hours] - self._usual[hours]
        self._master.add(self._group[hours], self._measures(change, hours))
        self._loads.append(load)
        self._hours.append(hours)
        self._changes.append(change)
        return len(hours)

    def best_mix(self) -> tuple[Floats, Floats]:
        """The best load when every hour in doubt mixes its choices, and the duals of that mix."""
        mix = self._master.solve()
        load = self._usual.copy()
        change = mix.shares[:, None] * np.concatenate(self._changes)
        np.add.at(load, np.concatenate(self._hours), change)
        return load, mix.duals

    def _apart(self, load: Floats, other: Floats) -> npt.NDArray[np.bool_]:
        return self._instance.physics.hours_apart(load, other)

    def _measures(self, load: Floats, hours: npt.NDArray[np.int64]) -> Floats:
        """[C, 1 + K, N] scaled cost and burdens of loads [C, N], each in its hour [C]."""
        arrays = self._instance.physics.arrays
        cost = arrays.price[hours] * load
        burdens = arrays.intensity[hours] * load[:, None, :]
        return np.concatenate([cost[:, None, :], burdens], axis=1) * self._instance.scale
