"""The master: the best mix of what single hours may choose, as a small linear program in HiGHS."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np

from equity_core.arrays import Flags, Floats, Integers
from equity_core.errors import SolverError
from equity_core.model.policy import Objective

_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "presolve": "off",  # small and warm: presolving costs more than it saves
    "primal_feasibility_tolerance": 1e-10,
    "dual_feasibility_tolerance": 1e-10,
}
_PRIMAL, _DUAL = 4, 1
_NO_SCALING, _USUAL_SCALING = 0, 2
_STRATEGIES = (
    (_PRIMAL, _USUAL_SCALING), (_DUAL, _USUAL_SCALING), (_PRIMAL, _USUAL_SCALING),
    (_PRIMAL, _NO_SCALING),
)  # fmt: skip
"""Primal first, as new columns keep the last basis feasible. Where it loses its way, which a few
programs of nearly equal choices bring about, the next starts afresh; last without scaling, which
may itself fail where a limit's penalty stands beside a tie-break."""

TOUCHED = 1e-12
"""Use of the box, relative to the objective, from which it counts."""


@dataclass(frozen=True, eq=False)
class MasterSolution:
    """The best mix: its measures [1 + K, N] and the duals [R] of the rows (>= 0).

    shares   [C] of each choice
    boxed    [R] the dual would leave the box if it could
    rough    whether it was left before it was exact, for the next one to go on from
    """

    measures: Floats
    shares: Floats
    duals: Floats
    boxed: Flags
    rough: bool = False


class Master:
    """A base plan, choices that each change it in one hour, and a box that holds the duals.

    docs/METHOD.md (8):

    minimise   base value + sum_c shares[c] value[c] + cost . variables + upper . above
               - lower . below
    with       sum_c shares[c] rows[c] + on_variables . variables - above + below
                   <= room - rows of the base
               sum_c shares[c] entry[c] <= limit   for each rule: of an hour, that its shares add up
                   to 1 at most (the rest keeps to the base); of a window, that all that waits runs

    `above` and `below` >= 0 keep each dual between lower and upper. The base makes the program
    feasible, and it stays so with every hour and choice added: each solve continues from the last.
    """

    def __init__(self, objective: Objective, base: Floats) -> None:
        """`base` [1 + K, N]: measures of the base plan."""
        rows = objective.rows
        self._coefficients = objective.coefficients.ravel()
        self._rows, self._variables = rows.on_variables.shape
        self._row_of_measure = rows.coefficients.reshape(self._rows, -1).T
        self._base = base
        self._changes = np.zeros((0, *base.shape))
        self._program = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in _OPTIONS.items():
            self._program.setOptionValue(option, value)
        self._add_rows(rows.right_side - base.ravel() @ self._row_of_measure)
        every = np.arange(self._rows)
        across = np.broadcast_to(every, (self._variables, self._rows))
        self._add_columns(rows.cost, across, rows.on_variables.T)
        ones, none = np.ones((self._rows, 1)), np.zeros(self._rows)
        self._add_columns(none, every[:, None], -ones)
        self._add_columns(none, every[:, None], ones)

    def hold(self, lower: Floats, upper: Floats) -> None:
        """Keep the duals [R] between `lower` and `upper` from now on."""
        columns = self._variables + np.arange(2 * self._rows, dtype=np.int32)
        costs = np.concatenate([upper, -lower])
        self._program.changeColsCost(len(columns), columns, costs)

    def add(self, limits: Floats, rule: Integers, entry: Floats, change: Floats) -> None:
        """Add rules with these limits, then choices.

        rule    [C, E] numbers of the rules that each choice enters, in order of addition
        entry   [C, E] what its share counts in each of them
        change  [C, 1 + K, N] what it changes in the measures
        """
        self._add_rows(limits)
        flat = change.reshape(len(rule), self._coefficients.size)
        every_row = np.broadcast_to(np.arange(self._rows), (len(rule), self._rows))
        row = np.concatenate([every_row, self._rows + rule], axis=1)
        body = np.concatenate([flat @ self._row_of_measure, entry], axis=1)
        self._add_columns(flat @ self._coefficients, row, body)
        self._changes = np.concatenate([self._changes, change])

    def solve(self, enough: float = 0.0) -> MasterSolution:
        """The best mix; raises `SolverError` where HiGHS finds no optimum.

        A vertex is exact: `enough` does not count.
        """
        self._run()
        solution = self._program.getSolution()
        column = np.array(solution.col_value)
        box = column[self._variables : self._variables + 2 * self._rows]
        touched = box > TOUCHED * np.abs(self._base).max()
        boxed = touched.reshape(2, self._rows).any(axis=0)
        shares = np.maximum(column[self._variables + 2 * self._rows :], 0.0)
        return MasterSolution(
            self._base + np.tensordot(shares, self._changes, axes=1),
            shares,
            np.maximum(-np.array(solution.row_dual)[: self._rows], 0.0),
            boxed,
        )

    def _run(self) -> None:
        for strategy, scaling in _STRATEGIES:
            self._program.setOptionValue("simplex_strategy", strategy)
            self._program.setOptionValue("simplex_scale_strategy", scaling)
            self._program.run()
            status = self._program.getModelStatus()
            if status == highspy.HighsModelStatus.kOptimal:
                return
            self._program.clearSolver()
        if self._solved_with_presolve():
            return
        raise SolverError(
            f"HiGHS stopped a master program of {len(self._changes)} choices with "
            f"{self._program.modelStatusToString(status)!r}; "
            "make weights or factors less extreme and solve again."
        )

    def _solved_with_presolve(self) -> bool:
        """Presolving scales the program anew: it helps where figures differ by many digits."""
        self._program.setOptionValue("presolve", "on")
        self._program.run()
        self._program.setOptionValue("presolve", "off")
        solved: bool = self._program.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return solved

    def _add_rows(self, upper: Floats) -> None:
        count = len(upper)
        starts, none = np.zeros(count + 1, dtype=np.int32), np.zeros(0, dtype=np.int32)
        free = np.full(count, -highspy.kHighsInf)
        self._program.addRows(count, free, upper, 0, starts, none, np.zeros(0))

    def _add_columns(self, cost: Floats, row: Integers, body: Floats) -> None:
        """Append columns: cost [C], and in each the rows [C, E] of its entries [C, E]."""
        filled = body != 0
        starts = np.concatenate([[0], np.cumsum(filled.sum(axis=1))[:-1]]).astype(np.int32)
        self._program.addCols(
            len(cost),
            cost,
            np.zeros(len(cost)),
            np.full(len(cost), highspy.kHighsInf),
            int(filled.sum()),
            starts,
            row[filled].astype(np.int32),
            body[filled],
        )
