"""Before and after, region by region, as pictures: (bars) -> plotly figure."""

from __future__ import annotations

from collections.abc import Sequence

from equity_core.text.numbers import amount, percent_change, unit_text
from equity_core.text.plan_names import THIS_PLAN
from equity_core.text.quantities import Quantity
from ui.charts import plotly
from ui.charts.bars import Bar
from ui.charts.plotly import EXACT, Figure
from ui.theme import LIGHT, Look

NAMED, CLOSEST, SLOPES = 8, 0.05, 420
"""Lines that have a name, how much of the height lies between two names, pixels of the height."""


def slopes_figure(
    rows: Sequence[Bar], quantity: Quantity, baseline: str, look: Look = LIGHT
) -> Figure:
    """A line for each region from the baseline to the scenario; those that move most are named."""
    known = sorted((row for row in rows if not row.added), key=lambda row: -abs(row.change))
    ways = {"carries more": [row for row in known if row.change > 0]}
    ways["carries less or the same"] = [row for row in known if row.change <= 0]
    named = _apart(known)
    strokes = (look.accent, "solid"), (look.baseline, "4px,3px")
    return plotly.figure(
        [
            _slope(row, quantity, stroke, row.site in named)
            | {"name": way, "legendgroup": way, "showlegend": place == 0}
            for (way, group), stroke in zip(ways.items(), strokes, strict=True)
            for place, row in enumerate(group)
        ],
        look,
        SLOPES,
        legend=plotly.legend(f"{quantity.label}, {unit_text(quantity.unit)}", look),
        xaxis=plotly.axis(
            look,
            range=[-0.08, 1.45],
            zeroline=False,
            tickvals=[0, 1],
            ticktext=[plotly.plain(baseline), THIS_PLAN],
        ),
        yaxis=plotly.axis(look),
    )


def _apart(rows: Sequence[Bar]) -> set[str]:
    """The first of `rows` whose names do not run into that of one before."""
    ends = [row.after for row in rows] + [row.before for row in rows]
    least = CLOSEST * (max(ends, default=0.0) - min(ends, default=0.0))
    kept: list[Bar] = []
    for row in rows:
        if all(abs(row.after - other.after) >= least for other in kept):
            kept.append(row)
    return {row.site for row in kept[:NAMED]}


def _slope(row: Bar, quantity: Quantity, stroke: tuple[str, str], named: bool) -> Figure:
    """One region, in a colour and with dashes of its own kind."""
    (colour, dash), ends = stroke, (row.before, row.after)
    before, after = (amount(value, quantity.unit, EXACT) for value in ends)
    told = plotly.lines(row.name, f"from {before} to {after}", percent_change(row.percent))
    return plotly.scatter(
        row.name,
        list(enumerate(ends)),
        [told, told],
        "lines+markers+text",
        line={"color": colour, "width": 2 if named else 1, "dash": dash},
        marker={"color": colour, "size": 6},
        text=["", plotly.plain(row.name) if named else ""],
        textposition="middle right",
    )
