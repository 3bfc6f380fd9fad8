"""Pictures over time as plotly's figures, plain dictionaries: (series, look) -> figure.

Pure: no streamlit, and not plotly's own objects, which cost a page ten milliseconds each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity_core.arrays import Flags, Floats
from ui.charts import plotly
from ui.charts.plotly import Figure, plain
from ui.theme import Look

THIN, THICK = 1.0, 2.4
SHADE = 0.16
"""How opaque night and bands are."""


@dataclass(frozen=True, eq=False)
class Line:
    """A series over time: values [T], how it is drawn, and whether it is the one that counts."""

    name: str
    values: Floats
    colour: str
    dash: str = "solid"
    width: float = THIN
    in_legend: bool = True


def times(hours: pd.DatetimeIndex) -> list[str]:
    """Hours as plotly takes them, UTC."""
    return [str(text) for text in hours.strftime("%Y-%m-%dT%H:%M")]


def lines(
    hours: pd.DatetimeIndex, drawn: Sequence[Line], title: str, unit: str, look: Look
) -> Figure:
    """A line each over the same hours (UTC); `title` heads the upright axis."""
    return {
        "data": [_trace(times(hours), line, unit) for line in drawn],
        "layout": layout(look) | {"xaxis": time_axis(look), "yaxis": axis(look, title)},
    }


def _trace(x: list[str], line: Line, unit: str) -> Figure:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": line.name,
        "x": x,
        "y": rounded(line.values),
        "line": {"color": line.colour, "width": line.width, "dash": line.dash},
        "showlegend": line.in_legend,
        "hovertemplate": f"%{{y:,.4~r}} {unit}".rstrip() + f"<extra>{plain(line.name)}</extra>",
    }


def band(
    hours: pd.DatetimeIndex, low: Floats, high: Floats, name: str, colour: str
) -> list[Figure]:
    """What lies between two lines [T], shaded; the first trace is the lower edge."""
    edge: Figure = {"type": "scatter", "mode": "lines", "x": times(hours), "hoverinfo": "skip"}
    edge |= {"line": {"width": 0, "color": colour}}
    return [
        edge | {"y": rounded(low), "showlegend": False},
        edge | {"y": rounded(high), "name": name, "fill": "tonexty", "fillcolor": shaded(colour)},
    ]


def shaded(colour: str, opacity: float = SHADE) -> str:
    """A colour "#rrggbb" through which what lies beneath can be seen."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},{opacity:g})"


def nights(hours: pd.DatetimeIndex, dark: Flags, look: Look) -> list[Figure]:
    """A shape for each stretch of hours [T] that is dark."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], dark, [False]]).astype(np.int8)))
    ends = [*times(hours), f"{hours[-1] + pd.Timedelta(hours=1):%Y-%m-%dT%H:%M}"]
    shape: Figure = {"type": "rect", "yref": "paper", "y0": 0, "y1": 1, "line": {"width": 0}}
    shape |= {"fillcolor": shaded(look.quiet), "layer": "below"}
    return [
        shape | {"x0": ends[first], "x1": ends[last]}
        for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
    ]


def layout(look: Look, height: int = 320) -> Figure:
    """As of all pictures, with what all lines are at the pointer's hour."""
    own = plotly.figure([], look, height, hovermode="x unified")["layout"]
    own |= {"legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0}}
    return own | {"margin": {"l": 64, "r": 12, "t": 8, "b": 40}}


def axis(look: Look, title: str) -> Figure:
    """An upright axis; the title carries the unit."""
    return _lines_of(look) | {
        "title": {"text": plain(title), "font": {"size": 13}},
        "tickformat": ",.4~r",
    }


def time_axis(look: Look) -> Figure:
    """The hours, UTC."""
    return _lines_of(look) | {"type": "date", "title": {"text": "UTC", "font": {"size": 13}}}


def _lines_of(look: Look) -> Figure:
    return {"gridcolor": look.rule, "linecolor": look.rule, "zerolinecolor": look.baseline}


def rounded(values: Floats) -> list[float | None]:
    """Five digits of the largest of them: more than a picture shows, in half the bytes."""
    finite = values[np.isfinite(values)]
    largest = float(np.abs(finite).max(initial=0.0))
    decimals = 4 - int(np.floor(np.log10(largest))) if largest > 0 else 0
    told = np.round(values, min(decimals, 300)) + 0.0
    return [float(value) if np.isfinite(value) else None for value in told]
