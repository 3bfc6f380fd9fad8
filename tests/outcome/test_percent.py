"""Changes in percent by hand, and the laws between them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from equity_core.outcome.percent import change_pct, in_percent

SIZES = st.floats(0.001, 1e9)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(200, 250, 25), (200, 150, -25), (-200, -150, 25), (80, 0, -100), (5, 5, 0), (0, 0, 0)],
)
def test_changes_by_hand(before, after, expected):
    assert change_pct(before, after) == expected


def test_from_nothing_there_is_no_percentage():
    assert math.isnan(change_pct(0, 3))
    assert math.isnan(in_percent(0, 0))


def test_arrays_are_taken_figure_by_figure():
    shares = in_percent(np.array([1.0, -3.0, 2.0]), np.array([4.0, -4.0, 0.0]))
    assert np.array_equal(shares, [25, -75, np.nan], equal_nan=True)


@given(SIZES, SIZES, st.floats(0.1, 10))
def test_the_unit_does_not_matter(before, after, unit):
    assert change_pct(unit * before, unit * after) == approx(
        change_pct(before, after), rel=1e-9, abs=1e-9
    )


@given(SIZES, st.floats(-50, 50))
def test_a_change_can_be_undone_by_its_percentage(before, moved):
    assert change_pct(before, before * (1 + moved / 100)) == approx(moved, abs=1e-8)
