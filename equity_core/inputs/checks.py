"""Checks on the figures of a data set. Each failure is one sentence with place and remedy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity_core.arrays import Flags, Floats, Positions
from equity_core.errors import DatasetError
from equity_core.inputs.tables import Table, shown, suggestion

HOUR_FORMAT = "%Y-%m-%dT%H:%MZ"
CAPACITY_TOLERANCE = 1e-9  # ten shares of 1 add up to 10.000000000000002


def numbers(table: Table, column: str, unit: str, low: float, high: float) -> Floats:
    """The column as numbers from `low` to `high`, one a row of the file."""
    values = _parsed_numbers(table, column)
    _refuse_outside(table, column, unit, (low, high), ~((values >= low) & (values <= high)))
    return values


def known_numbers(table: Table, column: str, unit: str, low: float, high: float) -> Floats:
    """Like `numbers`, but a blank cell is allowed and becomes NaN: not known."""
    values = _parsed_numbers(table, column)
    blank = (table.cells[column].astype(str).str.strip() == "").to_numpy()
    outside = ~((values >= low) & (values <= high)) & ~blank
    _refuse_outside(table, column, unit, (low, high), outside)
    return values


def _parsed_numbers(table: Table, column: str) -> Floats:
    return pd.to_numeric(table.cells[column], errors="coerce").to_numpy(dtype=np.float64)


def _refuse_outside(
    table: Table,
    column: str,
    unit: str,
    allowed: tuple[float, float],
    outside: Flags,
) -> None:
    wrong, (low, high) = np.flatnonzero(outside), allowed
    if wrong.size:
        raise DatasetError(
            f"{table.place(wrong[0])}: {column} is {shown(table.cells[column].iloc[wrong[0]])}, "
            f"but must be a number from {low:g} to {high:g} {unit}{_others(wrong)}. Write a plain "
            "number with a decimal point, without a unit or a thousands separator."
        )


def flags(table: Table, column: str) -> Flags:
    """A column of 0 and 1."""
    text = table.cells[column].astype(str).to_numpy()
    wrong = np.flatnonzero((text != "0") & (text != "1"))
    if wrong.size:
        raise DatasetError(
            f"{table.place(wrong[0])}: {shown(column)} is {shown(text[wrong[0]])}, but must be "
            f"0 or 1{_others(wrong)}. Write 1 where the site may serve the gateway, otherwise 0."
        )
    return np.asarray(text == "1", dtype=np.bool_)


def words(table: Table, column: str, known: Sequence[str]) -> npt.NDArray[np.str_]:
    """A column whose cells are all among `known`."""
    text = table.cells[column]
    wrong = np.flatnonzero(~text.isin(known))
    if wrong.size:
        word = str(text.iloc[wrong[0]])
        raise DatasetError(
            f"{table.place(wrong[0])}: {column} is {shown(word)}"
            f"{suggestion(word, list(known))}, but must be one of {', '.join(known)}"
            f"{_others(wrong)}. Correct the word."
        )
    return text.to_numpy(dtype=np.str_)


def hour_positions(table: Table) -> tuple[pd.DatetimeIndex, Positions]:
    """All hours of the file in order, and the position of each row's hour among them."""
    codes, written = pd.factorize(table.cells["hour"], use_na_sentinel=False)
    parsed = _parsed(pd.Index(written))
    wrong = np.flatnonzero(np.asarray(parsed.isna() | (parsed != parsed.floor("h")))[codes])
    if wrong.size:
        raise DatasetError(
            f"{table.place(wrong[0])}: the hour cannot be read{_others(wrong)}. Write the start "
            "of a whole hour in UTC, for example 2022-09-22T00:00Z."
        )
    hours = parsed.sort_values()
    _refuse_gap(table.file, hours)
    return hours, np.asarray(hours.get_indexer(parsed), dtype=np.intp)[codes]


def _parsed(written: pd.Index) -> pd.DatetimeIndex:
    """Hours in UTC, from text in HOUR_FORMAT or from times with a zone; NaT where unreadable."""
    if isinstance(written, pd.DatetimeIndex):
        return written.tz_convert("UTC").as_unit("us")
    text = written.astype(str)
    return pd.DatetimeIndex(pd.to_datetime(text, format=HOUR_FORMAT, utc=True, errors="coerce"))


def _refuse_gap(file: str, hours: pd.DatetimeIndex) -> None:
    steps = np.diff(hours.tz_localize(None).to_numpy())
    jumps = np.flatnonzero(steps != np.timedelta64(1, "h"))
    if jumps.size:
        raise DatasetError(
            f"{file} jumps from {spoken(hours[jumps[0]])} to {spoken(hours[jumps[0] + 1])}"
            f"{_others(jumps)}. Add the missing hours; hours must follow one another without a gap."
        )


def match_hours(table: Table, hours: pd.DatetimeIndex, source: str) -> Positions:
    """Position of each row's hour among the `hours` of the file `source`."""
    own, codes = hour_positions(table)
    positions = np.asarray(hours.get_indexer(own), dtype=np.intp)[codes]
    wrong = np.flatnonzero(positions < 0)
    if wrong.size:
        raise DatasetError(
            f"{table.place(wrong[0])}: the hour is not in {source}, which runs from "
            f"{spoken(hours[0])} to {spoken(hours[-1])}{_others(wrong)}. Remove the row or add "
            f"the hour to {source}."
        )
    return positions


def match_labels(table: Table, column: str, known: Sequence[str], source: str) -> Positions:
    """Position of each row's label among `known`, the labels of the file `source`."""
    codes, labels = pd.factorize(table.cells[column], use_na_sentinel=False)
    positions = np.asarray(pd.Index(known).get_indexer(pd.Index(labels)), dtype=np.intp)[codes]
    wrong = np.flatnonzero(positions < 0)
    if wrong.size:
        word = str(table.cells[column].iloc[wrong[0]])
        raise DatasetError(
            f"{table.place(wrong[0])}: the {column} is not in {source}"
            f"{suggestion(word, list(known))}{_others(wrong)}. Correct the name or add it to "
            f"{source}."
        )
    return positions


def arrange(
    table: Table,
    positions: Sequence[Positions],
    labels: Sequence[Sequence[object] | pd.DatetimeIndex],
) -> Positions:
    """The row of the file that holds each combination of labels; exactly one row each.

    `positions[d]` places every row along axis d, whose entries are `labels[d]`.
    """
    shape = tuple(len(axis) for axis in labels)
    cell = np.ravel_multi_index(tuple(positions), shape)
    count = np.bincount(cell, minlength=int(np.prod(shape)))
    _refuse_duplicate(table, cell, count)
    absent = np.flatnonzero(count == 0)
    if absent.size:
        where = np.unravel_index(absent[0], shape)
        names = ", ".join(
            f"{key} {spoken(axis[at])}"
            for key, axis, at in zip(table.keys, labels, where, strict=True)
        )
        raise DatasetError(
            f"{table.file} has no row for {names}{_others(absent)}. Add the row; "
            "every combination needs exactly one."
        )
    rows = np.empty(cell.size, dtype=np.intp)
    rows[cell] = np.arange(cell.size)
    return rows.reshape(shape)


def _refuse_duplicate(table: Table, cell: Positions, count: Positions) -> None:
    repeated = np.flatnonzero(count[cell] > 1)
    if repeated.size:
        first, second = np.flatnonzero(cell == cell[repeated[0]])[:2]
        raise DatasetError(
            f"{table.place(second)} repeats row {first + 2}. Remove one of the two; "
            "every combination needs exactly one row."
        )


def refuse_shortfall(hours: pd.DatetimeIndex, demand: Floats, capacity: Floats) -> None:
    """Every hour's demand [J, T] in MW must fit into all capacity [N] together."""
    needed, available = demand.sum(axis=0), float(capacity.sum())
    short = np.flatnonzero(needed > available * (1 + CAPACITY_TOLERANCE))
    if short.size:
        worst = short[np.argmax(needed[short])]
        raise DatasetError(
            f"Hour {spoken(hours[worst])} needs {needed[worst]:.4g} MW, {available:.4g} MW exist"
            f"{_others(short)}. Raise capacity_mw in sites.csv or lower demand_mw in demand.csv."
        )


def spoken(label: object) -> str:
    """A label as it stands in a sentence; hours as 2022-10-09 16:00 UTC."""
    return f"{label:%Y-%m-%d %H:%M} UTC" if isinstance(label, pd.Timestamp) else shown(label)


def counted(count: int, noun: str) -> str:
    """A number of things as it stands in a sentence: 1 site, 8,760 hours."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def few(names: Sequence[str], most: int = 6) -> str:
    """Names as they stand in a sentence: "a, b", and from the seventh on "and 3 more"."""
    more = len(names) - most
    return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")


def _others(wrong: Positions) -> str:
    return f" (and {wrong.size - 1} more like it)" if wrong.size > 1 else ""
