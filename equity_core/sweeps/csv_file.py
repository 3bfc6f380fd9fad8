"""A sweep as CSV: a column a field, a row a question."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from equity_core.errors import SweepError, clipped, shown
from equity_core.sweeps.design import MOST_QUESTIONS, Step
from equity_core.sweeps.values import known_key, read_cell

HERE = "factors."
"""May stand before a site's name, as in `--set`; links leave it out."""


def csv_steps(name: str, text: str) -> tuple[Step, ...]:
    """A step for each row; an empty cell leaves its field at the default.

    Raises `SweepError` for the first row or cell that cannot be used.
    """
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = [cell.strip().removeprefix(HERE) for cell in next(rows, [])]
        _check_header(name, header)
        steps = tuple(_step(name, number, header, row) for number, row in _numbered(rows))
    except csv.Error as error:
        raise SweepError(
            f"{name} cannot be read as CSV ({clipped(str(error))}); save it anew as CSV, with "
            "commas between cells."
        ) from error
    if not steps:
        raise SweepError(f"{name} has no row below its header, so it asks nothing; add one.")
    return steps


def _numbered(rows: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """The rows that say anything, with their number; the header is row 1."""
    for number, row in enumerate(rows, start=2):
        if number - 2 > MOST_QUESTIONS:
            return  # one more than is allowed: refused by its count
        if any(cell.strip() for cell in row):
            yield number, row


def _check_header(name: str, header: Sequence[str]) -> None:
    times = Counter(header)
    for column in header:
        if not column or times[column] > 1:
            told = f"{shown(column)} twice" if column else "a column without a name"
            raise SweepError(
                f"{name}, row 1 has {told}; name each column once by the field that it sets."
            )
        known_key(f"{name}, row 1", column)
    if not header:
        raise SweepError(f"{name} is empty; its first row names the fields that it sets.")


def _step(name: str, number: int, header: Sequence[str], row: Sequence[str]) -> Step:
    if len(row) != len(header):
        raise SweepError(
            f"{name}, row {number} has {len(row)} cells, but the header has {len(header)}; give "
            "each row as many, an empty one where a field keeps its default."
        )
    cells = zip(header, map(str.strip, row), strict=True)
    return {
        key: read_cell(f"{name}, row {number}, column {key}", key, text)
        for key, text in cells
        if text
    }
