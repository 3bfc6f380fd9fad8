"""What is said of goals: every figure is the plan's, and no more is claimed than holds."""

import re

import pytest

from equity_core import Scenario, load_dataset, solve
from equity_core.errors import InfeasibleError
from equity_core.outcome.formats import amount
from equity_core.outcome.goal_words import Wording, room_above, with_limit
from equity_core.outcome.room_words import (
    binds,
    clash_sentence,
    goals_headline,
    objective_words,
    room_sentence,
)

DATA = load_dataset("paper-2022")
WORDS = Wording(DATA.footprints, DATA.site_names, "the cheapest plan")
CAPPED = Scenario(policy="cost", water_limit_m3=1900, cost_increase_limit=0.2)


@pytest.fixture(scope="module")
def capped():
    return solve(CAPPED, DATA)


def test_room_that_is_said_is_there(capped):
    cost = next(use for use in capped.limits if use.field == "cost_increase_limit")
    assert not binds(cost)
    told = re.fullmatch(r"Met with ([\d.]+)% of room\.", room_sentence(capped, cost, WORDS))
    room = float(told[1]) / 100
    assert cost.asked - cost.needed == pytest.approx(room, rel=1e-3)
    solve(with_limit(CAPPED, cost.field, cost.asked - room), DATA)


def test_worth_that_is_said_is_saved_at_most(capped):
    use = next(use for use in capped.limits if use.field == "water_limit_m3")
    text = room_sentence(capped, use, WORDS, holds=57.0)
    assert f"one m³ more would lower electricity cost by up to {amount(use.worth, 'usd')}" in text
    assert text.endswith("The rate holds to within 5% for 57 m³ more.")
    saved = capped.objective - solve(with_limit(CAPPED, use.field, 1901.0), DATA).objective
    assert 0 < saved <= use.worth * (1 + 1e-6)


def test_nothing_is_said_of_a_range_that_nobody_looked_at(capped):
    use = next(use for use in capped.limits if use.worth > 0)
    assert "holds" not in room_sentence(capped, use, WORDS)
    assert room_sentence(capped, use, WORDS, 0.0).endswith("; that rate soon falls.")


@pytest.mark.parametrize(
    ("scenario", "words"),
    [
        (Scenario(), ("usd", "cost plus fairness charge")),
        (Scenario(policy="cost"), ("usd", "electricity cost")),
        (Scenario(policy="cost", carbon_price=100), ("usd", "cost plus charges")),
        (Scenario(policy="carbon"), ("t", "carbon")),
        (Scenario(policy="fairest"), ("usd", "fairness charge")),
    ],
)
def test_the_objective_is_called_what_it_is(scenario, words):
    assert objective_words(solve(scenario, DATA)) == words


@pytest.mark.parametrize(
    ("scenario", "opening"),
    [
        (Scenario(policy="cost"), "No goals are set: the plan is free, "),
        (CAPPED, "Both goals are met, and one of them leaves no room; "),
        (Scenario(policy="cost", water_limit_m3=1e6), "The goal is met with room to spare; "),
        (Scenario(policy="cost", water_limit_m3=1900), "The goal is met, and it leaves no room; "),
    ],
)
def test_the_headline_of_goals(scenario, opening):
    outcome = solve(scenario, DATA)
    assert goals_headline(outcome).startswith(opening)
    assert goals_headline(outcome).endswith(f"costs {amount(outcome.cost_usd, 'usd')}.")


@pytest.mark.parametrize(
    ("scenario", "pattern"),
    [
        (
            Scenario(water_limit_m3=1200),
            r"No plan keeps this goal: no region above 1,200 m³ of water\. "
            r"The nearest possible is ([\d,.]+) m³\.",
        ),
        (
            Scenario(water_limit_m3=1200, carbon_limit_t=1000),
            r"One goal cannot be met beside the other goal: no region above 1,200 m³ of water\.",
        ),
        (
            Scenario(water_limit_m3=1700, cost_increase_limit=0.05),
            r"No plan keeps these goals together: cost at most 5% above the cheapest plan and no "
            r"region above 1,700 m³ of water\. Loosening any one is enough\.",
        ),
        (
            Scenario(water_limit_m3=1200, carbon_limit_t=50),
            r"No plan keeps these goals, and loosening one is not enough: .*1,200 m³.*50 t.*",
        ),
    ],
)
def test_a_clash_is_told_and_each_way_out_is_one(scenario, pattern):
    with pytest.raises(InfeasibleError) as error:
        solve(scenario, DATA)
    limits = error.value.details["limits"]
    assert re.fullmatch(pattern, clash_sentence(limits, WORDS))
    for way in limits:
        if way["possible"] is not None:
            solve(with_limit(scenario, way["field"], room_above(way["possible"])), DATA)
