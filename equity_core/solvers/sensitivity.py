"""What room is worth, and for how large a change that holds."""

from __future__ import annotations

from equity_core.inputs.dataset import Dataset
from equity_core.outcome.outcome import LimitUse, Outcome, RoomRange
from equity_core.scenario.limits import IN_FRACTIONS, limits_set, with_limit
from equity_core.scenario.scenario import Scenario
from equity_core.solvers.engine.warm_starts import Pool
from equity_core.solvers.offline import solve

SHARES = (0.3, 0.1, 0.03, 0.01, 0.003, 0.001)
"""How much looser a limit is made to see whether its worth still holds: shares of its size."""

HALVINGS = 3
"""How often the stretch between a share that holds and one that fails is halved, in logarithms."""

HOLDS = 0.05
"""A worth holds as long as the mean saving of the room added is within 5% of it."""


def room_range(outcome: Outcome, dataset: Dataset, use: LimitUse, pool: Pool) -> RoomRange:
    """How far the worth of `use`, a limit of `outcome` that binds, holds: by solving again.

    What is saved rises ever more slowly with the room (the optimum is convex in the right-hand side
    of a limit), so what holds for a change holds for any smaller one. `dataset` is the one that was
    planned with, without the new site. Raises like `solve`.
    """
    size, found, fails = _size(outcome.scenario, use.field), RoomRange(0.0, 0.0), 0.0
    for share in SHARES:
        found = _tried(outcome, dataset, use, pool, share * size)
        if found.more:
            break
        fails = share * size
    if not (found.more and fails):
        return found
    for _ in range(HALVINGS):
        between = float(f"{(found.more * fails) ** 0.5:.2g}")
        wider = _tried(outcome, dataset, use, pool, between)
        found, fails = (wider, fails) if wider.more else (found, between)
    return found


def _tried(outcome: Outcome, dataset: Dataset, use: LimitUse, pool: Pool, more: float) -> RoomRange:
    """The range `more` where the worth holds for that much, else none."""
    looser = with_limit(outcome.scenario, use.field, use.asked + more)
    saved = outcome.objective - solve(looser, dataset, pool).objective
    holds = saved >= (1 - HOLDS) * use.worth * more
    return RoomRange(more, saved) if holds else RoomRange(0.0, 0.0)


def _size(scenario: Scenario, field: str) -> float:
    """What a share of a limit is a share of: the limit, or 1 for one that is a fraction."""
    asked = limits_set(scenario)[field]
    return 1.0 if field in IN_FRACTIONS or asked == 0 else asked
