"""Regions by how often they are worse off and how often they bind; what matters most.

No streamlit.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from equity_core.answers.robustness import influence_rows
from equity_core.arrays import Floats
from equity_core.robustness.examine import Robustness
from ui.charts import plotly
from ui.charts.plotly import Figure
from ui.theme import Look

ROW, MARGINS = 26, 96
SYMBOLS = ("diamond", "square", "triangle-up", "cross", "star")
MARGIN = {"l": 8, "r": 12, "t": 56, "b": 40}


def often_figure(found: Robustness, look: Look) -> Figure:
    """A row a region: worse off in so many % of the draws, binding in so many."""
    names = list(found.site_names.items())
    bars = {
        "type": "bar",
        "orientation": "h",
        "name": "Worse off",
        "y": [site for site, _ in names],
        "x": np.round(100 * found.worse_share, 1).tolist(),
        "marker": {"color": look.accent},
        "hovertemplate": "worse off in %{x}% of the draws<extra></extra>",
    }
    dots = [
        _dots(found, k, 100 * share, look)
        for k, share in enumerate(found.binding_share)
        if share.any()
    ]
    return plotly.figure(
        [bars, *dots],
        look,
        ROW * len(names) + MARGINS,
        bargap=0.45,
        xaxis=plotly.axis(look, "Share of the draws, %", range=[-3, 103], ticksuffix="%"),
        yaxis=plotly.axis(look, **plotly.rows(names)),
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        margin=MARGIN,
    )


def _dots(found: Robustness, k: int, percent: Floats, look: Look) -> Figure:
    item, shade = found.footprints[k], look.ink if k % 2 == 0 else look.quiet
    label = f"{item.label} binds"
    shares = np.round(percent, 1).tolist()
    words = [f"{label} in {x:g}% of the draws" for x in shares]
    mark = {"size": 9, "symbol": SYMBOLS[k % len(SYMBOLS)], "color": shade}
    mark |= {"line": {"width": 1, "color": look.paper}}
    return {
        "type": "scatter",
        "mode": "markers",
        "name": plotly.plain(label),
        "x": shares,
        "y": list(found.site_names),
        "hovertext": words,
        "hoverinfo": "text",
        "marker": mark,
    }


def tornado_figure(found: Robustness, look: Look) -> Figure:
    """What one figure does by itself, a standard deviation lower and higher; the widest on top."""
    rows = [row for row in influence_rows(found) if math.isfinite(row["low"] + row["high"])]
    ends = (
        ("low", "One standard deviation lower", look.baseline),
        ("high", "One standard deviation higher", look.accent),
    )
    return plotly.figure(
        [_ends(found, rows, *each) for each in ends],
        look,
        (ROW + 10) * len(rows) + MARGINS,
        barmode="overlay",
        bargap=0.4,
        xaxis=plotly.axis(look, "Moves the worst burden's change by, points", zeroline=True),
        yaxis=plotly.axis(look, autorange="reversed", showgrid=False),
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"},
        margin=MARGIN,
    )


def _ends(
    found: Robustness, rows: list[dict[str, Any]], end: str, name: str, colour: str
) -> Figure:
    moved = [round(row[end] - float(found.expected_changes[row["k"]]), 3) for row in rows]
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "y": [plotly.plain(f"{row['what']} (on {row['footprint'].label.lower()})") for row in rows],
        "x": moved,
        "marker": {"color": colour},
        "hovertemplate": f"{name}: %{{x:+.2f}} points<extra></extra>",
    }
