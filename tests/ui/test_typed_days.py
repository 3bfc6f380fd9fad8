"""Days as typed: every unambiguous way to write one is read as meant, all else is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.sidebar.typed_days import Days, read_day
from ui.sidebar.typed_numbers import Refused

YEAR = Days(date(2023, 1, 1), date(2023, 12, 31))
WAYS = ("%Y-%m-%d", "%Y/%m/%d", "%d.%m.%Y", "%d %B %Y", "%b %d, %Y")


@pytest.mark.parametrize(
    "text",
    [
        "2023-07-01",
        "2023-7-1",
        "2023/07/01",
        "1.7.2023",
        " 01.07.2023 ",
        "1 July 2023",
        "Jul 1, 2023",
        "1. July 2023",
        "2023.7.1",
    ],
)
def test_ways_to_write_the_first_of_july(text):
    assert YEAR.read(text) == date(2023, 7, 1)
    assert YEAR.means(text, date(2023, 7, 1))


@given(st.dates(date(1000, 1, 1)), st.sampled_from(WAYS))
def test_a_day_is_read_back_however_it_is_written(day, way):
    assert read_day(day.strftime(way)) == day


def test_day_and_month_that_can_be_either_are_asked_about():
    with pytest.raises(Refused, match="can mean 2023-01-07 or 2023-07-01"):
        YEAR.read("1/7/2023")
    assert YEAR.read("31/7/2023") == YEAR.read("7/31/2023") == date(2023, 7, 31)
    assert YEAR.read("7/7/2023") == date(2023, 7, 7)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Nothing was typed"),
        ("soon", "is not a day"),
        ("2023-02-30", "is not a day"),
        ("1-7", "is not a day"),
        ("2023-7/1", "is not a day"),
        ("2022-12-31", "is out of range"),
    ],
)
def test_what_is_no_day_of_the_data_is_refused(text, words):
    with pytest.raises(Refused, match=words):
        YEAR.read(text)
    assert YEAR.words == "Allowed: 2023-01-01 to 2023-12-31."
