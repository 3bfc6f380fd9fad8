"""The ball of duals that a norm allows: || duals ||_p <= weight, with 1/p + 1/q = 1."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from equity_core.arrays import Floats

SMALLEST = 1e-9
"""Share of the radius below which a dual's curvature no longer grows."""


def norm(values: Floats, q: float) -> float:
    """The L_q norm, without the overflow of large powers."""
    largest = float(np.abs(values).max(initial=0.0))
    return largest * float(np.linalg.norm(values / largest, q)) if largest > 0 else 0.0


@dataclass(frozen=True)
class DualNormBall:
    """The duals of `rows` belong to weight * (the L_q norm of what these rows measure), q > 1."""

    rows: slice
    weight: float
    q: float

    @property
    def p(self) -> float:
        """The exponent of the dual norm."""
        return self.q / (self.q - 1)

    def moved(self, by: int) -> DualNormBall:
        """The same ball, its rows `by` further down."""
        return replace(self, rows=slice(self.rows.start + by, self.rows.stop + by))

    def shrunk(self, duals: Floats) -> Floats:
        """Duals of its rows [R] pulled back into the ball where they lie outside."""
        length = norm(duals, self.p)
        return duals * (self.weight / length) if length > self.weight else duals

    def support(self, duals: Floats) -> Floats:
        """[R] of L_q norm 1: the burdens that these duals weigh most, the ball's normal there."""
        length = norm(duals, self.p)
        if length == 0:
            return np.full(len(duals), len(duals) ** (-1 / self.q))
        normal: Floats = (duals / length) ** (self.p - 1)
        return normal

    def curvature(self, duals: Floats) -> Floats:
        """[R, R] second derivative of || duals ||_p."""
        length = max(norm(duals, self.p), SMALLEST * self.weight)
        share = np.maximum(duals / length, SMALLEST)
        normal = share ** (self.p - 1)
        second = np.diag(share ** (self.p - 2)) - np.outer(normal, normal)
        return (self.p - 1) / length * second
