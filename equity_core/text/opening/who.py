"""Which regions the headline names: those that carry most, and the one that gains most burden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from equity_core.inputs.dataset import Footprint
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.outcome.percent import in_percent
from equity_core.text.nouns import noun
from equity_core.text.numbers import amount, joined
from equity_core.text.shares import share_told

MOST_NAMED = 3
ALIKE = 1e-6
"""Relative difference below which two regions carry the same."""

MUCH_STEEPER = 1.1
"""How many times the largest rise in proportion another one must be to be told."""

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
    """ "the region that carries most (Virginia)", "(Virginia beforehand, Texas
    afterwards)".

    "of each" where one region carries most water and another most carbon.
    """
    first, now = (named(everyone(each)) for each in (before, after))
    told = first if now == first else f"{first} beforehand, {now} afterwards"
    return f"{_region(before)} ({told})"


def _region(before: Carriers) -> str:
    each = " of each" if len(set(before)) > 1 else ""
    return f"the region that carries most{each}"


def before_words(before: Carriers, after: Carriers) -> str:
    """The same without who carries most now, which `now_words` tells: "(Texas beforehand)"."""
    told = "" if before == after else " beforehand"
    return f"{_region(before)} ({named(everyone(before))}{told})"


def now_words(before: Outcome, after: Outcome) -> str:
    """Who carries most of which footprint now; nothing where it is as before.

    "afterwards most is carried by Virginia and 6 others", "afterwards most water is carried by
    Virginia, most carbon by Virginia and Texas".
    """
    was, now = carriers(before), carriers(after)
    if was == now:
        return ""
    if len(set(now)) == 1:
        return f"afterwards most is carried by {named(now[0])}"
    of: dict[tuple[str, ...], list[str]] = {}
    for who, item in zip(now, after.footprints, strict=True):
        of.setdefault(who, []).append(noun(item))
    (most, nouns), *others = of.items()
    deed = "is" if len(nouns) == 1 else "are"
    first = f"most {joined(nouns)} {deed} carried by {named(most)}"
    rest = [f"most {joined(nouns)} by {named(who)}" for who, nouns in others]
    return f"afterwards {', '.join([first, *rest])}"


def everyone(each: Carriers) -> list[str]:
    """The names of all who carry most of anything, each once."""
    return list(dict.fromkeys(sum(each, ())))


def named(names: Sequence[str]) -> str:
    """Up to three names, then a count: "Texas, Ohio and 4 others"."""
    if len(names) <= MOST_NAMED:
        return joined(list(names))
    shown = list(names[: MOST_NAMED - 1])
    return joined([*shown, f"{len(names) - len(shown)} others"])


@dataclass(frozen=True)
class Rise:
    """More of a footprint in one region.

    added     the change, as a share of what all regions carried before; inf where that was nothing
    share     the change in percent of what the region carried; inf where that was nothing
    before    what the region carried, in the footprint's unit
    change    the change, in the footprint's unit
    row       the region's
    """

    added: float
    share: float
    before: float
    change: float
    footprint: Footprint
    row: int


def largest_increase(comparison: Comparison) -> str:
    """The region to which most is added, beside what all regions carried before.

    "Texas most (2.34 million t more carbon, +28%)"; where only one carries more its name stands
    alone.
    """
    most, alone = _largest(_rises(comparison)), comparison.regions_worse == 1
    return f"{_name(comparison, most)}{'' if alone else ' most'} ({_size(comparison, most)})"


def steepest_rise(comparison: Comparison) -> str:
    """The largest rise in proportion, where that is another one: often of a region with little.

    In amounts, which compare with the largest rise: "in proportion carbon rises most in New Mexico,
    from 169,000 t to 847,000 t".
    """
    rises = _rises(comparison)
    most = max(rises, key=lambda rise: rise.share, default=None)
    if most is None or most.share <= MUCH_STEEPER * _largest(rises).share:
        return ""
    unit = most.footprint.unit
    start = amount(most.before, unit) if most.before else "nothing"
    ends = f"from {start} to {amount(most.before + most.change, unit)}"
    return f"in proportion {noun(most.footprint)} rises most in {_name(comparison, most)}, {ends}"


def _largest(rises: Sequence[Rise]) -> Rise:
    return max(rises, key=lambda rise: rise.added)


def _name(comparison: Comparison, rise: Rise) -> str:
    return comparison.after.site_names[comparison.sites[rise.row]]


def _size(comparison: Comparison, rise: Rise) -> str:
    """ "2.34 million t more carbon, +28%"; without a share where the region carried too little."""
    more = f"{amount(rise.change, rise.footprint.unit)} more {noun(rise.footprint)}"
    share = share_told(comparison, rise.footprint.column, rise.row)
    return f"{more}, {share}" if share else more


def _rises(comparison: Comparison) -> list[Rise]:
    """What the regions that carry more carry more of."""
    worse, footprints = set(comparison.worse_sites), comparison.after.footprints
    rows = [row for row, site in enumerate(comparison.sites) if site in worse]
    each = (_rise(comparison, item, row) for item in footprints for row in rows)
    return [rise for rise in each if rise.change > 0]


def _rise(comparison: Comparison, item: Footprint, row: int) -> Rise:
    before, change = (
        float(comparison.by_column[f"{item.column}_{part}"][row]) for part in ("before", "change")
    )
    added, share = (
        in_percent(change, base) if base else float("inf")
        for base in (comparison.before.total(item.column), before)
    )
    return Rise(added, share, before, change, item, row)
