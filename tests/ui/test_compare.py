"""The Compare page without a browser: the table of policies, two links, what does not fit."""

from __future__ import annotations

import json
from html import unescape

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from equity_core import Scenario, SiteFactors, solve
from equity_core.text.opening.headline import headline
from ui.panels import policies


def compare_page():
    from pages.compare import compare
    from ui.session import state

    state.begin()
    compare()


@pytest.fixture
def page(opened):
    return lambda **address: opened(
        AppTest.from_function(compare_page, default_timeout=60), **address
    )


def html(app):
    assert not app.exception
    return unescape(" ".join(element.proto.body for element in app.get("html")))


def text_box(app, name):
    return next(found for found in app.text_input if found.key.startswith(f"{name}-"))


def test_a_column_is_wide_enough_for_its_longest_number():
    few = policies.column_width("Cost, USD", pd.Series([352_000.0]))
    many = policies.column_width("Cost, USD", pd.Series([352_000.0, 11_291_973_406.0]))
    assert many > few + 4 * policies.CHARACTER
    assert many >= policies.CHARACTER * len("11,291,973,406")


def test_the_table_has_the_papers_policies_under_both_reaches(page):
    table = page().dataframe[0].value
    assert len(table) == 1 + 1 + 6 * 2
    cheapest = table[table["Policy"] == "Cheapest"].set_index("Reach")
    assert cheapest.loc["Anywhere", "Electricity cost (USD)"] == pytest.approx(291_700, rel=1e-3)
    partial = cheapest.loc["Allowed pairs only", "Electricity cost (USD)"]
    assert partial > cheapest.loc["Anywhere", "Electricity cost (USD)"]


def test_the_papers_policies_have_no_limits_of_the_readers():
    own = Scenario(water_limit_m3=1900, factors={"texas": SiteFactors(water=2, carbon_limit_t=99)})
    name, _, first = policies.asked(own)[0]
    assert (name, first) == (policies.YOURS, own)
    for _, _, question in policies.asked(own)[1:]:
        assert question.water_limit_m3 is None
        assert dict(question.factors) == {"texas": SiteFactors(water=2)}


def drawn(app):
    """The traces of the picture of two scenarios."""
    return json.loads(app.get("plotly_chart")[0].proto.spec)["data"]


def test_a_second_link_gives_the_difference(page, dataset):
    app = page()
    text_box(app, "link_other").set_value("http://host/?v=2&policy=carbon").run()
    before, after = (solve(asked, dataset) for asked in (Scenario(policy="carbon"), Scenario()))
    assert headline(after.compare(before)) in html(app)
    bars = drawn(app)
    assert [len(side["y"]) for side in bars] == [10, 10]
    assert [side["name"] for side in bars] == ["second link", "your scenario"]


def test_the_first_link_is_the_pages_scenario(page):
    app = page(policy="cost")
    assert text_box(app, "link_own").value == "v=2&policy=cost"
    text_box(app, "link_own").set_value("?v=2&policy=water").run()
    assert app.session_state["scenario"] == Scenario(policy="water")


def test_links_about_different_regions_are_told_apart(page):
    app = page(show_other="v=2&new_site_like=denmark")
    assert "different regions" in app.error[0].value


def test_a_new_site_of_the_first_link_alone_stands_apart(page):
    app = page(new_site_like="denmark", show_other="v=2&policy=cost")
    assert not app.error
    assert len(drawn(app)[1]["y"]) == 11
    assert "The new site (like Denmark) uses " in html(app)


def test_what_is_wrong_with_the_second_link_is_told(page):
    app = page()
    text_box(app, "link_other").set_value("v=2&policy=kindest").run()
    assert any("kindest" in caption.value for caption in app.caption)
    assert not app.exception
