"""Demand beyond the room that there is: refused, in a sentence."""

from __future__ import annotations

import numpy as np
import pandas as pd

from equity_core.arrays import Floats
from equity_core.errors import InfeasibleError
from equity_core.inputs.checks import counted, few
from equity_core.inputs.dataset import Dataset
from equity_core.model.dispatch import row_of
from equity_core.model.physics import Physics, Served

SHORTFALL_BEYOND = 1e-9
"""Relative shortfall that is still rounding: peak demand may equal capacity to the last bit."""


def check_demand_can_be_served(physics: Physics, dataset: Dataset) -> None:
    """A dispatch at any values serves all that can be served; what is missing is a shortfall."""
    zero = np.zeros((1 + physics.footprints, physics.shape[1]))
    served = physics.cheapest(zero, zero, physics.any_order())
    _check_what_cannot_wait(physics, served.at_once, dataset)
    _check_what_waits(physics, served)


def _check_what_cannot_wait(physics: Physics, load: Floats, dataset: Dataset) -> None:
    staying = np.broadcast_to(physics.arrays.fixed, load.shape).sum(axis=1)
    asked, served = physics.asked.sum(axis=1) + staying, load.sum(axis=1)
    missing = asked - served
    short = missing > SHORTFALL_BEYOND * asked
    if not short.any():
        return
    t = int(np.argmax(missing))
    moved = load[t] - physics.arrays.fixed[row_of(physics.arrays, t)]
    stuck = _sites_in_shortfall(physics, moved, t, dataset)
    hour = hour_words(physics.hours[t])
    raise InfeasibleError(
        f"Hour {hour} needs {asked[t]:.6g} MW, but only {served[t]:.6g} MW can be served "
        f"({missing[t]:.3g} MW short at {_places(stuck, dataset)}; {int(short.sum())} of "
        f"{counted(len(physics.hours), 'hour')} fall short). Raise a capacity factor, "
        "lower a demand factor, or allow a wider reach.",
        {
            "hour": hour,
            "hours_short": int(short.sum()),
            "demand_mw": float(asked[t]),
            "served_mw": float(served[t]),
            "short_mw": float(missing[t]),
            "sites": stuck,
        },
    )


def _check_what_waits(physics: Physics, served: Served) -> None:
    waiting = physics.waiting
    if not physics.waits:
        return
    added = (served.load - served.at_once).sum(axis=1)
    missing = waiting.energy - np.add.reduceat(added, waiting.start[:-1])
    short = missing > SHORTFALL_BEYOND * waiting.energy
    if not short.any():
        return
    w = int(np.argmax(missing))
    first, last = (
        hour_words(physics.hours[t]) for t in (waiting.start[w], waiting.start[w + 1] - 1)
    )
    raise InfeasibleError(
        f"From {first} to {last}, {waiting.energy[w]:.6g} MWh can wait, but the sites have room "
        f"for {waiting.energy[w] - missing[w]:.6g} MWh of it beside what cannot wait. Raise a "
        "capacity factor, lower a demand factor, or let load wait for longer (defer_window "
        "'period').",
        {
            "hour": first,
            "windows_short": int(short.sum()),
            "waiting_mwh": float(waiting.energy[w]),
            "short_mwh": float(missing[w]),
        },
    )


def _sites_in_shortfall(physics: Physics, load: Floats, t: int, dataset: Dataset) -> list[str]:
    """The sites of the components of the reach graph that cannot serve their demand."""
    stuck = []
    for c, asked in enumerate(physics.asked[t]):
        inside = physics.arrays.component == c
        if asked - load[inside].sum() > SHORTFALL_BEYOND * asked:
            stuck += [dataset.site_ids[i] for i in np.flatnonzero(inside)]
    return stuck


def _places(sites: list[str], dataset: Dataset) -> str:
    if not sites:
        return "gateways that no site reaches"
    return few([dataset.site_names[site] for site in sites])


def hour_words(hour: pd.Timestamp) -> str:
    """An hour as it is told."""
    return hour.strftime("%Y-%m-%d %H:%M UTC")
