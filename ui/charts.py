"""Figures, bars and the frontier as pictures: (record) -> HTML or a plotly figure as a dict.

Pure: no streamlit. Bars are an HTML table, so that they are text to a screen reader, print as
they stand, and cost the browser next to nothing when a slider moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import pandas as pd

from equity_core.inputs.dataset import Footprint
from equity_core.outcome.formats import (
    NO_CHANGE,
    amount,
    change,
    everyday,
    number,
    percent_change,
    unit_text,
)
from equity_core.outcome.outcome import Comparison
from equity_core.outcome.quantities import Quantity
from ui.look import Look

FONT = '"Source Sans", "Source Sans 3", "Source Sans Pro", sans-serif'


@dataclass(frozen=True)
class KeyFigure:
    """One of the figures under the headline."""

    key: str
    label: str
    value: str
    change: str
    note: str
    hint: str = ""


@dataclass(frozen=True)
class Bar:
    """One region before and after; amounts in the quantity's unit, `percent` of the baseline."""

    site: str
    name: str
    before: float
    after: float
    change: float
    percent: float


def key_figures(comparison: Comparison) -> tuple[KeyFigure, ...]:
    """Cost, the worst burden of each footprint, and the number of regions worse off."""
    before, after = comparison.before, comparison.after
    cost = KeyFigure(
        "cost",
        "Electricity cost",
        amount(after.cost_usd, "usd"),
        percent_change(comparison.cost_change_pct),
        f"baseline {amount(before.cost_usd, 'usd')}",
    )
    worst = [_worst_figure(comparison, footprint) for footprint in after.footprints]
    names = [after.site_names[site] for site in comparison.worse_sites]
    losers = KeyFigure(
        "worse",
        "Regions worse off",
        f"{comparison.regions_worse} of {len(comparison.table)}",
        "",
        ", ".join(names) or "no region carries more water or carbon",
        hint="Regions in which any footprint rises against the baseline.",
    )
    return (cost, *worst, losers)


def _worst_figure(comparison: Comparison, footprint: Footprint) -> KeyFigure:
    after, column = comparison.after, footprint.column
    place = after.site_names[after.worst_site(column)]
    return KeyFigure(
        f"worst_{footprint.name}",
        f"Worst region, {footprint.label.lower()}",
        amount(after.worst(column), footprint.unit),
        percent_change(comparison.worst_change_pct(column)),
        f"{place}; baseline {amount(comparison.before.worst(column), footprint.unit)}",
        hint=everyday(after.worst(column), footprint.unit),
    )


def figures_html(figures: tuple[KeyFigure, ...]) -> str:
    """The key figures side by side, as a description list."""
    return f'<dl class="ee-figures">{"".join(_figure_html(figure) for figure in figures)}</dl>'


def _figure_html(figure: KeyFigure) -> str:
    hint = f' title="{escape(figure.hint)}"' if figure.hint else ""
    return (
        f'<div class="ee-figure ee-figure-{escape(figure.key)}"{hint}><dt>{escape(figure.label)}'
        f'</dt><dd><span class="ee-value">{escape(figure.value)}</span> '
        f'<span class="ee-change">{escape(figure.change)}</span>'
        f'<span class="ee-note">{escape(figure.note)}</span></dd></div>'
    )


def bars(comparison: Comparison, quantity: Quantity) -> tuple[Bar, ...]:
    """The regions, largest rise first; equal changes in the data set's order."""
    table = comparison.table.sort_values(
        f"{quantity.column}_change", ascending=False, kind="stable"
    )
    parts = [table[f"{quantity.column}_{part}"] for part in ("before", "after", "change")]
    percents = table[f"{quantity.column}_change_pct"]
    return tuple(
        Bar(str(site), comparison.after.site_names[str(site)], *map(float, figures))
        for site, *figures in zip(table.index, *parts, percents, strict=True)
    )


def bars_html(rows: tuple[Bar, ...], quantity: Quantity, baseline: str, summary: str) -> str:
    """Before/after bars as a table, all on one scale from zero (or from the lowest negative)."""
    low = min(0.0, *(min(row.before, row.after) for row in rows))
    high = max(1e-12, *(max(row.before, row.after) for row in rows))
    body = "".join(_bar_html(row, quantity, low, high) for row in rows)
    unit = escape(unit_text(quantity.unit))
    return (
        f'<table class="ee-bars"><caption class="ee-hidden">{escape(summary)}</caption><thead><tr>'
        f'<th scope="col">Region</th><th scope="col">{escape(quantity.label)}, {unit}'
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


def frontier_figure(
    frame: pd.DataFrame, comparison: Comparison, look: Look, stale: bool
) -> dict[str, Any]:
    """The cost/equity curve: cost across, worst burden of each footprint up, both as a change
    against the baseline in %. The point index of a trace is the row of `frame`."""
    footprints = comparison.after.footprints
    traces = [
        trace
        for position, footprint in enumerate(footprints)
        for trace in _curve(frame, comparison, footprint, position, look, stale)
    ]
    return {"data": traces, "layout": _frontier_layout(look)}


def _curve(
    frame: pd.DataFrame,
    comparison: Comparison,
    footprint: Footprint,
    position: int,
    look: Look,
    stale: bool,
) -> list[dict[str, Any]]:
    before, after, column = comparison.before, comparison.after, footprint.column
    across = _percent(frame["cost_usd"], before.cost_usd)
    up = _percent(frame[f"worst_{column}"], before.worst(column))
    knee = int(frame["knee"].to_numpy(dtype=bool).argmax())
    words = [
        f"{footprint.label}: worst region {amount(float(worst), footprint.unit)}, "
        f"cost {amount(float(cost), 'usd')}<br>weights × {number(float(scale))}"
        for worst, cost, scale in zip(
            frame[f"worst_{column}"], frame["cost_usd"], frame["scale"], strict=True
        )
    ]
    shade, dash = (look.ink, "solid") if position == 0 else (look.quiet, "dot")
    line = {
        "type": "scatter", "mode": "lines+markers", "name": footprint.label, "x": across, "y": up,
        "text": words, "hoverinfo": "text", "customdata": list(range(len(frame))),
        "legendrank": position, "opacity": 0.4 if stale else 1,
        "line": {"color": shade, "width": 1.5, "dash": dash}, "marker": {"size": 6, "color": shade},
        "selected": {"marker": {"opacity": 1}}, "unselected": {"marker": {"opacity": 1}},
    }  # fmt: skip
    mark = {
        "type": "scatter",
        "hoverinfo": "text",
        "mode": "markers",
        "showlegend": position == 0,
        "legendrank": 1000,
    }
    knee_mark = mark | {
        "name": "knee", "x": [across[knee]], "y": [up[knee]], "text": ["Knee: " + words[knee]],
        "customdata": [knee],
        "marker": {"size": 13, "symbol": "diamond-open", "color": shade, "line": {"width": 2}},
        "opacity": line["opacity"],
    }  # fmt: skip
    here = mark | {
        "name": "your scenario",
        "x": [_percent(pd.Series([after.cost_usd]), before.cost_usd)[0]],
        "y": [_percent(pd.Series([after.worst(column)]), before.worst(column))[0]],
        "text": [f"Your scenario: worst {amount(after.worst(column), footprint.unit)}"],
        "marker": {"size": 13, "color": look.accent, "line": {"width": 2, "color": look.paper}},
    }
    return [line, knee_mark, here]


def _percent(values: pd.Series, base: float) -> list[float]:
    """Change of each value against `base` in %, or the plain values where the base is not > 0."""
    return [float(100 * (value / base - 1)) if base > 0 else float(value) for value in values]


def _frontier_layout(look: Look) -> dict[str, Any]:
    axis = {
        "ticksuffix": "%", "gridcolor": look.rule, "zerolinecolor": look.baseline, "zeroline": True,
        "zerolinewidth": 1, "showline": False, "tickfont": {"size": 12, "color": look.quiet},
    }  # fmt: skip
    title = {"font": {"size": 13, "color": look.quiet}}
    return {
        "height": 340,
        "margin": {"l": 62, "r": 12, "t": 34, "b": 44},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": 13, "color": look.ink},
        "xaxis": axis | {"title": title | {"text": "Electricity cost against the baseline"}},
        "yaxis": axis | {"title": title | {"text": "Worst region against the baseline"}},
        "legend": {"orientation": "h", "x": 0, "y": 1.12, "font": {"size": 13}},
        "hovermode": "closest",
        "clickmode": "event+select",
        "dragmode": False,
        "uirevision": "frontier",
    }
