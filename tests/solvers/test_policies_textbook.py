"""Measures, lenses, levers and limits: the engine against the textbook model and the formulas."""

import numpy as np
import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st
from pytest import approx

from equity_core import solve
from equity_core.errors import InfeasibleError
from equity_core.scenario.rows.limits import LIMIT_ROWS
from equity_core.solvers.textbook.model import solve_textbook
from tests.policies import LIMITS, LINEAR, NORMS, by_formula, excess, policy_questions, with_limits


def solved(question, **changes):
    """The engine's outcome, or the InfeasibleError that it raises."""
    try:
        return solve(question.scenario.replace(**changes), question.dataset)
    except InfeasibleError as error:
        return error


def textbook(scenario, dataset, reference=None):
    try:
        return solve_textbook(scenario, dataset, reference=reference)
    except InfeasibleError as error:
        return error


def agree(scenario, dataset, ours, theirs):
    """Both find no plan, or both find the same value, which is that of our plan's burdens."""
    infeasible = isinstance(ours, InfeasibleError)
    event("infeasible" if infeasible else "solved")
    assert isinstance(theirs, InfeasibleError) == infeasible, (ours, theirs)
    if infeasible:
        return
    # Terms of both signs may cancel; the textbook's rows are met to 1e-7 of a unit.
    size = sum(map(abs, ours.terms.values())) + 1e-2 * ours.burdens["energy_mwh"].sum()
    assert ours.gap <= 1e-9 or ours.objective == approx(ours.lower_bound, abs=1e-9 * size)
    assert ours.objective == approx(by_formula(scenario, dataset, ours.burdens), abs=1e-9 * size)
    assert theirs.objective == approx(ours.objective, rel=0, abs=1e-5 * size)


@pytest.mark.slow
@settings(max_examples=30)
@given(policy_questions(LINEAR))
def test_measures_lenses_and_levers(question):
    theirs = textbook(question.scenario, question.dataset)
    agree(question.scenario, question.dataset, solved(question), theirs)


@settings(max_examples=15)
@given(policy_questions(NORMS))
def test_norms(question):
    theirs = textbook(question.scenario, question.dataset)
    agree(question.scenario, question.dataset, solved(question), theirs)


def limited(question, limits):
    """The scenario with limits around what the cheapest plan does, and the plans they refer to."""
    neutral = {"water_price": 0, "carbon_price": 0, "further": {}}
    neutral |= {"deferrable_share": question.scenario.waiting_share}
    reach = question.scenario.allowed_reach
    cheapest = question.answer(policy="cost", reach=reach, **neutral)
    reference = question.answer(**dict(question.scenario.reference_scenario()))
    return with_limits(question.scenario, cheapest.burdens, limits), cheapest, reference


@pytest.mark.slow
@settings(max_examples=40)
@given(policy_questions(LINEAR), LIMITS)
def test_limits(question, limits):
    scenario, cheapest, reference = limited(question, limits)
    ours = solved(question, **dict(scenario))
    theirs = textbook(scenario, question.dataset, reference.burdens)
    agree(scenario, question.dataset, ours, theirs)
    if not isinstance(ours, InfeasibleError):
        assert excess(scenario, ours.burdens, cheapest.cost_usd, reference.burdens) <= 1e-6


def with_field(scenario, field, value):
    """`scenario` with the field of a limit, such as `factors.a.water_limit_m3`, set to `value`."""
    record, _, rest = field.partition(".")
    if not rest:
        return scenario.replace(**{field: value})
    name, _, part = rest.rpartition(".")
    kept = dict(getattr(scenario, record))
    return scenario.replace(**{record: kept | {name: kept[name].replace(**{part: value})}})


def objective_with(question, scenario, field, value):
    """The best objective with another limit; infinite where no plan keeps it."""
    found = solved(question, **dict(with_field(scenario, field, value)))
    return np.inf if isinstance(found, InfeasibleError) else found.objective


@pytest.mark.slow
@settings(max_examples=20)
@given(policy_questions(LINEAR), LIMITS, st.sampled_from([1e-3, 0.05]))
def test_the_worth_of_a_limit_lies_between_the_differences(question, limits, step):
    scenario, _, reference = limited(question, limits)
    ours = solved(question, **dict(scenario))
    assume(not isinstance(ours, InfeasibleError))
    size = sum(map(abs, ours.terms.values()))
    assert {limit.field for limit in ours.limits} == fields_of(scenario)
    for limit in ours.limits:
        # Tolerance on nothing is nothing; such regions are relaxed by the mean of all instead.
        if limit.field == "worse_tolerance" and (reference.burdens == 0).any(axis=None):
            continue
        assert limit.needed <= limit.asked * (1 + 1e-6) + 1e-9
        h = step * (limit.asked or 1.0)
        looser = objective_with(question, scenario, limit.field, limit.asked + h)
        tighter = objective_with(question, scenario, limit.field, max(limit.asked - h, 0.0))
        rounding = 1e-8 * size + 1e-9
        assert ours.objective - looser <= limit.worth * h + rounding
        assert limit.worth * min(h, limit.asked) <= tighter - ours.objective + rounding
        if limit.needed < limit.asked * (1 - 1e-6) - 1e-9:
            assert limit.worth * h == approx(0, abs=rounding)


def fields_of(scenario):
    """The fields of all limits that a scenario sets."""
    fields = {row.name for row in LIMIT_ROWS if row.kind == "optional_number"}
    set_ = {name for name in fields if getattr(scenario, name) is not None}
    set_ |= {"worse_tolerance"} if scenario.no_region_worse else set()
    for record in ("factors", "further"):
        for name, chosen in getattr(scenario, record).items():
            set_ |= {f"{record}.{name}.{part}" for part in chosen.non_defaults() if "limit" in part}
    return set_


@pytest.mark.slow
@settings(max_examples=20)
@given(policy_questions(LINEAR), LIMITS)
def test_where_limits_clash_each_way_out_is_the_smallest(question, limits):
    scenario, _, reference = limited(question, limits)
    ours = solved(question, **dict(scenario))
    assume(isinstance(ours, InfeasibleError) and "limits" in ours.details)
    # Any plan will do; the linear program finds it quickest.
    any_plan = {"policy": "cost", "reach": scenario.allowed_reach, "measure": "worst"}
    any_plan |= {"deferrable_share": scenario.waiting_share}
    feasible = scenario.replace(**any_plan, measure_parameter=None)
    assert {way["field"] for way in ours.details["limits"]} == fields_of(scenario)
    for way in ours.details["limits"]:
        field, possible = way["field"], way["possible"]
        if field == "worse_tolerance" and (reference.burdens == 0).any(axis=None):
            continue
        if possible is None:
            value, fits = 100.0 * (way["asked"] or 1.0), False
        else:
            assert possible > way["asked"]
            value, fits = possible + 1e-6 * max(possible, 1.0), True
            between = way["asked"] + (possible - way["asked"]) * 0.999
            tight = textbook(
                with_field(feasible, field, between), question.dataset, reference.burdens
            )
            assert isinstance(tight, InfeasibleError), way
        loose = textbook(with_field(feasible, field, value), question.dataset, reference.burdens)
        assert isinstance(loose, InfeasibleError) != fits, way
