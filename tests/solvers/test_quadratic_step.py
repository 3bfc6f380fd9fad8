"""A program of many choices, let go few at a time, ends where it ends as a whole."""

from __future__ import annotations

import numpy as np
import pytest

from equity_core import Scenario, load_dataset, solve
from equity_core.solvers.engine import quadratic_step
from equity_core.solvers.engine.quadratic_step import SMALL, Model, Program, _step, best_step

HOURS, EACH, SITES = 120, 3, 5


def program(windows: int, random: np.random.Generator) -> Program:
    """Three choices an hour; with windows, each changes energy that balances there."""
    count = HOURS * EACH
    slot = np.repeat(np.arange(HOURS), EACH)
    rules = np.zeros((HOURS + 2 * windows, count))
    rules[slot, np.arange(count)] = 1.0
    for window in range(windows):
        own = np.flatnonzero(slot * windows // HOURS == window)
        energy = random.choice([-1.0, -0.5, 0.5, 1.0], len(own))
        rules[HOURS + 2 * window, own], rules[HOURS + 2 * window + 1, own] = energy, -energy
    bounds = np.concatenate([np.ones(HOURS), np.zeros(2 * windows)])
    return Program(rules, bounds, len(rules), count)


@pytest.mark.parametrize("windows", [0, 1, 5])
def test_the_best_step_is_that_of_the_whole_program(windows):
    random = np.random.default_rng(windows)
    asked = program(windows, random)
    own = random.normal(size=(SITES, asked.choices))
    model = Model(random.normal(size=asked.choices), ((own, np.eye(SITES) / 10),))
    x = np.zeros(asked.choices)
    assert asked.choices > SMALL
    ahead, _ = best_step(x, model, asked)
    whole, _ = _step(x, model, asked)
    assert (asked.matrix @ ahead <= asked.bounds + 1e-8).all()
    assert _value(model, ahead) == pytest.approx(_value(model, whole), rel=1e-6)


def _value(model: Model, x: np.ndarray) -> float:
    bent = sum(float(own @ x @ second @ (own @ x)) for own, second in model.bends)
    return float(model.slope @ x) + bent / 2


def test_where_load_waits_few_choices_at_a_time_give_the_same_plan(monkeypatch):
    """No textbook model here: cvxpy has Clarabel stop an eighth short on norms of this size."""
    asked = {"policy": "equity", "measure": "lq", "reach": "partial", "deferrable_share": 0.3}
    scenario = Scenario(dataset="us-2023", end="2023-01-15", **asked)
    data = load_dataset("us-2023")
    plan = solve(scenario, data)
    monkeypatch.setattr(quadratic_step, "SMALL", 10**9)
    whole = solve(scenario, data)
    assert max(plan.gap, whole.gap) <= 1e-9
    assert plan.objective == pytest.approx(whole.objective, rel=1e-9)
