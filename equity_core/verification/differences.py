"""Cell by cell: where a file differs from the one made anew, and by how much.

Differences explain; that there are none does not make two files the same.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import takewhile

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from equity_core.arrays import Flags
from equity_core.errors import clipped
from equity_core.verification.opened.numbers import SAME_WITHIN, apart
from equity_core.verification.opened.sheets import LINE, PATH, Sheets

KEYS = (PATH, LINE, "site", "hour", "measure", "scale")
SHEET_KEYS = ("Site", "Hour (UTC)", "Measure", "Fairness scale (×)")
MOST_ROWS = 200_000
"""Rows that differ and are looked at one by one; of more the first are."""

ROW = "#"


@dataclass(frozen=True)
class Difference:
    """`place` names sheet, row and column; `size` is relative, infinite where words differ."""

    place: str
    found: str
    wanted: str
    size: float

    def sentence(self) -> str:
        """ "row 3 (texas), column water_m3_after: 1,720 stands there, solved again it is ..."."""
        found, wanted = _excerpts(self.found, self.wanted)
        return f"{clipped(self.place)}: {found} stands there, solved again it is {wanted}"


def _excerpts(found: str, wanted: str) -> tuple[str, str]:
    """Both texts from shortly before the place where they part."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(found, wanted, strict=False))
    begin = max(0, sum(1 for _ in alike) - 30)
    before = "..." if begin else ""
    pieces = (before + text[begin : begin + 60] for text in (found, wanted))
    return tuple(clipped(piece) or "nothing" for piece in pieces)  # type: ignore[return-value]


def differences(found: Sheets, wanted: Sheets, restated: Mapping[str, str]) -> list[Difference]:
    """All cells that differ, in reading order.

    `restated`: text -> what stands for it today, where origins of other versions are not held
    against a file.
    """
    missing = [_lacking(f"sheet {name}") for name in wanted.keys() - found.keys()]
    added = [_added(f"sheet {name}") for name in found.keys() - wanted.keys()]
    inside = [
        item
        for name, cells in wanted.items()
        if name in found
        for item in _in_sheet(name, found[name], cells, restated)
    ]
    return missing + added + inside


def _lacking(place: str) -> Difference:
    return Difference(place, "", "present", math.inf)


def _added(place: str) -> Difference:
    return Difference(place, "present", "", math.inf)


def _in_sheet(
    sheet: str, found: pa.Table, wanted: pa.Table, restated: Mapping[str, str]
) -> Iterator[Difference]:
    prefix = f"sheet {sheet}, " if sheet else ""
    columns = [name for name in wanted.column_names if name in found.column_names]
    for column in wanted.column_names:
        if column not in columns:
            yield _lacking(f"{prefix}column {column}")
    for column in found.column_names:
        if column not in columns:
            yield _added(f"{prefix}column {column}")
    old, new = _rows_apart(found.select(columns), wanted.select(columns))
    key = [name for name in (*KEYS, *SHEET_KEYS) if name in columns]
    old, new = _keyed(old, key), _keyed(new, key)
    for row in new.index.difference(old.index, sort=False):
        yield _lacking(f"{prefix}row {_label(row)}")
    for row in old.index.difference(new.index, sort=False):
        yield _added(f"{prefix}row {_label(row)}")
    rows = new.index.intersection(old.index, sort=False)
    yield from _in_cells(prefix, old.loc[rows], new.loc[rows], columns, restated)


def _rows_apart(found: pa.Table, wanted: pa.Table) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows that are not the same at the same place, with their numbers as ROW.

    Rows count as a spreadsheet does, where the heading is row 1.
    """
    common = min(len(found), len(wanted))
    same: Flags = np.ones(common, dtype=bool)
    for name in wanted.column_names:
        equal = pc.equal(found[name].slice(0, common), wanted[name].slice(0, common))
        same &= equal.to_numpy(zero_copy_only=False)
    return _rest(found, same), _rest(wanted, same)


def _rest(table: pa.Table, same: Flags) -> pd.DataFrame:
    differing = np.append(np.flatnonzero(~same), np.arange(len(same), len(table)))[:MOST_ROWS]
    return table.take(differing).to_pandas().astype(object).assign(**{ROW: differing + 2})


def _keyed(cells: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """The cells by their key and, for rows of the same key, their turn."""
    parts = [cells[name].map(_plain) for name in key] or [cells[ROW].map(str)]
    together = pd.Series([" ".join(part) for part in zip(*parts, strict=True)], dtype=object)
    turn = together.groupby(together).cumcount().to_numpy()
    return cells.set_index(pd.MultiIndex.from_arrays([together.to_numpy(), turn]))


def _plain(text: str) -> str:
    """A key as it is compared: numbers by value, so that "0.50" is "0.5"."""
    try:
        return f"{float(text):.9g}"
    except ValueError:
        return text


def _label(row: tuple[str, int]) -> str:
    return f"{row[0]} (again)" if row[1] else str(row[0])


def _in_cells(
    prefix: str,
    found: pd.DataFrame,
    wanted: pd.DataFrame,
    columns: list[str],
    restated: Mapping[str, str],
) -> Iterator[Difference]:
    """Frames of the same rows and columns."""
    old, new = (frame[columns].to_numpy(dtype=object) for frame in (found, wanted))
    for row, at in np.argwhere(old != new):
        size = apart(_today(old[row, at], restated), new[row, at])
        if size > SAME_WITHIN:
            name = _label(wanted.index[row])
            place = f"{prefix}row {found[ROW].iloc[row]} ({name}), column {columns[at]}"
            yield Difference(place, old[row, at], new[row, at], size)


def _today(text: str, restated: Mapping[str, str]) -> str:
    for former, today in restated.items():
        text = text.replace(former, today)
    return text
