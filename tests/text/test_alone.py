"""What is lifted out of page, picture and briefing still says what, where, when, against what,
and that it is simulated."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from equity_core import Scenario, solve
from equity_core.answers import Answer, load_dataset
from equity_core.briefing.said import cost_words, standing, winners_and_losers
from equity_core.export import cite
from equity_core.export.people import people_sentences
from equity_core.figures import frontier, social
from equity_core.figures import map as pictures
from equity_core.outcome.outcome import Comparison
from equity_core.scenario.presets import LANDING
from equity_core.text.case import most_sentence
from equity_core.text.certificate import certificate_sentence, limiting_sentences
from equity_core.text.fairness import gain_sentences
from equity_core.text.headings import records
from equity_core.text.narrative import (
    bars_summary,
    frontier_summary,
    map_summary,
    milestones_sentence,
)
from equity_core.text.nouns import places
from equity_core.text.opening.alone import placed, quotable
from equity_core.text.opening.setting import setting
from equity_core.text.plan_names import baseline_name, plan_name
from equity_core.text.quantities import footprint_quantity, quantities

SCENARIOS = {
    "the paper's": Scenario(),
    "nothing weighed": Scenario(water_weight=0, carbon_weight=0),
    "nearest": Scenario(baseline="nearest"),
    "world": Scenario(dataset="world-2023"),
    "landing": LANDING.scenario,
}


YEARS = ("world", "landing")
"""What takes seconds to answer: a year of hours."""


def each() -> Iterator:
    for name, scenario in SCENARIOS.items():
        yield pytest.param(scenario, id=name, marks=[pytest.mark.slow] if name in YEARS else [])


@pytest.fixture(scope="module", params=each())
def found(request) -> Comparison:
    scenario = request.param
    dataset = load_dataset(scenario.dataset)
    return solve(scenario, dataset).compare(solve(scenario.baseline_scenario(), dataset))


@pytest.fixture(scope="module")
def lifted(found: Comparison) -> list[str]:
    """What is lifted out of the page, its pictures and the briefing."""
    return list(every_sentence(found))


def every_sentence(found: Comparison) -> Iterator[str]:
    """Sentences that are quoted, cited or seen without what stands around them."""
    dataset = load_dataset(found.after.scenario.dataset)
    yield quotable(found)
    yield cost_words(found, dataset, None)[0]
    yield from gain_sentences(found)
    yield from map_summary(found, "water_m3", "change").split(". ")[:1]
    yield from map_summary(found, "water_m3", "burden").split(". ")[:1]
    yield bars_summary(found, "carbon_t")
    yield placed(frontier.title(found), found.after)
    shown = [footprint_quantity(item) for item in found.after.footprints]
    yield from (grid.note for grid in winners_and_losers(found, dataset, shown))
    yield standing(found, dataset)
    yield cite.title(found, dataset)
    for quantity in quantities(found.after.footprints):
        for view in pictures.VIEWS:
            yield pictures.title(found, quantity, view)
            yield social.title(found, quantity, view)


def test_what_is_lifted_out_says_that_it_is_simulated_and_when(found, lifted):
    year = str(found.after.hours[0].year)
    for text in lifted:
        assert "simulat" in text.lower(), text
        assert year in text, text


def test_sentences_of_one_plan_say_that_it_is_simulated_and_when(found):
    answer = Answer.to(found.after.scenario, load_dataset(found.after.dataset_id))
    year = str(found.after.hours[0].year)
    told = [most_sentence(found), *people_sentences(found, answer.fleet)]
    told += [*limiting_sentences(found.after), certificate_sentence(found.after)]
    if answer.frontier is not None:
        told += [
            milestones_sentence(answer.milestones, found.after),
            frontier_summary(records(answer.frontier), found.after),
        ]
    for text in told:
        assert plan_name(found.after) in text.lower(), text
        assert f"imulated for {setting(found.after)}" in text, text
        assert year in text, text


def test_what_is_told_of_a_plan_says_against_what_or_whose(found, lifted):
    names = {baseline_name(found), plan_name(found.after)}
    told = [
        text for text in lifted if text != standing(found, load_dataset(found.after.dataset_id))
    ]
    for text in told:
        assert any(name in text for name in names), text


def test_what_is_quoted_or_posted_says_where(found):
    place = places(found.after.dataset_id, len(found.regions))
    assert place in quotable(found)
    for quantity in quantities(found.after.footprints):
        assert place in social.title(found, quantity, "change")
