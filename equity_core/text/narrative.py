"""Maps, bars and the frontier in words: pure functions from a comparison to sentences.

Every figure has at most three significant digits and its unit. The headline stands in `opening`.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from equity_core.outcome.milestones import Milestones
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.outcome.percent import change_pct
from equity_core.text.headings import Records
from equity_core.text.nouns import noun, places, region_noun
from equity_core.text.numbers import (
    NO_CHANGE,
    amount,
    change,
    joined,
    number,
    rounded_change,
    unit_text,
)
from equity_core.text.opening.setting import setting
from equity_core.text.opening.subject import told_apart
from equity_core.text.plan_names import baseline_name, plan_name
from equity_core.text.quantities import Quantity, find_quantity
from equity_core.text.shares import share_told

LITTLE_COST = 1e-3
"""Of the cheapest plan's cost: what half and all of fairness cost is not told apart below it."""


def map_summary(comparison: Comparison, column: str, view: str) -> str:
    """The map in words, for readers who cannot see it; `view` is "change" or "burden"."""
    quantity = find_quantity(comparison.after.footprints, column)
    if view == "change":
        return _change_summary(comparison, quantity)
    values = comparison.after.burdens[column].sort_values(ascending=False, kind="stable")
    names = comparison.after.site_names
    top, bottom = str(values.index[0]), str(values.index[-1])
    return (
        f"Map of simulated {quantity.noun} in {setting(comparison.after)} under "
        f"{plan_name(comparison.after)}. "
        f"Highest: {names[top]}, {amount(float(values.iloc[0]), quantity.unit)}. "
        f"Lowest: {names[bottom]}, {amount(float(values.iloc[-1]), quantity.unit)}. "
        f"All {places(comparison.after.dataset_id, len(values))} together: "
        f"{amount(float(values.sum()), quantity.unit)}."
    )


def _new_rows(comparison: Comparison) -> list[int]:
    return [int(row) for row in np.flatnonzero(comparison.is_new)]


def _change_summary(comparison: Comparison, quantity: Quantity) -> str:
    changes = comparison.by_column[f"{quantity.column}_change"]
    order = comparison.largest_rise_first(quantity.column)[: len(comparison.regions)]
    shown = [change(float(changes[row]), quantity.unit) for row in order]
    opening = f"Map of the simulated change in {quantity.noun} in {setting(comparison.after)} "
    opening += f"under {told_apart(comparison)} against {baseline_name(comparison)}."
    added = [_region_amount(comparison, quantity, row) for row in _new_rows(comparison)]
    dataset = comparison.after.dataset_id
    if all(text == NO_CHANGE for text in shown):
        return " ".join([opening, f"No {region_noun(dataset)[0]} changes.", *added])
    rises = sum(text.startswith("+") for text in shown)
    falls = len(shown) - rises - shown.count(NO_CHANGE)
    parts = [
        opening,
        f"It rises in {rises} and falls in {falls} of {places(dataset, len(shown))}.",
    ]
    if rises:
        parts.append(f"Largest rise: {_region_change(comparison, quantity, order[0])}.")
    if falls:
        parts.append(f"Largest fall: {_region_change(comparison, quantity, order[-1])}.")
    return " ".join([*parts, _total_change(comparison, quantity), *added])


def _total_change(comparison: Comparison, quantity: Quantity) -> str:
    before, after = (plan.total(quantity.column) for plan in (comparison.before, comparison.after))
    moved = change(after - before, quantity.unit)
    share = rounded_change(comparison.total_change_pct(quantity.column))
    size = f" ({share})" if before > 0 and moved != NO_CHANGE else ""
    return f"All regions together: {moved}{size}."


def _region_amount(comparison: Comparison, quantity: Quantity, row: int) -> str:
    after = float(comparison.by_column[f"{quantity.column}_after"][row])
    name = comparison.after.site_names[comparison.sites[row]]
    return f"{name}: {amount(after, quantity.unit)}."


def _region_change(comparison: Comparison, quantity: Quantity, row: int) -> str:
    moved = float(comparison.by_column[f"{quantity.column}_change"][row])
    text = f"{comparison.after.site_names[comparison.sites[row]]}, {change(moved, quantity.unit)}"
    share = share_told(comparison, quantity.column, row)
    return f"{text} ({share})" if share else text


def bars_summary(comparison: Comparison, column: str) -> str:
    """The before/after bars in words, largest rise first."""
    quantity = find_quantity(comparison.after.footprints, column)
    rows = [_bar_words(comparison, column, row) for row in comparison.largest_rise_first(column)]
    return (
        f"{quantity.label} by region in {unit_text(quantity.unit)}, simulated for "
        f"{setting(comparison.after)}, from "
        f"{baseline_name(comparison)} to {plan_name(comparison.after)}, "
        f"largest rise first: {'; '.join(rows)}."
    )


def _bar_words(comparison: Comparison, column: str, row: int) -> str:
    site = comparison.sites[row]
    name = comparison.after.site_names[site]
    before, after = (
        number(float(comparison.by_column[f"{column}_{part}"][row])) for part in ("before", "after")
    )
    return f"{name} {after}" if comparison.is_added(site) else f"{name} from {before} to {after}"


def frontier_summary(plans: Records, current: Outcome) -> str:
    """The curve of cost against the worst burdens in words: its ends, knee and this plan."""
    knee = next(plan for plan in plans if plan["knee"])
    ordered = sorted(plans, key=lambda plan: plan["cost_usd"])
    ends, named = (ordered[0], ordered[-1]), plan_name(current)
    return (
        "Curve of electricity cost against the region that carries most, simulated for "
        f"{setting(current)}, over {len(plans)} plans: from "
        f"{_point(ends[0], current)} to {_point(ends[1], current)}. "
        "The knee, the point farthest below the straight line between the ends, lies at "
        f"{_point(knee, current)}. {named[0].upper()}{named[1:]} lies at "
        f"{_outcome_point(current)}."
    )


def milestones_sentence(passed: Milestones, current: Outcome) -> str:
    """What the first half, nine tenths and the last tenth of the possible improvement cost.

    And this plan; all above the cheapest plan of the curve.
    """
    half, most, whole, here = (
        _above(cost, passed)
        for cost in (passed.half_usd, passed.nine_tenths_usd, passed.all_usd, current.cost_usd)
    )
    cheapest = f"the cheapest plan, simulated for {setting(current)},"
    if whole == NO_CHANGE:
        return f"By these weights {cheapest} is as fair as any."
    if abs(passed.all_usd - passed.cheapest_usd) < LITTLE_COST * abs(passed.cheapest_usd):
        return (
            "All of the improvement that fairness weights can bring costs next to nothing: at most "
            f"{whole} against {cheapest} while {plan_name(current)} stands at {here}."
        )
    return (
        f"Against {cheapest} the first half of the possible improvement in fairness takes "
        f"electricity cost to {half} and the last tenth takes it from {most} to {whole}; "
        f"{plan_name(current)} stands at {here}."
    )


def _above(cost_usd: float, passed: Milestones) -> str:
    """How far a cost lies above the cheapest plan's: "+4.6%", "no change"."""
    if passed.cheapest_usd > 0:
        return rounded_change(change_pct(passed.cheapest_usd, cost_usd))
    return change(cost_usd - passed.cheapest_usd, "usd")


def _point(row: dict[str, Any], current: Outcome) -> str:
    worst = [
        f"{amount(float(row[f'worst_{footprint.column}']), footprint.unit)} of {noun(footprint)}"
        for footprint in current.footprints
        if f"worst_{footprint.column}" in row
    ]
    return f"{amount(float(row['cost_usd']), 'usd')} with {joined(worst)}"


def _outcome_point(outcome: Outcome) -> str:
    worst = joined(
        [
            f"{amount(outcome.worst(item.column), item.unit)} of {noun(item)}"
            for item in outcome.footprints
        ]
    )
    return f"{amount(outcome.cost_usd, 'usd')} with {worst}"
