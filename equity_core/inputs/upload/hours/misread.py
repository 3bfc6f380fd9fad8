"""What is said about an hour that cannot be used: what it is instead, and what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from equity_core.inputs.problems import Problem
from equity_core.inputs.tables import shown
from equity_core.inputs.upload.columns.headings import Table
from equity_core.inputs.upload.options import zone_of

EXAMPLE = "2023-01-31T13:00Z"
FIRST_HOUR = pd.Timestamp("1980-01-01T00:00Z")
LAST_HOUR = pd.Timestamp("2100-12-31T23:00Z")
WRITE = f"Write year-month-day and a whole hour, such as {EXAMPLE}"
OFFSET = f"{WRITE}; where a clock is changed, write the offset."
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[ap]\.?m\.?)?", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_MINUTES = re.compile(r"\S{10}[T ]\d{2}:(\d{2})")


@dataclass(frozen=True)
class HourRead:
    """What came of a cell.

    clock  the time as written, as if in UTC, or NaT where it is no time
    time   in UTC; NaT where the zone's clock was changed, too
    zone   of times that name none
    """

    clock: pd.Timestamp
    time: pd.Timestamp
    zone: str


def unreadable(table: Table, row: int, cell: object, read: HourRead) -> Problem:
    """The problem of one cell of the column of hours."""
    text = "" if pd.isna(cell) else str(cell).strip()  # type: ignore[call-overload]
    fault, fix = _odd_form(cell, text) or _odd_time(text, read) or ("", OFFSET)
    heading = shown(table.words[str(table.hour)])
    return Problem(
        table.sheet.file,
        fix,
        row=int(table.sheet.rows[row]),
        column=heading,
        value=shown(text) if text else "",
        fault=f"{heading} is {shown(text)}, {fault}" if fault else "",
        allowed="the start of a whole hour in UTC",
    )


def _odd_form(cell: object, text: str) -> tuple[str, str] | None:
    """Cells that hold something else than a time."""
    if isinstance(cell, timedelta):
        return "an elapsed time and no hour", f"{WRITE}."
    if _CLOCK.fullmatch(text):
        return "a time of day without its date", f"{WRITE}."
    if _NUMBER.fullmatch(text):
        return "a plain number", f"Format the column as date and time, or {WRITE.lower()}."
    return None


def _odd_time(text: str, read: HourRead) -> tuple[str, str] | None:
    """Times that are no hour of a data set."""
    if pd.isna(read.clock):
        return None
    if pd.isna(read.time):
        return _changed_clock(read.clock.tz_localize(None), read.zone)
    if not FIRST_HOUR <= read.time <= LAST_HOUR:
        return f"outside {FIRST_HOUR:%Y} to {LAST_HOUR:%Y}", "Correct the year."
    written = _MINUTES.match(text)
    whole = int(written[1]) == 0 if written else read.clock.minute == 0
    if whole and read.time.minute:
        return (
            f"which begins at minute {read.time.minute} of an hour of UTC: hours of a zone that "
            "is not whole hours from UTC straddle two hours of UTC",
            "Bring the figures by hours of UTC: for each, the mean of the two hours that share "
            "it, weighed by the minutes that each has in it.",
        )
    return None


def _changed_clock(clock: pd.Timestamp, zone: str) -> tuple[str, str]:
    """An hour of clock time that occurs twice in `zone`, or not at all."""
    half_a_day = pd.Timedelta(hours=12)
    around = [
        # Samoa once left out a whole day.
        (clock + step).tz_localize(zone_of(zone), ambiguous=False, nonexistent="shift_forward")
        for step in (-half_a_day, half_a_day)
    ]
    first, second = (time.isoformat()[-6:] for time in around)
    if around[0] + 2 * half_a_day < around[1]:  # a longer day than its 24 hours
        return (
            f"an hour that occurs twice in {zone}, where the clock is put back",
            f"Write the offset behind it: {first} behind the first of the two, {second} behind "
            "the second.",
        )
    return (
        f"an hour that the clock leaps over in {zone}",
        f"Correct the time zone if the hours are of another; otherwise write the offset behind "
        f"each hour of that day ({first} before the leap, {second} after it).",
    )
