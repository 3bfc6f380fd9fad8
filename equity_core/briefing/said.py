"""What page 1 says: question, answer, three numbers, who gains, what it costs, how sure it is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from equity_core.export.people import knows_people, people_table
from equity_core.inputs.checks import counted
from equity_core.inputs.dataset import Dataset, Footprint
from equity_core.outcome.milestones import Milestones
from equity_core.outcome.outcome import Comparison
from equity_core.outcome.percent import change_pct
from equity_core.scenario.presets import case_of
from equity_core.text.caveats import fleet_words
from equity_core.text.nouns import places, region_noun
from equity_core.text.numbers import MINUS, NOT_KNOWN, amount, change, more_or_less, rounded_change
from equity_core.text.numbers import unchanged as alike
from equity_core.text.opening.setting import setting
from equity_core.text.plan_names import baseline_name, plan_name
from equity_core.text.quantities import Quantity
from equity_core.text.scenario import period

MOST_ROWS, LONGEST_TABLE = 5, 9
"""Regions of each of the two tables, and of one that stands beside an empty one."""


@dataclass(frozen=True)
class Number:
    """A figure set large: what it is, its value, how it moved, and what it was."""

    label: str
    value: str
    moved: str
    beside: str


@dataclass(frozen=True)
class Grid:
    """A table of text: headings, rows, and a note below."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str


def question(comparison: Comparison) -> str:
    """What the briefing answers: the question of its case, or one about its plan."""
    case = case_of(comparison.after.scenario)
    if case is not None and case.question:
        return case.question
    plan, baseline = plan_name(comparison.after), baseline_name(comparison)
    if plan == baseline:
        return f"What does {plan} ask of whom?"
    return f"What would {plan} change against {baseline}, for whom, and at what cost?"


def standing(comparison: Comparison, dataset: Dataset) -> str:
    """What is simulated, where and when: what every number below rests on."""
    where = places(dataset.id, len(comparison.regions))
    return (
        f"Simulation of AI data centres ({fleet_words(comparison.after)}) in {where}: "
        f"{dataset.title}, {period(comparison.after)}."
    )


def numbers(comparison: Comparison, shown: Sequence[Quantity]) -> tuple[Number, ...]:
    """Cost, then the worst region of each footprint shown; a total where there is but one."""
    before, after = comparison.before, comparison.after
    told = [_number(comparison, "Electricity cost", "usd", before.cost_usd, after.cost_usd)]
    for row in shown:
        values = before.worst(row.column), after.worst(row.column)
        places = [plan.site_names[plan.worst_site(row.column)] for plan in (before, after)]
        label = f"Most {row.noun} in one {region_noun(comparison.after.dataset_id)[0]}"
        told.append(_number(comparison, label, row.unit, *values, *places))
    if len(shown) == 1:
        row = shown[0]
        totals = before.total(row.column), after.total(row.column)
        told.append(_number(comparison, f"{row.label}, all regions", row.unit, *totals))
    return tuple(told)


def _number(
    comparison: Comparison,
    label: str,
    unit: str,
    before: float,
    after: float,
    where_before: str = "",
    where_after: str = "",
) -> Number:
    moved = rounded_change(change_pct(before, after)) if before else ""
    place = f" ({where_before})" if where_before else ""
    beside = f"{amount(before, unit)}{place} under {baseline_name(comparison)}"
    return Number(
        f"{label}: {where_after}" if where_after else label, amount(after, unit), moved, beside
    )


def winners_and_losers(
    comparison: Comparison, dataset: Dataset, shown: Sequence[Quantity]
) -> tuple[Grid, ...]:
    """Who carries less and who carries more, most first; an empty one is left out."""
    first = shown[0].column
    order = [comparison.sites[row] for row in comparison.largest_rise_first(first)]
    regions = [site for site in order if site in comparison.regions]
    more = [site for site in regions if site in comparison.worse_sites]
    less = [site for site in reversed(regions) if site not in more and _falls(comparison, site)]
    both = bool(more and less)
    tables = (("carries less", less), ("carries more", more))
    return tuple(
        _who(comparison, dataset, shown, words, sites, MOST_ROWS if both else LONGEST_TABLE)
        for words, sites in tables
        if sites
    )


def _falls(comparison: Comparison, site: str) -> bool:
    moves = (_moved(comparison, site, item) for item in comparison.after.footprints)
    return any(move.startswith(MINUS) for move in moves)


def _moved(comparison: Comparison, site: str, item: Quantity | Footprint) -> str:
    row = comparison.sites.index(site)
    return change(float(comparison.by_column[f"{item.column}_change"][row]), item.unit)


def _who(
    comparison: Comparison,
    dataset: Dataset,
    shown: Sequence[Quantity],
    words: str,
    sites: list[str],
    most: int,
) -> Grid:
    people = people_table(comparison, dataset) if knows_people(dataset) else None
    rows = [_region(comparison, site, shown, people) for site in sites[:most]]
    headings = [region_noun(dataset.id)[0].capitalize(), *(row.label for row in shown)]
    headings += [f"{shown[0].label} a household"] if people is not None else []
    left = len(sites) - most
    further = f" {left} more in regions.csv." if left > 0 else ""
    note = f"Change against {baseline_name(comparison)}, simulated for {setting(comparison.after)}."
    note += further
    one, _ = region_noun(dataset.id)
    title = f"Who {words}: {len(sites)} of {counted(len(comparison.regions), one)}"
    return Grid(title, tuple(headings), tuple(rows), note)


def _region(
    comparison: Comparison, site: str, shown: Sequence[Quantity], people: pd.DataFrame | None
) -> tuple[str, ...]:
    moved = [_moved(comparison, site, item) for item in shown]
    if people is not None:
        column, row = shown[0].column, people.index.get_loc(site)
        before, after = (
            people[f"{column}_per_household_{part}"].to_numpy(dtype=float)[row]
            for part in ("before", "after")
        )
        known = math.isfinite(after - before)
        moved.append(change(float(after - before), shown[0].unit) if known else NOT_KNOWN)
    return (comparison.after.site_names[site], *moved)


def cost_words(
    comparison: Comparison, dataset: Dataset, passed: Milestones | None
) -> tuple[str, ...]:
    """What the plan costs against the baseline and, where it is known, the cheapest one."""
    before, after = comparison.before.cost_usd, comparison.after.cost_usd
    baseline = baseline_name(comparison)
    cost = f"Under {plan_name(comparison.after)} electricity, simulated for "
    cost += f"{setting(comparison.after)},"
    if alike(before, after):
        told = f"{cost} costs {amount(after, 'usd')}, as under {baseline}"
    else:
        moved = more_or_less(before, after, "usd")
        told = (
            f"{cost} costs {amount(after, 'usd')}, {moved} than under {baseline} "
            f"({amount(before, 'usd')})"
        )
    if passed is not None and comparison.before.scenario.policy != "cost":
        told += _above_cheapest(passed.cheapest_usd, after)
    return (f"{told}.", *([dataset.cost_basis] if dataset.cost_basis else []))


def _above_cheapest(cheapest: float, cost: float) -> str:
    if alike(cheapest, cost):
        return "; no plan under the same rules costs less"
    moved = more_or_less(cheapest, cost, "usd")
    return f"; {moved} than the cheapest plan under the same rules ({amount(cheapest, 'usd')})"
