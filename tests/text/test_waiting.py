"""Load that can wait, told in words: how long it waits, and what that buys."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from equity_core import Scenario, load_dataset, solve
from equity_core.outcome.waits import waits_of
from equity_core.solvers.apart import planned_apart
from equity_core.text.load.waiting import apart_sentence, waiting_sentences, worth_of_waiting
from tests.small import small_dataset

FLAT = np.ones((1, 4))


def one_site(price, demand, **fields):
    data = small_dataset([price], FLAT, FLAT, [4], np.array([demand]))
    scenario = Scenario(**{"dataset": "small", "policy": "cost", "deferrable_share": 0.5} | fields)
    return solve(scenario, data), data


def test_what_moves_is_told_with_how_far_it_moves():
    plan, data = one_site([9.0, 1.0, 9.0, 2.0], [2.0, 2.0, 2.0, 2.0])
    waits = waits_of(plan, data)
    assert waits.asked == approx(np.ones(4))
    assert waits.run == approx(np.array([0.0, 3.0, 0.0, 1.0]))
    # The hours 0 and 2 each lose 1 MWh to hour 1.
    assert (waits.moved_share, waits.mean, waits.most, waits.longest) == approx((0.5, 0.5, 1, 1))
    may, how_long = waiting_sentences(plan, data)
    assert may == (
        "50% of the load can wait: it may run at any hour of its day (by UTC), earlier or later, "
        "and at any site, in the baseline as well."
    )
    assert "at least 50% runs at another hour than it arises" in how_long
    assert "95% stay within 1 hour, and the longest is 1 hour" in how_long


def test_where_nothing_can_wait_nothing_is_said():
    plan, data = one_site([9.0, 1.0, 9.0, 2.0], [2.0] * 4, deferrable_share=0.0)
    assert waiting_sentences(plan, data) == ()
    plan, data = one_site([9.0, 1.0, 9.0, 2.0], [2.0] * 4, movable_share=0.0)
    assert waiting_sentences(plan, data) == ()


def test_that_what_cannot_move_does_not_wait_is_said():
    plan, data = one_site([9.0, 1.0, 9.0, 2.0], [2.0] * 4, movable_share=0.5)
    assert plan.dispatch[0].min() == approx(1.5)
    assert "load that cannot move does not wait either" in waiting_sentences(plan, data)[0]


def test_load_that_finds_its_own_hour_cheapest_waits_for_nothing():
    plan, data = one_site([1.0] * 4, [4.0] * 4)
    assert "all runs in the hour where it arises" in waiting_sentences(plan, data)[1]


@given(st.lists(st.integers(0, 8), min_size=4, max_size=4), st.permutations([1.0, 3.0, 5.0, 9.0]))
def test_waits_are_hours_of_the_period_and_all_energy_runs(demand, price):
    plan, data = one_site(price, [mw / 2 for mw in demand])
    waits = waits_of(plan, data)
    if waits is None:
        assert not any(demand)
        return
    assert waits.run.sum() == approx(waits.asked.sum())
    assert 0 <= waits.moved_share <= 1
    assert 0 <= waits.mean <= waits.longest <= 3
    assert waits.most <= waits.longest
    # No plan of who runs when moves less: the flow over the boundary between two hours.
    least = np.abs(np.cumsum(waits.run - waits.asked)).sum() / waits.asked.sum()
    assert waits.mean == approx(least, abs=1e-9)


@pytest.fixture(scope="module")
def paper():
    return load_dataset("paper-2022")


def test_what_waiting_buys_says_where_the_worst_region_carries_more(paper):
    scenario = Scenario(deferrable_share=0.3)
    waits, at_once = (solve(scenario.replace(deferrable_share=x), paper) for x in (0.3, 0.0))
    said = worth_of_waiting(waits.compare(at_once))
    assert "electricity cost −8." in said
    assert said.endswith("Waiting makes the worst region's water and carbon heavier.")


@pytest.mark.parametrize("window", ["day", "period"])
def test_planning_both_together_is_never_worse(paper, window):
    scenario = Scenario(deferrable_share=0.4, defer_window=window)
    together, apart = solve(scenario, paper), planned_apart(scenario, paper)
    assert together.objective <= apart.objective * (1 + 1e-9)
    assert apart_sentence(together, apart).startswith("Planned apart")


def test_with_nothing_that_waits_both_are_one(paper):
    alone = planned_apart(Scenario(), paper)
    assert alone.objective == approx(solve(Scenario(), paper).objective, rel=1e-9)


def test_a_plan_of_later_hours_knows_its_own_days():
    plan, data = one_site([9.0, 1.0, 9.0, 2.0], [2.0] * 4)
    late = replace(data, hours=data.hours + np.timedelta64(22, "h"), version="late")
    split = solve(plan.scenario, late)
    assert waits_of(split, late).run == approx(np.array([0.0, 2.0, 0.0, 2.0]))
