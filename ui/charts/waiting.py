"""Load that can wait: when it arises and when it runs, by hour of the day. No streamlit."""

from __future__ import annotations

import numpy as np

from equity_core.arrays import Floats, Integers
from equity_core.outcome.waits import Waits
from equity_core.text.numbers import number
from ui.charts import plotly
from ui.charts.plotly import Figure
from ui.theme import Look

HEIGHT = 240


def by_hour_of_day(load: Floats, hour: Integers) -> Floats:
    """[24] MW, the mean over the days that have the hour."""
    days = np.bincount(hour, minlength=24)
    means: Floats = np.bincount(hour, load, minlength=24) / np.maximum(days, 1)
    return means


def figure(waits: Waits, hour: Integers, look: Look) -> Figure:
    """Two bars for each hour of the UTC day, `hour` [T]: what arises, and what runs."""
    bars = [
        _bars("arises", by_hour_of_day(waits.asked, hour), look.baseline),
        _bars("runs in this plan", by_hour_of_day(waits.run, hour), look.accent),
    ]
    across = {"dtick": 3, "fixedrange": True, "showgrid": False, "zeroline": False}
    return plotly.figure(
        bars,
        look,
        HEIGHT,
        barmode="group",
        dragmode=False,
        legend=plotly.legend("Load that can wait, MW", look),
        xaxis=plotly.axis(look, "Hour of the day, UTC", **across),
        yaxis=plotly.axis(look, "", rangemode="tozero", fixedrange=True),
    )


def _bars(name: str, load: Floats, colour: str) -> Figure:
    return {
        "type": "bar",
        "name": name,
        "x": list(range(24)),
        "y": [round(float(mw), 6) for mw in load],
        "marker": {"color": colour},
        "hovertemplate": f"%{{x}}:00 UTC: %{{y:,.3~r}} MW {name}<extra></extra>",
    }


def words(waits: Waits, hour: Integers) -> str:
    """The figure in a sentence: where most comes together, and where most leaves."""
    moved = by_hour_of_day(waits.run - waits.asked, hour)
    to, away = int(moved.argmax()), int(moved.argmin())
    if not waits.moved_share:
        return "No load that can wait runs at another hour than it arises."
    return (
        f"By hour of the day (UTC), most of what waits comes to {to}:00, on average "
        f"{number(moved[to])} MW more than arises then, and most leaves {away}:00, "
        f"{number(-moved[away])} MW less."
    )
