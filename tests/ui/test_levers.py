"""The levers on the page, run without a browser: each sets its field and says what it changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from equity_core import Scenario, SiteFactors, load_dataset
from equity_core.scenario.parameters import BY_NAME
from tests.ui.driving import widget
from ui.sidebar import groups, widgets

APP = str(Path(__file__).parents[2] / "app.py")


def sidebar():
    from ui import messages
    from ui.session import state
    from ui.sidebar import sidebar

    state.begin()
    sidebar.sidebar()
    messages.link_problems(state.problems(), state.dismiss_problems)


@pytest.fixture
def page(opened):
    """The sidebar by itself, with some of its parts open."""
    return lambda *groups, **address: opened(
        AppTest.from_function(sidebar, default_timeout=60), *groups, **address
    )


def scenario(app):
    assert not app.exception
    assert not app.error
    return app.session_state["scenario"]


def captions(app):
    return " ".join(caption.value.replace("\\", "") for caption in app.caption)


@pytest.mark.parametrize(
    ("group", "kind", "name", "value", "wanted"),
    [
        ("fairness", "selectbox", "measure", "worst_share", {"measure": "worst_share"}),
        ("fairness", "selectbox", "lens", "income", {"lens": "income"}),
        ("levies", "slider", "water_price_slider", 20.0, {"water_price": 20.0}),
        ("levies", "text_input", "carbon_price_box", "123", {"carbon_price": 123.0}),
        ("fleet", "slider", "demand_growth_slider", -10.0, {"demand_growth": -0.1}),
        ("fleet", "text_input", "capacity_growth_box", "7,0", {"capacity_growth": 0.07}),
        ("fleet", "selectbox", "new_site_like", "denmark", {"new_site_like": "denmark"}),
    ],
)
def test_a_lever_sets_its_field(page, group, kind, name, value, wanted):
    app = page(group)
    widget(app, kind, name).set_value(value).run()
    assert scenario(app) == Scenario(**wanted)


def test_the_measures_parameter_goes_with_the_measure(page):
    app = page("fairness", measure="worst_share", measure_parameter="0.5")
    assert widget(app, "slider", "measure_parameter_worst_share").value == 50
    widget(app, "slider", "measure_parameter_worst_share").set_value(20.0).run()
    assert scenario(app).measure_parameter == 0.2
    widget(app, "selectbox", "measure").set_value("lq").run()
    assert scenario(app) == Scenario(measure="lq")
    assert widget(app, "slider", "measure_parameter_lq").value == 4


def test_a_lens_says_what_it_means_and_where_its_figures_come_from(page, dataset):
    app = page("fairness", lens="water_stress")
    card = next(card for card in dataset.cards if card.column == "water_stress_pct")
    assert BY_NAME["lens"].explanations["water_stress"] in captions(app)
    assert card.source in captions(app)
    assert "regional factors" in groups.lens_words("own", dataset)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (
            "us-2023",
            ("% of renewable fresh water withdrawn", "modelled in 16, assumed in 7 regions"),
        ),
        ("world-2023", ("AWARE 2.0", "how much less water is left", "assumed in 3")),
        ("paper-2022", ("FAO AQUASTAT", "% of renewable fresh water withdrawn", "estimated")),
    ],
)
def test_the_lens_by_water_stress_says_what_it_counts_and_how_sure_that_is(name, told):
    text = groups.lens_words("water_stress", load_dataset(name)).lower()
    for words in told:
        assert words.lower() in text


def test_the_latency_limit_appears_with_its_reach_and_tells_round_trips_apart(page, dataset):
    app = page()
    assert not [found for found in app.slider if "max_latency" in (found.key or "")]
    widget(app, "selectbox", "reach").set_value("latency").run()
    widget(app, "slider", "max_latency_ms_slider").set_value(100.0).run()
    assert scenario(app) == Scenario(reach="latency", max_latency_ms=100)
    within = dataset.latency_ms <= 100
    measured = (dataset.latency_basis[within] == "measured").sum()
    assert f"{within.sum()} of 100 pairs are within it" in captions(app)
    assert f"{measured} measured" in captions(app)


def test_levies_rest_where_the_policy_has_no_cost_to_add_to(page):
    app = page("levies", policy="fairest")
    assert widget(app, "slider", "carbon_price_slider").disabled


def test_a_new_site_takes_a_place_a_size_and_a_row_everywhere(opened, dataset):
    app = opened(AppTest.from_file(APP, default_timeout=60), "fleet", new_site_like="denmark")
    widget(app, "text_input", "new_site_latitude").set_value("60").run()
    longitude = dataset.sites.loc["denmark", "longitude"]
    wanted = {"new_site_like": "denmark", "new_site_latitude": 60, "new_site_longitude": longitude}
    assert scenario(app) == Scenario(**wanted)
    widget(app, "text_input", "new_site_mw_box").set_value("2").run()
    assert scenario(app) == Scenario(**wanted, new_site_mw=2)
    html = " ".join(element.proto.body for element in app.get("html"))
    assert html.count("<tr data-site") == 11
    assert '"site":"new-site"' in app.get("deck_gl_json_chart")[0].proto.json
    assert "New site (like Denmark)" in widget(app, "selectbox", "region").options
    widget(app, "selectbox", "new_site_like").set_value("").run()
    assert scenario(app) == Scenario()


def test_a_link_with_factors_of_the_new_site_opens(page):
    app = page(**{"new_site_like": "denmark", "new-site.water": "2"})
    assert scenario(app).factors_of("new-site").water == 2
    assert not app.warning


def test_a_new_site_like_nowhere_is_left_out_with_a_sentence(page):
    app = page(new_site_like="atlantis")
    assert scenario(app) == Scenario()
    assert "atlantis" in app.warning[0].value


def test_closed_groups_say_what_is_set_in_them(page):
    app = page(carbon_price="100", lens="income")
    assert "Carbon price 100 USD/t" in captions(app)
    assert "Equity lens: Income" in captions(app)
    html = " ".join(element.proto.body for element in app.get("html"))
    assert 'st-key-levers_levies summary::after{content:"1 set"}' in html


def test_goals_of_a_link_are_said_and_can_be_left_out(page):
    app = page(water_limit_m3="1900", cost_increase_limit="0.2", policy="cost")
    assert "no region above 1,900 m³ of water" in captions(app)
    assert "cost at most 20% above the cheapest plan" in captions(app)
    app.button(key="clear_goals").click().run()
    assert scenario(app) == Scenario(policy="cost")


def test_limits_and_lens_of_one_region(page):
    app = page(show_region="texas", lens="own")
    widget(app, "text_input", "limit_texas_water_limit_m3").set_value("1 500").run()
    widget(app, "slider", "factor_texas_lens").set_value(2.0).run()
    assert scenario(app).factors_of("texas") == SiteFactors(lens=2, water_limit_m3=1500)
    assert "Texas at most 1,500 m³ of water" in captions(app)


def test_redo_brings_back_what_undo_took(page):
    app = page()
    widget(app, "selectbox", "reach").set_value("partial").run()
    app.button(key="undo_button").click().run()
    assert scenario(app) == Scenario()
    app.button(key="redo_button").click().run()
    assert scenario(app) == Scenario(reach="partial")
    assert app.button(key="redo_button").disabled


def test_a_case_of_the_data_set_is_on_offer(page):
    app = page("questions")
    assert widget(app, "radio", "question").value is None
    widget(app, "radio", "question").set_value("water_cap").run()
    assert scenario(app) == Scenario(policy="cost", water_limit_m3=1900)
    assert widget(app, "radio", "question").value == "water_cap"


@pytest.mark.parametrize("row", BY_NAME.values(), ids=lambda row: row.name)
def test_every_hint_has_its_equation(row):
    assert row.help in widgets.hint(row)
    assert f"`{row.equation}`" in widgets.hint(row)
