"""The grid over both fairness weights at whose nodes optimal plans are computed beforehand."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from equity_core.scenario.parameters import BY_NAME

LIGHT, LARGEST = 6_000, 250_000
"""Sites times hours up to which the grid is fine, and up to which there is one at all."""

EVERYDAY = 4.0
"""Up to so many times the paper's weight nodes lie at a power of i / n, closest where a weight is
small: plans change most there, and the paper's weight is one of them. Beyond, where they hardly
change, each is so many times the last."""
FINE, COARSE = (9, 5, 4), (6, 3, 3)
"""Levels up to there, which of them is the paper's, and levels beyond."""


@dataclass(frozen=True)
class WeightGrid:
    """Levels of the water and of the carbon weight, in USD per m3 and t; a node for each pair."""

    water: tuple[float, ...]
    carbon: tuple[float, ...]

    @property
    def path(self) -> list[tuple[int, int]]:
        """All nodes, each beside the one before: what one solve leaves behind helps the next."""
        there = range(len(self.carbon))
        return [
            (row, column)
            for row in range(len(self.water))
            for column in (there if row % 2 == 0 else reversed(there))
        ]

    def covers(self, water: float, carbon: float) -> bool:
        """Whether a pair of weights lies within the grid."""
        return 0 <= water <= self.water[-1] and 0 <= carbon <= self.carbon[-1]


def grid_for(site_hours: int) -> WeightGrid | None:
    """The grid for a data set of so many sites times hours; None where it would take too long."""
    if site_hours > LARGEST:
        return None
    spacing = FINE if site_hours <= LIGHT else COARSE
    return WeightGrid(_levels("water_weight", *spacing), _levels("carbon_weight", *spacing))


def _levels(name: str, near: int, paper: int, far: int) -> tuple[float, ...]:
    """Levels of one weight, from 0 to the end of its slider."""
    row = BY_NAME[name]
    assert row.slider is not None
    middle, end = EVERYDAY * float(row.default), row.slider[1]
    power = math.log(EVERYDAY) / math.log(near / paper)
    levels = [middle * (step / near) ** power for step in range(near)]
    levels += [middle * (end / middle) ** (step / far) for step in range(far + 1)]
    return tuple(float(f"{level:.6g}") for level in levels)


def units() -> tuple[float, float]:
    """The paper's weights of water and carbon: what a weight is small or large against."""
    return float(BY_NAME["water_weight"].default), float(BY_NAME["carbon_weight"].default)


def level_below(levels: Sequence[float], value: float) -> int:
    """The number of the level below `value`, of those that have another one above them."""
    return min(max(bisect_right(levels, value) - 1, 0), len(levels) - 2)


def cell_of(levels: Sequence[float], weight: float, unit: float) -> tuple[int, float]:
    """The level below `weight`, and how far it is on the way to the next one (0 to 1).

    By log(1 + weight / unit): a step counts by ratio where weights are large.
    """
    below = level_below(levels, weight)
    low, at, high = (math.log1p(x / unit) for x in (levels[below], weight, levels[below + 1]))
    return below, min(max((at - low) / (high - low), 0.0), 1.0)
