"""The repeated pattern on the clock on the wall: offsets, summer time, half hours, whole weeks."""

from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from equity_core.inputs.bundled.workload import repeated, repeated_demand

WEEK = np.arange(168.0)  # Monday 00:00 is 0, Sunday 23:00 is 167


def values(first, periods, zone, pattern=WEEK):
    hours = pd.date_range(first, periods=periods, freq="h", tz="UTC")
    return repeated(pattern, hours, ZoneInfo(zone)).tolist()


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("UTC", [0.0, 1.0, 2.0]),
        ("Asia/Tokyo", [9.0, 10.0, 11.0]),
        ("America/New_York", [163.0, 164.0, 165.0]),  # Sunday evening
        ("Asia/Kolkata", [5.0, 6.0, 7.0]),  # 05:30 lies in the hour from five to six
        ("Pacific/Kiritimati", [14.0, 15.0, 16.0]),
    ],
)
def test_monday_midnight_in_utc(zone, expected):
    assert values("2023-01-02T00:00", 3, zone) == expected


def test_data_may_begin_on_any_day():
    assert values("2023-01-01T00:00", 2, "UTC") == [144.0, 145.0]  # a Sunday
    assert values("2023-01-05T12:00", 1, "UTC") == [84.0]


def test_the_clock_goes_forward_an_hour_is_left_out():
    # 2023-03-26 in Berlin: 01:59 is followed by 03:00; a Sunday, so 01:00 is hour 145.
    assert values("2023-03-26T00:00", 3, "Europe/Berlin") == [145.0, 147.0, 148.0]


def test_the_clock_goes_back_an_hour_comes_twice():
    assert values("2023-10-29T00:00", 3, "Europe/Berlin") == [146.0, 146.0, 147.0]


def test_summer_time_moves_the_day_against_utc():
    noon_in_winter = values("2023-01-16T00:00", 24, "America/New_York").index(12.0)
    noon_in_summer = values("2023-07-17T00:00", 24, "America/New_York").index(12.0)
    assert (noon_in_winter, noon_in_summer) == (17, 16)


def test_the_pattern_repeats_when_it_ends():
    two_days = np.arange(48.0)
    year = values("2023-01-02T00:00", 96, "UTC", two_days)
    assert year == [*two_days, *two_days]


def test_demand_is_the_pattern_times_the_peak_and_sites_without_demand_are_left_out():
    sites = pd.DataFrame(
        {"peak_demand_mw": [2.0, 0.0, 10.0], "time_zone": ["UTC", "UTC", "Asia/Tokyo"]},
        index=["a", "b", "c"],
    )
    hours = pd.date_range("2023-01-02", periods=2, freq="h", tz="UTC")
    demand = repeated_demand(WEEK / 1000, sites, hours)
    assert list(demand) == ["a", "c"]
    assert demand["a"].tolist() == [0.0, 0.002]
    assert demand["c"].tolist() == [0.09, 0.1]
