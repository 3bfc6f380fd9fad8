"""The textbook model's answers put into the formulas: each value as told, each limit kept."""

import pytest
from hypothesis import assume, given, settings
from pytest import approx

from equity_core.errors import InfeasibleError
from equity_core.solvers.textbook.model import solve_textbook
from tests.policies import LIMITS, by_formula, excess, policy_questions, with_limits


def textbook(question, **changes):
    try:
        return solve_textbook(question.scenario.replace(**changes), question.dataset)
    except InfeasibleError:
        assume(False)


@pytest.mark.slow
@settings(max_examples=25)
@given(policy_questions(), LIMITS)
def test_the_value_is_that_of_the_plan_and_every_limit_is_kept(question, limits):
    scenario, dataset = question.scenario, question.dataset
    neutral = {"water_price": 0, "carbon_price": 0, "further": {}}
    cheapest = textbook(question, policy="cost", reach=scenario.allowed_reach, **neutral)
    limited = with_limits(scenario, cheapest.burdens, limits)
    reference = textbook(question, **vars(scenario.reference_scenario()))
    try:
        answer = solve_textbook(limited, dataset, reference=reference.burdens)
    except InfeasibleError:
        assume(False)
    size = 1 + answer.burdens.abs().sum().max()
    assert answer.objective == approx(
        by_formula(limited, dataset, answer.burdens), rel=1e-6, abs=1e-6 * size
    )
    assert excess(limited, answer.burdens, cheapest.objective, reference.burdens) <= 1e-6
