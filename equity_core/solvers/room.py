"""What room is worth, and for how large a change that holds."""

from __future__ import annotations

from dataclasses import dataclass

from equity_core.inputs.dataset import Dataset
from equity_core.outcome.goal_words import limits_set, with_limit
from equity_core.outcome.outcome import LimitUse, Outcome
from equity_core.scenario.scenario import Scenario
from equity_core.solvers.offline import solve
from equity_core.solvers.pool import Pool

SHARES = (0.3, 0.1, 0.03, 0.01, 0.003, 0.001)
"""How much looser a limit is made to see whether its worth still holds: shares of its size."""

HOLDS = 0.05
"""A worth holds as long as the mean saving of the room added is within 5% of it."""


@dataclass(frozen=True)
class RoomRange:
    """How far the worth of one more unit of a limit reaches.

    more   the largest looser limit looked at, less the present one, for which it holds, in the
           limit's own unit; 0 where it holds for none of them
    saved  what the objective falls by with that much more room
    """

    more: float
    saved: float


def room_range(outcome: Outcome, dataset: Dataset, use: LimitUse, pool: Pool) -> RoomRange:
    """How far the worth of `use`, a limit of `outcome` that binds, holds: by solving again.

    `dataset` is the one that was planned with, without the new site. Raises like `solve`.
    """
    scenario = outcome.scenario
    size = _size(scenario, use.field)
    for share in SHARES:
        more = share * size
        looser = with_limit(scenario, use.field, use.asked + more)
        saved = outcome.objective - solve(looser, dataset, pool).objective
        if saved >= (1 - HOLDS) * use.worth * more:
            return RoomRange(more, saved)
    return RoomRange(0.0, 0.0)


def _size(scenario: Scenario, field: str) -> float:
    """What a share of a limit is a share of: the limit, or 1 for one that is a fraction."""
    asked = limits_set(scenario)[field]
    return 1.0 if field in ("cost_increase_limit", "worse_tolerance") or asked == 0 else asked
