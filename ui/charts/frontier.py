"""The cost/equity frontier as a picture: (plans, comparison) -> plotly figure. No streamlit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from equity_core.inputs.dataset import Footprint
from equity_core.outcome.outcome import Comparison
from equity_core.outcome.percent import change_pct
from equity_core.text.headings import Records
from equity_core.text.nouns import noun
from equity_core.text.numbers import amount, number
from equity_core.text.plan_names import THIS_PLAN
from ui.charts import plotly
from ui.charts.plotly import SOLVED, Figure, Points
from ui.theme import LIGHT, Look

HEIGHT = 340  # pixels
STALE = 0.4
"""How much is left of the colours of what no longer belongs to the scenario on the page."""


@dataclass(frozen=True)
class Series:
    """One footprint: `points` and `here` as changes (cost, worst region) in % of the baseline.

    `words` says what each point is, `here_words` what this plan is; `knee` is the position
    of the knee among the points.
    """

    label: str
    points: Points
    words: list[str]
    here: tuple[float, float]
    here_words: str
    knee: int


def series_of(plans: Records, comparison: Comparison) -> tuple[Series, ...]:
    """A curve for each footprint; none where the baseline has nothing to be a percentage of."""
    drawn = comparison.footprints_in_percent
    return tuple(_series(plans, comparison, footprint) for footprint in drawn)


def _series(plans: Records, comparison: Comparison, footprint: Footprint) -> Series:
    before, after, column = comparison.before, comparison.after, footprint.column
    across = [change_pct(before.cost_usd, plan["cost_usd"]) for plan in plans]
    up = [change_pct(before.worst(column), plan[f"worst_{column}"]) for plan in plans]
    return Series(
        label=footprint.label,
        points=list(zip(across, up, strict=True)),
        words=[
            _words(plan["cost_usd"], plan[f"worst_{column}"], footprint, weights_text(plan))
            for plan in plans
        ],
        here=(comparison.cost_change_pct, comparison.worst_change_pct(column)),
        here_words=_words(after.cost_usd, after.worst(column), footprint, THIS_PLAN),
        knee=knee_of(plans),
    )


def knee_of(plans: Records) -> int:
    """The row of the knee: farthest below the straight line between the ends."""
    return [plan["knee"] for plan in plans].index(True)


def _words(cost_usd: float, worst: float, footprint: Footprint, plan: str) -> str:
    return plotly.lines(
        f"Worst {noun(footprint)} {amount(worst, footprint.unit, SOLVED)}",
        f"Cost {amount(cost_usd, 'usd', SOLVED)}",
        plan,
    )


def weights_text(plan: dict[str, Any]) -> str:
    """The weights of a point: "weights 60 USD/m³ and 1,500 USD/t"."""
    water, carbon = float(plan["water_weight"]), float(plan["carbon_weight"])
    return f"weights {number(water)} USD/m³ and {number(carbon)} USD/t"


def curve_figure(
    curves: tuple[Series, ...], baseline: str, look: Look = LIGHT, stale: bool = False
) -> Figure:
    """The picture, its axes against `baseline`. Every point carries the row of its plan."""
    lines = [*(_line(curve, k, look) for k, curve in enumerate(curves)), _knees(curves, look)]
    here = plotly.here([curve.here for curve in curves], [c.here_words for c in curves], look)
    across = f"Electricity cost against {baseline}, %"
    return plotly.figure(
        [*(line | {"opacity": STALE if stale else 1.0} for line in lines), here],
        look,
        HEIGHT,
        legend=plotly.legend(f"Worst region against {baseline}, %", look),
        xaxis=plotly.axis(look, across, ticksuffix="%", rangemode="tozero"),
        yaxis=plotly.axis(look, ticksuffix="%", rangemode="tozero"),
    )


def _line(curve: Series, k: int, look: Look) -> Figure:
    return plotly.scatter(
        curve.label,
        curve.points,
        curve.words,
        "lines+markers",
        line=plotly.line(k, look),
        marker={"color": plotly.shade(look, k), "size": 7},
        customdata=list(range(len(curve.points))),
    )


def _knees(curves: tuple[Series, ...], look: Look) -> Figure:
    """Rings around points of the curves, which answer the pointer for them."""
    colours = [plotly.shade(look, k) for k in range(len(curves))]
    ring = {"symbol": "diamond-open", "size": 15, "color": colours, "line": {"width": 2}}
    return plotly.scatter("knee", [curve.points[curve.knee] for curve in curves], marker=ring)
