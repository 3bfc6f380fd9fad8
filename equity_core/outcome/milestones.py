"""What parts of the possible improvement in fairness cost."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Milestones:
    """Electricity cost, USD: of the cheapest plan, where half and nine tenths of the possible
    improvement are reached, and where all of it is."""

    cheapest_usd: float
    half_usd: float
    nine_tenths_usd: float
    all_usd: float
