"""Figures, the line of totals and bars as pictures: (record) -> HTML.

Pure: no streamlit. Bars are an HTML table, so that they are text to a screen reader, print as
they stand, and cost the browser next to nothing when a slider moves.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape

from equity_core.inputs.dataset import Dataset, Footprint
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.text.nouns import noun
from equity_core.text.numbers import (
    NO_CHANGE,
    amount,
    change,
    everyday,
    joined,
    large,
    number,
    percent_change,
    rounded,
    rounded_change,
    unit_text,
)
from equity_core.text.opening.who import carrying_most, named
from equity_core.text.plan_names import BASELINE, THIS_PLAN, baseline_name
from equity_core.text.quantities import Quantity
from equity_core.text.shares import FROM_LITTLE, share_told
from ui.charts import terms

MANY_REGIONS = 12
"""Above so many the rows of the bars move closer, to stand beside the map all the same."""

LONGEST = 0.62
"""Of the room: the longest bar leaves some for its figure."""

FULL = 9  # digits of a figure at the pointer

USUAL_FIGURES = 4
"""Cost, water, carbon, regions worse off: more of them stand closer, in one row all the same."""


@dataclass(frozen=True)
class KeyFigure:
    """One of the figures under the headline; `hint` tells all its digits and what it is."""

    key: str
    label: str
    value: str
    change: str
    note: str
    hint: str


@dataclass(frozen=True)
class Bar:
    """One region before and after; amounts in the quantity's unit, `percent` of the baseline.

    `added`: the baseline has no such site. `share`: the percentage as it is told beside the bar.
    """

    site: str
    name: str
    before: float
    after: float
    change: float
    percent: float
    added: bool = False
    share: str = ""


def key_figures(comparison: Comparison, dataset: Dataset) -> tuple[KeyFigure, ...]:
    """Cost, the worst burden of each footprint, and the number of regions worse off."""
    before, after, name = comparison.before, comparison.after, baseline_name(comparison)
    cost = KeyFigure(
        "cost",
        "Electricity cost",
        amount(after.cost_usd, "usd"),
        rounded_change(comparison.cost_change_pct),
        f"{BASELINE} {amount(before.cost_usd, 'usd')} ({name})",
        hint=f"{after.cost_usd:,.2f} USD: price times energy, added over all regions and hours. "
        f"{_moved_in_full(comparison.cost_change_pct, name)}\n"
        f"{_quality(dataset, 'price_usd_per_mwh', 'Price')}",
    )
    worst = [_worst_figure(comparison, footprint, dataset) for footprint in after.footprints]
    names = [after.site_names[site] for site in comparison.worse_sites]
    losers = KeyFigure(
        "worse",
        "Regions worse off",
        f"{comparison.regions_worse} of {len(comparison.regions)}",
        "",
        named(names) or "none",
        hint=f"Where any footprint rises against {name}: {joined(names) or 'nowhere'}.",
    )
    return (cost, *worst, losers)


def _worst_figure(comparison: Comparison, footprint: Footprint, dataset: Dataset) -> KeyFigure:
    after, column = comparison.after, footprint.column
    return KeyFigure(
        f"worst_{footprint.name}",
        f"Worst region, {noun(footprint)}",
        amount(after.worst(column), footprint.unit),
        rounded_change(comparison.worst_change_pct(column)),
        f"{_worst_places(after, column)}; "
        f"baseline {amount(comparison.before.worst(column), footprint.unit)}",
        hint=f"{_full(after.worst(column), footprint)} "
        f"{_moved_in_full(comparison.worst_change_pct(column), baseline_name(comparison))}\n"
        f"{_quality(dataset, f'{column}_per_mwh', f'{footprint.label} of a MWh')}",
    )


def _full(value: float, footprint: Footprint) -> str:
    """What the figure is, with every digit, and an everyday equivalent."""
    told = (
        f"{value:,.3f} {unit_text(footprint.unit)}: {noun(footprint)} of a MWh times energy, added "
        "over all hours; the largest sum of any one region."
    )
    return " ".join([told, everyday(value, footprint.unit)]).strip()


def _moved_in_full(percents: float, name: str) -> str:
    """ "Change against the cheapest plan: +15.4282551%."."""
    return f"Change against {name}: {percent_change(percents, FULL)}."


def _quality(dataset: Dataset, column: str, label: str) -> str:
    """How well what a figure is made from is known: "Price: measured."."""
    known = dict.fromkeys(card.quality for card in dataset.cards_of(column))
    return f"{label}: {joined(list(known)) or 'quality not stated'}."


def _worst_places(outcome: Outcome, column: str) -> str:
    """Who carries the worst burden: a fair plan often has several regions carry the same."""
    names = carrying_most(outcome, column)
    told = f"{len(names)} regions" if len(names) > 2 else " and ".join(names)
    return told if len(names) == 1 else f"{told} alike"


def figures_html(figures: tuple[KeyFigure, ...]) -> str:
    """The key figures side by side, as a description list; each label explains its figure."""
    many = " ee-many" if len(figures) > USUAL_FIGURES else ""
    hints = {f"figure-{figure.key}": figure.hint for figure in figures}
    shown = f'<dl class="ee-figures{many}">{"".join(map(_figure_html, figures))}</dl>'
    return f'<div class="ee-figures-room">{shown}</div>{terms.meanings(hints)}'


def _figure_html(figure: KeyFigure) -> str:
    label = terms.explained(figure.label, f"figure-{figure.key}")
    return (
        f'<div class="ee-figure ee-figure-{escape(figure.key)}"><dt>{label}</dt><dd>'
        f'<span class="ee-value">{escape(figure.value)}</span> '
        f'<span class="ee-change" data-is="{escape(figure.change)}">{escape(figure.change)}</span>'
        f'<span class="ee-note">{escape(figure.note)}</span></dd></div>'
    )


def totals_html(comparison: Comparison) -> str:
    """What all regions take together, beside what the worst one takes: one line."""
    told = "".join(_total_html(comparison, item) for item in comparison.after.footprints)
    return f'<p class="ee-totals"><span>All regions together:</span>{told}</p>'


def _total_html(comparison: Comparison, item: Footprint) -> str:
    total = escape(amount(comparison.after.total(item.column), item.unit))
    percents = comparison.total_change_pct(item.column)
    moved, full = rounded_change(percents), percent_change(percents, FULL)
    return f'<span title="{full}">{escape(noun(item))} <b>{total}</b> ({moved})</span>'


def bars(comparison: Comparison, quantity: Quantity) -> tuple[Bar, ...]:
    """The regions, largest rise first; equal changes in the data set's order; a new site last."""
    before, after, moved, percent = (
        comparison.by_column[f"{quantity.column}_{part}"].tolist()
        for part in ("before", "after", "change", "change_pct")
    )
    sites, names = comparison.sites, comparison.after.site_names
    return tuple(
        Bar(
            sites[row],
            names[sites[row]],
            before[row],
            after[row],
            moved[row],
            percent[row],
            comparison.is_added(sites[row]),
            share_told(comparison, quantity.column, row) or FROM_LITTLE,
        )
        for row in comparison.largest_rise_first(quantity.column)
    )


def per_household(rows: Sequence[Bar], households: Mapping[str, float]) -> tuple[Bar, ...]:
    """The same for each household; regions without known households are left out."""
    return tuple(
        replace(row, before=row.before / many, after=row.after / many, change=row.change / many)
        for row in rows
        if (many := households.get(row.site, 0.0)) > 0
    )


def of_each_household(quantity: Quantity) -> Quantity:
    """The quantity that `per_household` gives."""
    return replace(quantity, unit=f"{unit_text(quantity.unit)} a household")


@dataclass(frozen=True)
class Told:
    """What stands beside the bars, which are in its order: a heading, a figure, and its words."""

    heading: str
    figure: Callable[[Bar], float]
    words: Callable[[Bar, Quantity], tuple[str, str]]


def _change_words(row: Bar, quantity: Quantity) -> tuple[str, str]:
    """ "▲ +8.68 million" and "+28%"."""
    if row.added:
        return "new", ""
    text = change(row.change, quantity.unit)
    if text == NO_CHANGE:
        return NO_CHANGE, ""
    sign = "+" if row.change > 0 else ""
    mark = "▲" if row.change > 0 else "▼"
    return f"{mark} {sign}{large(row.change)}", row.share


CHANGES = Told("Change", lambda row: row.change, _change_words)


def shares(rows: Sequence[Bar]) -> Told:
    """The part of all regions' burden that each one carries."""
    total = sum(row.after for row in rows) or 1.0
    return Told(
        "Share of all",
        lambda row: row.after,
        lambda row, _: (rounded(100 * row.after / total), ""),
    )


def times_the_mean(mean: float) -> Told:
    """How many times the mean of all households those of a region carry."""
    return Told(
        "Times the mean",
        lambda row: row.after,
        lambda row, _: (number(row.after / mean) if mean else "", ""),
    )


def ordered(rows: Sequence[Bar], told: Told) -> tuple[Bar, ...]:
    """Largest figure first, equal ones as they came; what the baseline lacks comes last."""
    return tuple(sorted(rows, key=lambda row: (row.added, -told.figure(row))))


@dataclass(frozen=True)
class Span:
    """What the bars reach from and to; the same for all that are to be compared by eye."""

    low: float
    high: float

    @classmethod
    def of(cls, rows: Sequence[Bar]) -> Span:
        """From zero, or from the lowest negative, to the largest."""
        low = min(0.0, *(min(row.before, row.after) for row in rows))
        return cls(low, max(1e-12, *(max(row.before, row.after) for row in rows)))


def bars_html(
    rows: Sequence[Bar],
    quantity: Quantity,
    baseline: str,
    summary: str,
    told: Told = CHANGES,
    span: Span | None = None,
    plan: str = THIS_PLAN,
) -> str:
    """Before/after bars as a table, on the scale `span`, their own where none is given.

    In the order of `rows`; a heading that is pressed brings them into another one.
    """
    span = span or Span.of(rows)
    body = "".join(_bar_html(row, quantity, told, span) for row in rows)
    head = _bars_head(quantity, baseline, plan, told, _falls(rows, told))
    dense = " ee-dense" if len(rows) > MANY_REGIONS else ""
    return (
        f'<table class="ee-bars ee-sortable{dense}" data-table="bars">'
        f'<caption class="ee-hidden">{escape(summary)}</caption>'
        f"<thead>{head}</thead><tbody>{body}</tbody></table>"
    )


def _falls(rows: Sequence[Bar], told: Told) -> bool:
    """Whether the rows stand with the largest figure first."""
    return list(ordered(rows, told)) == list(rows)


def _bars_head(quantity: Quantity, baseline: str, plan: str, told: Told, falls: bool) -> str:
    sort = "descending" if falls else "none"
    unit = escape(unit_text(quantity.unit))
    return (
        '<tr><th scope="col" data-column="0"><button type="button">Region</button></th>'
        '<th scope="col" data-column="1">'
        f'<button type="button">{escape(quantity.label)}, {unit}</button>'
        f'<span class="ee-keys"><span><i class="ee-key ee-key-before"></i>{escape(baseline)}</span>'
        f'<span><i class="ee-key ee-key-after"></i>{escape(plan)}</span></span></th>'
        f'<th scope="col" class="ee-right" data-column="2" aria-sort="{sort}">'
        f'<button type="button">{escape(told.heading)}</button></th></tr>'
    )


def _bar_html(row: Bar, quantity: Quantity, told: Told, span: Span) -> str:
    drawn = "".join(
        _track(kind, value, quantity, span)
        for kind, value in (("before", row.before), ("after", row.after))
    )
    first, second = told.words(row, quantity)
    small = f"<small>{escape(second)}</small>" if second else ""
    moved = escape(_in_full(row, quantity))
    return (
        f'<tr data-site="{escape(row.site)}"><th scope="row">{escape(row.name)}</th>'
        f'<td class="ee-tracks" data-value="{row.after:.9g}">{drawn}</td>'
        f'<td class="ee-right" data-value="{told.figure(row):.9g}" title="{moved}">'
        f"{escape(first)}{small}</td></tr>"
    )


def _in_full(row: Bar, quantity: Quantity) -> str:
    """The change to all its digits, and in percent where the baseline leaves one."""
    told = change(row.change, quantity.unit, FULL)
    known = told != NO_CHANGE and math.isfinite(row.percent)
    return f"{told} ({percent_change(row.percent, FULL)})" if known else told


def _track(kind: str, value: float, quantity: Quantity, span: Span) -> str:
    length = span.high - span.low
    start = 100 * (min(value, 0.0) - span.low) / length
    width = 100 * abs(value) / length
    label = BASELINE if kind == "before" else THIS_PLAN
    return (
        f'<div class="ee-track"><i class="ee-bar ee-{kind}" '
        f'style="margin-left:{start:.2f}%;width:{width * LONGEST:.2f}%"></i>'
        f'<span title="{label}: {escape(amount(value, quantity.unit, FULL))}">{large(value)}</span>'
        "</div>"
    )
