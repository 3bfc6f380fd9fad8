"""Cells in doubt where load waits: hours of sites whose value is close to the threshold."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from equity_core.arrays import Flags, Floats, Integers
from equity_core.model.physics import Physics, Served


class Fills(NamedTuple):
    """Choices to fill or to empty one cell: hour [X], site [X], and the MW that change."""

    hour: Integers
    site: Integers
    amount: Floats


def near_threshold(
    physics: Physics, served: Served, weights: Floats, within: float, most: int
) -> Fills:
    """The `most` cells closest to the threshold, `within` USD/MWh of it, filled and emptied.

    With them come the cells that are part full in their windows, which take or give the rest.
    """
    up, down = physics.spare(served.load), served.load - served.at_once
    open_, used = up > physics.same_within, down > physics.same_within
    threshold = served.most[physics.waiting.window][:, None]
    away = np.abs(physics.values(weights) - threshold)
    near = (open_ ^ used) & (away < within)
    chosen = _closest(near, away, most)
    window = physics.waiting.window
    touched = np.zeros(len(served.most), dtype=bool)
    touched[window[chosen.any(axis=1)]] = True
    chosen |= open_ & used & touched[window][:, None]
    return _both(chosen & open_, up, chosen & used, -down)


def _closest(near: Flags, away: Floats, most: int) -> Flags:
    """At most `most` of the cells that are near."""
    cells = np.flatnonzero(near)
    closest = cells[np.argsort(away.ravel()[cells], kind="stable")[:most]]
    chosen = np.zeros(near.size, dtype=bool)
    chosen[closest] = True
    return chosen.reshape(near.shape)


def _both(filled: Flags, up: Floats, emptied: Flags, down: Floats) -> Fills:
    hour, site = np.hstack([np.nonzero(filled), np.nonzero(emptied)])
    return Fills(hour, site, np.concatenate([up[filled], down[emptied]]))
