"""The engine against the textbook model, an independent linear program, on any scenario."""

import re
from dataclasses import replace

import cvxpy as cp
import numpy as np
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from pytest import approx

from equity_core import Scenario, solve
from equity_core.errors import InfeasibleError
from equity_core.scenario.parameters import POLICIES
from equity_core.solvers.textbook.model import solve_textbook
from tests.small import enriched, questions, small_dataset

LP_TOLERANCE = 1e-7
"""HiGHS meets its rows and reduced costs to this."""


def answer_of(solver, question):
    """What `solver` finds, or the InfeasibleError that it raises."""
    try:
        return solver(question.scenario, question.dataset)
    except InfeasibleError as error:
        return error


def same_objective(outcome, textbook):
    # Terms of both signs may cancel, and what is worth less than the program's own tolerance
    # (a plan without water under policy `water`) it cannot see.
    size = sum(map(abs, outcome.terms.values()))
    unseen = LP_TOLERANCE * outcome.burdens["energy_mwh"].sum()
    assert textbook.objective == approx(outcome.objective, rel=0, abs=1e-6 * size + unseen)


def agree(question):
    ours, theirs = answer_of(solve, question), answer_of(solve_textbook, question)
    infeasible = isinstance(ours, InfeasibleError)
    event(f"{question.scenario.policy}, {'infeasible' if infeasible else 'solved'}")
    assert isinstance(theirs, InfeasibleError) == infeasible, (ours, theirs)
    if infeasible:
        assert ours.exit_code == theirs.exit_code == 3
        assert ours.details["short_mw"] > 0
        assert ours.details["hour"] in str(ours)
    else:
        assert ours.gap <= 1e-9
        same_objective(ours, theirs)


@settings(max_examples=50)
@given(questions())
def test_small_instances(question):
    agree(question)


@settings(max_examples=20)
@given(questions())
def test_small_instances_that_count_marginal_carbon(question):
    """Another carbon than the average one: the same figures, at other sites."""
    data = enriched(question.dataset, marginal=question.dataset.intensity[1, ::-1])
    scenario = question.scenario.replace(carbon_accounting="marginal")
    agree(replace(question, scenario=scenario, dataset=data))


@pytest.mark.parametrize("policy", [option.value for option in POLICIES])
@pytest.mark.slow
def test_small_instances_of_each_policy(policy):
    settings(max_examples=100)(given(questions(policies=(policy,)))(agree))()


@pytest.mark.slow
@pytest.mark.parametrize("reach", ["full", "partial"])
@pytest.mark.parametrize("solver", [cp.HIGHS, cp.CLARABEL])
def test_the_paper_s_case(reach, solver, paper, answer):
    scenario = Scenario(reach=reach)
    textbook = solve_textbook(scenario, paper, solver)
    outcome = answer(scenario)
    assert textbook.objective == approx(outcome.objective, rel=1e-6)
    for column in ("cost_usd", "water_m3", "carbon_t"):
        assert textbook.burdens[column].sum() == approx(outcome.total(column), rel=1e-5)
    for column in ("water_m3", "carbon_t"):
        assert textbook.burdens[column].max() == approx(outcome.worst(column), rel=1e-5)


def scarce(demand):
    """Two sites of 2 MW; their gateways ask for `demand` [2, 3]; a serves b's, b only its own."""
    flat = np.ones((2, 3))
    partial = [[True, True], [False, True]]
    return small_dataset(flat, flat, flat, [2, 2], demand, partial=partial)


@pytest.mark.parametrize("find", [solve, solve_textbook])
@pytest.mark.parametrize(
    ("reach", "demand", "fits"),
    [
        ("full", [[4, 1, 1], [0, 1, 1]], True),
        ("partial", [[2, 1, 1], [2, 1, 1]], True),
        ("partial", [[0, 1, 1], [4, 1, 1]], True),
        ("full", [[1, 1, 4], [1, 1, 0.5]], False),
        ("partial", [[1, 1, 2.5], [1, 1, 1]], False),
        ("nearest", [[1, 1, 1], [1, 1, 2.5]], False),
    ],
)
def test_what_fits_is_solved_and_what_does_not_is_refused(find, reach, demand, fits):
    scenario, dataset = Scenario(dataset="small", reach=reach), scarce(demand)
    if fits:
        assert find(scenario, dataset).burdens["energy_mwh"].sum() == approx(np.sum(demand))
    else:
        with pytest.raises(InfeasibleError):
            find(scenario, dataset)


def test_a_shortfall_names_hour_megawatts_and_sites():
    with pytest.raises(InfeasibleError) as caught:
        solve(Scenario(dataset="small", reach="nearest"), scarce([[1, 3, 1], [1, 1, 2.75]]))
    assert caught.value.details == {
        "hour": "2022-01-01 01:00 UTC",
        "hours_short": 2,
        "demand_mw": 4.0,
        "served_mw": 3.0,
        "short_mw": 1.0,
        "sites": ["a"],
    }
    assert re.search(r"2022-01-01 01:00 UTC needs 4 MW.* 3 MW .*1 MW short at A", str(caught.value))


@given(st.sampled_from([1, 1 + 1e-15, 1 + 1e-12]), st.sampled_from(["full", "nearest"]))
def test_rounding_is_no_shortfall(excess, reach):
    dataset = scarce([[2 * excess] * 3, [2 * excess] * 3])
    outcome = solve(Scenario(dataset="small", reach=reach), dataset)
    assert outcome.total("energy_mwh") == approx(12)
