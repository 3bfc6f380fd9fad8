"""A change in percent of what was before."""

from __future__ import annotations

import math
from typing import overload

import numpy as np

from equity_core.arrays import Floats


@overload
def in_percent(change: float, base: float) -> float: ...
@overload
def in_percent(change: Floats, base: Floats) -> Floats: ...
def in_percent(change: float | Floats, base: float | Floats) -> float | Floats:
    """`change` in percent of the size of `base`, so that a rise stays a rise; NaN where that is 0.

    Two numbers, or two arrays of one shape.
    """
    if isinstance(base, np.ndarray):
        shares: Floats = 100 * change / np.where(base == 0, np.nan, np.abs(base))
        return shares
    return 100 * change / abs(base) if base else math.nan


def change_pct(before: float, after: float) -> float:
    """How far `after` lies above `before`, in percent of it: 0 for the same, NaN from 0 on."""
    return 0.0 if before == after else in_percent(after - before, before)
