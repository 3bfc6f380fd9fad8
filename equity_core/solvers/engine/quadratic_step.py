"""One step of sequential quadratic programming: the best mix by a quadratic model of the norms.

DAQP's work grows with the cube of the unknowns, and of a thousand hours in doubt all but some
dozens keep what they have. So only hours that gain by it are let go, and what the others would gain
is looked up at the end, until none would: the same optimum.
"""

from __future__ import annotations

from dataclasses import dataclass

import daqp
import numpy as np

from equity_core.arrays import Flags, Floats, Integers
from equity_core.errors import SolverError

NEARBY = 1e-6
"""Pull towards the mix so far, relative to the largest curvature: it keeps the program strict."""

FLAT = 1e-30
"""Curvature, as a share of the slope, that is none."""

SMALL = 200
"""Unknowns up to which a program is solved as a whole."""

FRESH = 100
"""Hours let go at a time, those that gain most."""

NO_GAIN = 1e-14
"""Relative to the largest slope: what an hour may gain without being let go."""

SOLVED = 1


@dataclass(frozen=True, eq=False)
class Model:
    """slope @ d + d' bend d / 2 for a change d of the unknowns [X]; bend is the sum of own' second
    own over the norms, each (own [R, X], second [R, R])."""

    slope: Floats
    bends: tuple[tuple[Floats, Floats], ...]

    def slope_after(self, change: Floats) -> Floats:
        """[X] the slope once the unknowns have changed."""
        return self.slope + sum((own.T @ (second @ (own @ change)) for own, second in self.bends))

    def only(self, free: Integers) -> Model:
        """The model while all other unknowns stay."""
        return Model(self.slope[free], tuple((own[:, free], bent) for own, bent in self.bends))

    def curvature(self) -> Floats:
        """[X, X]"""
        none = np.zeros((len(self.slope), len(self.slope)))
        return none + sum(own.T @ second @ own for own, second in self.bends)


@dataclass(frozen=True, eq=False)
class Program:
    """matrix @ x <= bounds over unknowns x >= 0; the first `slots` rows say that the choices of an
    hour share it, the unknowns up to `choices` are those."""

    matrix: Floats
    bounds: Floats
    slots: int
    choices: int

    def only(self, free: Integers, x: Floats) -> tuple[Program, Integers]:
        """The program over some unknowns while the others keep their `x`, and which rows it has."""
        matrix = self.matrix[:, free]
        rows = np.flatnonzero(matrix.any(axis=1))
        stays = np.delete(np.arange(len(x)), free)
        bounds = self.bounds[rows] - self.matrix[np.ix_(rows, stays)] @ x[stays]
        return Program(matrix[rows], bounds, self.slots, self.choices), rows


def best_step(x: Floats, model: Model, program: Program) -> tuple[Floats, Floats]:
    """The best x >= 0 of the model around `x`, and the duals of the program's rows.

    Raises SolverError where DAQP finds no optimum.
    """
    slots = program.matrix[: program.slots, : program.choices]
    if len(x) <= SMALL or (np.count_nonzero(slots, axis=0) != 1).any():
        return _step(x, model, program)
    return _step_by_slots(x, model, program, np.argmax(slots != 0, axis=0))


def _step_by_slots(
    x: Floats, model: Model, program: Program, slot: Integers
) -> tuple[Floats, Floats]:
    """As `best_step`, where each choice belongs to one `slot` [C] alone."""
    loose = _split(x[: program.choices], slot, program)
    others = np.arange(program.choices, len(x))
    while True:
        free = np.concatenate([np.flatnonzero(loose[slot]), others])
        part, rows = program.only(free, x)
        ahead, duals = x.copy(), np.zeros(len(program.bounds))
        ahead[free], duals[rows] = _step(x[free], model.only(free), part)
        slope = (
            model.slope_after(ahead - x) + duals[program.slots :] @ program.matrix[program.slots :]
        )
        gain = _gain(ahead[: program.choices], slope[: program.choices], slot, program)
        gain[loose] = 0.0
        fresh = np.flatnonzero(gain > NO_GAIN * np.abs(slope).max())
        if len(fresh) == 0:
            return ahead, duals
        loose[fresh[np.argsort(-gain[fresh])[:FRESH]]] = True


def _split(shares: Floats, slot: Integers, program: Program) -> Flags:
    """[S] whether a slot is shared by several choices, or by one and the base plan."""
    limits = program.bounds[: program.slots]
    within = (shares > 0) & (shares < limits[slot])
    return np.bincount(slot, within, minlength=program.slots) > 0


def _gain(shares: Floats, slope: Floats, slot: Integers, program: Program) -> Floats:
    """[S] what each slot would gain by its best choice alone, to first order."""
    least = np.zeros(program.slots)
    np.minimum.at(least, slot, slope)
    now = np.bincount(slot, shares * slope, minlength=program.slots)
    return now - least * program.bounds[: program.slots]


def _step(x: Floats, model: Model, program: Program) -> tuple[Floats, Floats]:
    """As `best_step`, as a whole.

    Rows are scaled by their largest entry, and a pull towards `x` keeps every unknown in sight:
    relaxing a limit costs so much more than choices that it needs a stronger one.
    """
    curvature, matrix, slope = model.curvature(), program.matrix, model.slope
    size, most = (float(np.abs(part).max(initial=0.0)) for part in (curvature, slope))
    if size <= FLAT * most:  # no norm is left to bend: the pull alone keeps the program strict
        size = most or 1.0
    pull = NEARBY * np.maximum(1.0, np.abs(slope) / size)
    strict = curvature / size + np.diag(pull)
    scale = np.maximum(np.abs(matrix).max(axis=1, initial=0.0), np.finfo(float).tiny)
    ahead, _, flag, info = daqp.solve(
        strict,
        slope / size - strict @ x,
        np.ascontiguousarray(matrix / scale[:, None]),
        np.concatenate([np.full(len(x), np.inf), program.bounds / scale]),
        np.concatenate([np.zeros(len(x)), np.full(len(program.bounds), -np.inf)]),
    )
    if flag != SOLVED:
        raise SolverError(
            f"DAQP stopped a mix of {len(x)} choices with flag {flag}; choose another measure, or "
            "make weights less extreme, and solve again."
        )
    return np.maximum(ahead, 0.0), size * np.asarray(info["lam"])[len(x) :] / scale
