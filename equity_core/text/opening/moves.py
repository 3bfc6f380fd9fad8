"""How far a figure of all regions moves: size, direction and noun; the words: headline.py."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from equity_core.inputs.dataset import Footprint
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.outcome.percent import change_pct
from equity_core.text.nouns import noun
from equity_core.text.numbers import more_or_less, unchanged


@dataclass(frozen=True)
class Move:
    """One footprint's figure: `size` is "30%", or "3 t" where there was nothing before;
    `direction` is 1 for a rise, -1 for a fall, 0 where it is the same; `share` the size in percent,
    0 where there was nothing before."""

    footprint: Footprint
    size: str
    direction: int
    share: float = 0.0

    @property
    def noun(self) -> str:
        """The footprint within a sentence."""
        return noun(self.footprint)


def worst_moves(comparison: Comparison) -> list[Move]:
    """What becomes of the largest burden of each footprint."""
    return _moves(comparison, comparison.after.footprints, Outcome.worst)


def totals(comparison: Comparison, footprints: Sequence[Footprint]) -> list[Move]:
    """What becomes of all regions together, for these footprints."""
    return _moves(comparison, footprints, Outcome.total)


def _moves(
    comparison: Comparison,
    footprints: Sequence[Footprint],
    figure: Callable[[Outcome, str], float],
) -> list[Move]:
    return [
        moved(item, *(figure(plan, item.column) for plan in (comparison.before, comparison.after)))
        for item in footprints
    ]


def moved(item: Footprint, before: float, after: float) -> Move:
    """From one figure to another."""
    if unchanged(before, after):
        return Move(item, "", 0)
    size = more_or_less(before, after, item.unit).rpartition(" ")[0]
    share = abs(change_pct(before, after)) if before else 0.0
    return Move(item, size, 1 if after > before else -1, share)
