"""What is seen at one glance of a preview, and in words: from burdens by region, before and after.

`ui/assets/preview/glance.js` says the same in the browser, held to the same cases by tests.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from equity_core.arrays import Floats
from equity_core.inputs.dataset import Footprint
from equity_core.outcome.percent import change_pct
from equity_core.text.nouns import noun
from equity_core.text.numbers import NO_CHANGE, amount, joined, large, rounded, rounded_change

WORSE_BEYOND = 2e-4
"""Rise above which a region counts as worse off in a preview, as a share of the largest burden:
mixes are that close."""

DIGITS = 4
"""Of figures that are to be told apart: preview and certified answer are often closer than 1%."""


@dataclass(frozen=True)
class Worst:
    """The largest burden of one footprint: `before` under the baseline, `after` in the plan."""

    noun: str
    unit: str
    before: float
    after: float


@dataclass(frozen=True)
class Glance:
    """Electricity cost (USD), the largest burdens, and how many of so many regions carry more."""

    cost_before: float
    cost: float
    worst: tuple[Worst, ...]
    worse: int
    regions: int


def glance(footprints: Sequence[Footprint], before: Floats, after: Floats) -> Glance:
    """The glance of amounts [2 + K, N]: energy, cost and burdens of `footprints` by region."""
    old, new = before[2:], after[2:]
    worse = (new - old > WORSE_BEYOND * old.max(axis=1, keepdims=True)).any(axis=0)
    worst = zip(footprints, old.max(axis=1).tolist(), new.max(axis=1).tolist(), strict=True)
    return Glance(
        float(before[1].sum()),
        float(after[1].sum()),
        tuple(Worst(noun(item), item.unit, was, now) for item, was, now in worst),
        int(np.count_nonzero(worse)),
        before.shape[1],
    )


def preview_sentence(seen: Glance, than: str, places: tuple[str, str]) -> str:
    """What a preview says in the headline's place; `than` ends "... more than", `places` are what
    regions are called, one and many.

    "Electricity costs 15% more than under the cheapest plan; in the region that carries most:
    water −30%, carbon −35%; 5 of 10 regions carry more."
    """
    each = [f"{item.noun} {_moved(item)}" for item in seen.worst]
    carry = "carries" if seen.worse == 1 else "carry"
    return (
        f"Electricity costs {_cost(seen)} {than}; "
        f"in the {places[0]} that carries most: {', '.join(each)}; "
        f"{seen.worse} of {seen.regions} {places[1]} {carry} more."
    )


def _moved(item: Worst) -> str:
    if not item.before:
        return amount(item.after, item.unit)
    return rounded_change(change_pct(item.before, item.after))


def _cost(seen: Glance) -> str:
    """ "15% more than"; as an amount where the baseline leaves no percentage."""
    if seen.cost_before <= 0:
        return f"{amount(seen.cost, 'usd')} against {amount(seen.cost_before, 'usd')}"
    moved = change_pct(seen.cost_before, seen.cost)
    if rounded_change(moved) == NO_CHANGE:
        return "as much as"
    return f"{rounded(abs(moved))} {'more' if moved > 0 else 'less'} than"


def certified_sentence(preview: Glance, certified: Glance) -> str:
    """What the certified answer changed: "Certified: worst water 1,826 → 1,819 m³."."""
    told = [("cost", _apart("usd", preview.cost, certified.cost))]
    for seen, now in zip(preview.worst, certified.worst, strict=True):
        told.append((f"worst {seen.noun}", _apart(seen.unit, seen.after, now.after)))
    if preview.worse != certified.worse:
        told.append(("regions worse off", f"{preview.worse} → {certified.worse}"))
    changes = [f"{name} {change}" for name, change in told if change]
    return f"Certified: {joined(changes)}." if changes else "Certified: as in the preview."


def _apart(unit: str, preview: float, certified: float) -> str:
    """ "1,826 → 1,819 m³"; nothing where both look the same."""
    before, after = (amount(value, unit, DIGITS) for value in (preview, certified))
    if before == after:
        return ""
    return f"{before if unit == 'usd' else large(preview, DIGITS)} → {after}"
