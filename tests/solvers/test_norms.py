"""Norms of burdens at their apex, where there is no slope to follow."""

import numpy as np
import pytest
from pytest import approx

from equity_core import Scenario, solve
from tests.small import small_dataset


@pytest.mark.parametrize("limit", [0.0625, 0.05, 0.04, 0.032])
def test_a_limit_drives_load_from_the_apex_of_a_norm(limit):
    """Nobody need emit anything; a limit on water sends what is left to the site that emits."""
    dataset = small_dataset(
        price=[[0.0], [0.0]],
        water=[[0.5], [0.5]],
        carbon=[[0.0], [0.0625]],
        capacity=[0.5, 0.5],
        demand=[[0.125]],
    )
    asked = Scenario(measure="lq", measure_parameter=2.0, water_limit_m3=limit)
    outcome = solve(asked, dataset)
    rest = 0.0625 - limit
    assert outcome.burdens["water_m3"].tolist() == approx([limit, rest], abs=1e-9)
    assert outcome.burdens["carbon_t"].tolist() == approx([0.0, 0.125 * rest], abs=1e-9)
    by_hand = 60 * np.hypot(limit, rest) + 1500 * 0.125 * rest
    assert outcome.objective == approx(by_hand, rel=1e-9)
