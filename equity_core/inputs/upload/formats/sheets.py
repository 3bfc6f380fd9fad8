"""A table as it came: its headings, cells and rows; and how much one may hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from equity_core.arrays import Flags, Floats, Positions
from equity_core.inputs.problems import refused
from equity_core.inputs.tables import shown

LARGEST_UPLOAD = 50 * 2**20
MOST_FILES = 100
MOST_ROWS = 2_000_000
MOST_COLUMNS = 400
LONGEST_PROSE = 1000  # rows
MOST_REMARKS = 100  # lines above the header that are left out
VALUE = re.compile(r"[-+.]?\d[\d.,:/eTZ +-]*%?")  # a number or a time
MOST_CELLS = 40_000_000
SAVE_AS = "Save the table as CSV (comma-separated text, UTF-8), Parquet or XLSX and try again."


@dataclass(frozen=True, eq=False)
class Sheet:
    """One table. `stem` is the file's or sheet's own name; `rows` numbers its rows as a
    spreadsheet does."""

    file: str
    stem: str
    cells: pd.DataFrame
    rows: Positions

    def without_first_row(self) -> Sheet:
        """The table below a row of units."""
        return Sheet(
            self.file, self.stem, self.cells.iloc[1:].reset_index(drop=True), self.rows[1:]
        )


def headed(file: str, stem: str, frame: pd.DataFrame, lines: Positions) -> Sheet:
    """A table whose first row is its header; rows and columns without anything are left out.

    `lines` numbers the rows of `frame` as a spreadsheet does.
    """
    filled = np.logical_or.reduce([~blank(frame[column]) for column in frame.columns])
    frame, lines = frame[filled], lines[filled]
    if frame.empty:
        raise refused(file, "the table is empty", SAVE_AS)
    frame, lines = _below_remarks(frame, lines)
    cells = frame.iloc[1:].reset_index(drop=True).infer_objects()
    headings = _names(frame.iloc[0], cells)
    kept = [at for at, name in enumerate(headings) if name or not blank(cells.iloc[:, at]).all()]
    names = [headings[at] for at in kept]
    require_distinct(file, names)
    return Sheet(file, stem, cells.iloc[:, kept].set_axis(names, axis=1), lines[1:])


def _below_remarks(frame: pd.DataFrame, lines: Positions) -> tuple[pd.DataFrame, Positions]:
    """The table without rows above its header whose only cell begins with #."""
    for above in range(min(len(frame) - 1, MOST_REMARKS)):
        filled = _filled(frame.iloc[above])
        if len(filled) != 1 or not filled[0].startswith("#"):
            return frame.iloc[above:], lines[above:]
    return frame, lines


def _filled(row: pd.Series) -> list[str]:
    return [str(cell).strip() for cell in row if str(cell).strip()]


def _names(first: pd.Series, cells: pd.DataFrame) -> list[str]:
    """The headings; a title or prose, which lacks some, gets numbers: who reads it will say so."""
    names = [str(cell).strip() for cell in first]
    if all(names):
        return names
    prose = len(cells) <= LONGEST_PROSE and not holds_values(cells)
    if prose or any(_names_all(row) for _, row in cells.head(MOST_REMARKS).iterrows()):
        return [name or f"column {at}" for at, name in enumerate(names, 1)]
    return names


def _names_all(row: pd.Series) -> bool:
    """Whether a row has a text in every cell, as a header has."""
    return len(_filled(row)) == len(row) and not any(map(VALUE.fullmatch, _filled(row)))


def holds_values(cells: pd.DataFrame) -> bool:
    """Whether any cell is a number or a time."""
    texts = (column.astype("str").str.strip() for _, column in cells.items())
    return any(bool(text.str.fullmatch(VALUE.pattern).any()) for text in texts)


def blank(cells: pd.Series) -> Flags:
    """Which cells hold nothing."""
    cells = as_text(cells)
    empty = cells.isna()
    if cells.dtype == object:  # of a workbook: numbers, times and text without blanks around
        empty = empty | (cells == "")
    elif not pd.api.types.is_numeric_dtype(cells) and not isinstance(
        cells.dtype, pd.DatetimeTZDtype
    ):
        empty = empty | (cells.astype("str").str.strip() == "")
    return empty.to_numpy(dtype=np.bool_)


def numbers(cells: pd.Series) -> Floats:
    """The cells as numbers, NaN for whatever is none."""
    true_or_false = pd.api.types.is_bool_dtype(cells.dtype)
    plain = as_text(cells.astype("str") if true_or_false else cells)
    read = _plain_numbers(plain)
    if read is None:
        coerced = pd.to_numeric(plain, errors="coerce")
        read = coerced.to_numpy(dtype=np.float64, na_value=np.nan)
    return read + 0.0  # -0 is 0


def _plain_numbers(cells: pd.Series) -> Floats | None:
    """Text that is a plain number in every cell, ten times as fast; None where it is not."""
    if not isinstance(cells.dtype, pd.StringDtype) or cells.hasnans:
        return None
    try:
        return np.asarray(pc.cast(pa.array(cells), pa.float64()))
    except pa.ArrowInvalid:
        return None


def as_text(cells: pd.Series) -> pd.Series:
    """Categories written out; anything else as it is."""
    return cells.astype("str") if isinstance(cells.dtype, pd.CategoricalDtype) else cells


def require_distinct(file: str, headings: list[str]) -> None:
    """Every column has a heading, and no other has the same."""
    for name in headings:
        if not name:
            raise refused(
                file,
                "a column has no heading",
                f"Name it as docs/DATA.md does, or remove it; the others are {_listed(headings)}.",
            )
        if headings.count(name) > 1:
            raise refused(
                file, f"two columns are called {shown(name)}", "Rename or remove one of them."
            )


def _listed(headings: list[str]) -> str:
    return ", ".join(shown(name) for name in headings[:12] if name)


def refuse_size(sizes: Mapping[str, int]) -> None:
    """At most MOST_FILES files of LARGEST_UPLOAD bytes together; `sizes` by name."""
    if len(sizes) > MOST_FILES:
        fault = f"these are too many; {MOST_FILES} files may be brought in together"
        raise refused(f"{len(sizes):,} files", fault, "Join tables of the same columns.")
    size = sum(sizes.values())
    if size > LARGEST_UPLOAD:
        raise refused(
            ", ".join(sizes) if len(sizes) < 4 else f"{len(sizes)} files",
            f"{size / 2**20:,.0f} MB are too much; {LARGEST_UPLOAD >> 20} MB may be brought in",
            "Leave out hours or columns, or save the table as Parquet, which is smaller.",
        )


def refuse_columns(file: str, columns: int) -> None:
    """At most MOST_COLUMNS columns a table."""
    if columns > MOST_COLUMNS:
        raise refused(
            file,
            f"{columns:,} columns are too many; a table may have {MOST_COLUMNS}",
            "Write one row for each hour and site instead of one column for each site.",
        )


def refuse_rows(file: str, rows: int) -> None:
    """At most MOST_ROWS rows in all files together."""
    if rows > MOST_ROWS:
        raise refused(
            file,
            f"{rows:,} rows are too many; all tables together may have {MOST_ROWS:,}",
            "Leave out hours or sites that you do not need.",
        )


def refuse_cells(file: str, rows: int, columns: int) -> None:
    """At most MOST_CELLS cells a table: an almost empty file may stand for billions."""
    if rows * columns > MOST_CELLS:
        raise refused(
            file,
            f"{rows:,} rows by {columns} columns are too many",
            "Leave out columns that you do not need.",
        )
