"""How far plans made hour by hour are from the best: the tables of docs/METHOD.md, section 12."""

from functools import cache
from itertools import product

import numpy as np
import pytest
from pytest import approx

from equity_core import Pool, Scenario, load_dataset
from equity_core.online.replay import replay

JULY = {"start": "2023-07-01T00:00Z", "end": "2023-08-01T00:00Z"}
JANUARY = {"start": "2023-01-01T00:00Z", "end": "2023-02-01T00:00Z"}
PERIODS = {
    "paper": {"dataset": "paper-2022"},
    # Water as of a cooling tower all year.
    "year": {"dataset": "world-2023", "onsite_water": 8.0},
    "july": {"dataset": "world-2023", "onsite_water": 8.0} | JULY,
    "january": {"dataset": "world-2023", "onsite_water": 8.0} | JANUARY,
}
CASES = list(product(PERIODS, ("full", "partial"), (0.25, 1.0, 4.0)))
POOL = Pool()
opened = cache(load_dataset)


def gap(case, method, forecast="perfect"):
    """Objective above the best with the whole period known, %."""
    period, reach, times = case
    scenario = Scenario(
        reach=reach, water_weight=60 * times, carbon_weight=1500 * times, **PERIODS[period]
    )
    played = replay(scenario, opened(scenario.dataset), method, forecast, pool=POOL)
    return 100 * played.price_of_not_knowing


@pytest.mark.slow
def test_over_24_cases_the_rule_without_a_forecast_stays_near_the_best():
    gaps = [gap(case, "weights") for case in CASES]
    assert len(gaps) == 24
    assert np.mean(gaps) == approx(1.38, abs=0.005)
    assert max(gaps) == approx(4.32, abs=0.005)


@pytest.mark.slow
def test_over_24_cases_the_published_rule_is_farther_off():
    gaps = [gap(case, "mirror_descent") for case in CASES]
    assert np.mean(gaps) == approx(5.26, abs=0.005)
    assert max(gaps) == approx(11.95, abs=0.005)


def test_a_perfect_forecast_planned_anew_each_day_is_next_to_the_best():
    assert gap(("paper", "full", 1.0), "forecast") <= 0.15


@pytest.mark.slow
def test_a_perfect_forecast_of_a_year_is_next_to_the_best():
    assert gap(("year", "full", 1.0), "forecast") <= 0.05


@pytest.mark.slow
@pytest.mark.parametrize(("forecast", "most"), [("perfect", 0.6), ("adversary", 6.0)])
def test_over_24_cases_a_blend_is_good_where_the_forecast_is_and_insured_where_not(forecast, most):
    assert np.mean([gap(case, "blend", forecast) for case in CASES]) <= most
