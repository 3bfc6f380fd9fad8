"""How far the four figures reach over the draws: planned anew, and kept. No streamlit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from equity_core.arrays import Floats
from equity_core.robustness.examine import Robustness
from ui.charts import plotly
from ui.charts.plotly import Figure
from ui.charts.timeline import rounded, shaded
from ui.theme import Look

ENDS = (5.0, 25.0, 50.0, 75.0, 95.0)
ROW, MARGINS, COUNTS = 64, 90, 220
"""Pixels of a row, of axis and legend, and of the picture of counts."""
LEGEND = {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"}
MOST_POINTS = 1_024
"""That a browser draws again and again while draws arrive, and an eye tells apart; a power of two,
by which Sobol points are balanced."""
ANEW, KEPT = "Planned anew in each draw", "This plan, kept"


@dataclass(frozen=True, eq=False)
class Reach:
    """One figure over the draws [D'], planned anew and kept."""

    label: str
    anew: Floats
    kept: Floats


def reaches(found: Robustness) -> list[Reach]:
    """Cost and worst burdens, as changes against the baseline in %."""
    rows = [Reach("Electricity cost", found.cost_changes(), found.cost_changes(kept=True))]
    rows += [
        Reach(
            f"Worst {item.label.lower()}",
            found.worst_changes(k),
            found.worst_changes(k, kept=True),
        )
        for k, item in enumerate(found.footprints)
    ]
    return rows


def reach_figure(found: Robustness, look: Look) -> Figure:
    """A box a figure: middle, quarters, and whiskers to the 5th and 95th percentile."""
    rows = reaches(found)
    kept, anew = (
        list(_box(rows, "kept", KEPT, look.baseline)),
        list(_box(rows, "anew", ANEW, look.accent)),
    )
    title = "Change against the baseline, %"
    return plotly.figure(
        [*kept, *anew],
        look,
        ROW * len(rows) + MARGINS,
        boxmode="group",
        xaxis=plotly.axis(look, title, zeroline=True, ticksuffix="%"),
        yaxis=plotly.axis(look, autorange="reversed", showgrid=False),
        legend=LEGEND | {"traceorder": "reversed"},
        margin={"l": 8, "r": 12, "t": 40, "b": 40},
    )


def _box(rows: list[Reach], which: str, name: str, colour: str) -> Iterator[Figure]:
    some = [(row.label, getattr(row, which)) for row in rows]
    known = [(label, x[np.isfinite(x)]) for label, x in some if np.isfinite(x).any()]
    if not known:
        return
    ends = np.array([np.percentile(x, ENDS) for _, x in known]).T
    low, q1, middle, q3, high = (rounded(each) for each in ends)
    yield {
        "type": "box",
        "name": name,
        "orientation": "h",
        "y": [label for label, _ in known],
        "lowerfence": low,
        "q1": q1,
        "median": middle,
        "q3": q3,
        "upperfence": high,
        "line": {"color": colour, "width": 1.5},
        "fillcolor": shaded(colour),
        "hoveron": "boxes",
        "xhoverformat": ".3~r",
    }


def cloud(
    found: Robustness, k: int, kept: bool, name: str, colour: str, symbol: str
) -> Figure | None:
    """A point a draw, of the first: cost against the worst burden of footprint k; None where none
    is known."""
    costs = found.cost_changes(kept)[:MOST_POINTS]
    worsts = found.worst_changes(k, kept)[:MOST_POINTS]
    known = np.isfinite(costs) & np.isfinite(worsts)
    if not known.any():
        return None
    points = list(zip(costs[known].round(3).tolist(), worsts[known].round(3).tolist(), strict=True))
    words = [f"{name}: cost {x:+.1f}%, worst {y:+.1f}%" for x, y in points]
    mark = {"size": 6, "color": colour, "symbol": symbol, "opacity": 0.75}
    return plotly.scatter(name, points, words, marker=mark)


def points_told(draws: int) -> str:
    """Which draws have a point, in words."""
    which = f"each of the first {MOST_POINTS:,} draws" if draws > MOST_POINTS else "each draw"
    return f"A point for {which}."


def expected_point(found: Robustness, k: int, look: Look) -> Figure | None:
    """The plan on the figures as they stand; None where that has no plan or no percentage."""
    cost, worst = _expected(found, k)
    if not np.isfinite([cost, worst]).all():
        return None
    words = [
        plotly.lines("On the figures as they stand", f"cost {cost:+.1f}%, worst {worst:+.1f}%")
    ]
    mark = {"size": 13, "symbol": "diamond", "color": look.ink}
    return plotly.scatter("This plan as figures stand", [(cost, worst)], words, marker=mark)


def count_figure(found: Robustness, look: Look) -> Figure:
    """In which share of the draws so many regions are worse off: planned anew, and kept."""
    sides = (
        (ANEW, found.worse_counts(), look.accent),
        (KEPT, found.worse_counts(True), look.baseline),
    )
    known = [(name, counts, colour) for name, counts, colour in sides if len(counts)]
    return plotly.figure(
        [_counted(*side, int(found.regions.sum())) for side in known],
        look,
        COUNTS,
        barmode="group",
        bargap=0.3,
        xaxis=plotly.axis(
            look, "Regions worse off than under the baseline", dtick=1, showgrid=False
        ),
        yaxis=plotly.axis(look, "Share of the draws, %", ticksuffix="%", rangemode="tozero"),
        legend=LEGEND,
        margin={"l": 8, "r": 12, "t": 40, "b": 40},
    )


def _counted(name: str, counts: Floats, colour: str, regions: int) -> Figure:
    shares = 100 * np.bincount(counts.astype(np.int64), minlength=regions + 1) / len(counts)
    some = np.flatnonzero(shares)
    return {
        "type": "bar",
        "name": name,
        "x": some.tolist(),
        "y": rounded(shares[some]),
        "marker": {"color": colour},
        "hovertemplate": f"{name}: %{{x}} worse off in %{{y:.3~r}}% of the draws<extra></extra>",
    }


def _expected(found: Robustness, k: int) -> tuple[float, float]:
    draw = found.expected
    if draw.best is None or draw.before is None or not draw.before.cost_usd:
        return float("nan"), float("nan")
    cost = 100 * (draw.best.cost_usd - draw.before.cost_usd) / abs(draw.before.cost_usd)
    return cost, float(found.expected_changes[k])
