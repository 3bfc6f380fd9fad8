"""How much tables may ask for, looked at before anything is built from them.

A file of a few kB may stand for millions of rows, and a few rows for billions of values.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from equity_core.inputs.checks import counted
from equity_core.inputs.problems import refused
from equity_core.inputs.upload.columns.headings import Table
from equity_core.inputs.upload.formats.sheets import MOST_CELLS, MOST_ROWS

MOST_SOURCES = 1_000
MOST_NAMES = 1_000
"""Different names of sites in a table; a data set has far fewer, but each wrong one is told."""


def refuse_long(tables: Sequence[Table]) -> None:
    """Tables of sources and of sites are short, and name each site once."""
    for table in tables:
        rows, file = len(table.sheet.cells), table.sheet.file
        if "column" in table.words and rows > MOST_SOURCES:
            raise refused(
                file,
                f"{rows:,} rows are too many for a table of sources; it may have {MOST_SOURCES:,}",
                "Write one row for each column of the other tables.",
            )
        if "site" in table.words:
            _refuse_names(table)


def _refuse_names(table: Table) -> None:
    rows, names = len(table.sheet.cells), table.sheet.cells[table.words["site"]].nunique()
    if table.hour is None and rows > MOST_NAMES:
        raise refused(
            table.sheet.file,
            f"{rows:,} rows are too many for a table of sites, which has one for each; it may have "
            f"{MOST_NAMES:,}",
            "Leave out what is no site; if these are figures by the hour, add a column hour.",
        )
    if names > MOST_NAMES:
        raise refused(
            table.sheet.file,
            f"the column site holds {names:,} different names; it may hold {MOST_NAMES:,}",
            "Write the short name of a site there, the same in all of its rows.",
        )


def refuse_wide(sites: int, hours: pd.DatetimeIndex, quantities: int) -> None:
    """Every quantity has a value for each site and hour, whether a row names it or not."""
    cells = sites * len(hours)
    if cells > MOST_ROWS or cells * quantities > MOST_CELLS:
        raise refused(
            "",
            f"{counted(sites, 'site')} by {counted(len(hours), 'hour')}, from "
            f"{hours[0]:%Y-%m-%d} to {hours[-1]:%Y-%m-%d}, and {quantities:,} quantities are too "
            f"many; there may be {MOST_ROWS:,} pairs of site and hour, and {MOST_CELLS:,} values",
            "Leave out hours, sites or quantities, or correct an hour that is far from the others.",
        )
