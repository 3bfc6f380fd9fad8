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
    """shares [columns] of each column in the mix; duals [R] of the objective's rows (>= 0)."""

    objective: float
    shares: Floats
    duals: Floats


class Master:
    """Columns are plans for one group of hours each; each group mixes its columns to one whole.

    minimise   sum_c shares[c] value[c] + cost . variables
    with       sum_{c in group} shares[c] = 1
               sum_c shares[c] rows[c] + on_variables . variables <= -fixed
    """

    def __init__(self, objective: Objective, groups: int, fixed: Floats | None = None) -> None:
        """`fixed` [1 + K, N]: measures of the hours that are in no group."""
        self._objective = objective
        self._groups = groups
        self._columns = 0
        rows = objective.rows
        self._rows, self._variables = rows.on_variables.shape
        self._row_of_measure = rows.coefficients.reshape(self._rows, -1).T
        room = np.zeros(self._rows) if fixed is None else -self._on_rows(fixed)[0]
        self._program = highspy.Highs()  # type: ignore[no-untyped-call]
        for option, value in _OPTIONS.items():
            self._program.setOptionValue(option, value)
        none = np.zeros(0, dtype=np.int32)
        self._program.addRows(
            groups + self._rows,
            np.concatenate([np.ones(groups), np.full(self._rows, -highspy.kHighsInf)]),
            np.concatenate([np.ones(groups), room]),
            0,
            np.zeros(groups + self._rows + 1, dtype=np.int32),
            none,
            np.zeros(0),
        )
        body = np.concatenate([np.zeros((self._variables, groups)), rows.on_variables.T], axis=1)
        self._add(rows.cost, body)

    def add(self, group: npt.NDArray[np.int64], measures: Floats) -> None:
        """Add columns: the group [C] of each and its measures [C, 1 + K, N]."""
        body = np.zeros((len(group), self._groups + self._rows))
        body[np.arange(len(group)), group] = 1.0
        body[:, self._groups :] = self._on_rows(measures)
        count = len(group)
        flat = measures.reshape(count, self._objective.coefficients.size)
        self._add(flat @ self._objective.coefficients.ravel(), body)
        self._columns += count

    def solve(self) -> Mix:
        """The best mix; raises `SolverError` where HiGHS finds no optimum."""
        self._program.run()
        status = self._program.getModelStatus()
        if status != highspy.HighsModelStatus.kOptimal:
            reason = self._program.modelStatusToString(status)
            raise SolverError(
                f"HiGHS stopped a master program of {self._columns} columns with {reason!r}; "
                "make weights or factors less extreme and solve again."
            )
        solution = self._program.getSolution()
        return Mix(
            float(self._program.getInfo().objective_function_value),
            np.maximum(np.array(solution.col_value)[self._variables :], 0.0),
            np.maximum(-np.array(solution.row_dual)[self._groups :], 0.0),
        )

    def _on_rows(self, measures: Floats) -> Floats:
        return measures.reshape(-1, self._row_of_measure.shape[0]) @ self._row_of_measure

    def _add(self, cost: Floats, body: Floats) -> None:
        """Append columns with these costs [C] and dense coefficients [C, rows]."""
        filled = body != 0
        starts = np.concatenate([[0], np.cumsum(filled.sum(axis=1))[:-1]]).astype(np.int32)
        self._program.addCols(
            len(cost),
            cost,
            np.zeros(len(cost)),
            np.full(len(cost), highspy.kHighsInf),
            int(filled.sum()),
            starts,
            np.nonzero(filled)[1].astype(np.int32),
            body[filled],
        )
