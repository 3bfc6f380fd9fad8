"""Between the nodes: a mix of the plans at a cell's four corners, which moves without a jump.

A mix of feasible plans is a feasible plan, so it is never better than the optimum; and since the
objective is convex, it is never worse than the mix of what its corners count at the same weights.
"""

from __future__ import annotations

import numpy as np

from equity_core.arrays import Floats
from equity_core.preview.grid import cell_of, units
from equity_core.preview.nodes import Nodes

FAVOUR = 300.0
"""How much more a corner counts whose plan is better at these weights: e times for each 1 / 300 of
the objective. What it gains: docs/decisions/0022."""


def mix(nodes: Nodes, water: float, carbon: float) -> Floats:
    """[2 + K, N] energy, cost and burdens of the preview at a pair of weights."""
    corners, shares = corners_of(nodes, water, carbon)
    parts = [share * nodes.amounts[at] for at, share in zip(corners, shares.tolist(), strict=True)]
    return np.sum(parts, axis=0)


def corners_of(nodes: Nodes, water: float, carbon: float) -> tuple[list[tuple[int, int]], Floats]:
    """The corners of the cell, and what each counts in the mix (adding up to 1)."""
    of_water, of_carbon = units()
    row, down = cell_of(nodes.grid.water, water, of_water)
    column, across = cell_of(nodes.grid.carbon, carbon, of_carbon)
    corners = [(row + i, column + j) for i in (0, 1) for j in (0, 1)]
    plain = np.outer([1 - down, down], [1 - across, across]).ravel()
    worth = np.array([objective_at(nodes, at, water, carbon) for at in corners])
    shares = plain * _favour(worth)
    if shares.sum() == 0:  # what is near counts nothing: a corner farther off is far better
        shares = plain
    return corners, shares / shares.sum()


def _favour(worth: Floats) -> Floats:
    """What each corner counts for the objective of its plan here, the best one 1."""
    best = float(worth.min())
    return np.exp(-FAVOUR * (worth - best) / abs(best)) if best else np.ones_like(worth)


def objective_at(nodes: Nodes, at: tuple[int, int], water: float, carbon: float) -> float:
    """What the plan of a node counts at other weights: it is linear in them."""
    row, column = at
    more = water - nodes.grid.water[row], carbon - nodes.grid.carbon[column]
    return float(nodes.objective[at] + nodes.charges[at] @ more)
