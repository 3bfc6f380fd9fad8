"""What a plan puts on every region hour by hour: load, and the footprints of it."""

from __future__ import annotations

import numpy as np

from equity_core.arrays import Floats
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.outcome import Outcome

LOAD = "load_mw"
RATED = ("water", "carbon")
"""Footprints that have a factor for each region."""


def by_hour(outcome: Outcome, fleet: Dataset) -> dict[str, Floats]:
    """Column -> [N, T]: `LOAD` in MW, then each footprint in its unit an hour.

    `fleet` is the data set as the outcome's scenario has it (`fleet_of`): docs/METHOD.md (2).
    """
    first = int(fleet.hours.searchsorted(outcome.hours[0]))
    hours = slice(first, first + len(outcome.hours))
    factors = [outcome.scenario.factors_of(site) for site in fleet.site_ids]
    burdens = {}
    for footprint, intensity in zip(fleet.footprints, fleet.intensity, strict=True):
        name = footprint.name
        scale = np.array([getattr(each, name) if name in RATED else 1.0 for each in factors])
        burdens[footprint.column] = intensity[:, hours] * scale[:, None] * outcome.dispatch
    return {LOAD: outcome.dispatch, **burdens}
