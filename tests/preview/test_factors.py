"""Previews: plans along the factors of one region."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pytest import approx

from equity_core import Pool, Scenario, solve
from equity_core.errors import InfeasibleError
from equity_core.preview.factors import (
    LEVELS,
    can_preview_factors,
    mix_along,
    solve_course,
    values_of,
    whole,
    without_factors,
)
from equity_core.scenario.records import MULTIPLIERS
from tests.preview.cases import DATASET
from tests.small import small_datasets

SITE = DATASET.site_ids[0]
VALUES = st.floats(LEVELS[0], LEVELS[-1])


def covers(course, value):
    """Whether `value` lies between two levels with a plan, as the browser asks."""
    return len(course.levels) > 1 and course.levels[0] <= value <= course.levels[-1]


def objective(scenario, amounts):
    """Cost and worst burdens, stated anew."""
    weights = scenario.water_weight, scenario.carbon_weight
    return amounts[1].sum() + sum(w * b.max() for w, b in zip(weights, amounts[2:], strict=True))


@given(small_datasets(), VALUES, st.sampled_from(MULTIPLIERS), st.data())
@settings(max_examples=60)
def test_a_mix_is_a_plan_and_never_better_than_the_optimum(data, value, name, draw):
    assume(data.demand.any())
    site = draw.draw(st.sampled_from(data.site_ids))
    scenario = Scenario(dataset="small")
    course = solve_course(scenario, data, site, name, Pool())
    assume(covers(course, value))
    asked = scenario.replace(factors={site: {name: value}})
    amounts, best = mix_along(course, value), solve(asked, data)
    # All that is asked for at this value is served, within what sites can take then.
    times = [value if name == "demand" and own == site else 1.0 for own in data.gateways]
    most = data.sites["capacity_mw"] * len(data.hours)
    most[site] *= value if name == "capacity" else 1.0
    assert amounts[0].sum() == approx(data.demand.sum(axis=1) @ times)
    assert (amounts[0] >= -1e-9).all() and (amounts[0] <= most.to_numpy() + 1e-6).all()
    size = 1 + sum(map(abs, best.terms.values()))
    assert objective(asked, amounts) >= best.lower_bound - 1e-9 * size


@pytest.mark.parametrize("name", MULTIPLIERS)
def test_at_a_level_the_preview_is_the_plan_of_the_level(name):
    course = solve_course(Scenario(), DATASET, SITE, name, Pool())
    for level in course.levels:
        best = solve(Scenario(factors={SITE: {name: level}}), DATASET)
        worth = objective(best.scenario, mix_along(course, level))
        assert worth == approx(best.objective, rel=2e-4)


def test_where_demand_cannot_be_met_there_is_no_level():
    grown = Scenario(demand_growth=0.5)
    course = solve_course(grown, DATASET, SITE, "capacity", Pool())
    lowest = LEVELS.index(course.levels[0])
    assert lowest > 0 and course.levels == LEVELS[lowest:]
    with pytest.raises(InfeasibleError):
        solve(grown.replace(factors={SITE: {"capacity": LEVELS[lowest - 1]}}), DATASET)
    assert not covers(course, LEVELS[0]) and covers(course, LEVELS[-1])


def test_where_the_baseline_moves_along_there_is_no_preview():
    assert can_preview_factors(Scenario(), DATASET, SITE)
    assert not can_preview_factors(Scenario(baseline_world="as_set"), DATASET, SITE)
    assert not can_preview_factors(Scenario(policy="cost"), DATASET, SITE)
    assert not can_preview_factors(Scenario(), DATASET, "")


def test_what_a_region_multiplies_asks_for_no_other_key():
    moved = Scenario(factors={SITE: {"water": 1.5, "lens": 2.0}}, baseline="nearest")
    assert without_factors(moved, SITE) == Scenario(factors={SITE: {"lens": 2.0}})
    assert values_of(moved, SITE) == [1.0, 1.5, 1.0, 1.0, 1.0]


def test_a_course_solved_in_parts_is_the_same():
    pool = Pool()
    at_once = solve_course(Scenario(), DATASET, SITE, "price", pool)
    parts = [
        solve_course(Scenario(), DATASET, SITE, name, pool, levels=levels)
        for name in ("price", "water")
        for levels in (LEVELS[:4], LEVELS[4:])
    ]
    price, water = whole(parts)
    assert (price.levels, price.name, water.name) == (at_once.levels, "price", "water")
    assert price.amounts == approx(at_once.amounts, rel=1e-2)
