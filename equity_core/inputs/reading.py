"""A folder of files becomes a Dataset: everything joined by label and hour, never by row order."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity_core.errors import DatasetError
from equity_core.inputs import checks
from equity_core.inputs.about import About, read_about, require_cards
from equity_core.inputs.dataset import Dataset, Footprint
from equity_core.inputs.tables import Table, read_table, refuse_further_columns, shown

Array = npt.NDArray[np.float64]
Scalar = TypeVar("Scalar", bound=np.generic)

FILES = (
    "dataset.json",
    "sites.csv",
    "hourly.csv",
    "demand.csv",
    "reach_partial.csv",
    "latency.csv",
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
LIMIT = 1e6  # no price, intensity or demand comes near it: a slip of the unit does
SITE_ID = re.compile(r"[a-z][a-z0-9]*([_-][a-z0-9]+)*")  # links write texas.water=1.5


def read_dataset(folder: Path) -> Dataset:
    """Read and check the data set in `folder`.

    Raises DatasetError with file, row, value and remedy for whatever cannot be used.
    """
    about = read_about(folder / "dataset.json")
    sites = _read_sites(folder)
    names = list(sites.index)
    hours, price, intensity = _read_hourly(folder, names, about.footprints)
    gateways, demand = _read_demand(folder, names, hours)
    latency, basis = _read_latency(folder, names, gateways)
    checks.refuse_shortfall(hours, demand, sites["capacity_mw"].to_numpy())
    require_cards(about, _carded_columns(about, sites))
    return Dataset(
        id=about.id,
        title=about.title,
        description=about.description,
        version=_version(folder),
        licence=about.licence,
        attribution=about.attribution,
        credits=about.credits,
        weaknesses=about.weaknesses,
        sites=sites,
        gateways=gateways,
        home=_frozen(pd.Index(names).get_indexer(list(gateways))),
        hours=hours,
        price=_frozen(price),
        footprints=about.footprints,
        intensity=_frozen(intensity),
        demand=_frozen(demand),
        partial_reach=_frozen(_read_reach(folder, names, gateways)),
        latency_ms=_frozen(latency),
        latency_basis=_frozen(basis),
        cards=about.cards,
    )


def _read_sites(folder: Path) -> pd.DataFrame:
    table = read_table(folder / "sites.csv", ("site",), (*SITE_WORDS, *SITE_FIGURES))
    _check_site_ids(table)
    sites = pd.DataFrame({word: table.cells[word] for word in SITE_WORDS})
    for column in table.cells.columns.drop(["site", *SITE_WORDS]):
        unit, low, high = SITE_FIGURES.get(column, ("", -1e12, 1e12))
        sites[column] = checks.numbers(table, column, unit, low, high)
    return sites.set_index(pd.Index(table.cells["site"], name="site"))


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


def _read_hourly(
    folder: Path, sites: list[str], footprints: tuple[Footprint, ...]
) -> tuple[pd.DatetimeIndex, Array, Array]:
    figures = ("price_usd_per_mwh", *(footprint.intensity_column for footprint in footprints))
    table = read_table(folder / "hourly.csv", ("hour", "site"), figures)
    refuse_further_columns(table, ("hour", "site", *figures))
    hours, at_hour = checks.hour_positions(table)
    at_site = checks.match_labels(table, "site", sites, "sites.csv")
    rows = checks.arrange(table, [at_hour, at_site], [list(hours), sites]).T
    price = checks.numbers(table, "price_usd_per_mwh", "USD/MWh", -LIMIT, LIMIT)
    burdens = [
        checks.numbers(table, footprint.intensity_column, footprint.intensity_unit, 0.0, LIMIT)
        for footprint in footprints
    ]
    return hours, price[rows], np.stack([burden[rows] for burden in burdens])


def _read_demand(
    folder: Path, sites: list[str], hours: pd.DatetimeIndex
) -> tuple[tuple[str, ...], Array]:
    """Demand [J, T]. A gateway bears the name of its own site; a site may have none."""
    table = read_table(folder / "demand.csv", ("hour", "gateway"), ("demand_mw",))
    refuse_further_columns(table, ("hour", "gateway", "demand_mw"))
    checks.match_labels(table, "gateway", sites, "sites.csv")
    present = set(table.cells["gateway"])
    gateways = [site for site in sites if site in present]
    at_gateway = checks.match_labels(table, "gateway", gateways, "sites.csv")
    at_hour = checks.match_hours(table, hours, "hourly.csv")
    rows = checks.arrange(table, [at_hour, at_gateway], [list(hours), gateways]).T
    return tuple(gateways), checks.numbers(table, "demand_mw", "MW", 0.0, LIMIT)[rows]


def _read_reach(folder: Path, sites: list[str], gateways: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    """Row = site, column = gateway."""
    table = read_table(folder / "reach_partial.csv", ("site",), gateways)
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
) -> tuple[Array, npt.NDArray[np.str_]]:
    table = read_table(folder / "latency.csv", ("gateway", "site"), ("rtt_ms", "basis"))
    refuse_further_columns(table, ("gateway", "site", "rtt_ms", "basis"))
    at_gateway = checks.match_labels(table, "gateway", gateways, "demand.csv")
    at_site = checks.match_labels(table, "site", sites, "sites.csv")
    rows = checks.arrange(table, [at_gateway, at_site], [gateways, sites]).T
    basis = checks.words(table, "basis", ("measured", "estimated", "assumed"))
    return checks.numbers(table, "rtt_ms", "ms", 0.0, 1e5)[rows], basis[rows]


def _carded_columns(about: About, sites: pd.DataFrame) -> tuple[str, ...]:
    return (
        "price_usd_per_mwh",
        *(footprint.intensity_column for footprint in about.footprints),
        "demand_mw",
        *sites.columns.drop(list(SITE_WORDS)),
        "reach_partial",
        "rtt_ms",
    )


def _version(folder: Path) -> str:
    return sha256(b"".join(_lengths_and_bytes(folder))).hexdigest()[:12]


def _lengths_and_bytes(folder: Path) -> Iterable[bytes]:
    for name in FILES:
        content = (folder / name).read_bytes()
        yield f"{name} {len(content)}\n".encode()
        yield content


def _frozen(array: npt.NDArray[Scalar]) -> npt.NDArray[Scalar]:
    frozen = np.ascontiguousarray(array)
    frozen.flags.writeable = False
    return frozen
