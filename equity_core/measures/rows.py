"""Rows of the master program: what terms and limits ask of the measures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from equity_core.arrays import Floats
from equity_core.measures.dual_norm import DualNormBall


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows `measures . coefficients + variables . on_variables <= right_side` of the master.

    names          [R] tell a row of one scenario from those of another
    coefficients   [R, 1 + K, N]
    on_variables   [R, V], never positive: the variables (>= 0) only make room
    cost           [V] what a unit of each variable adds to the objective
    right_side     [R]
    start          [R] duals to search from where nothing is known
    dual_norms     where the duals of some rows must lie besides
    """

    names: tuple[str, ...]
    coefficients: Floats
    on_variables: Floats
    cost: Floats
    right_side: Floats
    start: Floats
    dual_norms: tuple[DualNormBall, ...] = ()

    @classmethod
    def none(cls, shape: tuple[int, int]) -> Rows:
        """No rows over measures of this shape."""
        none = np.zeros(0)
        return cls((), np.zeros((0, *shape)), np.zeros((0, 0)), none, none, none)

    @classmethod
    def stacked(cls, parts: Sequence[Rows], shape: tuple[int, int]) -> Rows:
        """All rows one below the other; every part keeps its own variables."""
        parts = [cls.none(shape), *parts]
        count = sum(len(part.names) for part in parts)
        on_variables = np.zeros((count, sum(len(part.cost) for part in parts)))
        row = column = 0
        dual_norms: list[DualNormBall] = []
        for part in parts:
            dual_norms += [ball.moved(row) for ball in part.dual_norms]
            height, width = part.on_variables.shape
            on_variables[row : row + height, column : column + width] = part.on_variables
            row, column = row + height, column + width
        return cls(
            tuple(name for part in parts for name in part.names),
            np.concatenate([part.coefficients for part in parts]),
            on_variables,
            np.concatenate([part.cost for part in parts]),
            np.concatenate([part.right_side for part in parts]),
            np.concatenate([part.start for part in parts]),
            tuple(dual_norms),
        )

    @cached_property
    def _flat(self) -> Floats:
        """[R, (1 + K) N]: as a matrix, for these products are most of what a step counts."""
        rows, *shape = self.coefficients.shape
        return self.coefficients.reshape(rows, math.prod(shape))

    def used(self, measures: Floats) -> Floats:
        """[R] what `measures` [1 + K, N] count in each row."""
        counted: Floats = self._flat @ measures.ravel()
        return counted

    def weighed(self, duals: Floats) -> Floats:
        """[1 + K, N] the coefficients at these `duals` [R]."""
        shape = self.coefficients.shape[1:]
        weights: Floats = (duals @ self._flat).reshape(shape)
        return weights

    @property
    def largest_duals(self) -> Floats:
        """[R] what the cheapest variable that makes room in a row lets its dual be."""
        room = -self.on_variables
        prices = np.full(room.shape, np.inf)
        np.divide(self.cost, room, out=prices, where=room > 0)
        largest: Floats = prices.min(axis=1, initial=np.inf)
        return largest
