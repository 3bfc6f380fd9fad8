"""One inequality measure: its name and words, its parameter, and the term that it puts in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from equity_core.arrays import Floats
from equity_core.measures.term import FairnessTerm

TermOf = Callable[[str, int, float, Floats, float], FairnessTerm]
"""(name, quantity, weight, lens [N], parameter) -> the term of one footprint."""


@dataclass(frozen=True, kw_only=True)
class MeasureParameter:
    """The number that a measure takes besides the burdens.

    default         where none is given
    above, least    what is allowed: more than `above` and at least `least`
    most            at most
    slider          everyday range and step of its slider, in what is shown: `shown_as` times it
    refusal         what a value outside is told
    """

    label: str
    default: float
    least: float
    most: float
    slider: tuple[float, float, float]
    refusal: str
    above: float = 0.0
    shown_as: float = 1.0

    def allows(self, value: float) -> bool:
        """Whether the measure can take this value."""
        return self.above < value and self.least <= value <= self.most


@dataclass(frozen=True, kw_only=True)
class Measure:
    """How the burdens of all regions become the one figure that a fairness weight multiplies.

    words     what it is in a sentence; `{}` stands for its parameter as readers see it
    equation  h(z) in the symbols of docs/METHOD.md
    term      makes its term of the objective
    curved    its duals are anywhere in a ball: every hour may come into doubt
    """

    name: str
    label: str
    explanation: str
    words: str
    equation: str
    term: TermOf
    parameter: MeasureParameter | None = None
    curved: bool = False

    def size(self, weighed: Floats, parameter: float) -> float:
        """The measure of weighed burdens [N], in their unit."""
        term = self.term("", 0, 1.0, np.ones(len(weighed)), parameter)
        return term.weight * term.size(weighed)
