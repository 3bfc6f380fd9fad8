"""The cost/equity frontier as a picture: (plans, comparison) -> HTML.

Pure: no streamlit. Positions are percentages of the plot, so that it fits any width, and drawing
it anew costs the browser next to nothing while a slider moves. hands.js answers the pointer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote

from equity_core.inputs.dataset import Footprint
from equity_core.outcome.outcome import Comparison
from equity_core.outcome.percent import change_pct
from equity_core.text.headings import Records
from equity_core.text.numbers import amount, number, percent
from ui.charts.axes import Axis, grid_html, round_axis

Points = list[tuple[float, float]]
DASHES = ("none", "5 4", "1.5 3", "1.5 3")
"""Of the first four footprints, which take turns in two shades; then from the start."""
MOST_TICKS = 7


@dataclass(frozen=True)
class Series:
    """One footprint: `points` and `here` as changes (cost, worst region) in % of the baseline.

    `words` says what each point is; `knee` is the position of the knee among the points.
    """

    label: str
    points: Points
    words: list[str]
    here: tuple[float, float]
    knee: int


def axis(values: Sequence[float]) -> Axis:
    """The axis, in %, that holds zero and all of `values`."""
    return round_axis((0.0, *values), MOST_TICKS, 1.0)


def series_of(plans: Records, comparison: Comparison) -> tuple[Series, ...]:
    """A curve for each footprint; none where the baseline has nothing to be a percentage of."""
    drawn = comparison.footprints_in_percent
    return tuple(_series(plans, comparison, footprint) for footprint in drawn)


def _series(plans: Records, comparison: Comparison, footprint: Footprint) -> Series:
    before, column = comparison.before, footprint.column
    across = _change_pct(plans, "cost_usd", before.cost_usd)
    up = _change_pct(plans, f"worst_{column}", before.worst(column))
    return Series(
        label=footprint.label,
        points=list(zip(across, up, strict=True)),
        words=[_words(plan, footprint) for plan in plans],
        here=(comparison.cost_change_pct, comparison.worst_change_pct(column)),
        knee=knee_of(plans),
    )


def knee_of(plans: Records) -> int:
    """The row of the knee: farthest below the straight line between the ends."""
    return [plan["knee"] for plan in plans].index(True)


def _change_pct(plans: Records, column: str, base: float) -> list[float]:
    return [change_pct(base, plan[column]) for plan in plans]


def _words(plan: dict[str, Any], footprint: Footprint) -> str:
    worst = amount(plan[f"worst_{footprint.column}"], footprint.unit)
    return (
        f"{footprint.label}: worst region {worst}, cost {amount(plan['cost_usd'], 'usd')}; "
        f"{weights_text(plan)}"
    )


def weights_text(plan: dict[str, Any]) -> str:
    """The weights of a point: "weights 60 USD/m³ and 1,500 USD/t"."""
    water, carbon = float(plan["water_weight"]), float(plan["carbon_weight"])
    return f"weights {number(water)} USD/m³ and {number(carbon)} USD/t"


def curve_html(
    curves: tuple[Series, ...], summary: str, stale: bool, baseline: str = "the baseline"
) -> str:
    """The picture, its axes against `baseline`. Every dot carries the row of its plan."""
    if not curves:
        return "<p>The baseline costs or burdens nothing, so there is no change in % to draw.</p>"
    across = axis([x for curve in curves for x, _ in (*curve.points, curve.here)])
    up = axis([y for curve in curves for _, y in (*curve.points, curve.here)])
    drawn = "".join(_curve(curve, k % len(DASHES), across, up) for k, curve in enumerate(curves))
    state = " ee-stale" if stale else ""
    return (
        f'<figure class="ee-curve{state}" role="figure" aria-label="{escape(summary)}">'
        f'<div class="ee-curve-title">Worst region against {escape(baseline)}</div>'
        f"{_legend(curves)}"
        f'<div class="ee-plot ee-adoptable">{grid_html(across, up, percent, percent)}{drawn}</div>'
        f'<div class="ee-curve-title ee-right">Electricity cost against {escape(baseline)}</div>'
        '<div class="ee-words"></div></figure>'
    )


def _legend(curves: tuple[Series, ...]) -> str:
    keys = "".join(
        f'<span><i class="ee-stroke ee-curve-{k % len(DASHES)}"></i>{escape(curve.label)}</span>'
        for k, curve in enumerate(curves)
    )
    return (
        f'<div class="ee-curve-keys">{keys}<span><i class="ee-knee ee-curve-0"></i>knee</span>'
        '<span><i class="ee-here"></i>your scenario</span></div>'
    )


def _curve(curve: Series, k: int, across: Axis, up: Axis) -> str:
    places = [(across.place(x), up.place(y)) for x, y in curve.points]
    dots = "".join(
        f'<i class="ee-dot ee-curve-{k}" data-row="{row}" data-words="{escape(words)}" '
        f'style="{_at(*place)}"></i>'
        for row, (place, words) in enumerate(zip(places, curve.words, strict=True))
    )
    here = _at(across.place(curve.here[0]), up.place(curve.here[1]))
    return (
        f'<i class="ee-line ee-curve-{k}" style="{line_style(places, DASHES[k])}"></i>{dots}'
        f'<i class="ee-knee ee-curve-{k}" style="{_at(*places[curve.knee])}"></i>'
        f'<i class="ee-here" style="{here}"></i>'
    )


def line_style(places: Points, dashes: str) -> str:
    """A line through `places`, as a mask in the style of an element whose colour shines through.

    Streamlit lets no SVG into its HTML, but a picture in a style.
    """
    points = " ".join(f"{x:.2f},{100 - y:.2f}" for x, y in places)
    picture = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" preserveAspectRatio="none">'
        f'<polyline points="{points}" fill="none" stroke="black" stroke-width="1.5" '
        f'stroke-dasharray="{dashes}" vector-effect="non-scaling-stroke"/></svg>'
    )
    return f"mask-image:url('data:image/svg+xml,{quote(picture)}')"


def _at(x: float, y: float) -> str:
    # Adding 0.0 turns a rounded -0.0 into 0.
    return f"left:{round(x, 2) + 0.0:.2f}%;bottom:{round(y, 2) + 0.0:.2f}%"
