"""Load that can wait, planned hour by hour: what holds of every plan."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from equity_core import Scenario, load_dataset, replay
from equity_core.answers.foresight import Foresight, how_it_waits
from equity_core.model.instance import build_physics
from equity_core.online.pace import Evenly, leeway_of
from equity_core.online.replay import KNOWN_FORECASTS
from tests.online.cases import cases
from tests.small import small_dataset

METHODS = ["weights", "mirror_descent", "forecast", "blend"]


@dataclass(frozen=True)
class Play:
    method: str
    forecast: str


@st.composite
def waiting_cases(draw):
    """Windows of any beginning: days are those of UTC, the period begins at any hour."""
    case = draw(cases())
    late = pd.Timedelta(hours=draw(st.sampled_from([0, 5, 23])))
    data = replace(case.dataset, hours=case.dataset.hours + late, version=f"late by {late}")
    scenario = case.scenario.replace(
        deferrable_share=draw(st.sampled_from([0.2, 0.6, 1.0])),
        defer_window=draw(st.sampled_from(["day", "period"])),
        movable_share=draw(st.sampled_from([1.0, 1.0, 0.5])),
    )
    return replace(case, scenario=scenario, dataset=data)


@st.composite
def plays(draw):
    method = draw(st.sampled_from(["weights", "forecast", "forecast", "blend"]))
    return Play(method, draw(st.sampled_from(KNOWN_FORECASTS)))


def all_is_served(played, scenario, dataset):
    """What cannot wait in its hour, all that waits in its window, and no site beyond its room."""
    physics, load = build_physics(scenario, dataset), played.load
    least = physics.asked.sum(axis=1) + physics.arrays.fixed.sum(axis=1)
    rounding = 1e-9 * (1 + physics.most_asked.max())
    waited = load.sum(axis=1) - least
    assert (waited >= -rounding).all()
    assert (load >= physics.arrays.fixed - rounding).all()
    assert (physics.spare(load)[:, physics.arrays.room.max(axis=0) > 0] >= -rounding).all()
    energy = physics.waiting.energy
    assert np.add.reduceat(waited, physics.waiting.start[:-1]) == approx(energy, abs=rounding)


@settings(max_examples=8)
@given(waiting_cases(), plays())
def test_all_that_waits_runs_in_its_window_and_no_plan_beats_the_one_that_knew(case, play):
    runs_in_its_window(case, play)


def runs_in_its_window(case, play):
    played = replay(case.scenario, case.dataset, play.method, play.forecast)
    all_is_served(played, case.scenario, case.dataset)
    room = 1e-9 * max(abs(played.offline.objective), np.abs(played.cost_usd).sum())
    assert played.regret >= -room
    if played.bound is not None:
        most = max(np.abs(played.objective).max(), np.abs(played.cost_usd).sum())
        assert played.outcome.objective <= played.bound + 1e-12 * most


@pytest.mark.slow
@settings(max_examples=200)
@given(waiting_cases(), plays())
def test_two_hundred_times_all_that_waits_runs_in_its_window(case, play):
    runs_in_its_window(case, play)


@pytest.mark.slow
@given(waiting_cases(), st.sampled_from(["yesterday", "last_week", "all_past"]))
def test_the_past_does_not_depend_on_prices_to_come(case, forecast):
    known = len(case.dataset.hours) // 2
    dearer = case.dataset.price.copy()
    dearer[:, known:] = 100 - dearer[::-1, known:]
    other = replace(case.dataset, version="another", price=dearer)
    for method in ("weights", "forecast"):
        one, two = (replay(case.scenario, data, method, forecast) for data in (case.dataset, other))
        assert one.load[:known] == approx(two.load[:known], abs=1e-9)


@pytest.mark.parametrize("window", ["day", "period"])
def test_who_foresees_all_does_nearly_as_well_as_who_knows_all(window):
    data = load_dataset("paper-2022")
    scenario = Scenario(deferrable_share=0.3, defer_window=window)
    foreseen = replay(scenario, data, "forecast", "perfect")
    without = replay(scenario, data)
    assert foreseen.price_of_not_knowing < 0.003
    assert without.price_of_not_knowing > 0.03
    all_is_served(foreseen, scenario, data)
    all_is_served(without, scenario, data)


@pytest.mark.parametrize("method", METHODS)
def test_a_share_of_nothing_changes_no_byte(method):
    data = load_dataset("paper-2022")
    plain, none = (
        replay(Scenario(**asked), data, method)
        for asked in ({}, {"deferrable_share": 0.0, "defer_window": "period"})
    )
    assert plain.load.tobytes() == none.load.tobytes()


def two_days(price, demand, capacity):
    """One site; each day has the same prices and demand."""
    flat = np.ones((1, 48))
    return small_dataset(
        [np.tile(price, 2)], flat, flat, [capacity], np.array([np.tile(demand, 2)])
    )


CHEAP_FIRST = np.repeat([1.0, 9.0], 12)
HALF_WAITS = Scenario(dataset="small", policy="cost", deferrable_share=0.5)


def test_without_a_forecast_what_waits_runs_evenly():
    data = two_days(CHEAP_FIRST, np.full(24, 2.0), 3.0)
    for method in ("weights", "blend"):
        assert replay(HALF_WAITS, data, method).load.ravel() == approx(np.full(48, 2.0))


def test_a_forecast_says_in_which_hours_what_waits_runs():
    data = two_days(CHEAP_FIRST, np.full(24, 2.0), 3.0)
    load = replay(HALF_WAITS, data, "forecast", "yesterday").load.ravel()
    # Nothing is expected of the first day; of the second that its cheap hours come first.
    assert load[:24] == approx(np.full(24, 2.0))
    assert load[24:] == approx(np.repeat([3.0, 1.0], 12))


def test_as_long_as_nothing_is_expected_a_long_window_is_not_used_up():
    data = two_days(CHEAP_FIRST, np.full(24, 2.0), 3.0)
    asked = HALF_WAITS.replace(defer_window="period")
    for forecast in ("yesterday", "all_past"):
        load = replay(asked, data, "forecast", forecast).load.ravel()
        assert load[:24].sum() == approx(48.0)


def test_what_finds_no_room_later_runs_now():
    """Later hours are the cheap ones, and have room for 18 of the 48 MWh of a day."""
    data = two_days(CHEAP_FIRST[::-1], np.repeat([1.0, 7.0], 12), 5.0)
    played = replay(HALF_WAITS, data, "forecast", "perfect")
    all_is_served(played, HALF_WAITS, data)
    day = played.load.ravel()[:24]
    assert day[12:] == approx(np.full(12, 5.0))
    assert day[:12].sum() == approx(0.5 * 12 + 30)
    assert played.regret == approx(0.0, abs=1e-9)


def test_an_even_pace_keeps_room_for_what_it_puts_off():
    data = two_days(CHEAP_FIRST, np.repeat([1.0, 7.0], 12), 5.0)
    pace = Evenly(leeway_of(build_physics(HALF_WAITS, data))).all()[:24]
    assert pace[:9] == approx(np.full(9, 2.0))
    assert pace[9:12].sum() == approx(30 - 18)
    assert pace[12:] == approx(np.full(12, 1.5))


@pytest.mark.parametrize(
    ("method", "forecast", "window", "said"),
    [
        ("weights", "perfect", "day", "When a day (UTC) begins, how much of its load can wait"),
        ("forecast", "perfect", "period", "When the period begins"),
        ("forecast", "yesterday", "day", "found anew every hour"),
        ("forecast", "adversary", "day", "runs evenly over its hours, as nothing is expected"),
        ("blend", "adversary", "day", "only where it runs follows the forecast"),
    ],
)
def test_what_is_known_and_when_it_runs_is_said(method, forecast, window, said):
    data = two_days(CHEAP_FIRST, np.full(24, 2.0), 3.0)
    scenario = HALF_WAITS.replace(defer_window=window)
    assert said in Foresight(data, replay(scenario, data, method, forecast)).summary()


def test_where_nothing_waits_nothing_is_said_of_it():
    data = two_days(CHEAP_FIRST, np.full(24, 2.0), 3.0)
    assert how_it_waits(replay(HALF_WAITS.replace(deferrable_share=0.0), data)) == ()
