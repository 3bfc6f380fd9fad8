"""A file of a data set as a table, so that a complaint can quote what is written there.

CSV is read as text. Parquet keeps its numbers and times; its text columns are the same as in CSV.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from equity_core.errors import LONGEST_ECHO, DatasetError
from equity_core.errors import shown as echo

FORMATS = (".csv", ".parquet")


@dataclass(frozen=True)
class Table:
    """The cells of one file; `keys` are the columns that identify a row."""

    file: str
    cells: pd.DataFrame
    keys: tuple[str, ...]

    def place(self, row: int) -> str:
        """Name a row as a spreadsheet counts it (the header is row 1), with its keys."""
        keys = ", ".join(f"{key} {shown(self.cells[key].iloc[row])}" for key in self.keys)
        return f"{self.file}, row {row + 2} ({keys})"


def table_path(folder: Path, stem: str) -> Path:
    """The file that holds the table `stem`, as CSV or Parquet; the CSV's name if there is none.

    Raises DatasetError when both are there.
    """
    present = [folder / f"{stem}{form}" for form in FORMATS if (folder / f"{stem}{form}").exists()]
    if len(present) > 1:
        raise DatasetError(
            f"{folder} holds both {' and '.join(path.name for path in present)}. "
            "Remove one of them; a table stands in one file."
        )
    return present[0] if present else folder / f"{stem}.csv"


def read_table(path: Path, keys: tuple[str, ...], columns: tuple[str, ...]) -> Table:
    """Read a file that must have `keys` and `columns`; further columns are left to the caller.

    Raises DatasetError when the file is missing, is not a table, or lacks a column.
    """
    read = _read_parquet if path.suffix == ".parquet" else _read_csv
    try:
        cells = read(path)
    except FileNotFoundError as error:
        raise DatasetError(
            f"{path.name} is missing from {path.parent}. Add the file; "
            f"it needs the columns {', '.join(keys + columns)}."
        ) from error
    table = Table(path.name, cells, keys)
    require_columns(table, keys + columns)
    return table


def _read_csv(path: Path) -> pd.DataFrame:
    try:
        cells = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeError) as error:
        raise _not_a_table(path.name, str(error)) from error
    if not isinstance(cells.index, pd.RangeIndex):
        raise _not_a_table(path.name, "its rows have more cells than its header")
    return cells


def _read_parquet(path: Path) -> pd.DataFrame:
    try:
        with pq.ParquetFile(path) as file:
            content = file.read()
    except (pa.ArrowException, OSError) as error:
        raise DatasetError(
            f"{path.name} cannot be read as Parquet: {shown(error)}. "
            "Write it anew as Parquet, or save the table as CSV."
        ) from error
    names = content.column_names
    if len(set(names)) < len(names):
        raise DatasetError(f"{path.name} has two columns of the same name. Rename one of them.")
    usable = {name: _usable(path.name, name, content[name]) for name in names}
    return pa.table(usable).to_pandas(split_blocks=True)


def _usable(file: str, name: str, cells: pa.ChunkedArray) -> pa.ChunkedArray:
    """Numbers and times with a zone as they are, text as categories, without empty cells."""
    kind = cells.type
    if pa.types.is_dictionary(kind):
        cells, kind = pc.cast(cells, kind.value_type), kind.value_type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return pc.dictionary_encode(pc.fill_null(cells, ""))
    zoned = pa.types.is_timestamp(kind) and kind.tz is not None
    if zoned or pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return cells
    raise DatasetError(
        f"{file}: the column {shown(name)} is of type {kind}, which cannot be used. "
        "Store numbers as integers or floats, names as text, and hours as text "
        "(2022-09-22T00:00Z) or as times that carry their zone."
    )


def _not_a_table(file: str, problem: str) -> DatasetError:
    return DatasetError(
        f"{file} cannot be read as a table: {problem.strip()}. "
        "Save it as comma-separated text (CSV, UTF-8) with one header row."
    )


def require_columns(table: Table, columns: tuple[str, ...]) -> None:
    present = list(table.cells.columns)
    for column in columns:
        if column not in present:
            raise DatasetError(
                f"{table.file} has no column {column}{suggestion(column, present)}. The unit is "
                "part of a column's name: convert the figures if need be, then name the column "
                f"{column}."
            )


def refuse_further_columns(table: Table, columns: tuple[str, ...]) -> None:
    for column in table.cells.columns:
        if column not in columns:
            raise DatasetError(
                f"{table.file} has a column {shown(column)} that nothing reads"
                f"{suggestion(str(column), columns)}. "
                f"Rename or remove it; the columns are {', '.join(columns)}."
            )


def suggestion(word: str, known: list[str] | tuple[str, ...]) -> str:
    """A clause that offers the nearest known word, or nothing."""
    near = get_close_matches(word, known, n=1)
    return f" (did you mean {near[0]}?)" if near else ""


def shown(text: object) -> str:
    """Text from a file as it may stand in a sentence: a plain word as it is, all else in quotes."""
    word = str(text)
    plain = 0 < len(word) <= LONGEST_ECHO and word.isprintable() and " " not in word
    return word if plain else echo(word)
