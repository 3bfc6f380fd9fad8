"""The master: the best mix of the dispatches found so far, as a small linear program in HiGHS."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
import numpy.typing as npt

from equity_core.errors import SolverError
from equity_core.model.policy import Objective

Floats = npt.NDArray[np.float64]

_OPTIONS: dict[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "presolve": "off",  # small and warm: presolving costs more than it saves
    "simplex_strategy": 4,  # primal: new columns keep the last basis feasible
    "primal_feasibility_tolerance": 1e-10,
    "dual_feasibility_tolerance": 1e-10,
}


@dataclass(frozen=True, eq=False)
class Mix:
    """shares [C] of each column in the mix; duals [R] of the objective's rows (>= 0)."""

    objective: float
    shares: Floats
    duals: Floats


class Master:
    """A base plan, and columns that each change it in one group of hours.

    minimise   base value + sum_c shares[c] value[c] + cost . variables
    with       sum_c shares[c] rows[c] + on_variables . variables <= -rows of the base
               sum_{c in group} shares[c] <= 1, the rest of the group keeps to the base

    The base makes the program feasible from the start, and stays feasible with every group and
    column that is added, so that each solve continues from the last one.
    """

    def __init__(self, objective: Objective, base: Floats) -> None:
        """`base` [1 + K, N]: measures of the base plan."""
        self._objective = objective
        self._coefficients = objective.coefficients.ravel()
        rows = objective.rows
        self._rows, self._variables = rows.on_variables.shape
        self._row_of_measure = rows.coefficients.reshape(self._rows, -1).T
        self._base = base
        self._changes: list[Floats] = []
        self._program = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in _OPTIONS.items():
            self._program.setOptionValue(option, value)
        self._add_rows(-(base.ravel() @ self._row_of_measure))
        row = np.broadcast_to(np.arange(self._rows), (self._variables, self._rows))
        self._add_columns(rows.cost, row, rows.on_variables.T)

    def reweigh(self, objective: Objective) -> bool:
        """Take over an objective that differs in the cost of its variables alone, if it does."""
        rows, known = objective.rows, self._objective.rows
        same = (
            np.array_equal(objective.coefficients, self._objective.coefficients)
            and np.array_equal(rows.coefficients, known.coefficients)
            and np.array_equal(rows.on_variables, known.on_variables)
        )
        if same:
            variables = np.arange(self._variables, dtype=np.int32)
            self._program.changeColsCost(self._variables, variables, rows.cost)
            self._objective = objective
        return same

    def add_groups(self, count: int) -> None:
        """Make room for columns in `count` more groups, numbered on from those before."""
        self._add_rows(np.ones(count))

    def add(self, group: npt.NDArray[np.int64], change: Floats) -> None:
        """Add columns: the group [C] of each, and what it changes [C, 1 + K, N] in the measures."""
        flat = change.reshape(len(group), self._coefficients.size)
        every_row = np.broadcast_to(np.arange(self._rows), (len(group), self._rows))
        row = np.concatenate([every_row, self._rows + group[:, None]], axis=1)
        body = np.concatenate([flat @ self._row_of_measure, np.ones((len(group), 1))], axis=1)
        self._add_columns(flat @ self._coefficients, row, body)
        self._changes.append(change)

    def solve(self) -> Mix:
        """The best mix; raises `SolverError` where HiGHS finds no optimum."""
        self._program.run()
        status = self._program.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            reason = self._program.modelStatusToString(status)
            raise SolverError(
                f"HiGHS stopped a master program of {len(self._changes)} steps with {reason!r}; "
                "make weights or factors less extreme and solve again."
            )
        solution = self._program.getSolution()
        return Mix(
            float(self._coefficients @ self._base.ravel())
            + float(self._program.getInfo().objective_function_value),
            np.maximum(np.array(solution.col_value)[self._variables :], 0.0),
            np.maximum(-np.array(solution.row_dual)[: self._rows], 0.0),
        )

    def measures(self, mix: Mix) -> Floats:
        """[1 + K, N] measures of a mix."""
        total: Floats = self._base + np.tensordot(mix.shares, np.concatenate(self._changes), axes=1)
        return total

    def _add_rows(self, upper: Floats) -> None:
        count = len(upper)
        starts, none = np.zeros(count + 1, dtype=np.int32), np.zeros(0, dtype=np.int32)
        free = np.full(count, -highspy.kHighsInf)
        self._program.addRows(count, free, upper, 0, starts, none, np.zeros(0))

    def _add_columns(self, cost: Floats, row: npt.NDArray[np.int64], body: Floats) -> None:
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
