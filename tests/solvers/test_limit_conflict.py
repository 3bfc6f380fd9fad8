"""A policymaker's goals on the paper's data: solved or explained, and held by the textbook."""

import pytest
from pytest import approx

from equity_core import Scenario, SiteFactors, solve
from equity_core.errors import InfeasibleError
from equity_core.solvers.textbook.model import solve_textbook

GOALS = {
    "fairest for 1% more": Scenario(policy="fairest", cost_increase_limit=0.01),
    "fairest for 5% more": Scenario(policy="fairest", cost_increase_limit=0.05),
    "cheapest below 1,900 m3": Scenario(policy="cost", water_limit_m3=1900),
    "nobody worse than cheapest": Scenario(no_region_worse=True),
    "nobody worse than nearest": Scenario(no_region_worse=True, baseline="nearest"),
    "2% worse at most": Scenario(policy="fairest", no_region_worse=True, worse_tolerance=0.02),
    "a limit of one region": Scenario(
        policy="cost", factors={"texas": SiteFactors(water_limit_m3=1200)}
    ),
    "totals and one region": Scenario(
        policy="fairest",
        carbon_total_limit_t=1000,
        water_total_limit_m3=14_000,
        factors={"japan": SiteFactors(carbon_limit_t=90)},
    ),
    "worst share, lens and budget": Scenario(
        measure="worst_share", lens="income", cost_increase_limit=0.1
    ),
}
PRESETS_TOO = {"fairest for 5% more", "cheapest below 1,900 m3", "nobody worse than cheapest"}
"""Held by the textbook in test_presets.py."""


@pytest.mark.parametrize("goal", GOALS)
def test_every_limit_is_met_and_those_that_bind_exactly(goal, answer):
    outcome = answer(GOALS[goal])
    assert outcome.gap <= 1e-9
    for limit in outcome.limits:
        assert limit.needed <= limit.asked + 1e-6 * max(limit.asked, 1)
        if limit.worth > 1e-6:
            assert limit.needed == approx(limit.asked, rel=1e-6, abs=1e-6)
    assert any(limit.worth > 0 for limit in outcome.limits)


@pytest.mark.slow
@pytest.mark.parametrize("goal", [goal for goal in GOALS if goal not in PRESETS_TOO])
def test_the_textbook_finds_the_same(goal, answer, paper):
    textbook = solve_textbook(GOALS[goal], paper)
    assert textbook.objective == approx(answer(GOALS[goal]).objective, rel=1e-6)


def test_a_budget_is_kept_to_the_dollar(answer):
    cheapest = answer(Scenario(policy="cost")).cost_usd
    for share in (0.01, 0.05):
        outcome = answer(Scenario(policy="fairest", cost_increase_limit=share))
        assert outcome.cost_usd == approx((1 + share) * cheapest, rel=1e-9)


def test_nobody_is_worse_off(answer):
    for baseline in ("cost", "nearest"):
        scenario = Scenario(no_region_worse=True, baseline=baseline)
        comparison = answer(scenario).compare(answer(scenario.baseline_scenario()))
        assert comparison.regions_worse == 0


def smallest_possible(scenario, dataset):
    """Field -> what it would have to say, from the sentence that refuses the scenario."""
    with pytest.raises(InfeasibleError) as caught:
        solve(scenario, dataset)
    return {way["field"]: way["possible"] for way in caught.value.details["limits"]}


@pytest.mark.slow
def test_no_region_above_1200_m3_is_impossible_and_the_answer_says_what_is_possible(paper):
    asked = Scenario(policy="cost", water_limit_m3=1200)
    possible = smallest_possible(asked, paper)["water_limit_m3"]
    assert 1200 < possible < 1900
    solve_textbook(asked.replace(water_limit_m3=possible * (1 + 1e-7)), paper)
    with pytest.raises(InfeasibleError):
        solve_textbook(asked.replace(water_limit_m3=possible * (1 - 1e-5)), paper)


def test_what_is_said_to_be_possible_can_be_solved(paper):
    asked = Scenario(policy="cost", water_limit_m3=1500, cost_increase_limit=0.1)
    ways = smallest_possible(asked, paper)
    assert set(ways) == {"water_limit_m3", "cost_increase_limit"}
    taken = 0
    for field, possible in ways.items():
        if possible is not None:
            loosened = asked.replace(**{field: possible * (1 + 1e-6)})
            assert solve(loosened, paper).gap <= 1e-9
            taken += 1
    assert taken > 0


def test_no_tolerance_lets_a_region_carry_more_that_carries_nothing(paper):
    """Some sites stand idle in the cheapest plan: loosening is found for the others alone."""
    asked = Scenario(
        no_region_worse=True,
        capacity_growth=8.0,
        water_limit_m3=7000,
        factors={"singapore": SiteFactors(price=50.0), "germany": SiteFactors(price=50.0)},
    )
    possible = smallest_possible(asked, paper)["worse_tolerance"]
    outcome = solve(asked.replace(worse_tolerance=possible * (1 + 1e-6)), paper)
    assert outcome.burdens.loc[["singapore", "germany"], ["water_m3", "carbon_t"]].max(
        axis=None
    ) == approx(0.0, abs=1e-6)
    again = smallest_possible(asked.replace(worse_tolerance=possible / 2), paper)
    assert again["worse_tolerance"] == approx(possible, rel=1e-6)
