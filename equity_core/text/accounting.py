"""Carbon by average and by marginal accounting, in one sentence, where a data set knows both.

Average: what a grid emits, shared among all it serves. Marginal: what the power stations emit that
answer to one MWh more. They may move in opposite directions, so neither is told alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from equity_core.inputs.dataset import Footprint
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.outcome.percent import in_percent
from equity_core.scenario.policies import CARBON_COUNTED, policy_terms
from equity_core.text.numbers import amount, rounded, unchanged

BOTH_RIGHT = (
    "the average shares a grid's emissions among all that it serves, the marginal counts the power "
    "stations that answer to more load"
)
"""How both can hold where one falls and the other rises."""


def carbons(footprints: Sequence[Footprint]) -> tuple[Footprint, ...]:
    """Average and marginal carbon; nothing where only one of them is known."""
    known = {item.name: item for item in footprints}
    both = tuple(known[name] for name in CARBON_COUNTED.values() if name in known)
    return both if len(both) == len(CARBON_COUNTED) else ()


def accounting_clause(comparison: Comparison) -> str:
    """All carbon by each accounting, and its change against the baseline.

    "By average accounting carbon of all regions falls by 3.6% to 50.1 million t; by marginal
    accounting it rises by 5.5% to 92.8 million t"; where they differ in direction, how both can
    hold. "" where only one is known.
    """
    both = carbons(comparison.after.footprints)
    told = [
        f"by {_way(comparison.after, item)} {subject} {_moved(comparison, item)}"
        for item, subject in zip(both, ("carbon of all regions", "it"), strict=False)
    ]
    apart = f" (both hold: {BOTH_RIGHT})" if _apart(comparison, both) else ""
    return f"{'; '.join(told)}{apart}"


def apart_clause(comparison: Comparison) -> str:
    """That they move apart, and why, where their figures stand beside; "" where they do not."""
    both = carbons(comparison.after.footprints)
    if not both or not _apart(comparison, both):
        return ""
    ways = [
        f"{_moved(comparison, item).split(' ')[0]} by {_way(comparison.after, item)}"
        for item in both
    ]
    return f"carbon of all regions {' but '.join(ways)}: {BOTH_RIGHT}"


def _apart(comparison: Comparison, both: Sequence[Footprint]) -> bool:
    """Whether one rises and the other falls."""
    moves = [
        comparison.after.total(item.column) - comparison.before.total(item.column)
        for item in both
        if not unchanged(
            *(plan.total(item.column) for plan in (comparison.before, comparison.after))
        )
    ]
    return bool(moves) and min(moves) < 0 < max(moves)


def _way(outcome: Outcome, item: Footprint) -> str:
    """ "average accounting", and whether that is the kind the plan counts."""
    way = next(way for way, name in CARBON_COUNTED.items() if name == item.name)
    terms = policy_terms(outcome.scenario)
    counts = item.name in terms.total or item.name in terms.worst
    return f"{way} accounting (the kind this plan counts)" if counts else f"{way} accounting"


def _moved(comparison: Comparison, item: Footprint) -> str:
    before, after = (plan.total(item.column) for plan in (comparison.before, comparison.after))
    total = amount(after, item.unit)
    if unchanged(before, after):
        return f"stays at {total}"
    size = abs(after - before)
    by = rounded(in_percent(size, before)) if before > 0 else amount(size, item.unit)
    return f"{'rises' if after > before else 'falls'} by {by} to {total}"
