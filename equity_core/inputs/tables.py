"""A file of a data set as a table of text, so that a complaint can quote what is written there."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from equity_core.errors import DatasetError


@dataclass(frozen=True)
class Table:
    """The cells of one file, all text; `keys` are the columns that identify a row."""

    file: str
    cells: pd.DataFrame
    keys: tuple[str, ...]

    def place(self, row: int) -> str:
        """Name a row as a spreadsheet counts it (the header is row 1), with its keys."""
        keys = ", ".join(f"{key} {shown(self.cells[key].iloc[row])}" for key in self.keys)
        return f"{self.file}, row {row + 2} ({keys})"


def read_table(path: Path, keys: tuple[str, ...], columns: tuple[str, ...]) -> Table:
    """Read a CSV file that must have `keys` and `columns`; further columns are left to the caller.

    Raises DatasetError when the file is missing, is not a table, or lacks a column.
    """
    try:
        cells = pd.read_csv(path, dtype=str, keep_default_na=False)
    except FileNotFoundError as error:
        raise DatasetError(
            f"{path.name} is missing from {path.parent}. Add the file; "
            f"it needs the columns {', '.join(keys + columns)}."
        ) from error
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeError) as error:
        raise not_a_table(path.name, str(error)) from error
    if not isinstance(cells.index, pd.RangeIndex):
        raise not_a_table(path.name, "its rows have more cells than its header")
    table = Table(path.name, cells, keys)
    require_columns(table, keys + columns)
    return table


def not_a_table(file: str, problem: str) -> DatasetError:
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
    """Text from a file as it may stand in a sentence: quoted when odd, never long."""
    word = str(text)
    if len(word) > 40:
        word = word[:37] + "..."
    return word if word and word.isprintable() and " " not in word else repr(word)
