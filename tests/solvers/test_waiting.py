"""Load that can wait: the engine against the textbook model, and its laws."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pytest import approx

from equity_core import Pool, Scenario, load_dataset, solve
from equity_core.errors import InfeasibleError, ScenarioError
from equity_core.model.fleet import fleet_of
from equity_core.model.instance import build_instance, build_physics
from equity_core.model.limits import Reference
from equity_core.solvers.engine.plan import best_plan
from equity_core.solvers.textbook.model import solve_textbook
from tests.policies import LINEAR, by_formula, policy_questions
from tests.small import FIRST_HOUR, small_dataset

REFERENCE = Path(__file__).parents[1] / "reference" / "flexible.csv"
ROWS = list(csv.DictReader(REFERENCE.read_text().splitlines()))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: "-".join(list(row.values())[:5]))
def test_the_reference(row):
    scenario = Scenario(
        policy=row["policy"],
        reach=row["reach"],
        deferrable_share=float(row["share"]),
        defer_window=row["window"],
    )
    plan = solve(scenario, load_dataset("paper-2022"))
    assert plan.gap <= 1e-9
    assert plan.objective == approx(float(row["objective"]), rel=1e-6)
    assert plan.cost_usd == approx(float(row["cost_total_usd"]), rel=1e-6)
    for column in ("water_m3", "carbon_t"):
        worst, total = (row[column.replace("_", f"_{part}_")] for part in ("max", "total"))
        assert plan.worst(column) == approx(float(worst), rel=1e-6)
        # Two hours of a day may have one price: the cheapest plans differ in their totals.
        rel = 1e-6 if row["policy"] == "equity" else 1e-4
        assert plan.total(column) == approx(float(total), rel=rel)


@st.composite
def waiting_questions(draw):
    """Any question of which load waits, in hours on both sides of midnight."""
    question = draw(policy_questions(LINEAR))
    share = draw(st.sampled_from([0.1, 0.3, 0.7, 1.0]))
    late = pd.Timedelta(hours=draw(st.integers(18, 24)))
    hours = pd.date_range(FIRST_HOUR + late, periods=len(question.dataset.hours), freq="h")
    data = replace(question.dataset, hours=hours, version=f"{question.dataset.version}{late}")
    return replace(question.of(data), scenario=question.scenario.replace(deferrable_share=share))


def equal_to_the_textbook(question):
    scenario, dataset = question.scenario, question.dataset
    try:
        ours = solve(scenario, dataset)
    except InfeasibleError:
        with pytest.raises(InfeasibleError):
            solve_textbook(scenario, dataset)
        return
    theirs = solve_textbook(scenario, dataset).objective
    size = sum(map(abs, ours.terms.values())) + 1e-2 * ours.burdens["energy_mwh"].sum()
    assert ours.gap <= 1e-9 or ours.objective == approx(ours.lower_bound, abs=1e-9 * size)
    assert ours.objective == approx(by_formula(scenario, dataset, ours.burdens), abs=1e-9 * size)
    # HiGHS takes what a MWh counts to 1e-7, and a tie-break by cost counts less.
    size += ours.burdens["energy_mwh"].sum()
    assert theirs == approx(ours.objective, rel=0, abs=1e-7 * size)
    is_served(scenario, fleet_of(scenario, dataset), ours.dispatch)


def is_served(scenario, dataset, dispatch):
    """What cannot wait is served in its hour, all in its window, within capacity."""
    physics = build_physics(scenario, dataset)
    least = physics.asked.sum(axis=1) + physics.arrays.fixed.sum(axis=1)
    rounding = 1e-7 * (least.max() + physics.most_asked.max())
    assert (dispatch.sum(axis=0) >= least - rounding).all()
    assert (physics.spare(dispatch.T) >= -rounding).all()
    waiting = physics.waiting
    if physics.waits:
        later = np.add.reduceat(dispatch.sum(axis=0) - least, waiting.start[:-1])
        assert later == approx(waiting.energy, abs=rounding)


@settings(max_examples=30)
@given(waiting_questions())
def test_equal_to_the_textbook_model(question):
    equal_to_the_textbook(question)


@pytest.mark.slow
@settings(max_examples=300)
@given(waiting_questions())
def test_three_hundred_times_equal_to_the_textbook_model(question):
    equal_to_the_textbook(question)


def objective(question, **changes):
    return question.answer(**changes).objective


@settings(max_examples=20)
@given(waiting_questions())
def test_a_longer_window_and_a_larger_share_are_never_worse(question):
    share = question.scenario.deferrable_share
    day, less = (
        question.answer(defer_window="day", deferrable_share=each) for each in (share, share / 2)
    )
    period = question.answer(defer_window="period")
    rounding = 1e-7 * (1 + sum(map(abs, day.terms.values())))
    assert period.objective <= day.objective + rounding
    assert day.objective <= less.objective + rounding
    assert less.objective <= objective(question, deferrable_share=0.0) + rounding


@settings(max_examples=20)
@given(waiting_questions(), st.data())
def test_in_a_window_of_one_hour_nothing_waits(question, data):
    hour = data.draw(st.sampled_from(list(question.dataset.hours)))
    one = {"start": hour.isoformat(), "end": (hour + pd.Timedelta(hours=1)).isoformat()}
    # What waits may go anywhere, so only full reach leaves nothing to gain.
    assume(question.scenario.policy != "nearest")
    waits = objective(question, **one, reach="full")
    at_once = objective(question, **one, reach="full", deferrable_share=0.0)
    assert waits == approx(at_once, rel=1e-8, abs=1e-8)


@pytest.mark.parametrize("policy", ["cost", "equity"])
@pytest.mark.parametrize("reach", ["full", "partial"])
def test_a_share_of_nothing_changes_no_byte(policy, reach):
    data, asked = load_dataset("paper-2022"), {"policy": policy, "reach": reach}
    plain = solve(Scenario(**asked), data)
    none = solve(Scenario(**asked, deferrable_share=0.0, defer_window="period"), data)
    assert plain.dispatch.tobytes() == none.dispatch.tobytes()
    assert plain.objective == none.objective


def test_load_runs_when_it_is_cheap_and_where_no_gateway_reaches():
    price = np.array([[10.0, 50.0], [90.0, 5.0]])
    flat = np.ones((2, 2))
    data = small_dataset(price, flat, flat, [4, 8], np.array([[4.0, 4.0]]), partial=[[1], [0]])
    scenario = Scenario(dataset="small", policy="cost", reach="partial", deferrable_share=0.5)
    assert solve(scenario, data).dispatch == approx(np.array([[2.0, 2.0], [0.0, 4.0]]))


def test_where_nothing_is_spare_nothing_waits():
    flat = np.ones((1, 3))
    data = small_dataset([[1.0, -9.0, 5.0]], flat, flat, [2], np.full((1, 3), 2.0))
    plan = solve(Scenario(dataset="small", policy="equity", deferrable_share=0.4), data)
    assert plan.dispatch == approx(np.full((1, 3), 2.0))


def test_what_waits_and_finds_no_room_is_refused_in_a_sentence():
    flat = np.ones((1, 3))
    data = small_dataset([[1.0, 2.0, 3.0]], flat, flat, [2], np.full((1, 3), 3.0))
    with pytest.raises(InfeasibleError, match=r"4\.5 MWh can wait.*room for 1\.5"):
        solve(Scenario(dataset="small", policy="cost", deferrable_share=0.5), data)


def test_a_day_without_load_takes_none():
    flat, late = np.ones((1, 4)), pd.date_range("2022-01-01T22:00Z", periods=4, freq="h")
    data = small_dataset([[5.0, 1.0, 2.0, 1.0]], flat, flat, [4], np.array([[2.0, 2, 0, 0]]))
    plan = solve(
        Scenario(dataset="small", policy="cost", deferrable_share=0.5), replace(data, hours=late)
    )
    assert plan.dispatch == approx(np.array([[1.0, 3.0, 0.0, 0.0]]))


def test_the_policy_of_today_lets_nothing_wait():
    data = load_dataset("paper-2022")
    plain, asked = (
        solve(Scenario(policy="nearest", deferrable_share=share), data) for share in (0.0, 0.5)
    )
    assert plain.dispatch.tobytes() == asked.dispatch.tobytes()


@pytest.mark.parametrize(
    "link", ["deferrable_share=1.5", "deferrable_share=x", "defer_window=week"]
)
def test_what_is_not_allowed_is_refused_with_what_is(link):
    field, value = link.split("=")
    value = float(value) if value == "1.5" else value
    with pytest.raises(ScenarioError, match=field):
        Scenario(**{field: value})


def test_whole_blocks_of_hours_keep_all_that_waits():
    """What is mixed where too many hours are in doubt, forced on a case that has few."""
    data = load_dataset("paper-2022")
    for window in ("day", "period"):
        scenario = Scenario(deferrable_share=0.3, defer_window=window)
        pool, fleet = Pool(), fleet_of(scenario, data)
        start = pool.start_for(scenario, fleet)
        instance = build_instance(scenario, fleet, start.physics, Reference())
        start.tied = instance.objective.rows.names
        plan = best_plan(instance, start, 1e-9, 1e-13, lambda: None)
        is_served(scenario, fleet, plan.load.T)
        value = instance.objective.value(instance.measures(plan.load))
        assert value == approx(solve(scenario, data).objective, rel=1e-8)


def test_no_window_takes_more_than_waits_where_rooms_add_up_to_it():
    """The same rooms added up in another order may be 1e-16 less."""
    draw = np.random.default_rng(3)
    flat, sites = np.ones((7, 1)), 7
    for _ in range(200):
        room = np.round(draw.uniform(0.1, 1.0, sites), int(draw.integers(1, 9)))
        price = draw.permutation(np.arange(sites) + draw.uniform(0, 0.5, sites))[:, None]
        cheapest = room[price[:, 0].argsort()][: draw.integers(1, sites)]
        waits = np.array([[cheapest.sum()]])
        data = small_dataset(price, flat, flat, list(room), waits)
        asked = Scenario(dataset="small", policy="cost", deferrable_share=1.0)
        physics = build_physics(asked, data)
        served = physics.cheapest(
            np.eye(3, 1) @ np.ones((1, sites)), np.zeros((3, sites)), physics.any_order()
        )
        assert served.load.sum() == approx(waits.sum())
