"""What to try next follows from what the scenario leaves open."""

from __future__ import annotations

import pytest

from equity_core import Scenario, load_dataset, solve
from equity_core.text.opening.next_step import DONE, NO_LIMIT, SAME, WEIGHTLESS, next_step


def asked(**changes):
    data = load_dataset("paper-2022")
    scenario = Scenario(**changes)
    return solve(scenario, data).compare(solve(scenario.baseline_scenario(), data))


@pytest.mark.parametrize(
    ("changes", "step"),
    [
        ({"policy": "cost"}, SAME),
        ({"policy": "carbon"}, WEIGHTLESS),
        ({"no_region_worse": True}, DONE),
        ({"water_weight": 0.0, "carbon_weight": 0.0}, NO_LIMIT),
    ],
)
def test_the_first_thing_left_open_is_told(changes, step):
    assert next_step(asked(**changes)) == step


def test_where_regions_carry_more_their_number_is_told():
    comparison = asked()
    assert comparison.regions_worse
    assert str(comparison.regions_worse) in next_step(comparison).words
    assert next_step(comparison).page == "goals"
