"""Demand from a repeated pattern: a table of a few weeks, read in each gateway's local time."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd

from equity_core.arrays import Floats
from equity_core.errors import DatasetError
from equity_core.inputs import checks
from equity_core.inputs.tables import Table, refuse_further_columns, shown

COLUMNS = ("hour_of_pattern", "load_fraction")
HOUR = pd.Timedelta(hours=1)


def read_pattern(table: Table) -> Floats:
    """[L] share of the peak, 0 to 1, by hour of the pattern; hour 0 is a Monday at 00:00."""
    refuse_further_columns(table, COLUMNS)
    hours = checks.numbers(table, "hour_of_pattern", "", 0.0, len(table.cells) - 1.0)
    rows = checks.arrange(table, [np.rint(hours).astype(np.intp)], [range(len(hours))])
    return checks.numbers(table, "load_fraction", "of the peak", 0.0, 1.0)[rows]


def repeated_demand(pattern: Floats, sites: pd.DataFrame, hours: pd.DatetimeIndex) -> pd.DataFrame:
    """MW by hour (rows) and gateway (columns): the pattern times each site's peak_demand_mw.

    `sites` needs the columns peak_demand_mw and time_zone; sites without demand are left out.
    """
    gateways = sites[sites["peak_demand_mw"] > 0]
    return pd.DataFrame(
        {
            site: peak * repeated(pattern, hours, ZoneInfo(zone))
            for site, peak, zone in zip(
                gateways.index, gateways["peak_demand_mw"], gateways["time_zone"], strict=True
            )
        },
        index=hours,
    )


def repeated(pattern: Floats, hours: pd.DatetimeIndex, zone: ZoneInfo) -> Floats:
    """[T] the value of `pattern` [L] in each of the UTC `hours`, read off the clock on the wall.

    Hour 0 of the pattern is Monday 00:00, local time, of the week in which `hours` begin. Where
    the clock goes forward an hour of the pattern is left out, where it goes back one comes twice;
    where local time is half an hour off, the hour of the pattern is the one under way.
    """
    wall = hours.tz_convert(zone).tz_localize(None)
    begin = hours[0].tz_localize(None).normalize()
    monday = begin - pd.Timedelta(days=begin.day_of_week)
    return pattern[np.asarray((wall - monday) // HOUR, dtype=np.intp) % len(pattern)]


def check_zones(table: Table) -> None:
    """Every cell of time_zone names a zone of the IANA data base."""
    for row, name in enumerate(table.cells["time_zone"]):
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise DatasetError(
                f"{table.place(row)}: time_zone is {shown(name)}, which is no time zone known "
                "here. Write a name of the IANA data base, such as Europe/Berlin or UTC."
            ) from error
