"""Build this data set from its source figures: `python data/us-2023/build.py FIGURES`.

FIGURES is a folder that holds us-2023/ (hourly.parquet, hourly_carbon.parquet, sites.csv,
tables/) and world-2023/workload_pattern.csv; LICENCE says who published what they were made from.
Needs requirements.txt alone. Every choice made here stands in dataset.json as well.
"""

from __future__ import annotations

import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from equity_core.inputs.workload import repeated
from pyproj import Geod
from remarks import conflicts_of, notes_of

from equity_core.inputs.latency import OWN_SITE_MS, estimated_round_trip_ms

HERE = Path(__file__).resolve().parent

OPERATORS_LEVEL = 0.125
"""Cooling water that operators report over that of the tower curve; a scale in dataset.json."""

UTILISATION = 0.58
"""Mean load over capacity, as in the sources: it turns hyperscale MW into TWh."""

# By hand: the clock on the wall at the place given, and the interconnection of its grid.
EASTERN, WESTERN, ERCOT = "Eastern", "Western", "ERCOT"
PLACES = {
    "US-VA": ("virginia", "America/New_York", EASTERN),
    "US-TX": ("texas", "America/Chicago", ERCOT),
    "US-CA": ("california", "America/Los_Angeles", WESTERN),
    "US-IL": ("illinois", "America/Chicago", EASTERN),
    "US-OR": ("oregon", "America/Los_Angeles", WESTERN),
    "US-AZ": ("arizona", "America/Phoenix", WESTERN),
    "US-IA": ("iowa", "America/Chicago", EASTERN),
    "US-GA": ("georgia", "America/New_York", EASTERN),
    "US-WA": ("washington", "America/Los_Angeles", WESTERN),
    "US-PA": ("pennsylvania", "America/New_York", EASTERN),
    "US-NY": ("new-york", "America/New_York", EASTERN),
    "US-NJ": ("new-jersey", "America/New_York", EASTERN),
    "US-NE": ("nebraska", "America/Chicago", EASTERN),
    "US-ND": ("north-dakota", "America/Chicago", EASTERN),
    "US-NV": ("nevada", "America/Los_Angeles", WESTERN),
    "US-UT": ("utah", "America/Denver", WESTERN),
    "US-OH": ("ohio", "America/New_York", EASTERN),
    "US-WY": ("wyoming", "America/Denver", WESTERN),
    "US-CO": ("colorado", "America/Denver", WESTERN),
    "US-TN": ("tennessee", "America/Chicago", EASTERN),
    "US-OK": ("oklahoma", "America/Chicago", EASTERN),
    "US-MA": ("massachusetts", "America/New_York", EASTERN),
    "US-NM": ("new-mexico", "America/Denver", WESTERN),
}

# Share of renewable water withdrawn in the middle of each Aqueduct 4.0 category, low to extreme.
MIDDLE_PCT = (5.0, 15.0, 30.0, 60.0, 90.0)

# From which AWARE 2.0 factor on a place is put in category 1, 2, 3 and 4. Assumed: the states
# that both sources know lie in the same or the next category.
AWARE_FROM = (1.0, 5.0, 15.0, 40.0)


def main(figures: Path) -> None:
    source = figures / "us-2023"
    sites = read_sites(source)
    write_hourly(source, dict(zip(sites.index, sites["site"], strict=True)))
    pattern = pd.read_csv(figures / "world-2023" / "workload_pattern.csv")
    pattern.to_csv(HERE / "demand_pattern.csv", index=False, lineterminator="\n")
    sites["peak_demand_mw"] = peak_demand(sites, pattern["load_fraction"].to_numpy())
    columns = [name for name in sites.columns if name != "id"]
    sites[columns].to_csv(HERE / "sites.csv", index=False, lineterminator="\n")
    latency, reach = latency_of(sites), reach_of(sites)
    latency.to_csv(HERE / "latency.csv", index=False, lineterminator="\n")
    reach.to_csv(HERE / "reach_partial.csv", index=False, lineterminator="\n")
    notes, conflicts = notes_of(source, sites), conflicts_of(source, sites, category_of_aware)
    notes.to_csv(HERE / "site_notes.csv", index=False, lineterminator="\n")
    conflicts.to_csv(HERE / "conflicts.csv", index=False, lineterminator="\n")


def read_sites(source: Path) -> pd.DataFrame:
    """One row a state, index its ISO 3166-2 code, in the order of present load."""
    raw = pd.read_csv(source / "sites.csv").set_index("id")
    places = pd.DataFrame.from_dict(
        PLACES, orient="index", columns=["site", "time_zone", "interconnection"]
    ).loc[raw.index]
    stress, origin = water_stress(raw, source / "tables" / "aware20_country_region.csv")
    return pd.DataFrame(
        {
            "site": places["site"],
            "name": raw["name"],
            "country": "USA",
            "subdivision": raw.index,
            "latitude": raw["latitude"],
            "longitude": raw["longitude"],
            "time_zone": places["time_zone"],
            "interconnection": places["interconnection"],
            "grid_areas": raw["grid_areas"],
            "capacity_mw": raw["capacity_mw"],
            "dc_energy_2023_mwh": raw["dc_energy_2023_mwh"],
            "hyperscale_mwh": (raw["hyperscale_mw"] * 8760 * UTILISATION).round(),
            "water_stress_pct": stress,
            "water_stress_origin": origin,
            "aqueduct_category": raw["aqueduct_category"].astype("Int64"),
            "median_household_income_usd": raw["median_household_income_usd_2023"],
            "electricity_burden_pct": raw["electricity_burden_pct"],
            "households": raw["households_2023"],
            "ai_usage_share_pct": raw["ai_usage_share_pct"],
            "operator_wue_m3_per_mwh": raw["operator_wue_aws"],
        }
    )


def water_stress(raw: pd.DataFrame, aware_table: Path) -> tuple[pd.Series, pd.Series]:
    """% of renewable water withdrawn, and where it comes from, for every state."""
    aware = pd.read_csv(aware_table).set_index("region")["aware20_non_agri"]
    stress, origin = {}, {}
    for code, category in raw["aqueduct_category"].items():
        if pd.notna(category):
            stress[code] = MIDDLE_PCT[int(category)]
            origin[code] = f"Aqueduct 4.0 category {int(category)} at the site"
            continue
        region, level = (code, "state") if code in aware else ("US", "country")
        stress[code] = MIDDLE_PCT[category_of_aware(aware[region])]
        origin[code] = f"AWARE 2.0 of the {level}: {aware[region]:g}"
    return pd.Series(stress), pd.Series(origin)


def category_of_aware(factor: float) -> int:
    """The Aqueduct category that an AWARE 2.0 factor is put into."""
    return int(np.searchsorted(AWARE_FROM, factor, side="right"))


def peak_demand(sites: pd.DataFrame, pattern: np.ndarray) -> pd.Series:
    """MW at which the pattern, in local time, gives the energy of the year."""
    hours = pd.date_range("2023-01-01", periods=8760, freq="h", tz="UTC", unit="us")
    sums = [repeated(pattern, hours, ZoneInfo(zone)).sum() for zone in sites["time_zone"]]
    return (sites["dc_energy_2023_mwh"] / sums).round(4)


def write_hourly(source: Path, names: dict[str, str]) -> None:
    """Two files: what stands under the ODbL stays apart."""
    whole = pd.read_parquet(source / "hourly.parquet")
    # Four month-by-hour means are below zero (245 values): no region gains health by load.
    whole["health_usd_per_mwh"] = whole["health_usd_per_mwh"].clip(lower=0.0)
    # The figures are at the operators' level; the file holds the tower curve, as world-2023's does.
    whole["water_m3_per_mwh_onsite"] /= OPERATORS_LEVEL
    figures = [name for name in whole.columns if name not in ("time", "site")]
    write_parquet("hourly.parquet", whole, figures, names, "see LICENCE and dataset.json")
    carbon = pd.read_parquet(source / "hourly_carbon.parquet")
    write_parquet("hourly_carbon.parquet", carbon, ["carbon_t_per_mwh"], names, "ODbL 1.0")


def write_parquet(
    file: str, table: pd.DataFrame, figures: list[str], names: dict[str, str], licence: str
) -> None:
    table = table.assign(site=table["site"].astype(str).map(names), hour=table["time"])
    order = pd.Categorical(table["site"], categories=list(names.values()))
    table = table.assign(at=order.codes).sort_values(["at", "hour"], kind="stable")
    columns = {
        "hour": pa.array(table["hour"]).cast(pa.timestamp("ms", tz="UTC")),
        "site": pa.array(table["site"]),
    } | {name: pa.array(table[name]) for name in figures}
    content = pa.table(columns).replace_schema_metadata({"licence": licence})
    pq.write_table(
        content,
        HERE / file,
        compression="zstd",
        compression_level=19,
        use_dictionary=["site", *figures],
        column_encoding={"hour": "DELTA_BINARY_PACKED"},
        write_statistics=False,
    )


def latency_of(sites: pd.DataFrame) -> pd.DataFrame:
    """One row a gateway and site, from the distance between them."""
    geod, rows = Geod(ellps="WGS84"), []
    for gateway in sites.itertuples():
        for site in sites.itertuples():
            here = gateway.site == site.site
            place = (gateway.longitude, gateway.latitude, site.longitude, site.latitude)
            estimated = float(estimated_round_trip_ms(geod.inv(*place)[2] / 1000))
            ms, basis = (OWN_SITE_MS, "assumed") if here else (estimated, "estimated")
            rows.append((gateway.site, site.site, ms, basis))
    return pd.DataFrame(rows, columns=["gateway", "site", "rtt_ms", "basis"])


def reach_of(sites: pd.DataFrame) -> pd.DataFrame:
    """1 where site (row) and gateway (column) hang on the same interconnection."""
    grid = sites["interconnection"].to_numpy()
    same = (grid[:, None] == grid).astype(int)
    table = pd.DataFrame(same, columns=list(sites["site"]))
    table.insert(0, "site", list(sites["site"]))
    return table


if __name__ == "__main__":
    main(Path(sys.argv[1]))
