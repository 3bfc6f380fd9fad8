"""What follows from the question alone: no region can lose more than its load that may move."""

from __future__ import annotations

from equity_core.outcome.outcome import Comparison
from equity_core.scenario.scenario import Scenario
from equity_core.text.numbers import percent
from equity_core.text.opening.moves import worst_moves
from equity_core.text.opening.subject import SHARES

AS_MUCH = 5e-3
"""Percentage points within which a fall is all that may fall: less than its digits show."""


def most_possible(comparison: Comparison) -> str:
    """ "20% is the most that can come off any region, as only a fifth of its load may move".

    Told where a largest burden falls by just that share, which then says nothing of the plan; ""
    elsewhere, and where the baseline is not each region's own load.
    """
    scenario = comparison.after.scenario
    share = 100 * scenario.movable_share
    if not 0 < share < 100 or not _starts_at_home(scenario, comparison.before.scenario):
        return ""
    falls = [move.share for move in worst_moves(comparison) if move.direction < 0]
    if not any(abs(fall - share) < AS_MUCH for fall in falls):
        return ""
    some, size = SHARES.get(scenario.movable_share, percent(share)), percent(share)
    return f"{size} is the most that can come off any region, as only {some} of its load may move"


def _starts_at_home(scenario: Scenario, baseline: Scenario) -> bool:
    """Whether every region serves its own load in the baseline, and in the same world."""
    return baseline.policy == "nearest" and baseline.world == scenario.world
