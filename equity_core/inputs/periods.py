"""Periods within a data set: all of it, its seasons and its months; and how a period is called."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from equity_core.inputs.checks import counted

HOUR = pd.Timedelta(hours=1)
FORMAT = "%Y-%m-%dT%H:%MZ"
ALL = "all"


@dataclass(frozen=True)
class Period:
    """`start` is included, `end` is not: UTC hours as a scenario writes them, None for the data
    set's own ends. `label` names it where it stands in a list."""

    name: str
    label: str
    start: str | None
    end: str | None


def periods_of(hours: pd.DatetimeIndex) -> tuple[Period, ...]:
    """All of it, then the seasons of three months, then the months.

    Only such as differ from all of it; a season that the data set has in two parts (December apart
    from January) is offered as its parts.
    """
    months = hours.tz_localize(None).to_period("M")
    distinct = months.unique()
    seasons = (months + 1).asfreq("Q-DEC")  # December belongs to the winter that follows
    several = [s for s in seasons.unique() if len(months[seasons == s].unique()) > 1]
    parts = [(f"season-{s}", hours[seasons == s]) for s in several]
    parts += [(str(month), hours[months == month]) for month in distinct]
    whole = Period(ALL, "Whole data set", None, None)
    return (whole, *(_part(name, part, hours) for name, part in parts if len(part) < len(hours)))


def _part(name: str, part: pd.DatetimeIndex, hours: pd.DatetimeIndex) -> Period:
    start, end = bounds(part[0], part[-1] + HOUR, hours)
    return Period(name, period_text(part), start, end)


def bounds(
    start: pd.Timestamp, end: pd.Timestamp, hours: pd.DatetimeIndex
) -> tuple[str | None, str | None]:
    """Start and end as a scenario writes them: None at the data set's own ends."""
    first, after = hours[0], hours[-1] + HOUR
    return (
        None if start <= first else start.strftime(FORMAT),
        None if end >= after else end.strftime(FORMAT),
    )


def within(hours: pd.DatetimeIndex, start: str | None, end: str | None) -> pd.DatetimeIndex:
    """The hours from `start` to before `end`."""
    first = hours[0] if start is None else pd.Timestamp(start)
    after = hours[-1] + HOUR if end is None else pd.Timestamp(end)
    return hours[(hours >= first) & (hours < after)]


def period_text(hours: pd.DatetimeIndex) -> str:
    """What the period is called: July 2023; June to August 2023; 2 to 9 March 2023.

    Days are UTC. Where it does not begin and end with a day it says how many hours it has; within
    two days it names the first and the last.
    """
    first, after = hours[0], hours[-1] + HOUR
    last = hours[-1]
    whole_days = first == first.normalize() and after == after.normalize()
    if whole_days and first.day == 1 and after.day == 1:
        return _months(first, last)
    if not whole_days and len(hours) < 48:
        return f"{first:%Y-%m-%d %H:%M} to {after:%Y-%m-%d %H:%M} UTC"
    return _days(first, last) + ("" if whole_days else f", {counted(len(hours), 'hour')}")


def _days(first: pd.Timestamp, last: pd.Timestamp) -> str:
    begin = f"{first.day}" if first.strftime("%Y%m") == last.strftime("%Y%m") else ""
    return _between(begin or f"{first.day} {first:%B}", f"{last.day} {last:%B}", first, last)


def _months(first: pd.Timestamp, last: pd.Timestamp) -> str:
    if (first.month, last.month) == (1, 12) and first.year == last.year:
        return f"{first.year}"
    return _between(f"{first:%B}", f"{last:%B}", first, last)


def _between(begin: str, end: str, first: pd.Timestamp, last: pd.Timestamp) -> str:
    if first.normalize() == last.normalize():
        return f"{end} {last.year}"
    if begin == end and first.year == last.year:
        return f"{begin} {first.year}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{begin}{year} to {end} {last.year}"
