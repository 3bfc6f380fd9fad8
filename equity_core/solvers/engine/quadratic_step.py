"""One step of sequential quadratic programming: the best mix by a quadratic model of the norms.

DAQP's work grows with the cube of the unknowns, and of a thousand hours in doubt all but some
dozens keep what they have. So only choices by which hours gain are let go, and what the others
would gain is looked up each time (slots.py), until none would: the same optimum.
"""

from __future__ import annotations

from dataclasses import dataclass

import daqp
import numpy as np

from equity_core.arrays import Floats, Integers
from equity_core.errors import SolverError
from equity_core.solvers.engine.slots import Slots

NEARBY = 1e-6
"""Pull towards the mix so far, relative to the largest curvature: it keeps the program strict."""

FLAT = 1e-30
"""Curvature, as a share of the slope, that is none."""

SMALL = 200
"""Unknowns up to which a program is solved as a whole."""

MANY = 400
"""Unknowns from which those that came to rest are held again."""

FRESH = 100
"""Hours with a better choice let go at a time, those that gain most."""

NO_GAIN = 1e-13
"""Relative to the largest slope: what an hour may gain without being let go."""

ROUNDING = 1e-13
"""Share of what a step moves that it must gain, for hours to be held again."""

HELD_TO = (1e-12, 1e-9, 1e-6)
"""How exactly a mix keeps to the rules, the next one where DAQP finds none: with its own 1e-6 alone
a window's balance loses some millionths, which is load that nobody serves."""

SOLVED = 1


@dataclass(frozen=True, eq=False)
class Model:
    """slope @ d + d' bend d / 2 for a change d of the unknowns [X]; bend is the sum of own' second
    own over the norms, each (own [R, X], second [R, R])."""

    slope: Floats
    bends: tuple[tuple[Floats, Floats], ...]

    def around(self, change: Floats) -> Model:
        """The same model around where the unknowns are after a `change`."""
        bent = sum((own.T @ (second @ (own @ change)) for own, second in self.bends))
        return Model(self.slope + bent, self.bends)

    def gains(self, change: Floats) -> bool:
        """Whether a `change` is worth more than rounding."""
        parts = self.slope * change
        bent = sum(float(own @ change @ second @ (own @ change)) for own, second in self.bends)
        return float(parts.sum()) + bent / 2 < -ROUNDING * float(np.abs(parts).sum())

    def only(self, free: Integers) -> Model:
        """The model while all other unknowns stay."""
        return Model(self.slope[free], tuple((own[:, free], bent) for own, bent in self.bends))

    def curvature(self) -> Floats:
        """[X, X]"""
        none = np.zeros((len(self.slope), len(self.slope)))
        return none + sum(own.T @ second @ own for own, second in self.bends)


@dataclass(frozen=True, eq=False)
class Program:
    """matrix @ x <= bounds over unknowns x >= 0; the first `slots` rows are the rules of choices:
    those of an hour share it (bound 1), those of a window balance (bound 0, two rows each). The
    unknowns up to `choices` are those."""

    matrix: Floats
    bounds: Floats
    slots: int
    choices: int

    @property
    def rules(self) -> Floats:
        """[rules, C]"""
        return self.matrix[: self.slots, : self.choices]

    @property
    def balance(self) -> Floats:
        """[W, C] what each choice adds to the balance of each window."""
        return self.rules[self.bounds[: self.slots] == 0][::2]

    def priced(self, duals: Floats) -> Floats:
        """[X] what the duals of all rows but the rules add to the slopes."""
        return np.asarray(duals[self.slots :] @ self.matrix[self.slots :])

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
    shared = program.rules[program.bounds[: program.slots] > 0] != 0
    if len(x) <= SMALL or (shared.sum(axis=0) != 1).any():
        return _step(x, model, program)
    return _step_by_slots(x, model, program, Slots.of(shared, program.balance))


def _step_by_slots(
    x: Floats, model: Model, program: Program, slots: Slots
) -> tuple[Floats, Floats]:
    """As `best_step`, where each choice belongs to one slot alone.

    Choices that have come to rest are held again, as long as the rounds gain anything.
    """
    choices = slice(program.choices)
    loose = np.ones(len(x), dtype=bool)
    loose[choices] = slots.mixed(x[choices])
    while True:
        ahead, duals = _step_over(np.flatnonzero(loose), x, model, program)
        gained = model.gains(ahead - x)
        model, x = model.around(ahead - x), ahead
        slope = (model.slope + program.priced(duals))[choices]
        better = slots.better(x[choices], slope, NO_GAIN * np.abs(slope).max(), FRESH)
        if not (better & ~loose[choices]).any():
            return x, duals
        if gained and loose.sum() > MANY:
            loose[choices] = slots.mixed(x[choices])
        loose[choices] |= better


def _step_over(free: Integers, x: Floats, model: Model, program: Program) -> tuple[Floats, Floats]:
    """As `best_step`, while all but the `free` unknowns stay; duals of rows without them are 0."""
    part, rows = program.only(free, x)
    ahead, duals = x.copy(), np.zeros(len(program.bounds))
    ahead[free], duals[rows] = _step(x[free], model.only(free), part)
    return ahead, duals


def _step(x: Floats, model: Model, program: Program) -> tuple[Floats, Floats]:
    """As `best_step`, as a whole.

    DAQP begins with the bounds that hold at `x`, and anew where that leads nowhere. Rows are scaled
    by their largest entry, and a pull towards `x` keeps every unknown in sight:
    relaxing a limit costs so much more than choices that it needs a stronger one.
    """
    curvature, matrix, slope = model.curvature(), program.matrix, model.slope
    size, most = (float(np.abs(part).max(initial=0.0)) for part in (curvature, slope))
    if size <= FLAT * most:  # no norm is left to bend: the pull alone keeps the program strict
        size = most or 1.0
    pull = NEARBY * np.maximum(1.0, np.abs(slope) / size)
    strict = curvature / size + np.diag(pull)
    scale = np.maximum(np.abs(matrix).max(axis=1, initial=0.0), np.finfo(float).tiny)
    for held_to, begin in ((HELD_TO[0], x), *((held_to, None) for held_to in HELD_TO)):
        ahead, _, flag, info = daqp.solve(
            strict,
            slope / size - strict @ x,
            np.ascontiguousarray(matrix / scale[:, None]),
            np.concatenate([np.full(len(x), np.inf), program.bounds / scale]),
            np.concatenate([np.zeros(len(x)), np.full(len(program.bounds), -np.inf)]),
            primal_tol=held_to,
            primal_start=begin,
        )
        if flag == SOLVED:
            break
    if flag != SOLVED:
        raise SolverError(
            f"DAQP stopped a mix of {len(x)} choices with flag {flag}; choose another measure, or "
            "make weights less extreme, and solve again."
        )
    return np.maximum(ahead, 0.0), size * np.asarray(info["lam"])[len(x) :] / scale
