"""The column of hours: whole hours, their zone said and never guessed."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd

from equity_core.arrays import Flags, Positions
from equity_core.inputs.problems import Findings, Problem
from equity_core.inputs.tables import shown
from equity_core.inputs.upload.columns.headings import Table
from equity_core.inputs.upload.hours.misread import (
    EXAMPLE,
    FIRST_HOUR,
    LAST_HOUR,
    HourRead,
    unreadable,
)
from equity_core.inputs.upload.options import UploadAnswers, zone_of

_ISO = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?"
_WITH_ZONE = _ISO + r" ?(Z|UTC|[+-]\d{2}:?\d{2})$"
_NAIVE = _ISO + "$"
A_DAY = pd.Timedelta(days=1)


def read_hours(table: Table, answers: UploadAnswers, findings: Findings) -> pd.DatetimeIndex:
    """The hour of each row in UTC, NaT where it cannot be read (and is noted)."""
    name = table.hour
    assert name is not None
    cells = table.sheet.cells[table.words[name]]
    codes, distinct = pd.factorize(cells, use_na_sentinel=False)
    written = pd.Index(distinct)
    clock, naive = _parsed(written)
    zone = "UTC" if name == "hour_utc" else answers.timezone
    # An hour of another age is one in every zone: no zone would mend it.
    unzoned = naive & ~_of_another_age(clock) if not zone else np.zeros_like(naive)
    if unzoned.any():
        findings.add(_zone_missing(table, written, unzoned, codes))
    elif (zone or not naive.any()) and not isinstance(written.dtype, pd.DatetimeTZDtype):
        findings.note(_zone_note(table, zone if naive.any() else "", bool(naive.all())))
    # An hour without its zone is no hour yet: no gap and no repetition can be told from it.
    zoned = clock.where(~naive, _localised(clock, zone)) if zone else clock.where(~unzoned)
    times = pd.DatetimeIndex(zoned)
    plausible = (times >= FIRST_HOUR) & (times <= LAST_HOUR)
    whole = pd.DatetimeIndex(times.where((times == times.floor("h")) & plausible))
    wrong = np.asarray(whole.isna()) & ~unzoned

    def problem(row: int) -> Problem:
        read = HourRead(clock[codes[row]], times[codes[row]], zone)
        return unreadable(table, row, cells.iloc[row], read)

    findings.each(np.flatnonzero(wrong[codes]), problem)
    return whole[codes]


def _parsed(written: pd.Index) -> tuple[pd.DatetimeIndex, Flags]:
    """Distinct times to the second, those without a zone as if in UTC, and which those are."""
    if isinstance(written, pd.DatetimeIndex):
        naive = np.full(len(written), written.tz is None) & ~np.asarray(written.isna())
        zoned = written.tz_localize("UTC") if written.tz is None else written.tz_convert("UTC")
        return zoned.round("s").as_unit("s"), naive
    text = pd.Series([_text(value) for value in written], dtype="str").str.strip()
    offset = text.str.fullmatch(_WITH_ZONE).to_numpy(dtype=bool)
    naive = text.str.fullmatch(_NAIVE).to_numpy(dtype=bool)
    readable = text.where(offset | naive, "")
    times = pd.to_datetime(readable, format="ISO8601", utc=True, errors="coerce")
    return pd.DatetimeIndex(times).round("s").as_unit("s"), naive


def _of_another_age(clock: pd.DatetimeIndex) -> Flags:
    """Clock times that no zone brings into the years that a data set may have."""
    return np.asarray((clock < FIRST_HOUR - A_DAY) | (clock > LAST_HOUR + A_DAY))


def _text(value: object) -> str:
    """A cell's time as text."""
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value).replace(" UTC", "Z")


def _localised(times: pd.DatetimeIndex, zone: str) -> pd.DatetimeIndex:
    """Clock times of `zone` in UTC; NaT where the clock was changed and the hour is unclear."""
    clock = times.tz_localize(None)
    local = clock.tz_localize(zone_of(zone), ambiguous="NaT", nonexistent="NaT")
    return local.tz_convert("UTC")


def _zone_note(table: Table, zone: str, everywhere: bool) -> str:
    """How the hours of a table were read."""
    heading = table.words[str(table.hour)]
    if not zone:
        read = "in UTC, by the offset written behind each"
    elif table.hour == "hour_utc":
        read = "as UTC"
    else:
        read = f"as times in {zone}, as stated"
    if zone and not everywhere:
        read += ", where no offset is written behind them"
    return f"{table.sheet.file}: the hours ({shown(heading)}) were read {read}."


def _zone_missing(
    table: Table,
    written: pd.Index,
    naive: Flags,
    codes: Positions,
) -> Problem:
    example = str(written[int(np.argmax(naive))])
    return Problem(
        table.sheet.file,
        f"Name the column hour_utc if they are in UTC, write the offset behind each ({EXAMPLE} or "
        "2023-01-31T14:00+01:00), or state the time zone.",
        column=table.words["hour"],
        value=shown(example),
        fault=f"the hours name no time zone (the first is {shown(example)})"
        f"{_repeated(table, written, codes)}",
        asks="time zone",
    )


def _repeated(table: Table, written: pd.Index, codes: Positions) -> str:
    """A clause on an hour that stands twice, as where a clock is put back."""
    rows = pd.DataFrame({"hour": codes})
    if "site" in table.words:
        rows["site"] = pd.factorize(table.sheet.cells[table.words["site"]])[0]
    again = np.flatnonzero(rows.duplicated())
    if not again.size:
        return ""
    hour = shown(written[codes[again[0]]])
    row = table.sheet.rows[again[0]]
    return f"; the hour {hour} occurs again in row {row}, as it does where a clock is put back"
