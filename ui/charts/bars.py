"""Figures and bars as pictures: (record) -> HTML.

Pure: no streamlit. Bars are an HTML table, so that they are text to a screen reader, print as
they stand, and cost the browser next to nothing when a slider moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from equity_core.inputs.dataset import Footprint
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.text.nouns import noun
from equity_core.text.numbers import (
    NO_CHANGE,
    amount,
    change,
    everyday,
    joined,
    number,
    percent_change,
    unit_text,
)
from equity_core.text.plan_names import baseline_name
from equity_core.text.quantities import Quantity

ALIKE = 1e-6
"""Relative difference below which two regions carry the same."""

MANY_REGIONS = 12
"""Above so many the rows of the bars move closer, to stand beside the map all the same."""

USUAL_FIGURES = 4
"""Cost, water, carbon, regions worse off: more of them stand closer, in one row all the same."""


@dataclass(frozen=True)
class KeyFigure:
    """One of the figures under the headline; `beside` is the total beside a worst region."""

    key: str
    label: str
    value: str
    change: str
    note: str
    hint: str = ""
    beside: str = ""


@dataclass(frozen=True)
class Bar:
    """One region before and after; amounts in the quantity's unit, `percent` of the baseline.

    `added`: the baseline has no such site.
    """

    site: str
    name: str
    before: float
    after: float
    change: float
    percent: float
    added: bool = False


def key_figures(comparison: Comparison) -> tuple[KeyFigure, ...]:
    """Cost, the worst burden of each footprint, and the number of regions worse off."""
    before, after, name = comparison.before, comparison.after, baseline_name(comparison)
    cost = KeyFigure(
        "cost",
        "Electricity cost",
        amount(after.cost_usd, "usd"),
        percent_change(comparison.cost_change_pct),
        f"baseline {amount(before.cost_usd, 'usd')}, {name}",
        hint=f"{after.cost_usd:,.2f} USD: price times energy, over all regions and hours.",
    )
    worst = [_worst_figure(comparison, footprint) for footprint in after.footprints]
    names = [after.site_names[site] for site in comparison.worse_sites]
    losers = KeyFigure(
        "worse",
        "Regions worse off",
        f"{comparison.regions_worse} of {len(comparison.regions)}",
        "",
        ", ".join(names) or "none",
        hint=f"Where any footprint rises against {name}: {joined(names) or 'nowhere'}.",
    )
    return (cost, *worst, losers)


def _worst_figure(comparison: Comparison, footprint: Footprint) -> KeyFigure:
    after, column = comparison.after, footprint.column
    return KeyFigure(
        f"worst_{footprint.name}",
        f"Worst region, {noun(footprint)}",
        amount(after.worst(column), footprint.unit),
        percent_change(comparison.worst_change_pct(column)),
        f"{_worst_places(after, column)}; "
        f"baseline {amount(comparison.before.worst(column), footprint.unit)}",
        hint=_full(after.worst(column), footprint),
        beside=f"all regions {amount(after.total(column), footprint.unit)} "
        f"({percent_change(comparison.total_change_pct(column))})",
    )


def _full(value: float, footprint: Footprint) -> str:
    """What the figure is, with every digit, and an everyday equivalent."""
    digits = f"{value:,.3f} {unit_text(footprint.unit)}"
    told = f"{digits}: the largest sum over all hours of any one region."
    return " ".join([told, everyday(value, footprint.unit)]).strip()


def _worst_places(outcome: Outcome, column: str) -> str:
    """Who carries the worst burden: a fair plan often has several regions carry the same."""
    burdens = outcome.by_column[column]
    tied = burdens >= burdens.max() - ALIKE * abs(burdens.max())
    names = [outcome.site_names[str(site)] for site in outcome.burdens.index[tied]]
    return " and ".join(names) if len(names) <= 2 else f"{len(names)} regions alike"


def figures_html(figures: tuple[KeyFigure, ...]) -> str:
    """The key figures side by side, as a description list."""
    many = " ee-many" if len(figures) > USUAL_FIGURES else ""
    return (
        f'<dl class="ee-figures{many}">{"".join(_figure_html(figure) for figure in figures)}</dl>'
    )


def _figure_html(figure: KeyFigure) -> str:
    hint = f' title="{escape(figure.hint)}"' if figure.hint else ""
    return (
        f'<div class="ee-figure ee-figure-{escape(figure.key)}"{hint}><dt>{escape(figure.label)}'
        f'</dt><dd><span class="ee-value">{escape(figure.value)}</span> '
        f'<span class="ee-change">{escape(figure.change)}</span>'
        f'<span class="ee-note">{escape(figure.note)}</span>'
        f'<span class="ee-note ee-total">{escape(figure.beside)}</span></dd></div>'
    )


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
        )
        for row in comparison.largest_rise_first(quantity.column)
    )


def bars_html(rows: tuple[Bar, ...], quantity: Quantity, baseline: str, summary: str) -> str:
    """Before/after bars as a table, all on one scale from zero (or from the lowest negative)."""
    low = min(0.0, *(min(row.before, row.after) for row in rows))
    high = max(1e-12, *(max(row.before, row.after) for row in rows))
    body = "".join(_bar_html(row, quantity, low, high) for row in rows)
    unit = escape(unit_text(quantity.unit))
    dense = " ee-dense" if len(rows) > MANY_REGIONS else ""
    return (
        f'<table class="ee-bars{dense}"><caption class="ee-hidden">{escape(summary)}</caption>'
        f'<thead><tr><th scope="col">Region</th><th scope="col">{escape(quantity.label)}, {unit}'
        f'<span class="ee-keys"><span><i class="ee-key ee-key-before"></i>{escape(baseline)}</span>'
        '<span><i class="ee-key ee-key-after"></i>your scenario</span></span></th>'
        f'<th scope="col" class="ee-right">Change</th></tr></thead><tbody>{body}</tbody></table>'
    )


def _bar_html(row: Bar, quantity: Quantity, low: float, high: float) -> str:
    drawn = "".join(
        _track(kind, value, quantity, low, high)
        for kind, value in (("before", row.before), ("after", row.after))
    )
    text = change(row.change, quantity.unit)
    mark = "" if text == NO_CHANGE else ("▲" if row.change > 0 else "▼")
    percent = "" if text == NO_CHANGE else percent_change(row.percent, 2)
    if row.added:
        mark, percent = "", "new"
    return (
        f'<tr data-site="{escape(row.site)}"><th scope="row">{escape(row.name)}</th>'
        f'<td class="ee-tracks">{drawn}</td><td class="ee-right" title="{escape(text)}">'
        f'<span class="ee-mark">{mark}</span> {percent or NO_CHANGE}</td></tr>'
    )


def _track(kind: str, value: float, quantity: Quantity, low: float, high: float) -> str:
    start = 100 * (min(value, 0.0) - low) / (high - low)
    width = 100 * abs(value) / (high - low)
    label = "baseline" if kind == "before" else "your scenario"
    return (
        f'<div class="ee-track"><i class="ee-bar ee-{kind}" '
        f'style="margin-left:{start:.2f}%;width:{width * 0.8:.2f}%"></i>'
        f'<span title="{label}: {escape(amount(value, quantity.unit))}">{number(value)}</span>'
        "</div>"
    )
