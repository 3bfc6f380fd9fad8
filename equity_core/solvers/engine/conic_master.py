"""The master where a norm has no curvature to follow: the same mix as a conic program in Clarabel.

Where all burdens of a footprint can be 0, its norm has an apex there, and quadratic models of it
lead nowhere. Clarabel takes norms as they are, to fewer digits and more slowly.
"""

from __future__ import annotations

import warnings

import cvxpy as cp
import numpy as np

from equity_core.errors import SolverError
from equity_core.solvers.engine.master import MasterSolution
from equity_core.solvers.engine.sqp_master import SqpMaster

ACCURACIES = (1e-13, 1e-10, 1e-8)
"""Asked of Clarabel in turn, as it fails where it cannot come near the first; what is reached shows
in the certificate."""


class ConicMaster(SqpMaster):
    """A base plan and choices, as in `SqpMaster`.

    In turn a mix is Clarabel's, and one from which quadratic programs have gone on: they are exact
    once the apex is left behind.
    """

    _is_refined = True

    def solve(self, enough: float = 0.0) -> MasterSolution:
        """The best mix; raises `SolverError` where Clarabel or DAQP finds no optimum."""
        mix = self._conic()
        self._is_refined = not self._is_refined
        return super().solve(enough) if self._is_refined else mix

    def _conic(self) -> MasterSolution:
        dual_norms, choices = self._objective.rows.dual_norms, len(self._shares)
        cost, used, by_choice = self._linear()
        flat, held = self._flat_program(by_choice, used)
        linear = np.concatenate([cost, self._objective.rows.cost[self._flat_variables]])
        x = cp.Variable(len(linear), nonneg=True)
        burdens = [cp.Variable(ball.rows.stop - ball.rows.start) for ball in dual_norms]
        within = cp.Constant(flat[:, : len(linear)]) @ x <= held
        drawn = [
            own == used[ball.rows] + cp.Constant(by_choice[ball.rows]) @ x[:choices]
            for ball, own in zip(dual_norms, burdens, strict=True)
        ]
        norms = [
            ball.weight * cp.pnorm(own, ball.q, approx=False)  # type: ignore[attr-defined]
            for ball, own in zip(dual_norms, burdens, strict=True)
        ]
        value = cp.Constant(linear) @ x + sum(norms)
        _optimise(cp.Problem(cp.Minimize(value), [within, *drawn]), choices)
        duals = np.zeros(len(used))
        duals[self._flat] = np.maximum(within.dual_value[len(self._limits) :], 0.0)
        for ball, own in zip(dual_norms, drawn, strict=True):
            duals[ball.rows] = np.maximum(-own.dual_value, 0.0)
        unboxed = np.zeros(flat.shape[1] - len(linear))
        return self._mix(np.concatenate([np.maximum(np.asarray(x.value), 0.0), unboxed]), duals)


def _optimise(problem: cp.Problem, choices: int) -> None:
    for accuracy in ACCURACIES:
        if _is_solved(problem, accuracy):
            return
    raise SolverError(
        f"Clarabel stopped a mix of {choices} choices with {problem.status!r}; choose another "
        "measure, or make weights less extreme, and solve again."
    )


def _is_solved(problem: cp.Problem, accuracy: float) -> bool:
    with warnings.catch_warnings():
        # How accurate the answer is shows in the certificate.
        warnings.filterwarnings("ignore", "Solution may be inaccurate", UserWarning)
        try:
            problem.solve(  # type: ignore[no-untyped-call]
                solver=cp.CLARABEL, tol_gap_abs=accuracy, tol_gap_rel=accuracy, tol_feas=accuracy
            )
        except cp.error.SolverError:
            return False
    return problem.status in (cp.OPTIMAL, cp.OPTIMAL_INACCURATE)
