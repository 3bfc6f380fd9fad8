"""The result in words: pure functions from an outcome or a comparison to sentences.

Every figure has at most three significant digits and its unit. The words never say less than the
numbers: a rise is told as plainly as a fall, and losers stand in the same sentence as winners.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from equity_core.inputs.dataset import Footprint
from equity_core.outcome.formats import (
    NO_CHANGE,
    SAME_PERCENT,
    amount,
    change,
    joined,
    number,
    percent,
    percent_change,
    unit_text,
)
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.outcome.quantities import Quantity, find_quantity
from equity_core.outcome.room_words import objective_words
from equity_core.outcome.tables import Records
from equity_core.scenario.policies import WEIGHTED

MOST_NAMED = 6
"""Regions that a sentence names one by one where it concerns every region."""

PLAN_NAMES = {
    "cost": "the cheapest plan",
    "carbon": "the lowest-carbon plan",
    "water": "the lowest-water plan",
    "cost_and_carbon": "the plan that prices cost and carbon",
    "all_averages": "the plan that prices total water and carbon",
    "equity": "the equity plan",
    "fairest": "the fairest plan",
    "nearest": "the nearest-site plan",
}


def plan_name(outcome: Outcome) -> str:
    """The plan of an outcome as it is called in a sentence: "the cheapest plan"."""
    return PLAN_NAMES[outcome.scenario.policy]


def headline(comparison: Comparison) -> str:
    """The price of equity in one sentence.

    "For 15.4% more electricity cost the worst-hit region uses 30% less water and 35% less carbon
    than under the cheapest plan; 5 of 10 regions carry more."
    """
    if _same(comparison):
        return _same_sentence(comparison)
    return f"{_cost_clause(comparison)} {_worst_clause(comparison)}; {_losers(comparison)}."


def _same(comparison: Comparison) -> bool:
    """Whether no region's load, cost or footprint differs."""
    for column, before in comparison.before.by_column.items():
        moved = np.abs(comparison.after.by_column[column] - before)
        if (moved / max(np.abs(before).max(), 1e-12) >= SAME_PERCENT / 100).any():
            return False
    return True


def _same_sentence(comparison: Comparison) -> str:
    after, name = comparison.after, plan_name(comparison.before)
    itself = after.scenario.policy == comparison.before.scenario.policy
    opening = f"This is the baseline plan itself, {name}" if itself else f"This plan equals {name}"
    worst = joined([_worst_amount(after, footprint) for footprint in after.footprints])
    cost = amount(after.cost_usd, "usd")
    return f"{opening}: it costs {cost} and {_worst_hit(after)} uses {worst}."


def _worst_hit(outcome: Outcome) -> str:
    """The region with the largest amount; under a lens that need not be the worst-hit one."""
    scenario = outcome.scenario
    plain = scenario.lens == "equal" or scenario.policy not in WEIGHTED
    return "the worst-hit region" if plain else "the region with the largest amount"


def _worst_amount(outcome: Outcome, footprint: Footprint) -> str:
    worst = amount(outcome.worst(footprint.column), footprint.unit)
    return f"{worst} of {footprint.label.lower()}"


def _cost_clause(comparison: Comparison) -> str:
    pair = comparison.before.cost_usd, comparison.after.cost_usd
    if _unchanged(*pair):
        return "At the same electricity cost"
    size = _size(*pair, comparison.cost_change_pct, "usd", digits=3)
    return f"For {size} {_more_or_less(*pair)} electricity cost"


def _worst_clause(comparison: Comparison) -> str:
    """What the worst-hit region uses, changed footprints first."""
    before, after = comparison.before, comparison.after
    changed, same = [], []
    for footprint in after.footprints:
        pair = before.worst(footprint.column), after.worst(footprint.column)
        noun = footprint.label.lower()
        if _unchanged(*pair):
            same.append(noun)
        else:
            percentage = comparison.worst_change_pct(footprint.column)
            size = _size(*pair, percentage, footprint.unit, digits=2)
            changed.append(f"{size} {_more_or_less(*pair)} {noun}")
    baseline, who = plan_name(before), _worst_hit(after)
    if not changed:
        return f"{who} uses as much {joined(same)} as under {baseline}"
    mixed = len({" more " in part for part in changed}) > 1
    uses = joined(changed, "but" if mixed and len(changed) == 2 else "and")
    tail = f", and as much {joined(same)}" if same else ""
    return f"{who} uses {uses} than under {baseline}{tail}"


def _unchanged(before: float, after: float) -> bool:
    return math.isclose(before, after, rel_tol=SAME_PERCENT / 100, abs_tol=1e-9)


def _more_or_less(before: float, after: float) -> str:
    return "more" if after > before else "less"


def _size(before: float, after: float, percentage: float, unit: str, digits: int) -> str:
    """How large a change is: "30%"; in absolute terms where the baseline leaves no percentage."""
    if before <= 0:
        return amount(abs(after - before), unit, digits)
    return percent(abs(percentage), digits)


def _losers(comparison: Comparison) -> str:
    losers, count = comparison.regions_worse, len(comparison.sites)
    if losers == 0:
        return "no region carries more"
    return f"{losers} of {count} regions {'carries' if losers == 1 else 'carry'} more"


def limiting_sentences(outcome: Outcome) -> tuple[str, ...]:
    """One sentence a footprint: the regions that limit fairness, from the duals.

    A dual bounds what more room at the region would take off the objective: one unit saves at
    most so much, and two units at most twice as much.
    """
    return tuple(_limiting_sentence(outcome, footprint) for footprint in outcome.footprints)


def _limiting_sentence(outcome: Outcome, footprint: Footprint) -> str:
    duals = outcome.duals[footprint.name].to_numpy()
    noun, unit = footprint.label.lower(), unit_text(footprint.unit)
    least = 1e-6 * max(1.0, float(duals.max()))
    binding = [row for row in np.argsort(-duals, kind="stable") if duals[row] > least]
    if not binding:
        return f"No region's {noun} limits this plan: more room there would save nothing."
    names = [outcome.site_names[str(outcome.duals.index[row])] for row in binding]
    objective, what = objective_words(outcome)
    worth = [amount(float(duals[row]), objective) for row in binding]
    if len(names) == 1:
        return (
            f"{names[0]}'s {noun} is what binds: one {unit} more room there would lower "
            f"{what} by up to {worth[0]}."
        )
    rooms = joined([f"{name} {value}" for name, value in zip(names, worth, strict=True)])
    if len(names) == len(duals) > MOST_NAMED:
        rooms = f"from {worth[-1]} ({names[-1]}) to {worth[0]} ({names[0]})"
    return (
        f"{footprint.label} binds in {len(names)} regions; one {unit} more room there would lower "
        f"{what} by up to: {rooms}."
    )


def certificate_sentence(outcome: Outcome) -> str:
    """How far from the best possible plan this one can be at most, rounded up."""
    within = _gap_percent(outcome.gap)
    return (
        f"Optimal within {within}: no plan that obeys the same rules can improve on this one's "
        f"objective of {amount(outcome.objective, objective_unit(outcome))} by more than that."
    )


def objective_unit(outcome: Outcome) -> str:
    """The unit of the objective: that of the one footprint a policy minimises, otherwise USD."""
    units = {footprint.name: footprint.unit for footprint in outcome.footprints}
    return units.get(outcome.scenario.policy, "usd")


def _gap_percent(gap: float) -> str:
    """A relative gap as a percentage, rounded up to a power of ten and never below 1e-7%."""
    if not math.isfinite(gap):
        return "an unknown margin"
    exponent = max(-7, math.ceil(math.log10(max(gap, 1e-300) * 100) - 1e-9))
    return f"{10.0**exponent:.{max(0, -exponent)}f}%"


def map_summary(comparison: Comparison, column: str, view: str) -> str:
    """The map in words, for readers who cannot see it; `view` is "change" or "burden"."""
    quantity = find_quantity(comparison.after.footprints, column)
    if view == "change":
        return _change_summary(comparison, quantity)
    values = comparison.after.burdens[column].sort_values(ascending=False, kind="stable")
    names = comparison.after.site_names
    top, bottom = str(values.index[0]), str(values.index[-1])
    return (
        f"Map of {quantity.noun} by region under {plan_name(comparison.after)}. "
        f"Highest: {names[top]}, {amount(float(values.iloc[0]), quantity.unit)}. "
        f"Lowest: {names[bottom]}, {amount(float(values.iloc[-1]), quantity.unit)}. "
        f"All {len(values)} regions together: {amount(float(values.sum()), quantity.unit)}."
    )


def _change_summary(comparison: Comparison, quantity: Quantity) -> str:
    changes = comparison.by_column[f"{quantity.column}_change"]
    ordered = np.argsort(changes, kind="stable")
    shown = [change(float(value), quantity.unit) for value in changes]
    opening = f"Map of the change in {quantity.noun} by region against "
    opening += f"{plan_name(comparison.before)}."
    if all(text == NO_CHANGE for text in shown):
        return f"{opening} No region changes."
    rises = sum(text.startswith("+") for text in shown)
    falls = len(shown) - rises - shown.count(NO_CHANGE)
    parts = [opening, f"It rises in {rises} and falls in {falls} of {len(shown)} regions."]
    if rises:
        parts.append(f"Largest rise: {_region_change(comparison, quantity, int(ordered[-1]))}.")
    if falls:
        parts.append(f"Largest fall: {_region_change(comparison, quantity, int(ordered[0]))}.")
    return " ".join(parts)


def _region_change(comparison: Comparison, quantity: Quantity, row: int) -> str:
    before, moved, percentage = (
        float(comparison.by_column[f"{quantity.column}_{part}"][row])
        for part in ("before", "change", "change_pct")
    )
    text = f"{comparison.after.site_names[comparison.sites[row]]}, {change(moved, quantity.unit)}"
    return f"{text} ({percent_change(percentage)})" if before > 0 else text


def bars_summary(comparison: Comparison, column: str) -> str:
    """The before/after bars in words, largest rise first."""
    quantity = find_quantity(comparison.after.footprints, column)
    before, after = (comparison.by_column[f"{column}_{part}"] for part in ("before", "after"))
    rows = [
        f"{comparison.after.site_names[comparison.sites[row]]} from {number(float(before[row]))} "
        f"to {number(float(after[row]))}"
        for row in np.argsort(-comparison.by_column[f"{column}_change"], kind="stable")
    ]
    return (
        f"{quantity.label} by region in {unit_text(quantity.unit)}, from "
        f"{plan_name(comparison.before)} to {plan_name(comparison.after)}, "
        f"largest rise first: {'; '.join(rows)}."
    )


def frontier_summary(plans: Records, current: Outcome) -> str:
    """The cost/equity curve in words: its two ends, its knee and the current plan."""
    knee = next(plan for plan in plans if plan["knee"])
    ordered = sorted(plans, key=lambda plan: plan["cost_usd"])
    ends = (ordered[0], ordered[-1])
    return (
        f"Curve of electricity cost against the worst-hit region over {len(plans)} plans: from "
        f"{_point(ends[0], current)} to {_point(ends[1], current)}. "
        f"The knee, after which fairness gets expensive, lies at {_point(knee, current)}. "
        f"The current plan: {_outcome_point(current)}."
    )


def _point(row: dict[str, Any], current: Outcome) -> str:
    worst = [
        f"{amount(float(row[f'worst_{footprint.column}']), footprint.unit)} of "
        f"{footprint.label.lower()}"
        for footprint in current.footprints
        if f"worst_{footprint.column}" in row
    ]
    return f"{amount(float(row['cost_usd']), 'usd')} with {joined(worst)}"


def _outcome_point(outcome: Outcome) -> str:
    worst = joined([_worst_amount(outcome, footprint) for footprint in outcome.footprints])
    return f"{amount(outcome.cost_usd, 'usd')} with {worst}"
