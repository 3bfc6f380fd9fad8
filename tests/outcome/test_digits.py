"""Figures hold what is certified, and nothing of what a machine's rounding adds."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_core.outcome.digits import gap_bound, settled, settled_change

FIGURES = st.lists(st.floats(-1e12, 1e12), min_size=1)


@given(figures=FIGURES)
def test_rounding_costs_less_than_the_certificate(figures):
    largest = np.abs(figures).max()
    assert np.abs(settled(figures) - figures).max() <= 1e-10 * largest + 1e-300


@given(figures=st.lists(st.floats(1, 1e6), min_size=1), noise=st.floats(-1e-15, 1e-15))
def test_what_only_rounding_changes_is_no_change(figures, noise):
    assert not settled_change(figures, np.array(figures) * (1 + noise)).any()


def test_a_change_has_the_digits_of_the_figures():
    change = settled_change([1000.0000004, 0.0, np.nan], [999.0, 5.0, 1.0])
    assert change[:2].tolist() == [-1.0000004, 5.0]
    assert math.isnan(change[2])
    assert settled([2607.4999959500005, 0.1]).tolist() == [2607.499996, 0.1]


@pytest.mark.parametrize(
    ("gap", "bound"),
    [(3e-15, 1e-9), (-1e-16, 1e-9), (0.0, 1e-9), (1e-9, 1e-9), (1.2e-9, 1e-8), (0.4, 1.0)],
)
def test_the_gap_is_stated_as_a_bound(gap, bound):
    assert gap_bound(gap) == bound
    assert math.isnan(gap_bound(math.inf))
