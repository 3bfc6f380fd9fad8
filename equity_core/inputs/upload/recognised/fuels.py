"""Generation by fuel becomes carbon and water of the average MWh, by the footprint models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from equity_core.arrays import Floats
from equity_core.inputs.footprints import (
    CARBON_T_PER_MWH,
    WATER_GALLONS_PER_MWH,
    carbon_intensity,
    offsite_water_intensity,
)

CARBON_COLUMN, WATER_COLUMN = "carbon_t_per_mwh", "water_m3_per_mwh"


def _listed(factors: Mapping[str, float]) -> str:
    return ", ".join(f"{fuel} {factor:g}" for fuel, factor in factors.items())


NOTES = {
    CARBON_COLUMN: "Carbon is computed from generation by fuel, without storage and imports "
    f"(t/MWh: {_listed(CARBON_T_PER_MWH)})",
    WATER_COLUMN: "Water is computed from generation by fuel: that of power stations, without that "
    f"of cooling on site (US gal/MWh: {_listed(WATER_GALLONS_PER_MWH)})",
}


def by_fuel(kinds: Sequence[tuple[str, Floats]], zone: pd.Series | None) -> dict[str, Floats]:
    """Generation by fuel of the models from its kinds, such as hard coal and lignite.

    A kind without any figure in a zone is one that the zone does not have, and counts as 0 there;
    one that lacks an hour makes its fuel lack it.
    """
    fuels: dict[str, Floats] = {}
    for fuel, amounts in kinds:
        codes = np.zeros(len(amounts), np.intp) if zone is None else zone.cat.codes.to_numpy()
        known = np.bincount(codes, ~np.isnan(amounts)) > 0
        made = np.where(known[codes], np.maximum(amounts, 0.0), 0.0)
        fuels[fuel] = fuels[fuel] + made if fuel in fuels else made
    return fuels


def footprints_of(fuels: Mapping[str, Floats]) -> dict[str, Floats]:
    """Columns of carbon and water from hourly generation by fuel, NaN where an hour lacks any."""
    total = np.sum(list(fuels.values()), axis=0)
    good = total > 0
    columns = {}
    for name, model in ((CARBON_COLUMN, carbon_intensity), (WATER_COLUMN, offsite_water_intensity)):
        columns[name] = np.full(len(total), np.nan)
        if good.any():
            columns[name][good] = model({fuel: made[good] for fuel, made in fuels.items()})
    return columns
