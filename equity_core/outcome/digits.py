"""Figures to the digits that a certificate covers.

Plans are certified to one part in 1e9. What lies below changes with the order in which a machine
adds up; told, it would make the same plan differ from one machine to the next.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from equity_core.arrays import Floats

DIGITS = 11
"""Of the largest figure of a column: one more than are certified, so that rounding costs none."""

SMALLEST_GAP = -9
"""Power of ten that every plan is certified to."""


MOST_DECIMALS = 300
"""As many as powers of ten are numbers; figures that need more are as good as 0."""


def settled(figures: npt.ArrayLike) -> Floats:
    """The figures rounded to `DIGITS` digits of the largest of them; not-a-number stays."""
    values = np.asarray(figures, dtype=np.float64)
    return _rounded(values, _decimals(values))


def settled_change(before: npt.ArrayLike, after: npt.ArrayLike) -> Floats:
    """The change between figures, rounded as the larger of them are: what stays differs by 0."""
    old, new = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    return _rounded(new - old, _decimals(np.concatenate([old.ravel(), new.ravel()])))


def gap_bound(gap: float) -> float:
    """The power of ten that `gap` does not exceed, 1e-9 at least; NaN for a gap without end."""
    if not math.isfinite(gap):
        return math.nan
    return float(f"1e{max(SMALLEST_GAP, math.ceil(math.log10(max(gap, 1e-300)) - 1e-9))}")


def _decimals(values: Floats) -> int:
    finite = values[np.isfinite(values)]
    largest = float(np.abs(finite).max(initial=0))
    decimals = DIGITS - 1 - math.floor(math.log10(largest)) if largest > 0 else 0
    return min(decimals, MOST_DECIMALS)


def _rounded(values: Floats, decimals: int) -> Floats:
    rounded: Floats = np.round(values, decimals) + 0.0  # no minus before a zero
    return rounded
