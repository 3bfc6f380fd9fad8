"""The master where norms are minimised: the same mix, by sequential quadratic programming.

A norm is smooth between its rows, so the best mix lies between vertices. Each step replaces the
norms by their quadratic models at the mix so far (quadratic_step.py).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from equity_core.arrays import Floats, Integers
from equity_core.measures.dual_norm import DualNormBall, norm
from equity_core.model.policy import Objective
from equity_core.solvers.engine.master import TOUCHED, MasterSolution
from equity_core.solvers.engine.quadratic_step import Model, Program, best_step

MOST_STEPS = 50

SETTLED = 1e-15
"""Relative gain of a step from which no more is to be had."""

MOST_HALVINGS = 40

OF_THE_GAP = 1e-3
"""Share of the gap to the bound that a step must gain, for another one to be worth its while."""

NOTHING = 1e-100
"""Length of burdens that is as good as none."""


class SqpMaster:
    """A base plan and choices, as in `Master`; rows of norms are minimised, the others held.

    Unknowns x: shares of the choices, variables of the other rows, and their box (above, below).
    """

    def __init__(self, objective: Objective, base: Floats) -> None:
        """`base` [1 + K, N]: measures of the base plan."""
        rows = objective.rows
        self._objective, self._base = objective, base
        curved = np.zeros(len(rows.names), dtype=bool)
        for ball in rows.dual_norms:
            curved[ball.rows] = True
        self._flat = np.flatnonzero(~curved)
        self._flat_variables = np.flatnonzero((rows.on_variables[self._flat] < 0).any(axis=0))
        self._changes = np.zeros((0, *base.shape))
        self._limits = np.zeros(0)
        self._rules = np.zeros((0, 0))
        self._lower = self._upper = np.zeros(len(rows.names))
        self._shares = np.zeros(0)

    def hold(self, lower: Floats, upper: Floats) -> None:
        """Keep the duals between these bounds [R] from now on: those of norms are cut off."""
        self._lower, self._upper = lower, upper

    def add(self, limits: Floats, rule: Integers, entry: Floats, change: Floats) -> None:
        """Add rules with these limits, then choices (`Master.add`)."""
        self._limits = np.append(self._limits, limits)
        self._rules = np.pad(self._rules, ((0, len(limits)), (0, len(rule))))
        first = self._rules.shape[1] - len(rule)
        np.add.at(self._rules, (rule, first + np.arange(len(rule))[:, None]), entry)
        self._changes = np.concatenate([self._changes, change])
        self._shares = np.append(self._shares, np.zeros(len(rule)))

    def solve(self, enough: float = 0.0) -> MasterSolution:
        """The best mix; raises `SolverError` where DAQP finds no optimum.

        Steps end with the first that gains less than `enough` of the value: the next mix goes on
        from there.
        """
        rows = self._objective.rows
        cost, used, by_choice = self._linear()
        flat, held = self._flat_program(by_choice, used)
        program = Program(flat, held, len(self._limits), len(cost))
        x = self._begin(flat, held)
        value = self._value(x, cost, used, by_choice)
        for _ in range(MOST_STEPS):
            model = self._model(x, cost, used, by_choice)
            ahead, duals = best_step(x, model, program)
            last = value
            x, value = self._along(x, ahead, value, cost, used, by_choice)
            if last - value <= max(SETTLED, enough) * abs(value):
                break
        rough = last - value > SETTLED * abs(value)
        burdens = used + by_choice @ np.clip(x[: len(cost)], 0.0, 1.0)
        every = np.zeros(len(used))
        every[self._flat] = np.maximum(duals[len(self._limits) :], 0.0)
        for ball in rows.dual_norms:
            every[ball.rows] = _norm(ball, burdens[ball.rows])[0]
        return replace(self._mix(x, every), rough=rough)

    def _model(self, x: Floats, cost: Floats, used: Floats, by_choice: Floats) -> Model:
        """The value around `x`, its norms to second order."""
        choices = len(cost)
        burdens = used + by_choice @ x[:choices]
        slope = np.concatenate([cost, self._flat_costs()])
        bends = []
        for ball in self._objective.rows.dual_norms:
            own = np.pad(by_choice[ball.rows], ((0, 0), (0, len(x) - choices)))
            gradient, second = _norm(ball, burdens[ball.rows])
            slope = slope + gradient @ own
            bends.append((own, second))
        return Model(slope, tuple(bends))

    def _linear(self) -> tuple[Floats, Floats, Floats]:
        """Cost of each choice [X], and of all rows: what the base uses [R], each choice [R, X]."""
        rows = self._objective.rows
        used = rows.used(self._base)
        by_choice = np.tensordot(rows.coefficients, self._changes, axes=([1, 2], [1, 2]))
        cost = np.tensordot(self._changes, self._objective.coefficients, axes=2)
        return cost, used, by_choice

    def _begin(self, flat: Floats, held: Floats) -> Floats:
        """The shares of the last mix, and room in the box for what they exceed."""
        count, boxes = len(self._flat), flat.shape[1] - 2 * len(self._flat)
        x = np.zeros(flat.shape[1])
        x[: len(self._shares)] = self._shares
        over = (flat @ x - held)[len(self._limits) :]
        x[boxes : boxes + count] = np.maximum(over, 0.0)
        return x

    def _along(
        self, x: Floats, ahead: Floats, value: float, cost: Floats, used: Floats, by_choice: Floats
    ) -> tuple[Floats, float]:
        """The point from `x` to `ahead` where halving no longer helps, and its value."""
        for _ in range(MOST_HALVINGS):
            reached = self._value(ahead, cost, used, by_choice)
            if reached <= value:
                return ahead, reached
            ahead = (x + ahead) / 2
        return x, value

    def _flat_program(self, by_choice: Floats, used: Floats) -> tuple[Floats, Floats]:
        """Matrix [H + F, X] and bounds of the rules and of the rows that are no norms'."""
        rows, rules = self._objective.rows, self._rules
        one = np.eye(len(self._flat))
        variables = rows.on_variables[np.ix_(self._flat, self._flat_variables)]
        others = np.hstack([by_choice[self._flat], variables, -one, one])
        matrix = np.vstack([np.pad(rules, ((0, 0), (0, others.shape[1] - rules.shape[1]))), others])
        room = rows.right_side[self._flat] - used[self._flat]
        return matrix, np.concatenate([self._limits, room])

    def _flat_costs(self) -> Floats:
        rows = self._objective.rows
        return np.concatenate(
            [rows.cost[self._flat_variables], self._upper[self._flat], -self._lower[self._flat]]
        )

    def _value(self, x: Floats, cost: Floats, used: Floats, by_choice: Floats) -> float:
        shares = x[: len(cost)]
        burdens = used + by_choice @ shares
        norms = [
            b.weight * norm(np.maximum(burdens[b.rows], 0.0), b.q)
            for b in self._objective.rows.dual_norms
        ]
        return float(cost @ shares + self._flat_costs() @ x[len(cost) :] + sum(norms))

    def _mix(self, x: Floats, every: Floats) -> MasterSolution:
        """The mix of unknowns `x` with the duals `every` [R], cut off where they are held."""
        self._shares = shares = np.clip(x[: len(self._shares)], 0.0, 1.0)
        held = np.clip(every, self._lower, self._upper)
        box = x[len(x) - 2 * len(self._flat) :].reshape(2, -1)
        boxed = np.abs(held - every) > TOUCHED * np.abs(every).max(initial=0.0)
        boxed[self._flat] = (box > TOUCHED * np.abs(self._base).max()).any(axis=0)
        return MasterSolution(
            self._base + np.tensordot(shares, self._changes, axes=1),
            shares,
            held,
            boxed,
        )


def roughly(gap: float, tolerance: float) -> float:
    """What a step of a mix that is this far from its bound must gain: the last mixes are exact."""
    return OF_THE_GAP * gap if gap > tolerance else 0.0


def _norm(ball: DualNormBall, burdens: Floats) -> tuple[Floats, Floats]:
    """Gradient [R] and second derivative [R, R] of weight * the L_q norm of burdens [R]."""
    burdens = np.maximum(burdens, 0.0)
    length = max(norm(burdens, ball.q), NOTHING)
    share = burdens / length
    gradient = share ** (ball.q - 1)
    # Below q = 2 the curvature of a burden of 0 has no end.
    steep = np.maximum(share, 1e-6) ** (ball.q - 2)
    second = (ball.q - 1) / length * (np.diag(steep) - np.outer(gradient, gradient))
    return ball.weight * gradient, ball.weight * second
