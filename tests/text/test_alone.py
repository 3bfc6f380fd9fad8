"""What is lifted out of page, picture and briefing still says what, where, when, against what,
and that it is simulated."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from equity_core import Scenario, solve
from equity_core.answers import load_dataset
from equity_core.briefing.said import standing
from equity_core.export import cite
from equity_core.figures import map as pictures
from equity_core.figures import social
from equity_core.outcome.outcome import Comparison
from equity_core.scenario.presets import LANDING
from equity_core.text.opening.alone import quotable
from equity_core.text.plan_names import baseline_name, plan_name
from equity_core.text.quantities import quantities

SCENARIOS = {
    "the paper's": Scenario(),
    "nothing weighed": Scenario(water_weight=0, carbon_weight=0),
    "nearest": Scenario(baseline="nearest"),
    "world": Scenario(dataset="world-2023"),
    "landing": LANDING.scenario,
}


@pytest.fixture(scope="module", params=SCENARIOS.values(), ids=SCENARIOS)
def found(request) -> Comparison:
    scenario = request.param
    dataset = load_dataset(scenario.dataset)
    return solve(scenario, dataset).compare(solve(scenario.baseline_scenario(), dataset))


def lifted(found: Comparison) -> Iterator[str]:
    """Sentences that are quoted, cited or seen without what stands around them."""
    dataset = load_dataset(found.after.scenario.dataset)
    yield quotable(found)
    yield standing(found, dataset)
    yield cite.title(found, dataset)
    for quantity in quantities(found.after.footprints):
        for view in pictures.VIEWS:
            yield pictures.title(found, quantity, view)
            yield social.title(found, quantity, view)


def test_what_is_lifted_out_says_that_it_is_simulated_and_when(found):
    year = str(found.after.hours[0].year)
    for text in lifted(found):
        assert "simulat" in text.lower(), text
        assert year in text, text


def test_what_is_told_of_a_plan_says_against_what_or_whose(found):
    names = {baseline_name(found), plan_name(found.after), "today"}
    told = [
        text
        for text in lifted(found)
        if text != standing(found, load_dataset(found.after.dataset_id))
    ]
    for text in told:
        assert any(name in text for name in names), text


def test_what_is_quoted_or_posted_says_where(found):
    place = f"{len(found.regions)} regions"
    assert place in quotable(found)
    for quantity in quantities(found.after.footprints):
        assert place in social.title(found, quantity, "change")
