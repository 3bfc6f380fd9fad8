"""How much a region's burden changed in percent, where that says something.

A region that carried next to nothing quadruples with little more: its percentage would outshine
the largest change there is, so it is left out, and amounts stand for themselves. None can fall by
more than all it carried.
"""

from __future__ import annotations

from equity_core.outcome.outcome import Comparison
from equity_core.text.numbers import rounded_change

LITTLE = 0.1
"""Of what the mean region carries: a region with less has no percentage told."""

FROM_LITTLE = "from little"
"""What stands in a percentage's place where there is room for two words."""


def carried_little(comparison: Comparison, column: str, row: int) -> bool:
    """Whether what a region carried before is too little to tell a percentage of it."""
    before = float(comparison.by_column[f"{column}_before"][row])
    mean = comparison.before.total(column) / max(1, len(comparison.before.site_names))
    return before <= LITTLE * mean


def share_told(comparison: Comparison, column: str, row: int) -> str:
    """ "+28%", "no change"; "" where it rises from too little."""
    moved = float(comparison.by_column[f"{column}_change_pct"][row])
    if not moved <= 0 and carried_little(comparison, column, row):
        return ""
    return rounded_change(moved)
