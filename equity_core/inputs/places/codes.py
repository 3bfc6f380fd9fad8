"""Codes of the places that have a polygon on the map: countries, states, provinces."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

import pandas as pd

from equity_core.inputs.folders import DATA

BOUNDARIES = DATA / "boundaries"


@cache
def region_codes() -> MappingProxyType[str, tuple[str, str]]:
    """Layer and id of every polygon by its code: ISO 3166-1 alpha-3 or ISO 3166-2."""
    table = pd.read_csv(BOUNDARIES / "region_codes.csv", dtype=str)
    return MappingProxyType(
        {code: (layer, region) for code, layer, region in table.itertuples(index=False)}
    )


def country_codes() -> list[str]:
    """ISO 3166-1 alpha-3 codes of the countries on the map."""
    return [code for code, (layer, _) in region_codes().items() if layer == "countries"]
