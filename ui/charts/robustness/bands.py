"""The frontier with the band that draws give it, and the draws of the plan itself. No streamlit."""

from __future__ import annotations

import numpy as np

from equity_core.robustness.bands import Band
from equity_core.robustness.examine import Robustness
from ui.charts import plotly
from ui.charts.plotly import Figure
from ui.charts.robustness.figures import ANEW, KEPT, LEGEND, cloud, expected_point
from ui.charts.timeline import rounded, shaded
from ui.theme import Look

HEIGHT = 400
FRONTIER, BAND = "Frontier on the figures as they stand", "Nine in ten draws put it here"


def band_figure(found: Robustness, k: int, band: Band | None, look: Look) -> Figure:
    """Cost against the worst burden of footprint k: points a draw, and the frontier's band."""
    traces = [
        *(() if band is None else (_band(band, look), _frontier(band, look))),
        cloud(found, k, True, KEPT, look.baseline, "circle-open"),
        cloud(found, k, False, ANEW, look.accent, "circle"),
        expected_point(found, k, look),
    ]
    label = f"Worst {found.footprints[k].label.lower()}, change in %"
    return plotly.figure(
        [trace for trace in traces if trace],
        look,
        HEIGHT,
        xaxis=plotly.axis(look, "Electricity cost, change in %", ticksuffix="%"),
        yaxis=plotly.axis(look, label, ticksuffix="%"),
        legend=LEGEND,
        margin={"l": 8, "r": 12, "t": 80, "b": 40},
    )


def band_words(band: Band) -> str:
    """What the band says, halfway down the frontier: for those who cannot see it."""
    known = np.flatnonzero(np.isfinite(band.low) & np.isfinite(band.high))
    if not len(known):
        return ""
    at = int(known[len(known) // 2])
    return (
        f"To change the worst burden by {band.levels[at]:+.1f}% costs {band.low[at]:+.1f}% to "
        f"{band.high[at]:+.1f}% in nine of ten draws."
    )


def _band(band: Band, look: Look) -> Figure | None:
    known = np.isfinite(band.low) & np.isfinite(band.high)
    if not known.any():
        return None
    across = np.concatenate([band.low[known], band.high[known][::-1]])
    down = np.concatenate([band.levels[known], band.levels[known][::-1]])
    return {
        "type": "scatter",
        "mode": "lines",
        "name": BAND,
        "x": rounded(across),
        "y": rounded(down),
        "fill": "toself",
        "fillcolor": shaded(look.quiet),
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _frontier(band: Band, look: Look) -> Figure:
    points = list(zip(band.cost.round(3).tolist(), band.worst.round(3).tolist(), strict=True))
    words = [f"{FRONTIER}: cost {x:+.1f}%, worst {y:+.1f}%" for x, y in points]
    line = {"color": look.ink, "width": 1.5}
    mark = {"size": 5, "color": look.ink}
    return plotly.scatter(FRONTIER, points, words, "lines+markers", line=line, marker=mark)
