"""What is said of goals: every figure is the plan's, and no more is claimed than holds."""

import re
from dataclasses import replace

import pytest

from equity_core import Pool, Scenario, load_dataset, solve
from equity_core.errors import InfeasibleError
from equity_core.scenario.limits import with_limit
from equity_core.solvers.sensitivity import room_range
from equity_core.text.limits import Wording, room_above
from equity_core.text.numbers import amount, rounded
from equity_core.text.slack import (
    binds,
    clash_sentence,
    goals_headline,
    objective_words,
    one_price_sentence,
    price_sentence,
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
    text = room_sentence(capped, cost, WORDS)
    told = re.fullmatch(
        r".+, the goal “.+” is met, with ([\d.]+) percentage points to spare\.", text
    )
    room = float(told[1]) / 100
    assert cost.asked - cost.needed == pytest.approx(room, rel=0.1)
    assert room <= cost.asked - cost.needed
    assert len(told[1].replace(".", "").lstrip("0")) <= 3
    solve(with_limit(CAPPED, cost.field, cost.asked - room), DATA)


def test_worth_that_is_said_is_saved(capped):
    """Every figure of the sentence is found again by solving with that much more room."""
    use = next(use for use in capped.limits if use.field == "water_limit_m3")
    found = room_range(capped, DATA, use, Pool())
    text = room_sentence(capped, use, WORDS, found)
    more = float(re.search(r"back: ([\d.]+) m³ more", text)[1])
    saved = capped.objective - solve(with_limit(CAPPED, use.field, 1900 + more), DATA).objective
    assert f"would lower electricity cost by {amount(saved, 'usd')}, " in text
    assert f"{amount(saved / more, 'usd')} for each m³" in text


def test_no_rate_is_given_that_does_not_hold(capped):
    """Next to the smallest worst burden of all the dual is a hundred thousand USD, for a moment."""
    tight = Scenario(policy="cost", water_limit_m3=1309.58)
    outcome = solve(tight, DATA)
    (use,) = outcome.limits
    assert use.worth > 10_000
    assert "$" not in room_sentence(outcome, use, WORDS)
    found = room_range(outcome, DATA, use, Pool())
    text = room_sentence(outcome, use, WORDS, found)
    assert found.more == 0
    assert text.endswith("so there is no rate to give.")
    assert "$" not in text


def test_goals_are_priced_against_the_same_policy_without_them():
    scenario = Scenario(water_limit_m3=1700)
    outcome, without = solve(scenario, DATA), solve(Scenario(), DATA)
    more = outcome.cost_usd - without.cost_usd
    text = price_sentence(outcome, without, "the equity plan")
    price = f"{amount(more, 'usd')} ({rounded(100 * more / without.cost_usd)})"
    assert text.startswith(
        f"The goal costs {price} more: without it the equity plan, simulated for 10 regions in 19 "
        "days of 2022, costs $337,000. With it the region that carries most uses 6.5"
    )
    assert price_sentence(without, without, "the equity plan").startswith(
        "The goals together cost nothing: without them the equity plan, simulated for 10 regions "
        "in 19 days of 2022, costs $337,000. With them the region that carries most carries as "
        "much as without them."
    )
    cheaper = price_sentence(replace(without, scenario=scenario), outcome, "the equity plan")
    assert cheaper.startswith(f"The goal saves {amount(more, 'usd')} (")
    assert one_price_sentence(outcome, without) == (
        f"This goal costs {price} more: without it the plan costs $337,000, simulated for 10 "
        "regions in 19 days of 2022."
    )


@pytest.mark.parametrize(
    ("scenario", "words"),
    [
        (Scenario(), ("usd", "cost plus weighted burden")),
        (Scenario(policy="cost"), ("usd", "electricity cost")),
        (Scenario(policy="cost", carbon_price=100), ("usd", "cost plus priced burdens")),
        (Scenario(policy="carbon"), ("t", "carbon")),
        (Scenario(policy="fairest"), ("usd", "the weighted burden")),
    ],
)
def test_the_objective_is_called_what_it_is(scenario, words):
    assert objective_words(solve(scenario, DATA)) == words


@pytest.mark.parametrize(
    ("scenario", "opening"),
    [
        (Scenario(policy="cost"), "No goal is set, so no limit holds the plan; "),
        (CAPPED, "Both goals are met, and one of them leaves no room; "),
        (Scenario(policy="cost", water_limit_m3=1e6), "The goal is met with room to spare; "),
        (Scenario(policy="cost", water_limit_m3=1900), "The goal is met, and it leaves no room; "),
    ],
)
def test_the_headline_of_goals(scenario, opening):
    outcome = solve(scenario, DATA)
    assert goals_headline(outcome).startswith(opening)
    cost = amount(outcome.cost_usd, "usd")
    assert f"costs {cost}, simulated for 10 regions in 19 days" in goals_headline(outcome)


@pytest.mark.parametrize(
    ("scenario", "pattern"),
    [
        (
            Scenario(water_limit_m3=1200),
            r"No plan keeps this goal: no region above 1,200 m³ of water \(the nearest possible is "
            r"1,309\.58 m³\)\.",
        ),
        (
            Scenario(water_limit_m3=1200, carbon_limit_t=1000),
            r"No plan keeps this goal, even alone: no region above 1,200 m³ of water \(the nearest "
            r"possible is 1,309\.58 m³\)\.",
        ),
        (
            Scenario(water_limit_m3=1700, cost_increase_limit=0.05),
            r"Each of these goals can be met alone, but no plan keeps them together: cost at "
            r"most 5% above the cheapest plan and no region above 1,700 m³ of water\. Loosening "
            r"any one of them is enough\.",
        ),
        (
            Scenario(water_limit_m3=1200, carbon_limit_t=50),
            r"No plan keeps any of these goals, even alone: .*1,200 m³.*50 t.*",
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
