"""What draws come to in words: nothing is said of every draw that one of them contradicts."""

from __future__ import annotations

import numpy as np
import pytest

from equity_core import Scenario, load_dataset
from equity_core.answers import sureness
from equity_core.robustness import Ranges, examine
from equity_core.text.numbers import MINUS


def test_one_draw_that_differs_is_told():
    changes = np.full(128, -20.0)
    assert sureness.interval(changes) == "−20% in every draw"
    changes[7] = -3.0
    told = sureness.interval(changes)
    assert "every draw" not in told
    assert told == f"{MINUS}20% in nine draws of ten, {MINUS}20% to {MINUS}3% in all"


@pytest.mark.slow
def test_the_goals_that_a_kept_plan_keeps_are_named():
    scenario = Scenario(cost_increase_limit=0.05)
    found = examine(scenario, load_dataset("paper-2022"), Ranges(draws=8, seed=1))
    told = " ".join(sureness.plan_kept(found))
    assert found.limits_kept < 8
    assert "It keeps its goal (cost at most 5% above the cheapest plan) in" in told


def test_the_verdict_says_what_is_simulated_where_and_when():
    found = examine(Scenario(), load_dataset("paper-2022"), Ranges(draws=2, seed=1))
    assert sureness.headline(found).startswith(
        "Simulated for AI data centres in 10 regions, 19 days of 2022, figures off by chance: "
        "under the equity plan, against the cheapest plan, the region that carries most "
    )
