"""Limits in words and in steps: each goal says its figure, and every one can be taken back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from equity_core import Scenario, SiteFactors, solve
from equity_core.scenario.limits import limits_set, with_limit, without_limits
from equity_core.text.limits import Wording, room_above

ALL = Scenario(
    cost_increase_limit=0.4,
    water_limit_m3=2400,
    carbon_limit_t=170,
    water_total_limit_m3=14_000,
    carbon_total_limit_t=1_200,
    no_region_worse=True,
    worse_tolerance=0.5,
    baseline="nearest",
    factors={"texas": SiteFactors(water_limit_m3=2300, carbon_limit_t=160, price=1.1)},
)


@pytest.fixture
def words(dataset):
    return Wording(dataset.footprints, dataset.site_names, "the cheapest plan")


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("cost_increase_limit", 0.05, "cost at most 5% above the cheapest plan"),
        ("water_limit_m3", 1900.0, "no region above 1,900 m³ of water"),
        ("carbon_limit_t", 120.5, "no region above 120.5 t of carbon"),
        ("water_total_limit_m3", 1e4, "all regions together at most 10,000 m³ of water"),
        ("worse_tolerance", 0.0, "no region worse off than under the cheapest plan"),
        (
            "worse_tolerance",
            0.02,
            "no region more than 2% worse off than under the cheapest plan",
        ),
        ("factors.texas.carbon_limit_t", 100.0, "Texas at most 100 t of carbon"),
        ("further.water.total_limit", 7.0, "all regions together at most 7 m³ of water"),
    ],
)
def test_a_goal_in_words(words, field, value, told):
    assert words.goal(field, value) == told


def test_the_limits_are_those_that_the_solver_names(dataset):
    outcome = solve(ALL, dataset)
    assert {use.field: use.asked for use in outcome.limits} == limits_set(ALL)


def test_without_limits_only_the_limits_are_gone():
    bare = without_limits(ALL)
    assert limits_set(bare) == {}
    assert bare == Scenario(baseline="nearest", factors={"texas": SiteFactors(price=1.1)})


@pytest.mark.parametrize("field", limits_set(ALL))
def test_every_limit_can_be_set_and_left_out_by_its_name(field):
    assert limits_set(with_limit(ALL, field, 3.0)) == limits_set(ALL) | {field: 3.0}
    assert field not in limits_set(with_limit(ALL, field, None))


@given(st.floats(min_value=1e-9, max_value=1e12))
def test_a_limit_rounded_up_is_never_too_tight(value):
    assert value * (1 - 1e-9) <= room_above(value) <= value * (1 + 1.01e-5)
