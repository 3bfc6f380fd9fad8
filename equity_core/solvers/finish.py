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
from equity_core.model.instance import Instance, Physics
from equity_core.solvers.master import Master
from equity_core.solvers.search import Search

Floats = npt.NDArray[np.float64]

FEW_HOURS = 50
"""Hours that may come into doubt at a time: a mix over a few hundred is solved in milliseconds."""

MOST_ROUNDS = 100


def finish(search: Search, tolerance: float) -> Floats:
    """The load [T, N] that is optimal to `tolerance`; leaves bound and duals in `search`.

    Raises `SolverError` where the certificate is not reached.
    """
    instance = search.instance
    doubt = Doubt(instance.physics, search.dispatch(search.duals).load)
    for trial in sorted(search.newest, key=lambda trial: -trial.bound):
        if doubt.brings_in(trial.load) <= FEW_HOURS:
            doubt.add(trial.load)
    for _ in range(MOST_ROUNDS):
        load, duals = _mixed(instance, doubt)
        value = instance.objective.value(instance.measures(load))
        doubt.add(_nearest_useful(search, duals, doubt))
        if value - search.bound <= tolerance * abs(value):
            return load
    gap = (value - search.bound) / abs(value)
    raise SolverError(
        f"The plan is certified to {gap:.1e} only, {tolerance:.1e} was asked for; "
        "make weights or factors less extreme and solve again."
    )


class Doubt:
    """The hours that may be split, and the loads between which each may choose."""

    def __init__(self, physics: Physics, usual: Floats) -> None:
        self._physics = physics
        self.usual = usual
        self._loads = [usual]
        self._hours = np.zeros(len(usual), dtype=bool)

    def brings_in(self, load: Floats) -> int:
        """How many hours `load` [T, N] would add."""
        return int((self._differs(load) & ~self._hours).sum())

    def add(self, load: Floats) -> None:
        """Let the hours in which `load` differs from the usual one choose it as well."""
        self._hours |= self._differs(load)
        self._loads.append(load)

    def choices(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], Floats]:
        """Hours in doubt [D]; of each choice its hour as a place [C] in D, and its load [C, N]."""
        hours = np.flatnonzero(self._hours)
        loads = np.stack([load[hours] for load in self._loads])
        candidate, place = np.nonzero(_first_of_its_kind(loads, self._physics.same_within))
        return hours, place, loads[candidate, place]

    def _differs(self, load: Floats) -> npt.NDArray[np.bool_]:
        return self._physics.hours_apart(load, self.usual)


def _nearest_useful(search: Search, duals: Floats, doubt: Doubt) -> Floats:
    """The load at `duals`, or at duals closer to the best ones while too many hours would change.

    A mix over few hours may ask for duals at which all the others would change; on the way back to
    the best duals there is news enough, and hardly an hour more comes into doubt.
    """
    load = search.dispatch(duals).load
    while doubt.brings_in(load) > FEW_HOURS:
        duals = (duals + search.duals) / 2
        load = search.dispatch(duals).load
    return load


def _mixed(instance: Instance, doubt: Doubt) -> tuple[Floats, Floats]:
    """The best load when every hour in doubt mixes its choices, and the duals of that mix."""
    hours, place, choices = doubt.choices()
    load = doubt.usual.copy()
    load[hours] = 0.0
    master = Master(instance.objective, len(hours), instance.measures(load))
    master.add(place, _measures_of_hours(instance, choices, hours[place]))
    mix = master.solve()
    whole = np.bincount(place, mix.shares, minlength=len(hours))
    np.add.at(load, hours[place], (mix.shares / whole[place])[:, None] * choices)
    return load, mix.duals


def _first_of_its_kind(choices: Floats, same_within: float) -> npt.NDArray[np.bool_]:
    """[C, H] is choices[c, h] unlike every earlier choice of the hour?"""
    first = np.ones(choices.shape[:2], dtype=bool)
    for c in range(1, len(choices)):
        unlike = (np.abs(choices[:c] - choices[c]) > same_within).any(axis=2)
        first[c] = (unlike | ~first[:c]).all(axis=0)
    return first


def _measures_of_hours(instance: Instance, load: Floats, hours: npt.NDArray[np.int64]) -> Floats:
    """[C, 1 + K, N] scaled cost and burdens of loads [C, N], each in its hour [C]."""
    cost = instance.physics.arrays.price[hours] * load
    burdens = instance.physics.arrays.intensity[hours] * load[:, None, :]
    return np.concatenate([cost[:, None, :], burdens], axis=1) * instance.scale
