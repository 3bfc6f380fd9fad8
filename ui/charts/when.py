"""When load and burdens fall on regions: hour of day x region, and hour by hour. No streamlit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity_core.arrays import Floats, Integers
from equity_core.figures.colours import Scale, burden_scale, change_scale
from equity_core.outcome.by_hour import LOAD
from equity_core.text.numbers import number, percent, unit_text
from equity_core.text.quantities import Quantity
from ui.charts import plotly, timeline
from ui.charts.plotly import Figure
from ui.charts.timeline import Line
from ui.theme import Look

PARTS = {"before": "Baseline", "after": "This plan", "change": "Change"}
LOAD_QUANTITY = Quantity(LOAD, "Load", "load", "MW")
ROW, AROUND = 19, 104
"""Pixels of a region's row, and of all else."""


@dataclass(frozen=True, eq=False)
class Hours:
    """One quantity hour by hour: `before` and `after` [N, T] of `names`, in `unit`.

    `local` [N, T] is the hour of the day at each of them; a site that was not there has NaN before.
    """

    quantity: Quantity
    names: tuple[str, ...]
    before: Floats
    after: Floats
    local: Integers

    @property
    def unit(self) -> str:
        """Of an hour: MW, m³/h."""
        text = unit_text(self.quantity.unit)
        return text if self.quantity.column == LOAD else f"{text}/h"

    def part(self, name: str) -> Floats:
        """[N, T] of "before", "after" or "change"."""
        return self.after - self.before if name == "change" else getattr(self, name)

    def by_day(self, name: str) -> Floats:
        """[N, 24] the mean at each hour of the local day; NaN where an hour does not occur."""
        return _by_hour_of_day(self.part(name), self.local)


def _by_hour_of_day(values: Floats, local: Integers) -> Floats:
    sums, counts = (
        np.array(
            [np.bincount(hour, row, minlength=24) for hour, row in zip(local, rows, strict=True)]
        )
        for rows in (values, np.ones_like(values))
    )
    with np.errstate(invalid="ignore"):
        means: Floats = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
    return means


def heat_figure(hours: Hours, look: Look, narrow: bool = False) -> Figure:
    """Hour of the local day across, a region a row: baseline, plan and change side by side.

    On a `narrow` screen they stand below one another.
    """
    count, rows = len(PARTS), ROW * len(hours.names)
    height = count * (rows + AROUND) if narrow else rows + AROUND
    figure = timeline.layout(look, height) | {"hovermode": "closest"}
    figure["margin"] = {"l": 8, "r": 8, "t": 0, "b": 8}
    data = []
    for at, part in enumerate(PARTS):
        place = _place(at, count, rows / (rows + AROUND), narrow)
        figure |= _axes(at, place, names=narrow or at == 0)
        data.append(_heat(hours, part, at, place, look))
    return {"data": data, "layout": figure}


@dataclass(frozen=True)
class Place:
    """Where one of several pictures stands, as shares of the whole."""

    across: tuple[float, float]
    up: tuple[float, float]


def _place(at: int, count: int, filled: float, narrow: bool) -> Place:
    """The ticks take the lower half of what is not `filled`, the scale the upper."""
    share, rest = 1 / count, (1 - filled) / 2
    if not narrow:
        return Place((at * share, (at + 0.92) * share), (rest * 0.8, rest * 0.8 + filled))
    bottom = 1 - (at + 1) * share
    return Place((0.0, 1.0), (bottom + share * rest * 0.8, bottom + share * (rest * 0.8 + filled)))


def _axes(at: int, place: Place, names: bool) -> Figure:
    number = "" if at == 0 else str(at + 1)
    across = {"domain": list(place.across), "anchor": f"y{number}", "dtick": 6, "fixedrange": True}
    across |= {
        "title": {"text": "Hour of the local day", "standoff": 4, "font": {"size": 13}},
        "showgrid": False,
    }
    up = {"domain": list(place.up), "anchor": f"x{number}", "autorange": "reversed", "dtick": 1}
    up |= {"showticklabels": names, "automargin": True, "fixedrange": True, "showgrid": False}
    return {f"xaxis{number}": across, f"yaxis{number}": up}


def _heat(hours: Hours, part: str, at: int, place: Place, look: Look) -> Figure:
    scale, number = scale_of(hours, part, look), "" if at == 0 else str(at + 1)
    return {
        "type": "heatmap",
        "x": list(range(24)),
        "y": [plotly.plain(name) for name in hours.names],
        "z": [timeline.rounded(row) for row in hours.by_day(part)],
        "xaxis": f"x{number}",
        "yaxis": f"y{number}",
        "zmin": scale.low,
        "zmax": scale.high,
        "colorscale": plotly.colours(scale),
        "hovertemplate": f"%{{y}}, %{{x}}:00<br>%{{z:,.3~r}} {hours.unit}<extra></extra>",
        "colorbar": {
            "orientation": "h",
            "thickness": 9,
            "x": place.across[0],
            "xanchor": "left",
            "len": place.across[1] - place.across[0],
            "y": place.up[1],
            "yanchor": "bottom",
            "ypad": 4,
            "title": {"text": f"{PARTS[part]}, {hours.unit}", "side": "top", "font": {"size": 13}},
            "nticks": 4,
            "tickformat": ",.3~r",
            "outlinewidth": 0,
        },
    }


def scale_of(hours: Hours, part: str, look: Look) -> Scale:
    """One scale for before and after, so that they can be compared, and one for the change."""
    if part == "change":
        return look.shade(change_scale(hours.by_day(part).ravel().tolist()))
    both = np.concatenate([hours.by_day("before"), hours.by_day("after")])
    return look.shade(burden_scale(both.ravel().tolist()))


def line_figure(
    hours: Hours, index: pd.DatetimeIndex, chosen: int, dark: Sequence[bool], look: Look
) -> Figure:
    """A line a region over `index` (the same hours, UTC), one of them beside its baseline.

    The others wait in the legend: as loads jump between nothing and all, they would hide it.

    `dark` [T] are the hours of night at the chosen one, which are shaded.
    """
    name = hours.names[chosen]
    own = [
        Line(f"{name}, baseline", hours.before[chosen], look.baseline, "dot", timeline.THICK),
        Line(f"{name}, this plan", hours.after[chosen], look.accent, width=timeline.THICK),
    ]
    others = [
        Line(name, values, look.quiet)
        for row, (name, values) in enumerate(zip(hours.names, hours.after, strict=True))
        if row != chosen
    ]
    title = f"{hours.quantity.label}, {hours.unit}"
    figure = timeline.lines(index, [*own, *others], title, hours.unit, look)
    for trace in figure["data"]:
        trace["line"]["shape"] = "hv"
    for trace in figure["data"][len(own) :]:
        trace["visible"] = "legendonly"
    figure["layout"]["shapes"] = timeline.nights(index, np.array(dark, dtype=bool), look)
    return figure


def words(hours: Hours) -> str:
    """The heat maps in a sentence or two: when the plan asks most, and where it moves most."""
    after, change = hours.by_day("after"), hours.by_day("change")
    busiest = int(np.nanargmax(np.nansum(after, axis=0)))
    row, hour = np.unravel_index(np.nanargmax(np.abs(change)), change.shape)
    moved = float(change[row, hour])
    noun, unit = hours.quantity.noun, hours.unit
    told = f"All regions together have most {noun} at {busiest}:00 of their local days."
    if abs(moved) <= 1e-9 * float(np.nanmax(np.abs(after), initial=0.0)):
        return f"{told} At no hour does it differ from the baseline."
    way = "more" if moved > 0 else "less"
    return (
        f"{told} The largest change is in {hours.names[row]} at {int(hour)}:00: on average "
        f"{number(abs(moved))} {unit} {way} than under the baseline."
    )


def night_words(hours: Hours, chosen: int, dark: Sequence[bool]) -> str:
    """How much of the chosen region's load or burden falls into its night, before and after."""
    night = np.array(dark, dtype=bool)
    shares = [
        100 * float(row[night].sum() / row.sum()) if row.sum() > 0 else 0.0
        for row in (hours.after[chosen], hours.before[chosen])
    ]
    name = hours.names[chosen]
    return (
        f"In {name} {percent(shares[0])} of the {hours.quantity.noun} shown falls into the night, "
        f"under the baseline {percent(shares[1])}."
    )


def table(hours: Hours) -> pd.DataFrame:
    """The change by region and hour of the local day, for those who cannot see the picture."""
    frame = pd.DataFrame(hours.by_day("change"), columns=[f"{hour}:00" for hour in range(24)])
    frame.insert(0, f"Change, {hours.unit}", list(hours.names))
    return frame
