"""Figures by hour and site: price and intensities, from one file or several, summed from parts.

`hourly.csv` (or `.parquet`) gives the hours. `hourly_carbon.parquet` and the like beside it hold
further columns for the same hours and sites, for example because their licence differs. A part of
a footprint that is the same in every hour may stand in sites.csv instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from equity_core.arrays import Floats, Positions
from equity_core.errors import DatasetError
from equity_core.inputs import checks
from equity_core.inputs.dataset import Footprint, frozen
from equity_core.inputs.tables import (
    FORMATS,
    Table,
    read_table,
    refuse_further_columns,
    require_columns,
    table_path,
)

PRICE = "price_usd_per_mwh"
KEYS = ("hour", "site")
LIMIT = 1e6  # no price or intensity comes near it: a slip of the unit does


@dataclass(frozen=True, eq=False)
class Hourly:
    """hours [T] as in `file`, price [N, T] USD/MWh, intensity [K, N, T] per MWh, and its parts."""

    file: str
    hours: pd.DatetimeIndex
    price: Floats
    intensity: Floats
    parts: Mapping[str, Floats]


@dataclass(frozen=True, eq=False)
class _Sheet:
    """One file, and the row that holds each site and hour: rows [N, T]."""

    table: Table
    rows: Positions

    def figures(self, column: str, unit: str, low: float) -> Floats:
        return checks.numbers(self.table, column, unit, low, LIMIT)[self.rows]


def hourly_paths(folder: Path) -> list[Path]:
    """The file that gives the hours, then those with further columns, by name."""
    further = [path for form in FORMATS for path in folder.glob(f"hourly_*{form}")]
    return [table_path(folder, "hourly"), *sorted(further)]


def read_hourly(folder: Path, sites: pd.DataFrame, footprints: Sequence[Footprint]) -> Hourly:
    """Read and check the hourly files; `sites` (index site) may hold constant parts.

    Raises DatasetError with file, row, value and remedy.
    """
    columns = [column for footprint in footprints for column in footprint.intensity_scales]
    tables = [read_table(path, KEYS, ()) for path in hourly_paths(folder)]
    _require_each_once((PRICE, *columns), tables, sites)
    for table in tables:
        refuse_further_columns(table, (*KEYS, PRICE, *columns))
    hours, sheets = _placed(tables, list(sites.index))
    price = _figures(PRICE, "USD/MWh", -LIMIT, sheets, sites)
    by_part = [_parts(footprint, sheets, sites) for footprint in footprints]
    burdens = [np.broadcast_to(_total(parts), price.shape) for parts in by_part]
    named = {
        f"{footprint.name}.{part.name}": frozen(figures)
        for footprint, parts in zip(footprints, by_part, strict=True)
        for part, figures in zip(footprint.parts, parts, strict=False)
    }
    return Hourly(tables[0].file, hours, price, np.stack(burdens), named)


def _require_each_once(columns: Sequence[str], tables: list[Table], sites: pd.DataFrame) -> None:
    for column in columns:
        holders = [table.file for table in tables if column in table.cells]
        holders += ["sites.csv"] if column in sites else []
        if len(holders) > 1:
            raise DatasetError(
                f"The column {column} stands in both {' and '.join(holders)}. "
                "Remove it from one of them."
            )
        if not holders:
            require_columns(tables[0], (column,))


def _placed(tables: list[Table], sites: list[str]) -> tuple[pd.DatetimeIndex, list[_Sheet]]:
    """The hours of the first file, and every file with its rows in place."""
    first, *others = tables
    hours, at_hour = checks.hour_positions(first)
    places = [at_hour, *(checks.match_hours(table, hours, first.file) for table in others)]
    sheets = []
    for table, place in zip(tables, places, strict=True):
        at_site = checks.match_labels(table, "site", sites, "sites.csv")
        sheets.append(_Sheet(table, checks.arrange(table, [place, at_site], [hours, sites]).T))
    return hours, sheets


def _figures(
    column: str, unit: str, low: float, sheets: list[_Sheet], sites: pd.DataFrame
) -> Floats:
    """[N, T] from the file that has the column, or [N, 1] from the table of sites."""
    for sheet in sheets:
        if column in sheet.table.cells:
            return sheet.figures(column, unit, low)
    return sites[column].to_numpy(dtype=np.float64)[:, None]


def _parts(footprint: Footprint, sheets: list[_Sheet], sites: pd.DataFrame) -> list[Floats]:
    """[N, T] or [N, 1] each part of the footprint times its scale; one where it has no parts."""
    return [
        scale * _figures(column, footprint.intensity_unit, 0.0, sheets, sites)
        for column, scale in footprint.intensity_scales.items()
    ]


def _total(parts: list[Floats]) -> Floats:
    return sum(parts[1:], start=parts[0])
