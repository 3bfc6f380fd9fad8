"""The result in words: pure functions from an outcome or a comparison to sentences.

Every figure has at most three significant digits and its unit. The words never say less than the
numbers: a rise is told as plainly as a fall, and losers stand in the same sentence as winners.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from equity_core.inputs.checks import counted
from equity_core.inputs.dataset import Footprint
from equity_core.outcome.milestones import Milestones
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.outcome.percent import change_pct
from equity_core.scenario.policies import WEIGHTED
from equity_core.text.accounting import accounting_sentences, carbons
from equity_core.text.headings import Records
from equity_core.text.nouns import deeds, noun, verb
from equity_core.text.numbers import (
    NO_CHANGE,
    SAME_PERCENT,
    amount,
    change,
    joined,
    more_or_less,
    number,
    percent,
    percent_change,
    unchanged,
    unit_text,
)
from equity_core.text.plan_names import baseline_name, plan_name
from equity_core.text.quantities import Quantity, find_quantity

MOST_VERBS = 2
"""Footprints above which those that change alike are told with one verb."""


def headline(comparison: Comparison) -> str:
    """The price of equity in a sentence, and what becomes of all regions together.

    "For 15.4% more electricity cost the worst-hit region uses 30% less water and emits 35% less
    carbon than under the cheapest plan; 5 of 10 regions are worse off. All regions together: 6.1%
    less water and 3.5% less carbon."
    """
    return " ".join(headline_sentences(comparison))


def headline_sentences(comparison: Comparison) -> tuple[str, ...]:
    """The sentences of `headline`; the last one about the hypothetical site, where there is one."""
    if _same(comparison):
        told = [_same_sentence(comparison), _all_amounts(comparison.after)]
    else:
        clauses = f"{_cost_clause(comparison)} {_worst_clause(comparison)}"
        told = [f"{clauses}; {_losers(comparison)}.", _total_sentence(comparison)]
    return (*told, *accounting_sentences(comparison), *new_site_sentences(comparison))


def _movable(outcome: Outcome) -> str:
    """How much of the load the plan could move, where that is not all of it."""
    share = outcome.scenario.movable_share
    return "" if share == 1 else f"with {percent(100 * share)} of the load free to move"


def _added_up(footprints: Sequence[Footprint]) -> list[Footprint]:
    """The footprints whose totals are told together; the two kinds of carbon have a sentence."""
    return [item for item in footprints if item not in carbons(footprints)]


def _same(comparison: Comparison) -> bool:
    """Whether no region's load, cost or footprint differs."""
    for column in comparison.after.by_column:
        before, moved = (comparison.by_column[f"{column}_{part}"] for part in ("before", "change"))
        if (np.abs(moved) / max(np.abs(before).max(), 1e-12) >= SAME_PERCENT / 100).any():
            return False
    return True


def _same_sentence(comparison: Comparison) -> str:
    before, after = comparison.before, comparison.after
    asked = [(plan.scenario.policy, plan.scenario.world) for plan in (before, after)]
    itself, name = asked[0] == asked[1], baseline_name(comparison)
    opening = f"This is the baseline plan itself, {name}" if itself else f"This plan equals {name}"
    worst = joined(deeds([(item, _worst_amount(after, item)) for item in after.footprints]))
    cost = amount(after.cost_usd, "usd")
    return f"{opening}: it costs {cost} and {_worst_hit(after)} {worst}."


def _all_amounts(outcome: Outcome) -> str:
    told = [
        f"{amount(outcome.total(item.column), item.unit)} of {noun(item)}"
        for item in _added_up(outcome.footprints)
    ]
    return f"All regions together: {joined(told)}."


def _worst_hit(outcome: Outcome) -> str:
    """The region with the largest amount; under a lens that need not be the worst-hit one."""
    scenario = outcome.scenario
    plain = scenario.lens == "equal" or scenario.policy not in WEIGHTED
    return "the worst-hit region" if plain else "the region with the largest amount"


def _worst_amount(outcome: Outcome, footprint: Footprint) -> str:
    worst = amount(outcome.worst(footprint.column), footprint.unit)
    return f"{worst} of {noun(footprint)}"


def _cost_clause(comparison: Comparison) -> str:
    """What opens the sentence: "For" is said of a cost that rises, as of a price that is paid."""
    before, after = comparison.before.cost_usd, comparison.after.cost_usd
    movable = _movable(comparison.after)
    moved = more_or_less(before, after, "usd", digits=3)
    if after < before and not unchanged(before, after):
        opening = f"{movable[0].upper()}{movable[1:]}, electricity" if movable else "Electricity"
        return f"{opening} costs {moved}, and"
    cost = "At the same" if unchanged(before, after) else f"For {moved}"
    return f"{cost} electricity cost{f' and {movable},' if movable else ''}"


def _worst_clause(comparison: Comparison) -> str:
    """What the worst-hit region uses, emits and so on, changed footprints first."""
    moves = _moves(comparison, Outcome.worst)
    baseline, who = baseline_name(comparison), _worst_hit(comparison.after)
    if len(moves) > MOST_VERBS and len({move for _, move in moves}) == 1 and moves[0][1]:
        alike = joined([noun(item) for item, _ in moves])
        return f"{who} carries {moves[0][1]} {alike} than under {baseline}"
    changed = deeds([(item, f"{move} {noun(item)}") for item, move in moves if move])
    same = deeds([(item, f"as much {noun(item)}") for item, move in moves if not move])
    if not changed:
        return f"{who} {joined(same)} as under {baseline}"
    mixed = len({" more " in part for part in changed}) > 1
    does = joined(changed, "but" if mixed and len(changed) == 2 else "and")
    tail = f", and {joined(same)}" if same else ""
    return f"{who} {does} than under {baseline}{tail}"


def _total_sentence(comparison: Comparison) -> str:
    """What becomes of the totals, which may rise where the worst region falls."""
    told_apart = carbons(comparison.after.footprints)
    moves = [pair for pair in _moves(comparison, Outcome.total) if pair[0] not in told_apart]
    changed = [f"{move} {noun(item)}" for item, move in moves if move]
    same = [noun(item) for item, move in moves if not move]
    told = [*changed, *([f"as much {joined(same)}"] if same else [])]
    return f"All regions together: {joined(told)}."


def _moves(
    comparison: Comparison, figure: Callable[[Outcome, str], float]
) -> list[tuple[Footprint, str]]:
    """ "30% less" for each footprint whose figure changes, "" for the others."""
    moves = []
    for item in comparison.after.footprints:
        pair = figure(comparison.before, item.column), figure(comparison.after, item.column)
        moves.append((item, "" if unchanged(*pair) else more_or_less(*pair, item.unit, digits=2)))
    return moves


def _losers(comparison: Comparison) -> str:
    losers, count = comparison.regions_worse, len(comparison.regions)
    if losers == 0:
        return "no region is worse off"
    return f"{losers} of {counted(count, 'region')} {'is' if losers == 1 else 'are'} worse off"


def new_site_sentences(comparison: Comparison) -> tuple[str, ...]:
    """What the hypothetical site carries, which stands apart from winners and losers."""
    return tuple(_new_site_sentence(comparison, row) for row in _new_rows(comparison))


def _new_rows(comparison: Comparison) -> list[int]:
    return [int(row) for row in np.flatnonzero(comparison.is_new)]


def _new_site_sentence(comparison: Comparison, row: int) -> str:
    site = comparison.sites[row]
    name = comparison.after.site_names[site]
    told = []
    for item in comparison.after.footprints:
        before, after = (
            amount(float(comparison.by_column[f"{item.column}_{part}"][row]), item.unit)
            for part in ("before", "after")
        )
        there = "" if comparison.is_added(site) else f" ({before} under the baseline)"
        told.append(f"{verb(item)} {after} of {noun(item)}{there}")
    return f"The {name[0].lower()}{name[1:]} {joined(told)}."


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
        f"All {counted(len(values), 'region')} together: "
        f"{amount(float(values.sum()), quantity.unit)}."
    )


def _change_summary(comparison: Comparison, quantity: Quantity) -> str:
    changes = comparison.by_column[f"{quantity.column}_change"]
    order = comparison.largest_rise_first(quantity.column)[: len(comparison.regions)]
    shown = [change(float(changes[row]), quantity.unit) for row in order]
    opening = f"Map of the change in {quantity.noun} by region against "
    opening += f"{baseline_name(comparison)}."
    added = [_region_amount(comparison, quantity, row) for row in _new_rows(comparison)]
    if all(text == NO_CHANGE for text in shown):
        return " ".join([opening, "No region changes.", *added])
    rises = sum(text.startswith("+") for text in shown)
    falls = len(shown) - rises - shown.count(NO_CHANGE)
    parts = [
        opening,
        f"It rises in {rises} and falls in {falls} of {counted(len(shown), 'region')}.",
    ]
    if rises:
        parts.append(f"Largest rise: {_region_change(comparison, quantity, order[0])}.")
    if falls:
        parts.append(f"Largest fall: {_region_change(comparison, quantity, order[-1])}.")
    return " ".join([*parts, _total_change(comparison, quantity), *added])


def _total_change(comparison: Comparison, quantity: Quantity) -> str:
    before, after = (plan.total(quantity.column) for plan in (comparison.before, comparison.after))
    moved = change(after - before, quantity.unit)
    share = percent_change(comparison.total_change_pct(quantity.column))
    size = f" ({share})" if before > 0 and moved != NO_CHANGE else ""
    return f"All regions together: {moved}{size}."


def _region_amount(comparison: Comparison, quantity: Quantity, row: int) -> str:
    after = float(comparison.by_column[f"{quantity.column}_after"][row])
    name = comparison.after.site_names[comparison.sites[row]]
    return f"{name}: {amount(after, quantity.unit)}."


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
    rows = [_bar_words(comparison, column, row) for row in comparison.largest_rise_first(column)]
    return (
        f"{quantity.label} by region in {unit_text(quantity.unit)}, from "
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
    """The curve of cost against the worst burdens in words: its ends, knee and the present plan."""
    knee = next(plan for plan in plans if plan["knee"])
    ordered = sorted(plans, key=lambda plan: plan["cost_usd"])
    ends = (ordered[0], ordered[-1])
    return (
        f"Curve of electricity cost against the worst-hit region over {len(plans)} plans: from "
        f"{_point(ends[0], current)} to {_point(ends[1], current)}. "
        "The knee, the point farthest below the straight line between the ends, lies at "
        f"{_point(knee, current)}. The present plan: {_outcome_point(current)}."
    )


def milestones_sentence(passed: Milestones, current: Outcome) -> str:
    """What the first half, nine tenths and the last tenth of the possible improvement cost.

    And the present plan; all above the cheapest plan of the curve.
    """
    half, most, whole, here = (
        _above(cost, passed)
        for cost in (passed.half_usd, passed.nine_tenths_usd, passed.all_usd, current.cost_usd)
    )
    if whole == NO_CHANGE:
        return "By these weights the cheapest plan is as fair as any."
    return (
        "Against the cheapest plan, the first half of the possible improvement in fairness takes "
        f"electricity cost to {half} and the last tenth takes it from {most} to {whole}; the "
        f"present plan stands at {here}."
    )


def _above(cost_usd: float, passed: Milestones) -> str:
    """How far a cost lies above the cheapest plan's: "+4.6%", "no change"."""
    if passed.cheapest_usd > 0:
        return percent_change(change_pct(passed.cheapest_usd, cost_usd))
    return change(cost_usd - passed.cheapest_usd, "usd")


def _point(row: dict[str, Any], current: Outcome) -> str:
    worst = [
        f"{amount(float(row[f'worst_{footprint.column}']), footprint.unit)} of {noun(footprint)}"
        for footprint in current.footprints
        if f"worst_{footprint.column}" in row
    ]
    return f"{amount(float(row['cost_usd']), 'usd')} with {joined(worst)}"


def _outcome_point(outcome: Outcome) -> str:
    worst = joined([_worst_amount(outcome, footprint) for footprint in outcome.footprints])
    return f"{amount(outcome.cost_usd, 'usd')} with {worst}"
