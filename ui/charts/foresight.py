"""A replay as lines over time, and as the record that the player plays. No streamlit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from equity_core.arrays import Floats
from equity_core.figures.colours import burden_scale
from equity_core.online.film import Film
from equity_core.text.certificate import objective_unit
from equity_core.text.nouns import noun
from equity_core.text.numbers import unit_text
from ui.charts import timeline
from ui.charts.plotly import Figure
from ui.charts.timeline import Line
from ui.theme import Look

SHADES = 32
SPEEDS = (4, 12, 24, 96)
"""Frames a second."""

NAMES = {
    "weights": "Without a forecast (weights)",
    "mirror_descent": "As published (mirror descent)",
    "forecast": "Forecast, followed blindly",
    "blend": "Forecast with guarantee (blend)",
}
DASHES = {"weights": "solid", "mirror_descent": "dot", "forecast": "dash", "blend": "dashdot"}


def shades(look: Look) -> dict[str, str]:
    """Colour of each method's line: the accent, ink and grey, told apart by dashes, too."""
    return {
        "weights": look.ink,
        "mirror_descent": look.quiet,
        "forecast": look.refused,
        "blend": look.accent,
    }


def above_figure(films: Mapping[str, Film], chosen: str, at: int, look: Look) -> Figure:
    """By how much the objective so far is above that of the plan which knew everything.

    In % of its value at the end, so that the last hour reads as the price of not knowing; a line
    each for `films` by method, what the guarantee allows as a band, the frame `at` marked.
    """
    first = next(iter(films.values()))
    end, hours = abs(first.offline.objective) or 1.0, first.hours
    known = np.zeros(len(hours))
    drawn = [Line("Whole period known (offline)", known, look.baseline, width=2.0)]
    drawn += [_line(method, film, end, method == chosen, look) for method, film in films.items()]
    figure = timeline.lines(hours, drawn, "Above the plan that knew, %", "%", look)
    guarded = films.get("blend")
    if guarded is not None and guarded.ceiling is not None:
        allowed = 100 * (guarded.ceiling - guarded.offline_objective) / end
        words = "What the guarantee allows the blend"
        low = np.minimum(known, allowed)
        band = timeline.band(hours, low, allowed, words, look.accent)
        figure["data"] = [*band, *figure["data"]]
    figure["layout"]["shapes"] = [_mark(hours, at, look)]
    return figure


def _line(method: str, film: Film, end: float, chosen: bool, look: Look) -> Line:
    above = 100 * (film.objective - film.offline_objective) / end
    width = timeline.THICK if chosen else 1.4
    return Line(NAMES[method], above, shades(look)[method], DASHES[method], width)


def _mark(hours: pd.DatetimeIndex, at: int, look: Look) -> Figure:
    """An upright line at the hour that is shown."""
    hour = timeline.times(hours)[min(at, len(hours) - 1)]
    line = {"color": look.ink, "width": 1, "dash": "dot"}
    return {"type": "line", "x0": hour, "x1": hour, "yref": "paper", "y0": 0, "y1": 1, "line": line}


def player_record(film: Film, name: str, at: int, look: Look) -> dict[str, Any]:
    """What the browser plays, but for the map; `name` is another one for every other film."""
    plan = film.outcome
    layers = [_layer("Load now", "load", "MW", film.load, False, look)]
    for k, footprint in enumerate(plan.footprints):
        label = f"{footprint.label} so far"
        layers.append(
            _layer(label, noun(footprint), footprint.unit, film.burdens[:, k], True, look)
        )
    return {
        "film": name,
        "at": at,
        "hours": [str(hour) for hour in film.hours.strftime("%Y-%m-%d %H:%M UTC")],
        "names": list(plan.site_names.values()),
        "cost": timeline.rounded(film.cost_usd),
        "objective": film.objective.round(4).tolist(),
        "offline": film.offline_objective.round(4).tolist(),
        "objectiveUnit": objective_unit(plan),
        "layers": layers,
        "speeds": list(SPEEDS),
        "colours": _colours(look),
    }


def _layer(
    label: str, what: str, unit: str, values: Floats, so_far: bool, look: Look
) -> dict[str, Any]:
    scale = look.shade(burden_scale(values.ravel().tolist()))
    return {
        "label": label,
        "noun": what,
        "unit": unit,
        "soFar": so_far,
        "values": [timeline.rounded(row) for row in values] if len(values) else [],
        "low": scale.low,
        "high": scale.high,
        "ramp": [f"rgb({r},{g},{b})" for r, g, b in scale.ramp(SHADES).tolist()],
        "words": f"{label}, {unit_text(unit)}",
    }


def _colours(look: Look) -> dict[str, str]:
    names = ("paper", "ink", "quiet", "rule", "accent")
    red, green, blue, _ = look.land
    return {name: getattr(look, name) for name in names} | {"land": f"rgb({red},{green},{blue})"}


def words(films: Mapping[str, Film]) -> str:
    """The ends of the lines in words, for who cannot see them."""
    ends = [
        f"{NAMES[method]}: {100 * film.price_of_not_knowing:.3g}% above it"
        for method, film in films.items()
    ]
    return f"The objective at the end beside that of the plan that knew: {'; '.join(ends)}."
