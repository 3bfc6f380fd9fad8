"""The border of what is possible: its laws, its ends, and the same found in other ways."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from equity_core import Pool, Scenario, SiteFactors, frontier, solve
from equity_core.errors import InfeasibleError, ScenarioError
from equity_core.scenario.limits import without_limits
from equity_core.scenario.parameters import LARGEST_FACTOR
from equity_core.solvers.border import MARGIN, alone, border
from equity_core.solvers.textbook.model import solve_textbook
from tests.small import enriched, questions, small_dataset

COLUMNS = {"water": "water_m3", "carbon": "carbon_t"}
LIMITED = Scenario(policy="cost", water_price=5, factors={"texas": SiteFactors(carbon_limit_t=100)})
"""At its cheapest there is next to nothing left to choose."""


@pytest.fixture(scope="module")
def drawn(paper):
    return {name: border(Scenario(), paper, name, points=9) for name in COLUMNS}


def slopes(frame, column):
    return np.diff(frame[f"worst_{column}"]) / np.diff(frame["cost_usd"])


@pytest.mark.parametrize("footprint", COLUMNS)
def test_it_falls_ever_more_slowly_from_end_to_end(footprint, drawn, answer):
    frame, column = drawn[footprint], COLUMNS[footprint]
    assert (np.diff(frame["cost_usd"]) > 0).all()
    assert (np.diff(frame[f"worst_{column}"]) < 0).all()
    assert (np.diff(slopes(frame, column)) >= 0).all()
    assert (frame["gap"] <= 1e-9).all()
    other = {"water": "carbon", "carbon": "water"}[footprint]
    fairest = answer(Scenario(policy="fairest", **{f"{other}_weight": 0.0}))
    assert frame[f"worst_{column}"].iloc[-1] == approx(fairest.worst(column), rel=1e-7)
    cheapest = answer(Scenario(policy="cost"))
    assert frame["cost_usd"].iloc[0] == approx(cheapest.cost_usd, rel=2 * MARGIN)
    assert frame[f"worst_{column}"].iloc[0] <= cheapest.worst(column)


def test_the_smallest_worst_water_of_the_papers_case(drawn):
    assert drawn["water"]["worst_water_m3"].iloc[-1] == approx(1309.58, abs=0.005)


@pytest.mark.parametrize("footprint", COLUMNS)
def test_no_plan_of_the_weights_lies_below_it(footprint, drawn, paper):
    """As it is convex, the straight lines through its points, drawn on, lie below it."""
    column, plans = COLUMNS[footprint], frontier(Scenario(), paper, points=9, tolerance=1e-9)
    frame = drawn[footprint]
    cost, worst = frame["cost_usd"].to_numpy(), frame[f"worst_{column}"].to_numpy()
    for place, slope in enumerate(slopes(frame, column)):
        outside = (plans["cost_usd"] <= cost[place]) | (plans["cost_usd"] >= cost[place + 1])
        drawn_on = worst[place] + slope * (plans["cost_usd"] - cost[place])
        assert (plans[f"worst_{column}"] >= drawn_on - 1e-6 * worst.max())[outside].all()


def test_the_other_way_round_it_is_the_same(drawn, answer):
    """The cheapest plan whose worst region uses so much costs what the border says."""
    row = drawn["water"].iloc[4]
    capped = answer(Scenario(policy="cost", water_limit_m3=float(row["worst_water_m3"])))
    assert capped.cost_usd == approx(row["cost_usd"], rel=1e-7)


def test_other_limits_stand_and_policy_weights_and_levies_do_not_matter(paper):
    frame = border(LIMITED, paper, "water", points=5)
    other = LIMITED.replace(policy="equity", water_price=0, water_weight=1, lens="income")
    assert alone(LIMITED, "water") == alone(other.replace(cost_increase_limit=0.01), "water")
    free = border(Scenario(), paper, "water", points=40)
    least = np.interp(frame["cost_usd"], free["cost_usd"], free["worst_water_m3"])
    assert (frame["worst_water_m3"] >= least * (1 - 1e-3)).all()
    within = solve(LIMITED.replace(water_price=0), paper).cost_usd
    assert frame["cost_usd"].iloc[0] == approx(within, rel=2 * MARGIN)


def test_a_further_footprint_has_a_border_too():
    plain = small_dataset(
        price=[[1, 1], [5, 5]], water=[[1, 1]] * 2, carbon=[[1, 1]] * 2, capacity=[2, 2],
        demand=[[2, 2]],
    )  # fmt: skip
    data = enriched(plain, health=[[3, 3], [1, 1]])
    frame = border(Scenario(dataset="small"), data, "health", points=5)
    # Site a alone: 4 MWh at 3 USD; shared 1 to 3, both carry 3 USD.
    assert frame["worst_health_usd"].iloc[[0, -1]].tolist() == approx([12, 3], rel=1e-5)
    assert frame["cost_usd"].iloc[[0, -1]].tolist() == approx([4, 16], rel=1e-5)


def test_a_footprint_that_is_not_there_is_refused(paper):
    with pytest.raises(ScenarioError, match=r"no footprint 'watr'.*Did you mean 'water'"):
        border(Scenario(), paper, "watr")


@pytest.mark.slow
@settings(max_examples=25)
@given(questions(), st.sampled_from(sorted(COLUMNS)))
def test_the_textbook_model_finds_the_same(question, footprint):
    scenario, data = question.scenario, question.dataset
    try:
        frame = border(scenario, data, footprint, points=4, pool=Pool())
    except InfeasibleError:
        return
    fairest = alone(scenario, footprint).replace(**{f"{footprint}_weight": 1.0})
    free = solve(without_limits(fairest).replace(policy="cost"), data).cost_usd
    for cost, worst in frame[["cost_usd", f"worst_{COLUMNS[footprint]}"]].to_numpy()[1:-1]:
        share = max((cost - free) / abs(free), 0.0)
        if share <= LARGEST_FACTOR:
            other = solve_textbook(fairest.replace(cost_increase_limit=share), data)
            assert other.objective == approx(worst, rel=1e-4, abs=1e-4)
