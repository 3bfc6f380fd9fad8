"""Periods that are offered, and what they are called."""

import pandas as pd
import pytest

from equity_core import Scenario, load_dataset, solve
from equity_core.inputs.periods import period_text, periods_of, within


def hours(first: str, last: str) -> pd.DatetimeIndex:
    return pd.date_range(first, last, freq="h", tz="UTC")


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2023-01-01 00:00", "2023-12-31 23:00", "2023"),
        ("2023-07-01 00:00", "2023-07-31 23:00", "July 2023"),
        ("2023-06-01 00:00", "2023-08-31 23:00", "June to August 2023"),
        ("2022-12-01 00:00", "2023-02-28 23:00", "December 2022 to February 2023"),
        ("2022-09-22 00:00", "2022-10-10 23:00", "22 September to 10 October 2022"),
        ("2023-03-02 00:00", "2023-03-09 23:00", "2 to 9 March 2023"),
        ("2023-03-02 00:00", "2023-03-02 23:00", "2 March 2023"),
        ("2022-12-30 00:00", "2023-01-02 23:00", "30 December 2022 to 2 January 2023"),
        ("2022-09-22 00:00", "2022-10-11 00:00", "22 September to 11 October 2022, 457 hours"),
        ("2023-01-05 07:00", "2023-01-05 07:00", "2023-01-05 07:00 to 2023-01-05 08:00 UTC"),
    ],
)
def test_a_period_is_called(first: str, last: str, text: str) -> None:
    assert period_text(hours(first, last)) == text


def test_seasons_and_months_of_a_year() -> None:
    year = hours("2023-01-01", "2023-12-31 23:00")
    labels = [period.label for period in periods_of(year)]
    assert labels[:5] == [
        "Whole data set",
        "January to February 2023",
        "March to May 2023",
        "June to August 2023",
        "September to November 2023",
    ]
    assert labels[5:] == [f"{pd.Timestamp(2023, month, 1):%B} 2023" for month in range(1, 13)]


def test_a_winter_that_the_data_hold_whole_is_one() -> None:
    labels = [period.label for period in periods_of(hours("2022-11-01", "2023-03-31 23:00"))]
    assert "December 2022 to February 2023" in labels


@pytest.mark.parametrize("name", ["paper-2022", "world-2023"])
def test_months_part_all_hours_between_them(name: str) -> None:
    all_hours = load_dataset(name).hours
    months = [p for p in periods_of(all_hours) if p.name[0].isdigit()]
    parts = [within(all_hours, period.start, period.end) for period in months]
    assert parts[0].append(parts[1:]).equals(all_hours)
    assert months[0].start is None
    assert months[-1].end is None


def test_a_short_data_set_has_only_itself() -> None:
    assert [p.name for p in periods_of(hours("2023-03-02", "2023-03-09 23:00"))] == ["all"]


def test_every_period_is_one_that_a_scenario_can_have() -> None:
    data = load_dataset("paper-2022")
    for period in periods_of(data.hours):
        scenario = Scenario(policy="cost", start=period.start, end=period.end)
        planned = solve(scenario, data).hours
        assert planned.equals(within(data.hours, period.start, period.end))
