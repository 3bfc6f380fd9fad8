"""Two plans made apart, told together."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Apart:
    """Both plans together: the scenario's objective, cost in USD, worst burden by column."""

    objective: float
    cost_usd: float
    worst: dict[str, float]
