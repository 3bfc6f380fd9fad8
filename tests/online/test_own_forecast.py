"""A forecast that the reader brings, read like any upload."""

from dataclasses import replace

import numpy as np
import pytest
from pytest import approx

from equity_core import Scenario, replay
from equity_core.errors import DatasetError, InfeasibleError
from equity_core.inputs.upload.pipeline import read_here
from equity_core.inputs.upload.template import template_csv
from tests.small import rearranged


@pytest.fixture(scope="module")
def own():
    return read_here({"week.csv": template_csv()})


def played(own, forecast, **changes):
    return replay(Scenario(dataset=own.id, **changes), own, "forecast", forecast)


def test_a_file_that_holds_what_comes_is_a_perfect_forecast(own):
    assert played(own, own).load == approx(played(own, "perfect").load)
    assert played(own, own).forecast == own.id


def test_the_order_of_its_sites_does_not_matter(own):
    assert played(own, rearranged(own, [2, 0, 1])).load == approx(played(own, own).load)


def test_the_period_is_cut_out_of_a_longer_file(own):
    days = {"start": "2024-06-04T00:00Z", "end": "2024-06-07T00:00Z"}
    assert played(own, own, **days).load == approx(played(own, "perfect", **days).load)


def test_a_new_site_is_expected_to_be_like_the_one_that_it_is_like(own):
    added = {"new_site_like": "texas", "new_site_mw": 20.0}
    assert played(own, own, **added).load == approx(played(own, "perfect", **added).load)


def test_other_figures_make_another_plan(own):
    other = replace(own, price=own.price[::-1].copy())
    assert played(own, other).outcome.objective != played(own, own).outcome.objective


def test_other_sites_are_refused(own):
    other = rearranged(own, [0, 1, 2], ["germany", "texas", "france"])
    with pytest.raises(DatasetError, match="france, singapore stand in one of the two alone"):
        played(own, other)


def test_hours_that_are_missing_are_named(own):
    half = slice(0, 84)
    short = replace(
        own,
        hours=own.hours[half],
        price=own.price[:, half],
        intensity=own.intensity[:, :, half],
        demand=own.demand[:, half],
    )
    with pytest.raises(DatasetError, match=r"nothing of 84 hours .* first 2024-06-06 12:00 UTC"):
        played(own, short)


def test_an_expected_hour_beyond_capacity_is_named(own):
    demand = own.demand.copy()
    demand[:, 30] = 1e4
    with pytest.raises(InfeasibleError, match="Hour 2024-06-04 06:00 UTC needs"):
        played(own, replace(own, demand=np.ascontiguousarray(demand)))
