"""The objective of the rest of a period, when the burdens of its beginning are what they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from equity_core.arrays import Floats
from equity_core.measures.rows import Rows
from equity_core.measures.term import Shape, Term
from equity_core.measures.units import Units
from equity_core.model.policy import Objective


@dataclass(frozen=True, eq=False)
class Begun(Term):
    """A term of what is `done` [1 + K, N] and what comes besides: its rows have room -v F0."""

    term: Term
    done: Floats

    @property
    def name(self) -> str:  # type: ignore[override]
        return self.term.name

    def in_units(self, units: Units) -> Self:
        return replace(
            self, term=self.term.in_units(units), done=self.done / units.measures[:, None]
        )

    def value(self, measures: Floats) -> float:
        return self.term.value(self.done + measures)

    def coefficients(self, shape: Shape) -> Floats:
        return self.term.coefficients(shape)

    def rows(self, shape: Shape) -> Rows:
        rows = self.term.rows(shape)
        used = np.tensordot(rows.coefficients, self.done, axes=2)
        return replace(rows, right_side=rows.right_side - used)


def begun(objective: Objective, done: Floats, largest: Floats) -> Objective:
    """The objective without limits, `done` [1 + K, N] being over.

    `largest` [1 + K, N]: sizes of the measures that no plan of the rest exceeds.
    """
    terms = tuple(Begun(term, done) for term in objective.terms)
    most = sum(term.value(np.abs(done) + largest) for term in objective.terms)
    return replace(objective, terms=terms, most=most)
