"""The page itself, run without a browser: address in, widgets seeded, changes out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from equity_core import Scenario, load_dataset, solve
from equity_core.scenario.parameters import BY_NAME
from equity_core.text.opening.headline import headline_sentences, small_sentences
from tests.ui.driving import html, scenario, told, widget, written
from ui.session.state import KEYS_OF_A_WIDGET
from ui.sidebar.widgets import ladder

APP = str(Path(__file__).parents[2] / "app.py")


@pytest.fixture
def page(opened):
    return lambda **address: opened(AppTest.from_file(APP, default_timeout=60), **address)


def test_opens_with_the_default_of_links(page):
    app = page(v="2")
    assert not app.exception
    assert scenario(app) == Scenario()
    assert written(app) == {"v": "2"}
    assert widget(app, "text_input", "water_weight_box").value == "60"


def test_a_box_follows_its_slider_under_keys_that_come_round_again(page):
    app, keys = page(), set()
    for weight in ladder(BY_NAME["water_weight"])[1 : 2 * KEYS_OF_A_WIDGET + 2]:
        widget(app, "select_slider", "water_weight_slider").set_value(weight).run()
        box = widget(app, "text_input", "water_weight_box")
        assert float(box.value) == scenario(app).water_weight == weight
        keys.add(box.key)
    assert len(keys) == KEYS_OF_A_WIDGET
    box.set_value("77").run()
    assert scenario(app).water_weight == 77


def test_the_headline_is_the_solvers(page):
    data = load_dataset("paper-2022")
    outcome = solve(Scenario(), data).compare(solve(Scenario(policy="cost"), data))
    shown = told(page())
    assert headline_sentences(outcome)[0][1:] in shown
    assert all(sentence in shown for sentence in small_sentences(outcome))


def test_an_address_seeds_scenario_and_widgets(page):
    app = page(v="1", water_weight="80", reach="partial", show_quantity="carbon_t")
    assert scenario(app) == Scenario(water_weight=80, reach="partial")
    assert widget(app, "select_slider", "water_weight_slider").value == 80
    assert widget(app, "selectbox", "reach").value == "partial"
    assert not app.warning


def test_a_slider_changes_scenario_address_and_number_box(page):
    app = page()
    widget(app, "select_slider", "water_weight_slider").set_value(125.0).run()
    assert scenario(app).water_weight == 125
    assert written(app) == {"v": "2", "water_weight": "125"}
    assert widget(app, "text_input", "water_weight_box").value == "125"


def test_a_number_between_the_steps_stays_exact(page):
    app = page()
    widget(app, "text_input", "carbon_weight_box").set_value("1.234,5").run()
    assert scenario(app).carbon_weight == 1234.5
    assert widget(app, "select_slider", "carbon_weight_slider").value == 1250


def test_undo_takes_back_one_change_and_reset_all(page):
    app = page()
    widget(app, "text_input", "water_weight_box").set_value("70").run()
    widget(app, "selectbox", "reach").set_value("partial").run()
    app.button(key="undo_button").click().run()
    assert scenario(app) == Scenario(water_weight=70)
    app.button(key="reset_button").click().run()
    assert scenario(app) == Scenario()
    assert written(app) == {"v": "2"}
    app.button(key="undo_button").click().run()
    assert scenario(app) == Scenario(water_weight=70)


def test_a_preset_sets_the_levers_and_leaves_the_rest(page):
    app = page(reach="partial")
    widget(app, "selectbox", "preset").set_value("cheapest").run()
    assert scenario(app) == Scenario(policy="cost", reach="partial")
    assert widget(app, "select_slider", "water_weight_slider").disabled


def test_a_regions_factor_slider_changes_that_region_alone(page):
    app = page(show_region="texas")
    widget(app, "slider", "factor_texas_water").set_value(1.5).run()
    assert scenario(app).factors_of("texas").water == 1.5
    assert len(scenario(app).factors) == 1
    assert written(app)["texas.water"] == "1.5"


@pytest.mark.parametrize(
    ("key", "value", "word"),
    [
        ("policy", "kindest", "policy"),
        ("water_weight", "-1", "water_weight"),
        ("carbon_weight", "nan", "carbon_weight"),
        ("water_weight", "1e308", "water_weight"),
        ("atlantis.water", "2", "atlantis"),
        ("dataset", "nowhere", "dataset"),
        ("lens", "incme", "lens"),
        ("show_place", "mars", "show_place"),
        ("v", "99", "v"),
    ],
)
def test_a_broken_link_opens_and_names_the_field(page, key, value, word):
    app = page(**{key: value})
    assert not app.exception
    assert scenario(app) == Scenario()
    sentence = app.warning[0].value.replace("\\", "")
    assert word in sentence


def test_a_page_that_cannot_be_solved_keeps_the_last_picture(page):
    app = page()
    before = html(app)
    app.session_state["scenario"] = Scenario(factors={"texas": {"capacity": 0}})
    app.run()
    assert "MW" in app.error[0].value
    assert "last scenario that could be solved" in app.warning[0].value
    assert "ee-bars" in before
    assert "ee-bars" in html(app)
    assert not app.exception


def test_a_period_from_the_link_is_shown_and_another_can_be_chosen(page):
    app = page(policy="cost", start="2022-09-24T00:00")
    period = widget(app, "selectbox", "period")
    assert period.value == "own"
    assert [widget(app, "text_input", name).value for name in ("first_day", "last_day")] == [
        "2022-09-24",
        "2022-10-11",
    ]
    period.set_value("2022-10").run()
    assert scenario(app) == Scenario(policy="cost", start="2022-10-01T00:00Z")
    assert "1 to 11 October 2022, 241 hours. " in html(app)
    assert not [box for box in app.text_input if box.label in ("First day", "Last day")]
    widget(app, "selectbox", "period").set_value("own").run()
    widget(app, "text_input", "last_day").set_value("3.10.2022").run()
    assert scenario(app).end == "2022-10-04T00:00Z"
    widget(app, "text_input", "first_day").set_value("2022/10/5").run()
    assert (scenario(app).start, scenario(app).end) == ("2022-10-05T00:00Z", "2022-10-06T00:00Z")
    app.button(key="reset_button").click().run()
    assert widget(app, "selectbox", "period").value == "all"


def test_the_map_on_the_page_is_the_one_of_the_view(page):
    app = page(show_place="europe")
    spec = json.loads(app.get("deck_gl_json_chart")[0].proto.json)
    assert spec["initialViewState"]["zoom"] > 3


def test_the_method_page_keeps_the_scenario():
    def script():
        from pages.method import method
        from ui.session import state

        state.begin()
        method()

    app = AppTest.from_function(script)
    app.query_params["water_weight"] = "80"
    app.run()
    assert not app.exception
    assert scenario(app).water_weight == 80
    assert any("Every parameter" in heading.value for heading in app.header)


def test_the_buttons_of_closed_menus_are_not_sent(page):
    labels = {button.proto.label for button in page().get("download_button")}
    assert "Everything (ZIP)" in labels
    assert not labels & {"Regions CSV", "Frontier CSV", "Map PNG"}


def test_method_solves_the_reference_table_in_front_of_its_reader():
    def script():
        from pages.method import method
        from ui.session import state

        state.begin()
        method()

    app = AppTest.from_function(script, default_timeout=60)
    app.query_params["v"] = "2"
    app.run()
    assert "1. Work arises" in html(app)
    assert "ee-holds" not in html(app)
    app.button(key="solve_reference").click().run()
    assert "13 of 13 plans are the published ones" in html(app)
    assert html(app).count("✔ pass") == 13
    app.run()
    assert html(app).count("✔ pass") == 13
