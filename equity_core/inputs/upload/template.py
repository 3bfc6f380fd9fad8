"""The template: three sites and one week, filled with made-up figures, ready to be overwritten."""

from __future__ import annotations

import io
from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import pandas as pd
import xlsxwriter

from equity_core.inputs.upload.columns.schema import (
    CAPACITY,
    CARBON,
    DEMAND,
    HOUR_COLUMNS,
    PRICE,
    SITE_COLUMNS,
    SOURCE_COLUMNS,
    WATER,
    Field,
)
from equity_core.version import NO_DATE

SITES: Mapping[str, tuple[object, ...]] = MappingProxyType(
    {
        "name": ("Germany", "Texas", "Singapore"),
        "country": ("DEU", "USA", "SGP"),
        "subdivision": ("", "US-TX", ""),
        "latitude": (48.14, 32.78, 1.35),
        "longitude": (11.58, -96.8, 103.82),
        "capacity_mw": (60.0, 80.0, 40.0),
    }
)
IDS = ("germany", "texas", "singapore")
FIRST_HOUR = "2024-06-03"
HOURS = 7 * 24
# Mean, swing over the day and hour of the peak (UTC), for each site.
DAYS: Mapping[Field, tuple[tuple[float, float, int], ...]] = MappingProxyType(
    {
        PRICE: ((82.0, 30.0, 18), (38.0, 22.0, 22), (115.0, 9.0, 6)),
        WATER: ((2.4, 0.3, 14), (4.6, 0.8, 21), (5.3, 0.2, 7)),
        CARBON: ((0.36, 0.09, 20), (0.41, 0.05, 3), (0.47, 0.01, 12)),
        DEMAND: ((34.0, 8.0, 13), (46.0, 9.0, 20), (22.0, 4.0, 6)),
    }
)
# Stands in the table of sources; the reader knows it again where the figures are others.
SOURCE = ("Made up for this template", "2024", "CC0", "synthetic", "Replace by your own figures.")


def template_tables() -> dict[str, pd.DataFrame]:
    """The tables sites, hourly and sources, with every column a first data set needs."""
    sites = pd.DataFrame({"site": IDS, **SITES})
    hours = pd.date_range(FIRST_HOUR, periods=HOURS, freq="h").strftime("%Y-%m-%dT%H:%MZ")
    hourly = pd.DataFrame({"hour": np.tile(hours, len(IDS)), "site": np.repeat(IDS, HOURS)})
    for field, days in DAYS.items():
        hourly[field.column] = np.concatenate([_week(*day) for day in days])
    figures = [*(field.column for field in DAYS), CAPACITY.column, "latitude", "longitude"]
    sources = pd.DataFrame([(column, *SOURCE) for column in figures], columns=list(SOURCE_COLUMNS))
    return {"sites": sites, "hourly": hourly, "sources": sources}


def _week(mean: float, swing: float, peak: int) -> np.ndarray:
    """A daily wave, a little flatter at the weekend."""
    hour = np.arange(HOURS)
    weekend = np.where(hour // 24 >= 5, 0.6, 1.0)
    return np.round(mean + weekend * swing * np.cos(2 * np.pi * (hour - peak) / 24), 3)


def template_figures() -> dict[str, np.ndarray]:
    """Figures [N, T] by the hour and [N] of sites, by column, as they are before anybody edits."""
    hourly = {field.column: np.stack([_week(*day) for day in days]) for field, days in DAYS.items()}
    sites = (CAPACITY.column, "latitude", "longitude")
    return hourly | {column: np.array(SITES[column], dtype=float) for column in sites}


def template_csv() -> bytes:
    """One tidy table with everything in it: the sites' columns repeat in every row."""
    tables = template_tables()
    joined = tables["hourly"].merge(tables["sites"], on="site")
    described = [column.name for column in SITE_COLUMNS if column.name in tables["sites"]]
    order = [HOUR_COLUMNS[0], *described, CAPACITY.column, *(field.column for field in DAYS)]
    text: str = joined[order].to_csv(index=False, lineterminator="\n")
    return text.encode()


def template_xlsx() -> bytes:
    """A workbook with a sheet a table."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": NO_DATE})
        head = book.add_format({"bold": True, "bottom": 1})
        for name, frame in template_tables().items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for at, (column, cells) in enumerate(frame.items()):
                sheet.set_column(at, at, max(12, len(str(column)) + 2))
                sheet.write(0, at, str(column), head)
                sheet.write_column(1, at, cells.tolist())
    return buffer.getvalue()
