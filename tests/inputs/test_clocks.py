"""Local hours and nights, against an almanac and the zones' own rules."""

import numpy as np
import pandas as pd
import pytest

from equity_core import load_dataset
from equity_core.inputs.places.clocks import clock_words, local_hours, night


def day(text):
    return pd.date_range(text, periods=24, freq="h", tz="UTC")


def test_zones_keep_summer_time_and_longitudes_do_not():
    world, paper = load_dataset("world-2023"), load_dataset("paper-2022")
    row = list(world.site_ids).index("us-ny")
    assert local_hours(world, day("2023-07-01"))[row, 12] == 8
    assert local_hours(world, day("2023-01-01"))[row, 12] == 7
    virginia = list(paper.site_ids).index("virginia")
    assert local_hours(paper, day("2022-10-01"))[virginia, 12] == 7
    assert "time zone" in clock_words(world)
    assert "by longitude (15 degrees an hour)" in clock_words(paper)


@pytest.mark.parametrize(
    ("place", "date", "rise", "set_"),
    [
        ((52.52, 13.40), "2023-06-21", 2.72, 19.55),  # Berlin, hours UTC
        ((52.52, 13.40), "2023-12-21", 7.25, 14.90),
        ((1.35, 103.82), "2023-03-21", 23.2, 11.3),  # Singapore
    ],
)
def test_nights_are_those_of_the_almanac(place, date, rise, set_):
    middle = np.arange(24) + 0.5
    dark = (middle < rise) | (middle > set_) if rise < set_ else (middle > set_) & (middle < rise)
    told = night(*place, day(date))
    apart = np.minimum(np.abs(middle - rise), np.abs(middle - set_))
    assert (told == dark)[apart > 0.4].all()


def test_there_is_no_night_in_a_polar_summer_and_no_day_in_its_winter():
    assert not night(78.0, 15.0, day("2023-06-21")).any()
    assert night(78.0, 15.0, day("2023-12-21")).all()
