"""Two scenarios side by side, region by region, as a picture: (bars) -> plotly figure."""

from __future__ import annotations

from collections.abc import Sequence

from equity_core.text.numbers import amount, percent_change, unit_text
from equity_core.text.quantities import Quantity
from ui.charts import plotly
from ui.charts.bars import Bar
from ui.charts.plotly import EXACT, Figure
from ui.theme import LIGHT, Look

ROW, FRAME = 28, 90
"""Pixels of a region, and of what stands above and below all of them."""


def before_after_figure(
    rows: Sequence[Bar], quantity: Quantity, baseline: str, look: Look = LIGHT
) -> Figure:
    """A pair of bars for each region, in the order of `rows` from the top."""
    before, after = [row.before for row in rows], [row.after for row in rows]
    return plotly.figure(
        [
            _bars(rows, baseline, before, quantity) | {"marker": {"color": look.baseline}},
            _bars(rows, "your scenario", after, quantity) | {"marker": {"color": look.accent}},
        ],
        look,
        FRAME + ROW * len(rows),
        bargap=0.25,
        legend=plotly.legend(f"{quantity.label} by region", look),
        xaxis=plotly.axis(look, f"{quantity.label}, {unit_text(quantity.unit)}"),
        yaxis=plotly.axis(look, **plotly.rows((row.site, row.name) for row in rows)),
    )


def _bars(rows: Sequence[Bar], name: str, values: list[float], quantity: Quantity) -> Figure:
    told = [
        plotly.lines(
            row.name,
            f"{name}: {amount(value, quantity.unit, EXACT)}",
            "new" if row.added else f"change {percent_change(row.percent)}",
        )
        for row, value in zip(rows, values, strict=True)
    ]
    places = {"x": values, "y": [row.site for row in rows], "orientation": "h"}
    return {"type": "bar", "name": name, "hovertext": told, "hoverinfo": "text"} | places
