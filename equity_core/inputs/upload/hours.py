"""The column of hours: whole hours, their zone said and never guessed."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from equity_core.inputs.problems import Findings, Problem
from equity_core.inputs.tables import shown
from equity_core.inputs.upload.answers import UploadAnswers, zone_of
from equity_core.inputs.upload.headings import Table

EXAMPLE = "2023-01-31T13:00Z"
FIRST_HOUR, LAST_HOUR = pd.Timestamp("1980-01-01T00:00Z"), pd.Timestamp("2100-12-31T23:00Z")
_ISO = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?"
_WITH_ZONE = _ISO + r" ?(Z|UTC|[+-]\d{2}:?\d{2})$"
_NAIVE = _ISO + "$"


def read_hours(table: Table, answers: UploadAnswers, findings: Findings) -> pd.DatetimeIndex:
    """The hour of each row in UTC, NaT where it cannot be read (and is noted)."""
    name = table.hour
    assert name is not None
    cells = table.sheet.cells[table.words[name]]
    codes, written = pd.factorize(cells, use_na_sentinel=False)
    times, naive = _parsed(pd.Index(written))
    if naive.any():
        zone = "UTC" if name == "hour_utc" else answers.timezone
        if zone:
            times = pd.DatetimeIndex(times.where(~naive, _localised(times, zone)))
        else:
            findings.add(_zone_missing(table, str(written[int(np.argmax(naive))])))
    plausible = (times >= FIRST_HOUR) & (times <= LAST_HOUR)
    whole = pd.DatetimeIndex(times.where((times == times.floor("h")) & plausible))
    wrong = np.flatnonzero(np.asarray(whole.isna())[codes])
    findings.each(wrong, lambda row: _unreadable(table, row, str(cells.iloc[row])))
    return whole[codes]


def _parsed(written: pd.Index) -> tuple[pd.DatetimeIndex, npt.NDArray[np.bool_]]:
    """Distinct times, those without a zone as if in UTC, and which those are."""
    if isinstance(written, pd.DatetimeIndex):
        naive = np.full(len(written), written.tz is None) & ~np.asarray(written.isna())
        zoned = written.tz_localize("UTC") if written.tz is None else written.tz_convert("UTC")
        return zoned.as_unit("s"), naive
    text = pd.Series([_text(value) for value in written], dtype="str").str.strip()
    offset = text.str.fullmatch(_WITH_ZONE).to_numpy(dtype=bool)
    naive = text.str.fullmatch(_NAIVE).to_numpy(dtype=bool)
    readable = text.where(offset | naive, "")
    times = pd.to_datetime(readable, format="ISO8601", utc=True, errors="coerce")
    return pd.DatetimeIndex(times).as_unit("s"), naive


def _text(value: object) -> str:
    """A cell's time as text; spreadsheets keep times as fractions of a day, hence the rounding."""
    if isinstance(value, pd.Timestamp) or hasattr(value, "isoformat"):
        return pd.Timestamp(str(value)).round("s").isoformat()
    return str(value).replace(" UTC", "Z")


def _localised(times: pd.DatetimeIndex, zone: str) -> pd.DatetimeIndex:
    """Clock times of `zone` in UTC; NaT where the clock was changed and the hour is unclear."""
    clock = times.tz_localize(None)
    local = clock.tz_localize(zone_of(zone), ambiguous="NaT", nonexistent="NaT")
    return local.tz_convert("UTC")


def _zone_missing(table: Table, example: str) -> Problem:
    return Problem(
        table.sheet.file,
        f"Name the column hour_utc if they are in UTC, write the offset behind each ({EXAMPLE} or "
        "2023-01-31T14:00+01:00), or state the time zone.",
        column=table.words["hour"],
        value=shown(example),
        fault=f"the hours name no time zone (the first is {shown(example)})",
        asks="time zone",
    )


def _unreadable(table: Table, row: int, text: str) -> Problem:
    return Problem(
        table.sheet.file,
        f"Write year-month-day and a whole hour, such as {EXAMPLE}; where a clock is changed, "
        "write the offset.",
        row=int(table.sheet.rows[row]),
        column=str(table.hour),
        value=shown(text) if text.strip() else "",
        allowed="the start of a whole hour in UTC from 1980 to 2100",
    )
