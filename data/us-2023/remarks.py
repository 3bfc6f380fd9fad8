"""What is said of single figures of this data set, and where its sources disagree.

`build.py` writes both beside the figures: site_notes.csv and conflicts.csv.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
from pyproj import Geod

# By hand: the place of each weather station.
STATIONS = {
    "VA_Leesburg": ("Leesburg, Virginia", 39.08, -77.56),
    "TX_Dallas": ("Dallas, Texas", 32.90, -97.04),
    "CA_San.Jose": ("San Jose, California", 37.36, -121.93),
    "IL_Chicago": ("Chicago, Illinois", 41.98, -87.91),
    "WA_Seattle": ("Seattle, Washington", 47.45, -122.31),
    "AZ_Phoenix": ("Phoenix, Arizona", 33.43, -112.01),
    "GA_Atlanta": ("Atlanta, Georgia", 33.63, -84.43),
    "PA_Pittsburgh": ("Pittsburgh, Pennsylvania", 40.49, -80.23),
    "NY_New.York": ("New York, New York", 40.78, -73.97),
    "CO_Aurora": ("Aurora, Colorado", 39.72, -104.75),
}
AT_THE_SITE_KM = 60.0
"""Up to here a station counts as the site's own."""

AVERT = {
    "CA": "California",
    "CENT": "Central",
    "MIDA": "Mid-Atlantic",
    "MIDW": "Midwest",
    "NE": "New England",
    "NW": "Northwest",
    "NY": "New York",
    "RM": "Rocky Mountains",
    "SE": "Southeast",
    "SW": "Southwest",
    "TE": "Texas",
    "TN": "Tennessee",
}
"""The regions of AVERT, by the code that its figures are kept under."""

WORTH_SHOWING = 0.1
"""Relative difference from which two sources of a yearly mean stand side by side."""


REBUILT = {
    "unique integer": "Rebuilt from published state figures: a single number fits them.",
    "integer ambiguous by one facility": "Rebuilt from published state figures, which leave the "
    "number of facilities open by one.",
}


def notes_of(source: Path, sites: pd.DataFrame) -> pd.DataFrame:
    """What holds for single figures of single states: site, column, quality, note."""
    raw = pd.read_csv(source / "sites.csv").set_index("id")
    carbon = pd.read_parquet(source / "hourly_carbon.parquet", columns=["site", "estimated"])
    filled = 100 * carbon.groupby("site", observed=True)["estimated"].mean()
    health = pd.read_parquet(source / "hourly.parquet", columns=["site", "health_usd_per_mwh"])
    clipped = (health["health_usd_per_mwh"] < 0).groupby(health["site"], observed=True).sum()
    energy = pd.read_csv(source / "tables" / "epri_2023_dc_energy_by_state.csv")
    loads = energy.set_index("US-" + energy["state"])["reconstruction"]
    rows: list[tuple[str, str, str, str]] = []
    for code, state in sites.iterrows():
        region = raw["avert_region"][code]
        avert = f"Region {AVERT[region]} of AVERT{alike(raw, 'avert_region', code)}."
        zeros = f" {clipped[code]:,} hours below zero are set to 0." if clipped[code] else ""
        grid = f"{grid_words(raw['grid_areas'][code])}{alike(raw, 'grid_areas', code)}."
        flagged = f" The publisher flags {filled[code]:.2g}% of the hours as estimated."
        told = {
            "water_m3_per_mwh_onsite": ("modelled", station_words(raw.loc[code])),
            "carbon_t_per_mwh": ("modelled", grid + flagged),
            "marginal_carbon_t_per_mwh": ("modelled", avert),
            "health_usd_per_mwh": ("modelled", avert + zeros),
            "capacity_mw": ("assumed", capacity_words(raw.loc[code])),
            "dc_energy_2023_mwh": ("estimated", REBUILT[loads[code]]),
            "water_stress_pct": stress_words(state["water_stress_origin"]),
        }
        rows += [(state["site"], column, *words) for column, words in told.items()]
    return pd.DataFrame(rows, columns=["site", "column", "quality", "note"])


def alike(raw: pd.DataFrame, column: str, code: object) -> str:
    """Which other states share the figures of one."""
    others = raw["name"][(raw[column] == raw[column][code]) & (raw.index != code)]
    return f", shared with {', '.join(others)}" if len(others) else ""


def grid_words(areas: str) -> str:
    """ "Grid area PJM", "Grid areas SRP 63%, AZPS 37%"."""
    parts = [area.split(":") for area in areas.split("+")]
    if len(parts) == 1:
        return f"Grid area {parts[0][0]}"
    return f"Grid areas {', '.join(f'{name} {float(share):.0%}' for name, share in parts)}"


def station_words(row: pd.Series) -> str:
    place, latitude, longitude = STATIONS[row["weather_station"]]
    metres = Geod(ellps="WGS84").inv(longitude, latitude, row["longitude"], row["latitude"])[2]
    if metres / 1000 <= AT_THE_SITE_KM:
        return f"Weather of {place}."
    return f"Weather of {place}, {metres / 1000:,.0f} km away: no station at the site is known."


def capacity_words(row: pd.Series) -> str:
    if row["capacity_mw"] == row["hyperscale_mw"]:
        return "Hyperscale capacity, which is larger than the present mean load over 0.58."
    return "The present mean load over 0.58."


def stress_words(origin: str) -> tuple[str, str]:
    """Quality and note of a state's water stress."""
    if "of the country" in origin:
        return "assumed", f"{origin}, put into a category; no figure of the state is known."
    return "modelled", f"{origin}{'' if 'Aqueduct' in origin else ', put into a category'}."


def conflicts_of(
    source: Path, sites: pd.DataFrame, category_of_aware: Callable[[float], int]
) -> pd.DataFrame:
    """Where two sources disagree about a state, both with their figure."""
    raw = pd.read_csv(source / "sites.csv").set_index("id").loc[sites.index]
    aware = pd.read_csv(source / "tables" / "aware20_country_region.csv")
    aware_of = aware.set_index("region")["aware20_non_agri"].reindex(sites.index)
    category = aware_of.map(category_of_aware)
    stress = raw["aqueduct_category"]
    offsite = raw["offsite_mean"] / raw["offsite_egrid"]
    tables = [
        disagreeing(
            sites["hyperscale_mwh"] > sites["dc_energy_2023_mwh"],
            ("Energy of data centres, 2023", "MWh"),
            (sites["dc_energy_2023_mwh"], "All data centres: EPRI (2024); facts"),
            (sites["hyperscale_mwh"], "Hyperscale sites alone: Guidi and others; MIT"),
            "A part is larger than the whole. Demand follows the first figure, capacity the "
            "larger of the two.",
        ),
        disagreeing(
            raw["operator_wue_aws"].notna(),
            ("Cooling water on site", "m3/MWh"),
            (raw["onsite_mean"], "Weather and tower curve at the operators' level; CC BY 4.0"),
            (raw["operator_wue_aws"], "Amazon Web Services for its own sites there; facts"),
            "One operator's mean of a year; the plan uses the modelled figure.",
        ),
        disagreeing(
            (offsite - 1).abs() > WORTH_SHOWING,
            ("Water of power generation", "m3/MWh"),
            (raw["offsite_mean"], "Hourly mix of the grid area; CC BY 4.0"),
            (raw["offsite_egrid"], "Yearly mix of the state by eGRID; public domain"),
            "The same medians by fuel on two generation mixes; the plan uses the hourly one.",
        ),
        disagreeing(
            stress.notna() & aware_of.notna() & (stress != category),
            ("Water stress", "category 0 to 4"),
            (stress, "WRI Aqueduct 4.0 at the site; CC BY 4.0"),
            (category, "AWARE 2.0 of the state, put into a category; facts"),
            "The lens by water stress uses the first figure.",
        ),
    ]
    told = pd.concat(tables)
    told.insert(0, "site", sites["site"].reindex(told.index))
    return told


def disagreeing(
    rows: pd.Series,
    what: tuple[str, str],
    used: tuple[pd.Series, str],
    other: tuple[pd.Series, str],
    note: str,
) -> pd.DataFrame:
    """The chosen rows of one kind of conflict."""
    return pd.DataFrame(
        {
            "quantity": what[0],
            "unit": what[1],
            "used": used[0][rows],
            "used_source": used[1],
            "other": other[0][rows],
            "other_source": other[1],
            "note": note,
        }
    )
