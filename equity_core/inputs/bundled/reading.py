"""A folder of files becomes a Dataset: everything joined by label and hour, never by row order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity_core.arrays import Flags, Floats
from equity_core.errors import DatasetError
from equity_core.inputs import checks
from equity_core.inputs.bundled import remarks, workload
from equity_core.inputs.bundled.about import About, read_about, require_cards, with_scales
from equity_core.inputs.bundled.hourly import LIMIT, PRICE, Hourly, hourly_paths, read_hourly
from equity_core.inputs.dataset import Dataset, Footprint, frozen
from equity_core.inputs.tables import (
    Table,
    read_table,
    refuse_further_columns,
    shown,
    table_path,
)

SITE_WORDS = ("name", "country", "subdivision")
SITE_FIGURES = {
    "latitude": ("degrees north", -90.0, 90.0),
    "longitude": ("degrees east", -180.0, 180.0),
    "capacity_mw": ("MW", 0.0, 1e6),
    "water_stress_pct": ("%", 0.0, 1e5),
    "gdp_per_capita_usd": ("USD", 0.0, 1e7),
    "population": ("people", 0.0, 1e10),
}
NEEDED_SITE_FIGURES = ("latitude", "longitude", "capacity_mw")
FURTHER_SITE_WORDS = ("time_zone", "interconnection", "grid_areas", "water_stress_origin")
FURTHER_SITE_FIGURES = {
    "peak_demand_mw": ("MW", 0.0, LIMIT),
    "water_stress_aware": ("m3 world-eq./m3", 0.0, 100.0),
    "median_household_income_usd": ("USD", 0.0, 1e7),
    "electricity_burden_pct": ("%", 0.0, 100.0),
    "households": ("households", 0.0, 1e10),
    "dc_energy_2023_mwh": ("MWh", 0.0, 1e12),
    "hyperscale_mwh": ("MWh", 0.0, 1e12),
    "aqueduct_category": ("", 0.0, 4.0),
    "ai_usage_share_pct": ("%", 0.0, 100.0),
    "operator_wue_m3_per_mwh": ("m3/MWh", 0.0, 100.0),
}
NEVER_BLANK = (*NEEDED_SITE_FIGURES, "peak_demand_mw")
"""Plans are made from these; the others are read by lenses, or shown: a blank means not known."""
LATENCY_KEYS = ("gateway", "site")
SITE_ID = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")  # links write texas.water=1.5


def read_dataset(folder: Path, part_scales: Mapping[str, float]) -> Dataset:
    """Read and check the data set in `folder`; `part_scales` as in `catalogue.load_dataset`.

    Raises DatasetError with file, row, value and remedy for whatever cannot be used.
    """
    about = with_scales(read_about(folder / "dataset.json"), part_scales)
    sites = _read_sites(folder, about.footprints)
    names = list(sites.index)
    hourly = read_hourly(folder, sites, about.footprints)
    gateways, demand = _read_demand(folder, sites, hourly)
    latency, basis = _read_latency(folder, names, gateways)
    checks.refuse_shortfall(hourly.hours, demand, sites["capacity_mw"].to_numpy())
    require_cards(about, _carded_columns(about, sites))
    return Dataset(
        id=about.id,
        title=about.title,
        description=about.description,
        version=_version(folder, part_scales),
        licence=about.licence,
        attribution=about.attribution,
        credits=about.credits,
        weaknesses=about.weaknesses,
        sites=sites,
        gateways=gateways,
        home=frozen(pd.Index(names).get_indexer(list(gateways))),
        hours=hourly.hours,
        price=frozen(hourly.price),
        footprints=about.footprints,
        intensity=frozen(hourly.intensity),
        demand=frozen(demand),
        partial_reach=frozen(_read_reach(folder, names, gateways)),
        latency_ms=frozen(latency),
        latency_basis=frozen(basis),
        cards=about.cards,
        parts=hourly.parts,
        cost_basis=about.cost_basis,
        notes=remarks.read_notes(folder, names, [card.column for card in about.cards]),
        conflicts=remarks.read_conflicts(folder, names),
    )


def _read_sites(folder: Path, footprints: tuple[Footprint, ...]) -> pd.DataFrame:
    table = read_table(table_path(folder, "sites"), ("site",), (*SITE_WORDS, *NEEDED_SITE_FIGURES))
    _check_site_ids(table)
    described = SITE_FIGURES | FURTHER_SITE_FIGURES
    known = described | _constant_parts(footprints)
    words = [*SITE_WORDS, *(word for word in FURTHER_SITE_WORDS if word in table.cells)]
    if "time_zone" in words:
        workload.check_zones(table)
    sites = pd.DataFrame({word: table.cells[word].astype(str) for word in words})
    for column in table.cells.columns.drop(["site", *words]):
        unit, low, high = known.get(column, ("", -1e12, 1e12))
        may_be_blank = column in described and column not in NEVER_BLANK
        read = checks.known_numbers if may_be_blank else checks.numbers
        sites[column] = read(table, column, unit, low, high)
    return sites.set_index(pd.Index(table.cells["site"].astype(str), name="site"))


def _constant_parts(footprints: tuple[Footprint, ...]) -> dict[str, tuple[str, float, float]]:
    """Intensities that are the same in every hour may stand in sites.csv."""
    return {
        column: (footprint.intensity_unit, 0.0, LIMIT)
        for footprint in footprints
        for column in footprint.intensity_scales
    }


def _check_site_ids(table: Table) -> None:
    ids = table.cells["site"]
    if ids.empty:
        raise DatasetError("sites.csv has no rows. Add one row for each site.")
    for row, name in enumerate(ids):
        if not SITE_ID.fullmatch(name):
            raise DatasetError(
                f"{table.place(row)}: {shown(name)} cannot name a site. Use lower-case letters, "
                "digits, - and _, beginning with a letter."
            )
    checks.arrange(table, [pd.factorize(ids)[0]], [list(ids.unique())])


def _read_demand(
    folder: Path, sites: pd.DataFrame, hourly: Hourly
) -> tuple[tuple[str, ...], Floats]:
    """Gateways and demand [J, T] in MW, hour by hour or from a repeated pattern.

    A gateway bears the name of its own site; a site may have none.
    """
    demand, pattern = (table_path(folder, stem) for stem in ("demand", "demand_pattern"))
    if not pattern.exists():
        return _read_hourly_demand(demand, list(sites.index), hourly)
    if demand.exists():
        raise DatasetError(
            f"{folder} holds both {demand.name} and {pattern.name}. Remove one of them; demand "
            "is given hour by hour or as a pattern."
        )
    table = read_table(pattern, ("hour_of_pattern",), ("load_fraction",))
    _require_for_pattern(sites, table.file)
    repeated = workload.repeated_demand(workload.read_pattern(table), sites, hourly.hours)
    return tuple(repeated.columns), repeated.to_numpy().T


def _require_for_pattern(sites: pd.DataFrame, pattern: str) -> None:
    for column in ("time_zone", "peak_demand_mw"):
        if column not in sites:
            raise DatasetError(
                f"sites.csv has no column {column}, which {pattern} needs. Add it: the time zone "
                "(such as Europe/Berlin) and the peak demand in MW of each site, 0 for none."
            )


def _read_hourly_demand(
    path: Path, sites: list[str], hourly: Hourly
) -> tuple[tuple[str, ...], Floats]:
    table = read_table(path, ("hour", "gateway"), ("demand_mw",))
    refuse_further_columns(table, ("hour", "gateway", "demand_mw"))
    checks.match_labels(table, "gateway", sites, "sites.csv")
    present = set(table.cells["gateway"])
    gateways = [site for site in sites if site in present]
    at_gateway = checks.match_labels(table, "gateway", gateways, "sites.csv")
    at_hour = checks.match_hours(table, hourly.hours, hourly.file)
    rows = checks.arrange(table, [at_hour, at_gateway], [hourly.hours, gateways]).T
    return tuple(gateways), checks.numbers(table, "demand_mw", "MW", 0.0, LIMIT)[rows]


def _read_reach(folder: Path, sites: list[str], gateways: tuple[str, ...]) -> Flags:
    """Row = site, column = gateway."""
    table = read_table(table_path(folder, "reach_partial"), ("site",), gateways)
    refuse_further_columns(table, ("site", *gateways))
    at_site = checks.match_labels(table, "site", sites, "sites.csv")
    rows = checks.arrange(table, [at_site], [sites])
    reach = np.stack([checks.flags(table, gateway)[rows] for gateway in gateways], axis=1)
    for column, gateway in enumerate(gateways):
        if not reach[:, column].any():
            raise DatasetError(
                f"reach_partial.csv: no site may serve the gateway {gateway}. "
                "Write 1 in its column for at least one site."
            )
    return reach


def _read_latency(
    folder: Path, sites: list[str], gateways: tuple[str, ...]
) -> tuple[Floats, npt.NDArray[np.str_]]:
    table = read_table(table_path(folder, "latency"), LATENCY_KEYS, ("rtt_ms", "basis"))
    refuse_further_columns(table, (*LATENCY_KEYS, "rtt_ms", "basis"))
    at_gateway = checks.match_labels(table, "gateway", gateways, "demand.csv")
    at_site = checks.match_labels(table, "site", sites, "sites.csv")
    rows = checks.arrange(table, [at_gateway, at_site], [gateways, sites]).T
    basis = checks.words(table, "basis", ("measured", "estimated", "assumed"))
    return checks.numbers(table, "rtt_ms", "ms", 0.0, 1e5)[rows], basis[rows]


def _carded_columns(about: About, sites: pd.DataFrame) -> tuple[str, ...]:
    words = [word for word in (*SITE_WORDS, *FURTHER_SITE_WORDS) if word in sites]
    columns = (
        PRICE,
        *_constant_parts(about.footprints),
        "demand_mw",
        *sites.columns.drop(words),
        "reach_partial",
        "rtt_ms",
    )
    return tuple(dict.fromkeys(columns))


def _version(folder: Path, part_scales: Mapping[str, float]) -> str:
    return sha256(b"".join(_lengths_and_bytes(folder, part_scales))).hexdigest()[:12]


def _lengths_and_bytes(folder: Path, part_scales: Mapping[str, float]) -> Iterable[bytes]:
    for path in _files(folder):
        content = path.read_bytes()
        yield f"{path.name} {len(content)}\n".encode()
        yield content
    if part_scales:
        yield json.dumps({name: float(part_scales[name]) for name in sorted(part_scales)}).encode()


def _files(folder: Path) -> list[Path]:
    """Every file that makes up the data set."""
    paths = [
        folder / "dataset.json",
        table_path(folder, "sites"),
        *hourly_paths(folder),
        table_path(folder, "demand"),
        table_path(folder, "demand_pattern"),
        table_path(folder, "reach_partial"),
        table_path(folder, "latency"),
        *(table_path(folder, stem) for stem in remarks.FILES),
    ]
    return [path for path in paths if path.exists()]
