"""Times as publishers write them: formats, hour-ending stamps, clocks that are changed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from equity_core.arrays import Flags, Floats, Integers
from equity_core.inputs.problems import Findings, Problem
from equity_core.inputs.tables import shown
from equity_core.inputs.upload.hours.misread import FIRST_HOUR, LAST_HOUR
from equity_core.inputs.upload.options import zone_of
from equity_core.inputs.upload.recognised.export import Columns

MINUTE = 60 * 10**9
_OFFSET = r":\d{2}.*(?:[Zz]|[+-]\d{2}:?\d{2})$"


def clock_times(
    columns: Columns,
    heading: str,
    formats: Sequence[str],
    findings: Findings,
    zone: str = "UTC",
) -> pd.DatetimeIndex:
    """The column as times of the clock of `zone`, which do not carry it.

    The first of `formats` that all cells have is theirs, ISO 8601 behind them. Cells that have
    none or a time outside 1980 to 2100 are noted; so are offsets behind texts that should be times
    of a clock that is changed.
    """
    cells = columns.sheet.cells[heading]
    codes, written = pd.factorize(cells, use_na_sentinel=False)
    times = _parsed(pd.Index(written), formats, zone)
    wrong = np.flatnonzero(np.asarray(times.isna())[codes])
    findings.each(wrong, lambda row: _unreadable(columns, heading, row, formats))
    return times[codes]


def _parsed(written: pd.Index, formats: Sequence[str], zone: str) -> pd.DatetimeIndex:
    if isinstance(written, pd.DatetimeIndex):
        if written.tz is None:
            return _plausible(written)
        near = _plausible(written.tz_convert(None)).tz_localize("UTC")
        return near.tz_convert(zone_of(zone)).tz_localize(None)
    text = pd.Series([str(cell).strip() for cell in written], dtype="str")
    if zone != "UTC":
        text = text.where(~text.str.contains(_OFFSET), "")
    best = pd.DatetimeIndex([pd.NaT] * len(text))
    for form in (*formats, "ISO8601"):
        read = pd.to_datetime(text, format=form, errors="coerce", utc=True)
        times = pd.DatetimeIndex(read).tz_convert(None)
        best = times if _known(times) > _known(best) else best
        if _known(best) == len(text):
            break
    return _plausible(best)


def _plausible(times: pd.DatetimeIndex) -> pd.DatetimeIndex:
    """To the nanosecond, which holds no time that is far away; NaT for those."""
    first, last = FIRST_HOUR.tz_convert(None), LAST_HOUR.tz_convert(None)
    near = pd.DatetimeIndex(times.where((times >= first) & (times <= last)))
    return near.as_unit("ns")


def _known(times: pd.DatetimeIndex) -> int:
    return int(np.asarray(times.notna()).sum())


def _unreadable(columns: Columns, heading: str, row: int, formats: Sequence[str]) -> Problem:
    example = pd.Timestamp("2023-01-31 13:00")
    form = next((form for form in formats if form != "ISO8601"), "%Y-%m-%d %H:%M:%S")
    return Problem(
        columns.sheet.file,
        "Export the file anew, or write the time as the other rows have it.",
        row=int(columns.sheet.rows[row]),
        column=shown(heading),
        value=shown(columns.sheet.cells[heading].iloc[row]),
        allowed=f"a time such as {example.strftime(form)}, from {FIRST_HOUR:%Y} to {LAST_HOUR:%Y}",
    )


def in_utc(
    columns: Columns,
    clock: pd.DatetimeIndex,
    zone: str,
    series: pd.Series | None,
    findings: Findings,
    again: Flags | None = None,
) -> pd.DatetimeIndex:
    """Clock times of `zone` in UTC, NaT where the clock leapt over the hour.

    Where the clock is put back, an hour stands twice in each of `series` (the zone or node of
    each row): the first is summer time, or the one that is not marked in `again`. One that stands
    once is noted.
    """
    local = zone_of(zone)
    first = clock.tz_localize(local, ambiguous="NaT", nonexistent="shift_forward")
    unclear = np.flatnonzero(np.asarray(first.isna()) & np.asarray(clock.notna()))
    second = np.zeros(len(clock), dtype=bool) if again is None else again
    if again is None:
        twice = pd.DataFrame({"clock": clock[unclear]})
        if series is not None:
            twice["series"] = series.cat.codes.to_numpy()[unclear]
        known = clock[clock.notna()]
        backwards = len(known) > 0 and known[0] > known[-1]
        second[unclear] = twice.duplicated(keep="last" if backwards else "first")
        alone = unclear[~twice.duplicated(keep=False).to_numpy()]
        findings.each(alone, lambda row: _stands_once(columns, clock, row, zone))
    return clock.tz_localize(local, ambiguous=~second, nonexistent="NaT").tz_convert("UTC")


def _stands_once(columns: Columns, clock: pd.DatetimeIndex, row: int, zone: str) -> Problem:
    return Problem(
        columns.sheet.file,
        "Export the file in UTC, which the publisher offers, or add the row that lacks.",
        row=int(columns.sheet.rows[row]),
        fault=f"the hour of {clock[row]:%Y-%m-%d %H:%M} stands once, but occurs twice in {zone}, "
        "where the clock is put back",
    )


def lengths(times: pd.DatetimeIndex, series: pd.Series | None, ending: bool = False) -> Integers:
    """Minutes of each row's interval: the step of its series on its day, where it is even there.

    Elsewhere it is the smallest step of the series; a series of one row counts as hours.
    `ending` says that times are the end of the interval.
    """
    stamps = times.as_unit("ns").asi8 // MINUTE
    code = np.zeros(len(times), dtype=np.int64)
    if series is not None:
        code = series.cat.codes.to_numpy().astype(np.int64)
    order = np.lexsort((stamps, code))
    stamps, code = stamps[order], code[order]
    day = (stamps - (1 if ending else 0)) // 1440
    step = np.diff(stamps, prepend=0)
    begins = np.diff(code, prepend=-1) != 0
    steps = np.where(begins | (step <= 0), np.nan, step)
    daily = begins | (np.diff(day, prepend=0) != 0)
    within = np.where(daily, np.nan, steps)
    least, most = _of_each(np.fmin, within, daily), _of_each(np.fmax, within, daily)
    overall = np.nan_to_num(_of_each(np.fmin, steps, begins), nan=60.0)
    minutes = np.empty(len(times), dtype=np.int64)
    minutes[order] = np.where((least == most) & (least <= 60), least, overall)
    return minutes


def _of_each(extreme: np.ufunc, values: Floats, begins: Flags) -> Floats:
    """The least or most of each run of values, at each of them; [R] each."""
    starts = np.flatnonzero(begins)
    runs = np.diff(starts, append=len(values))
    return np.repeat(extreme.reduceat(values, starts), runs)
