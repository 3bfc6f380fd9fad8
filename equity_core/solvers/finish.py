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
from equity_core.solvers.search import Search, Trial

Floats = npt.NDArray[np.float64]

SAME_WITHIN = 1e-9
"""MW of difference, relative to the largest capacity, below which two loads are the same."""

NEAR = 3e-5
"""Relative distance of its bound from the best within which a dispatch speaks of the optimum."""

MOST_ROUNDS = 50


def finish(search: Search, tolerance: float) -> Floats:
    """The load [T, N] that is optimal to `tolerance`; leaves bound and duals in `search`.

    Raises `SolverError` where the certificate is not reached.
    """
    instance = search.instance
    usual = search.dispatch(search.duals).load
    candidates = [usual, *(trial.load for trial in search.newest if _is_near(trial, search))]
    for _ in range(MOST_ROUNDS):
        load, duals = _mixed(instance, usual, candidates)
        value = instance.objective.value(instance.measures(load))
        candidates.append(_nearest_useful(search, duals).load)
        if value - search.bound <= tolerance * abs(value):
            return load
    gap = (value - search.bound) / abs(value)
    raise SolverError(
        f"The plan is certified to {gap:.1e} only, {tolerance:.1e} was asked for; "
        "make weights or factors less extreme and solve again."
    )


def _is_near(trial: Trial, search: Search) -> bool:
    return search.bound - trial.bound <= NEAR * abs(search.bound)


def _nearest_useful(search: Search, duals: Floats) -> Trial:
    """The dispatch at `duals`, or at duals closer to the best ones while its bound is far off.

    A mix over few hours may ask for duals at which all the others would change; halfway back to
    the best duals there is news enough, and hardly an hour more comes into doubt.
    """
    trial = search.dispatch(duals)
    while not _is_near(trial, search):
        duals = (duals + search.duals) / 2
        trial = search.dispatch(duals)
    return trial


def _mixed(instance: Instance, usual: Floats, candidates: list[Floats]) -> tuple[Floats, Floats]:
    """The best load when every hour in doubt mixes its candidates, and the duals of that mix."""
    near = SAME_WITHIN * instance.physics.arrays.capacity.max()
    doubtful = np.flatnonzero(
        np.any([(np.abs(load - usual) > near).any(axis=1) for load in candidates], axis=0)
    )
    choices = np.stack([load[doubtful] for load in candidates])
    candidate, hour = np.nonzero(_first_of_its_kind(choices, near))
    settled = usual.copy()
    settled[doubtful] = 0.0
    master = Master(instance.objective, len(doubtful), instance.measures(settled))
    options = choices[candidate, hour]
    master.add(hour, _measures_of_hours(instance, options, doubtful[hour]))
    mix = master.solve()
    whole = np.bincount(hour, mix.shares, minlength=len(doubtful))
    np.add.at(settled, doubtful[hour], (mix.shares / whole[hour])[:, None] * options)
    return settled, mix.duals


def _first_of_its_kind(choices: Floats, near: float) -> npt.NDArray[np.bool_]:
    """[C, H] is choices[c, h] unlike every earlier choice of the hour?"""
    first = np.ones(choices.shape[:2], dtype=bool)
    for c in range(1, len(choices)):
        unlike = (np.abs(choices[:c] - choices[c]) > near).any(axis=2)
        first[c] = (unlike | ~first[:c]).all(axis=0)
    return first


def _measures_of_hours(instance: Instance, load: Floats, hours: npt.NDArray[np.int64]) -> Floats:
    """[C, 1 + K, N] scaled cost and burdens of loads [C, N], each in its hour [C]."""
    cost = instance.physics.arrays.price[hours] * load
    burdens = instance.physics.arrays.intensity[hours] * load[:, None, :]
    return np.concatenate([cost[:, None, :], burdens], axis=1) * instance.scale
