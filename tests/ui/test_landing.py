"""Today as the baseline, and what an address that asks for nothing opens on."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from equity_core import Scenario, load_dataset, solve
from equity_core.scenario.link import from_query, to_query
from equity_core.scenario.presets import CASES, LANDING
from equity_core.text.opening.alone import standing_in
from equity_core.text.opening.headline import headline, headline_sentences, small_sentences
from equity_core.text.opening.purpose import purpose
from tests.ui.driving import html, run_at, scenario, told, widget, written

APP = str(Path(__file__).parents[2] / "app.py")


@pytest.fixture
def page():
    """Opens the app at exactly this address, with one group of levers open if wished."""

    def run(*groups, **address):
        return run_at(AppTest.from_file(APP, default_timeout=120), groups, address)

    return run


@cache
def solved(scenario):
    data = load_dataset(scenario.dataset)
    return solve(scenario, data).compare(solve(scenario.baseline_scenario(), data))


@pytest.mark.slow
def test_the_states_are_compared_with_their_siting_as_long_as_they_are_chosen(page):
    app = page(v="2", policy="cost")
    widget(app, "selectbox", "dataset").set_value("us-2023").run()
    assert scenario(app) == Scenario(dataset="us-2023", policy="cost", baseline="nearest")
    assert app.query_params["baseline"] == "nearest"
    assert "is now the siting of 2023" in app.warning[0].value.replace("\\", "")
    assert " cost than under the siting of 2023; " in told(app)
    baseline = widget(app, "selectbox", "baseline")
    assert "Nearest: as it was in 2023" in baseline.options
    assert any("as in 2023: nothing is moved" in caption.value for caption in app.caption)

    widget(app, "selectbox", "dataset").set_value("paper-2022").run()
    assert scenario(app) == Scenario(policy="cost")
    assert "is now the cheapest plan" in app.warning[0].value.replace("\\", "")
    assert "Nearest" in widget(app, "selectbox", "baseline").options
    app.button(key="undo_button").click().run()
    assert scenario(app).baseline == "nearest"


@pytest.mark.slow
def test_a_link_to_the_states_keeps_the_baseline_of_all_links(page):
    app = page(v="2", dataset="us-2023", policy="cost", end="2023-02-01T00:00Z")
    assert scenario(app).baseline == "cost"
    assert not app.warning


@pytest.mark.parametrize("address", [{}, {"utm_source": "mail", "fbclid": "x"}, {"embed": "true"}])
def test_an_address_that_asks_for_nothing_opens_on_a_case_and_writes_it(page, address):
    app = page(**address)
    assert scenario(app) == LANDING.scenario
    assert from_query(written(app)) == LANDING.scenario
    assert set(written(app)) - {"embed"} == set(dict(parse_qsl(to_query(LANDING.scenario))))
    assert not app.warning


@pytest.mark.parametrize("address", [{"v": "2"}, {"v": "1"}, {"show_mode": "burden"}])
def test_an_old_link_means_what_it_meant(page, address):
    app = page(**address)
    assert scenario(app) == Scenario()
    assert written(app) == address


def test_the_landing_asks_answers_and_says_what_it_does_not_show(page):
    app = page()
    words_shown = told(app)
    pair = solved(LANDING.scenario)
    first = headline_sentences(pair)[0]
    first = f"{first[0].lower()}{first[1:]}"
    for words in (LANDING.label, LANDING.question, LANDING.caveat, first, *small_sentences(pair)):
        assert words in words_shown
    assert standing_in(pair) in words_shown
    widget(app, "select_slider", "water_weight_slider").set_value(100.0).run()
    assert LANDING.question not in html(app)
    app.button(key="reset_button").click().run()
    assert scenario(app) == LANDING.scenario
    app.button(key="paper_button").click().run()
    assert scenario(app) == Scenario()
    assert written(app) == {"v": "2"}
    app.button(key="undo_button").click().run()
    assert scenario(app) == LANDING.scenario


def test_a_question_brings_its_scenario_and_its_view(page):
    app = page("questions")
    radio = widget(app, "radio", "question")
    assert radio.value == LANDING.name
    radio.set_value("today").run()
    case = next(case for case in CASES if case.name == "today")
    assert scenario(app) == case.scenario
    assert app.session_state["view"].mode == "burden"
    assert written(app)["show_mode"] == "burden"
    widget(app, "radio", "question").set_value("health_first").run()
    assert "show_mode" not in written(app)


def test_a_switch_says_which_carbon_a_policy_minimises(page):
    app = page(v="2", dataset="us-2023", policy="carbon", end="2023-02-01T00:00Z")
    kind = "by {} accounting (the kind this plan counts)"
    assert kind.format("average").capitalize() in headline(solved(scenario(app)))
    widget(app, "selectbox", "carbon_accounting").set_value("marginal").run()
    assert scenario(app).carbon_accounting == "marginal"
    assert kind.format("marginal") in headline(solved(scenario(app)))
    widget(app, "selectbox", "dataset").set_value("paper-2022").run()
    assert scenario(app) == Scenario(policy="carbon")
    assert "Carbon counted by: Marginal" in app.warning[0].value.replace("\\", "")
    assert not [box for box in app.selectbox if box.label == "Carbon counted by"]


def test_a_link_that_counts_what_the_data_set_lacks_says_so(page):
    app = page(v="2", policy="carbon", carbon_accounting="marginal")
    assert scenario(app) == Scenario(policy="carbon")
    assert "carbon_accounting" in app.warning[0].value.replace("\\", "")


def test_the_first_visit_has_three_doors_and_every_one_leads_somewhere(page):
    app = page()
    doors = re.search(r'<nav class="ee-first".*?</nav>', html(app)).group()
    links = [unescape(link) for link in re.findall(r'href="\?([^"]+)"', doors)]
    cases = {case.name: case for case in CASES}
    assert [from_query(dict(parse_qsl(link))) for link in links] == [
        cases["today"].scenario, cases["spare_virginias_water"].scenario, LANDING.scenario
    ]  # fmt: skip
    assert 'data-opens="menu_briefing"' in doors
    app = page(v="2")
    assert "ee-first" not in re.sub(r"<style>.*?</style>", "", html(app), flags=re.DOTALL)
    assert "Try next: 5 of 10 regions carry more; ask that none does." in told(app)


def test_another_data_set_says_what_it_keeps(page):
    app = page(v="2", policy="cost", carbon_price="100")
    widget(app, "selectbox", "dataset").set_value("us-2023").run()
    words = app.warning[0].value.replace("\\", "")
    assert "Kept as set: Policy: Cheapest and Carbon price 100 USD/t." in words


def test_who_we_are_stands_above_the_result_and_closes_once_it_was_read(page):
    app = page()
    question, readers = purpose(load_dataset("us-2023"))
    assert question in told(app)
    assert readers in told(app)
    assert 'class="ee-purpose" open' in html(app)
    app = page(v="2", policy="cost")
    assert 'class="ee-purpose">' in html(app)
    assert purpose(load_dataset("paper-2022"))[0] in told(app)
