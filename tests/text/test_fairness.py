"""Who gains and loses, and how fair a plan is: every figure against the burdens themselves."""

import re
from dataclasses import replace

import numpy as np
import pytest

from equity_core import Scenario, SiteFactors, load_dataset, solve
from equity_core.text.certificate import limiting_sentences
from equity_core.text.fairness import (
    always_worse,
    by_the_measure,
    gain_sentences,
    lens_sentence,
    measure_sentence,
    measure_words,
)
from equity_core.text.numbers import change
from equity_core.text.opening.headline import headline

MEASURED = [
    Scenario(measure="worst_share", measure_parameter=0.25),
    Scenario(measure="lq", measure_parameter=3),
    Scenario(lens="income"),
    Scenario(measure="worst_share", lens="water_stress"),
    Scenario(lens="own", factors={"japan": SiteFactors(lens=5)}),
]


def compared(scenario, dataset):
    return solve(scenario, dataset).compare(solve(scenario.baseline_scenario(), dataset))


def test_those_who_gain_and_lose_most_are_named_with_what_they_do(comparison):
    names = comparison.after.site_names
    (text,) = gain_sentences(comparison)
    falls, rises = text.split("; water rises")
    for column, unit in (("water_m3", "m3"), ("carbon_t", "t")):
        moved = comparison.table[f"{column}_change"]
        for told, row, size in (
            (falls, moved.idxmin(), moved.min()),
            (rises, moved.idxmax(), moved.max()),
        ):
            assert f"most in {names[row]} (" in told
            assert f"{change(size, unit)}, " in told


def test_nobody_gains_where_nothing_moves(outcomes):
    plan = outcomes["cost"]
    assert (
        gain_sentences(plan.compare(plan))[0]
        == "Simulated for 10 regions in 19 days of 2022, the cheapest plan as set here against the "
        "cheapest plan: no region changes."
    )


@pytest.mark.parametrize("scenario", MEASURED, ids=lambda item: f"{item.measure}-{item.lens}")
def test_the_measure_is_the_one_that_the_solver_minimised(scenario, dataset):
    found = compared(scenario, dataset)
    for name, weight in (("water", 60.0), ("carbon", 1500.0)):
        term = found.after.terms[f"{name}_{scenario.measure}"] / weight
        assert by_the_measure(scenario, dataset, found.after, name) == pytest.approx(term)
    told = re.search(
        r"water ([+−][\d.]+)% and carbon ([+−][\d.]+)%", measure_sentence(found, dataset)
    )
    for name, text in zip(("water", "carbon"), told.groups(), strict=True):
        before, after = (
            by_the_measure(scenario, dataset, plan, name) for plan in (found.before, found.after)
        )
        said = float(text.replace("−", "-"))
        assert said == pytest.approx(100 * (after / before - 1), abs=0.5)


def test_the_worst_region_as_it_is_needs_no_further_sentence(comparison, dataset):
    assert measure_sentence(comparison, dataset) == ""


def test_no_worst_hit_region_is_claimed_under_a_lens(dataset):
    found = compared(Scenario(lens="population"), dataset)
    assert "worst-hit" not in headline(found)
    assert "the region that carries most (Texas beforehand, Georgia afterwards)" in headline(found)


def test_the_headline_leaves_the_new_site_out_of_the_count(dataset):
    found = compared(Scenario(new_site_like="denmark"), dataset)
    assert re.search(r"; \d+ of 10 regions carry more", headline(found))


def test_losers_under_every_lens_lose_under_each(dataset):
    found = [compared(Scenario(lens=lens), dataset) for lens in ("equal", "income")]
    losers = always_worse(found)
    assert set(losers) == set(found[0].worse_sites) & set(found[1].worse_sites)
    text = lens_sentence(losers, ("equal", "income"), found[0])
    assert all(dataset.site_names[site] in text for site in losers)
    assert "are worse off with each of the equity lenses tried, equal and income (simul" in text
    assert text.endswith("against the cheapest plan).")
    assert " is worse off " in lens_sentence(losers[:1], ("equal",), found[0])
    assert "No region is worse off" in lens_sentence((), ("equal",), found[0])


@pytest.mark.parametrize("limit", [{"water_limit_m3": 2000}, {"water_total_limit_m3": 14_000}])
def test_where_a_goal_binds_its_worth_is_left_to_the_goal(dataset, limit):
    """A dual may be large and end after a litre."""
    text = limiting_sentences(solve(Scenario(policy="cost", **limit), dataset))[0]
    assert ", a goal limits water in " in text
    assert "$" not in text


def test_many_binding_regions_are_told_as_a_range(outcomes):
    outcome = outcomes["equity"]
    duals = outcome.duals * 0 + np.arange(1.0, 11.0)[:, None]
    text = limiting_sentences(replace(outcome, duals=duals))[0]
    assert ", the water of 10 regions holds the plan back: leaving one m³ of it uncounted " in text
    first, last = (outcome.site_names[duals.index[row]] for row in (0, -1))
    assert f" would take at most $10 in {last}, down to $1 in {first} off cost plus " in text


@pytest.mark.parametrize(
    ("lens", "words"),
    [
        ("energy_burden", "weighed by the share of income that households pay for electricity"),
        ("population", "per household"),
        ("water_stress", "with water weighed by water stress"),
    ],
)
def test_the_words_of_a_lens_are_those_of_the_figure_that_it_reads(lens, words):
    text = measure_words(Scenario(dataset="us-2023", lens=lens), load_dataset("us-2023"))
    assert text == f"the region that carries most, {words}"
