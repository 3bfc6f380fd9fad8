"""Cell by cell: where a file differs from the one made anew, and by how much."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity_core.answers.cells import LINE, PATH, Sheets
from equity_core.outcome.provenance import ORIGIN

SAME_WITHIN = 1e-9
"""Relative difference that another machine's rounding explains: what every plan is certified to."""

KEYS = (PATH, LINE, "site", "hour", "measure", "scale")
SHEET_KEYS = ("Site", "Hour (UTC)", "Measure", "Fairness scale (×)")
STATED = (*ORIGIN, "baseline_fingerprint", "baseline_world")
"""Columns that state the origin: they differ with every version and are judged apart."""


@dataclass(frozen=True)
class Difference:
    """`place` names sheet, row and column; `size` is relative, infinite where words differ."""

    place: str
    found: str
    wanted: str
    size: float

    def sentence(self) -> str:
        """ "row 3 (texas), column water_m3_after: 1,720 stands there, solved again it is ..."."""
        found, wanted = (_short(text) for text in (self.found, self.wanted))
        return f"{self.place}: {found} stands there, solved again it is {wanted}"


def _short(text: str) -> str:
    words = text if len(text) <= 60 else f"{text[:57]}..."
    return words or "nothing"


def differences(found: Sheets, wanted: Sheets, skip_origin: bool) -> list[Difference]:
    """All cells that differ, in reading order; `skip_origin` leaves out those that state it."""
    missing = [
        Difference(f"sheet {name}", "", "present", math.inf) for name in wanted.keys() - found
    ]
    added = [Difference(f"sheet {name}", "present", "", math.inf) for name in found.keys() - wanted]
    inside = [
        item
        for name, cells in wanted.items()
        if name in found
        for item in _in_sheet(name, found[name], cells, skip_origin)
    ]
    return missing + added + inside


def _in_sheet(
    sheet: str, found: pd.DataFrame, wanted: pd.DataFrame, skip_origin: bool
) -> Iterator[Difference]:
    prefix = f"sheet {sheet}, " if sheet else ""
    skipped = set(STATED) if skip_origin else set()
    for column in [name for name in wanted if name not in found]:
        yield Difference(f"{prefix}column {column}", "", "present", math.inf)
    for column in [name for name in found if name not in wanted]:
        yield Difference(f"{prefix}column {column}", "present", "", math.inf)
    key = [name for name in (*KEYS, *SHEET_KEYS) if name in wanted and name in found]
    found, wanted = _keyed(found, key), _keyed(wanted, key)
    for row in wanted.index.difference(found.index, sort=False):
        yield Difference(f"{prefix}row {_label(row)}", "", "present", math.inf)
    for row in found.index.difference(wanted.index, sort=False):
        yield Difference(f"{prefix}row {_label(row)}", "present", "", math.inf)
    rows = wanted.index.intersection(found.index, sort=False)
    columns = [name for name in wanted if name in found and name not in {*skipped, ROW}]
    yield from _in_cells(prefix, found.loc[rows, [*columns, ROW]], wanted.loc[rows, columns])


ROW = "#"


def _keyed(cells: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """The cells by their key and, for rows of the same key, their turn; ROW counts as a
    spreadsheet does, where the heading is row 1."""
    numbered = cells.assign(**{ROW: np.arange(2, len(cells) + 2)})
    parts = [numbered[name].map(_plain) for name in key]
    together = pd.Series([" ".join(part) for part in zip(*parts, strict=True)] if key else "")
    turn = together.groupby(together).cumcount().to_numpy() if key else np.arange(len(cells))
    labels = together.to_numpy() if key else np.full(len(cells), "", dtype=object)
    return numbered.set_index(pd.MultiIndex.from_arrays([labels, turn]))


def _plain(text: str) -> str:
    """A key as it is compared: numbers by value, so that "0.50" is "0.5"."""
    value = _number(text)
    return text if value is None else f"{value:.9g}"


def _label(row: tuple[str, int]) -> str:
    return f"{row[0]} (again)" if row[1] else str(row[0])


def _in_cells(prefix: str, found: pd.DataFrame, wanted: pd.DataFrame) -> Iterator[Difference]:
    """Frames of the same rows and columns (and ROW in `found`)."""
    columns = list(wanted.columns)
    old, new = found[columns].to_numpy(dtype=object), wanted.to_numpy(dtype=object)
    for row, at in np.argwhere(old != new):
        size = _relative(old[row, at], new[row, at])
        if size > SAME_WITHIN:
            name = _label(wanted.index[row])
            place = f"{prefix}row {found[ROW].iloc[row]} ({name}), column {columns[at]}"
            yield Difference(place, old[row, at], new[row, at], size)


def _relative(found: str, wanted: str) -> float:
    """How far two numbers lie apart, relative to the wanted one; infinite for other text."""
    numbers = _number(found), _number(wanted)
    if numbers[0] is None or numbers[1] is None:
        return math.inf
    if numbers[0] == numbers[1]:
        return 0.0
    return abs(numbers[0] - numbers[1]) / max(abs(numbers[1]), 1e-6)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
