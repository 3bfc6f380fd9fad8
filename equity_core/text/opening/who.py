"""Which regions the headline names: those that carry most, and the one that gains most burden."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.outcome.percent import in_percent
from equity_core.text.nouns import noun
from equity_core.text.numbers import amount, joined, percent

MOST_NAMED = 3
ALIKE = 1e-6
"""Relative difference below which two regions carry the same."""

Carriers = tuple[tuple[str, ...], ...]
"""The names of the regions that carry most, of each footprint."""


def carriers(outcome: Outcome) -> Carriers:
    """The regions that carry most: of a fair plan there are often several."""
    return tuple(carrying_most(outcome, item.column) for item in outcome.footprints)


def carrying_most(outcome: Outcome, column: str) -> tuple[str, ...]:
    """The names of the regions whose burden is the largest."""
    burdens = outcome.by_column[column]
    tied = burdens >= burdens.max() - ALIKE * abs(burdens.max())
    sites = outcome.burdens.index
    # Not `sites[tied]`: pandas takes longer for that than all else of a headline.
    return tuple(outcome.site_names[str(sites[row])] for row in np.flatnonzero(tied).tolist())


def carriers_words(before: Carriers, after: Carriers) -> str:
    """ "the region that carries most (Virginia)", "(before Virginia, now Texas)".

    "of each" where one region carries most water and another most carbon.
    """
    each = " of each" if len(set(before)) > 1 else ""
    first, now = (named(list(dict.fromkeys(sum(each_one, ())))) for each_one in (before, after))
    told = first if now == first else f"before {first}, now {now}"
    return f"the region that carries most{each} ({told})"


def named(names: Sequence[str]) -> str:
    """Up to three names, then a count: "Texas, Ohio and 4 others"."""
    if len(names) <= MOST_NAMED:
        return joined(list(names))
    shown = list(names[: MOST_NAMED - 1])
    return joined([*shown, f"{len(names) - len(shown)} others"])


def most_more(comparison: Comparison) -> str:
    """The largest rise of one region: "at most 30% more (health damage in Texas)".

    In percent of what the region carried before, or as an amount where that was nothing.
    """
    rises = [
        (_relative(comparison, item.column, row), item, row)
        for item in comparison.after.footprints
        for row, site in enumerate(comparison.sites)
        if site in comparison.worse_sites
    ]
    share, item, row = max(rises, key=lambda rise: rise[0])
    change = float(comparison.by_column[f"{item.column}_change"][row])
    size = amount(change, item.unit, 2) if share == float("inf") else percent(share, 2)
    name = comparison.after.site_names[comparison.sites[row]]
    return f"at most {size} more ({noun(item)} in {name})"


def _relative(comparison: Comparison, column: str, row: int) -> float:
    before, change = (
        float(comparison.by_column[f"{column}_{part}"][row]) for part in ("before", "change")
    )
    if before == 0:
        return float("inf") if change > 0 else 0.0
    return in_percent(change, before)
