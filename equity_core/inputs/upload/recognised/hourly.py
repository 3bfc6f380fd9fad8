"""Intervals become whole hours: shorter ones are averaged, hours that are cut are left out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np
import pandas as pd

from equity_core.arrays import Flags, Floats, Integers
from equity_core.inputs.checks import spoken
from equity_core.inputs.problems import Findings, Problem
from equity_core.inputs.upload.options import UploadAnswers
from equity_core.inputs.upload.recognised.export import Export
from equity_core.inputs.upload.recognised.fuels import footprints_of

MINUTE = 60 * 10**9
HOUR = 60 * MINUTE
DAY_MINUTES = 1440


@dataclass(frozen=True, eq=False)
class Hours:
    """The whole hours of an export, H of them, in the order of zones and time.

    zone      [H] position of the zone's name
    hour      [H] hours since 1970, UTC
    row       [H] row of the sheet that begins it
    columns   [H] figures by the schema's name, NaN where an hour lacks one
    shortest  minutes of the shortest interval
    cut       hours at the ends of a zone's period that were left out, not being whole
    """

    zone: Integers
    hour: Integers
    row: Integers
    columns: dict[str, Floats]
    shortest: int
    cut: int


@dataclass(frozen=True, eq=False)
class _Groups:
    """Rows with a time, R of them, in G groups of one zone and hour each.

    row, start (ns), minutes, group: [R]; zone, hour, first (position in row): [G], sorted
    """

    row: Integers
    start: Integers
    minutes: Integers
    group: Integers
    zone: Integers
    hour: Integers
    first: Integers

    def averages(self, values: Floats) -> tuple[Floats, Flags]:
        """[G] averages of hours that have all minutes, else NaN; and which have only some."""
        amounts, size = values[self.row], len(self.first)
        present = ~np.isnan(amounts)
        covered = np.bincount(self.group, self.minutes * present, size)
        total = np.bincount(self.group, np.where(present, amounts, 0.0) * self.minutes, size)
        whole = covered == 60
        return np.where(whole, total / 60, np.nan), (covered > 0) & (covered < 60)


def by_hour(export: Export, answers: UploadAnswers, findings: Findings) -> Hours | None:
    """Averages over every hour that is whole; None, and a note, where there is none.

    An hour within a zone's period that lacks some of its intervals is noted, unless gaps may be
    filled; at the ends it is left out and counted.
    """
    _note_leapt(export, findings)
    groups = _grouped(export)
    if groups is None or not _fit_into_hours(export, groups, findings):
        return None
    _note_twice(export, groups, findings)
    named = dict(chain(export.figures.items(), export.fuels.items()))
    averages = {name: groups.averages(values) for name, values in named.items()}
    whole = np.any([~np.isnan(means) for means, _ in averages.values()], axis=0)
    partial = np.any([some for _, some in averages.values()], axis=0)
    if not whole.any():
        findings.add(_no_hour(export))
        return None
    inside = _inside(groups.zone, whole)
    if not answers.fill_gaps:
        _note_partial(export, groups, partial & inside, findings)
    columns = {name: averages[name][0][whole] for name in export.figures}
    if export.fuels:
        columns |= footprints_of({fuel: averages[fuel][0][whole] for fuel in export.fuels})
    return Hours(
        groups.zone[whole],
        groups.hour[whole],
        groups.row[groups.first[whole]],
        columns,
        int(groups.minutes.min()),
        int((partial & ~inside).sum()),
    )


def _grouped(export: Export) -> _Groups | None:
    row = np.flatnonzero(export.start.notna())
    if not row.size:
        return None
    start = export.start[row].as_unit("ns").asi8
    codes = np.zeros(len(export.start)) if export.zone is None else export.zone.cat.codes.to_numpy()
    hours = start // HOUR
    low, span = int(hours.min()), int(np.ptp(hours)) + 1
    keys = codes[row].astype(np.int64) * span + hours - low
    keys, first, group = np.unique(keys, return_index=True, return_inverse=True)
    return _Groups(row, start, export.minutes[row], group, keys // span, keys % span + low, first)


def _note_leapt(export: Export, findings: Findings) -> None:
    """Figures at a time that does not exist, the clock having leapt over it."""
    filled = [~np.isnan(values) for values in export.figures.values()]
    filled += [made > 0 for made in export.fuels.values()]
    lost = np.asarray(export.start.isna()) & np.any(filled, axis=0)
    findings.each(
        np.flatnonzero(lost),
        lambda row: Problem(
            export.sheet.file,
            "Export the file in UTC, or remove the row.",
            row=int(export.sheet.rows[row]),
            fault="this row has a figure for an hour that the clock leaps over",
        ),
    )


def _fit_into_hours(export: Export, groups: _Groups, findings: Findings) -> bool:
    """Whether no interval is longer than an hour or lies in two of them."""
    longest = int(groups.minutes.max())
    if longest > 60:
        hours, days = longest / 60, longest / DAY_MINUTES
        length = f"{days:.3g} days" if days > 1 else "a day" if days == 1 else f"{hours:.3g} hours"
        fault = f"its intervals are {length} long, but hours are needed"
        findings.add(Problem(export.sheet.file, "Export the hourly figures.", fault=fault))
        return False
    across = np.flatnonzero(groups.start % HOUR + groups.minutes * MINUTE > HOUR)
    findings.each(
        across,
        lambda at: Problem(
            export.sheet.file,
            "Bring the figures by hours of UTC.",
            row=int(export.sheet.rows[groups.row[at]]),
            fault=f"the interval of {groups.minutes[at]} minutes from "
            f"{spoken(export.start[groups.row[at]])} lies in two hours of UTC",
        ),
    )
    return not across.size


def _note_twice(export: Export, groups: _Groups, findings: Findings) -> None:
    minute = groups.start // MINUTE
    key = groups.zone[groups.group] * (int(np.ptp(minute)) + 1) + minute - minute.min()
    findings.each(
        np.flatnonzero(pd.Series(key).duplicated().to_numpy()),
        lambda at: Problem(
            export.sheet.file,
            "Remove one of the two.",
            row=int(export.sheet.rows[groups.row[at]]),
            fault=f"the time {spoken(export.start[groups.row[at]])} stands twice"
            f"{'' if export.zone is None else ' for one zone'}",
        ),
    )


def _no_hour(export: Export) -> Problem:
    return Problem(
        export.sheet.file,
        "Export a longer period.",
        fault="no hour of it has figures for all of its minutes",
    )


def _inside(zone: Integers, whole: Flags) -> Flags:
    """Hours between the first and the last whole one of their zone, of hours in order."""
    begun = pd.Series(whole).groupby(zone).cummax().to_numpy()
    ends = pd.Series(whole[::-1]).groupby(zone[::-1]).cummax().to_numpy()[::-1]
    return np.asarray(begun & ends)


def _note_partial(export: Export, groups: _Groups, partial: Flags, findings: Findings) -> None:
    findings.each(
        np.flatnonzero(partial),
        lambda at: Problem(
            export.sheet.file,
            "Add what is missing, or have gaps of up to three hours filled by straight lines.",
            row=int(export.sheet.rows[groups.row[groups.first[at]]]),
            fault=f"the hour {spoken(pd.Timestamp(int(groups.hour[at]) * HOUR, tz='UTC'))} lacks "
            "some of its intervals",
            asks="gaps",
        ),
    )
