"""The Compare page without a browser: the policies, scenarios side by side, what does not fit."""

from __future__ import annotations

import json
import re
from concurrent.futures import Future
from html import unescape

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from equity_core import Scenario, SiteFactors, solve
from equity_core.scenario.lineup import from_text
from equity_core.text.numbers import amount
from equity_core.text.opening.alone import quotable
from ui.jobs import cache
from ui.panels.beside import policies
from ui.session import saved, state


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


def buttons(app):
    return {button.key: button for button in app.button}


def table(app):
    return re.search(r'<table class="ee-scenarios">.*?</table>', html(app), re.DOTALL).group()


def lineup(app):
    return [(entry.name, entry.query) for entry in from_text(app.query_params["show_table"])]


def add(app, link):
    return text_box(app, "link_added").set_value(link).run()


def test_a_pasted_link_becomes_a_column_under_its_plans_words(page, dataset):
    app = add(page(policy="cost"), "http://host/?v=2&policy=carbon")
    assert lineup(app) == [("", ""), ("", "v=2&policy=carbon")]
    assert "<b>A</b> <bdi>Cheapest plan</bdi>" in table(app)
    assert "<b>B</b> <bdi>Lowest-carbon plan</bdi>" in table(app)
    first, second = (solve(Scenario(policy=policy), dataset) for policy in ("cost", "carbon"))
    assert amount(second.cost_usd, "usd") in table(app)
    assert f"B against A: {quotable(second.compare(first))}" in html(app)


def test_both_of_a_pair_are_drawn_in_one_scale(page, dataset):
    app = page(show_table="~|~v=2&policy=carbon")
    maps = [json.loads(it.proto.json) for it in app.get("deck_gl_json_chart")]
    assert len(maps) == 2
    assert html(app).count('class="ee-legend"') == 1
    widths = {}
    for side in re.findall(r'<table class="ee-bars.*?</table>', html(app), re.DOTALL):
        for site, after in re.findall(r'data-site="(\w+)".*?data-value="([^"]+)"', side):
            width = re.search(
                f'data-site="{site}".*?ee-after" style="margin-left:[^;]*;width:([^%]+)%', side
            ).group(1)
            widths[float(width)] = float(after)
    lengths = [width / value for width, value in widths.items() if value > 100]
    assert len(lengths) > 12
    assert max(lengths) == pytest.approx(min(lengths), rel=0.01)


def test_a_name_is_somebodys_words(page):
    app = add(page(), "v=2&policy=carbon")
    text_box(app, "name_B").set_value("  <b>=1+1|~</b>\u202e ").run()
    assert lineup(app)[1][0] == "<b>=1+1|~</b>"
    assert "&lt;b&gt;=1+1|~&lt;/b&gt;" in " ".join(it.proto.body for it in app.get("html"))
    text_box(app, "name_B").set_value("").run()
    assert "<bdi>Lowest-carbon plan</bdi>" in table(app)


def test_scenarios_change_places_and_leave(page):
    app = page(show_table="Mine~|Two~v=2&policy=carbon|Three~v=2&policy=water")
    buttons(app)["earlier_C"].click().run()
    assert [name for name, _ in lineup(app)] == ["Mine", "Three", "Two"]
    buttons(app)["remove_A"].click().run()
    assert lineup(app) == [("Three", ""), ("Two", "v=2&policy=carbon")]
    assert app.session_state["scenario"] == Scenario(policy="water")
    buttons(app)["hold_B"].click().run()
    assert lineup(app) == [("Three", "v=2&policy=water"), ("Two", "")]
    assert app.session_state["scenario"] == Scenario(policy="carbon")


def test_taking_in_hand_is_undone_without_losing_a_scenario(page, monkeypatch):
    app = page(show_table="One~|Two~v=2&policy=carbon")
    before = lineup(app)
    buttons(app)["hold_B"].click().run()
    monkeypatch.setattr(policies, "policies", lambda scenario: state.undo())
    app.run()
    assert lineup(app) == before
    assert app.session_state["scenario"] == Scenario()


def test_a_quantity_that_one_of_them_lacks_is_not_offered(page, monkeypatch):
    monkeypatch.setattr(cache, "_is_solved_here", lambda scenario: True)
    days = {"start": "2023-01-01", "end": "2023-01-03"}
    asked = {"dataset": "us-2023", "show_quantity": "health_usd", "show_table": "~v=2|~"}
    app = page(**asked, **days)
    assert not app.exception
    offered = next(it for it in app.button_group if it.key.startswith("view_quantity"))
    assert offered.value in ("water_m3", ["water_m3"])
    assert len(offered.options) == 4


def test_the_scenario_in_hand_is_kept_as_it_is_until_the_table_is_full(page):
    app = page(policy="cost")
    for _ in range(4):
        buttons(app)["add_in_hand"].click().run()
    assert lineup(app) == [("", ""), *[("", "v=2&policy=cost")] * 4]
    assert buttons(app)["add_in_hand"].disabled
    assert text_box(app, "link_added").disabled


def test_what_has_no_plan_says_so_in_its_column_and_others_stay(page):
    app = page(show_table="~|~v=2&demand_growth=3|~v=2&policy=nicest|~v=2&dataset=nowhere")
    told = table(app)
    assert "can be served" in told
    assert "nicest" in told
    assert "nowhere" in told
    assert amount(336_694.5, "usd") in told


def test_what_cannot_be_compared_is_said(page):
    app = page(show_table="~|~v=2&start=2022-10-01")
    assert "Periods differ (A: 457 hours" in html(app)
    assert "B against A" not in html(app)


def test_links_of_two_scenarios_open_as_they_did(page, dataset):
    app = page(policy="cost", show_other="v=2&policy=carbon")
    first, second = (solve(Scenario(policy=policy), dataset) for policy in ("cost", "carbon"))
    assert f"B against A: {quotable(second.compare(first))}" in html(app)


def test_a_saved_scenario_brings_its_title_along(page):
    short = saved.store().save_scenario("What the council wants", "v=2&policy=water")
    app = add(page(), f"http://host/?saved={short}")
    assert lineup(app)[1] == ("What the council wants", "v=2&policy=water")
    app = add(app, "http://host/?saved=nobody")
    assert any("no saved scenario" in caption.value for caption in app.caption)


def test_what_is_wrong_with_a_link_is_told(page):
    app = add(page(), "v=2&policy=kindest")
    assert any("kindest" in caption.value for caption in app.caption)
    app = add(app, "good morning")
    assert any("no link of a scenario" in caption.value for caption in app.caption)
    assert len(lineup(app)) == 2


def test_a_plan_that_takes_its_time_holds_up_no_other(page, monkeypatch):
    never = Future()
    solved = cache.begun

    def slow(scenario, place):
        return never if scenario.policy == "carbon" else solved(scenario, place)

    monkeypatch.setattr(cache, "begun", slow)
    app = page(show_table="~v=2&policy=carbon|~")
    assert "Being computed" in table(app)
    assert amount(336_694.5, "usd") in table(app)
    assert not [it for it in app.get("download_button") if "Workbook" in it.proto.label]
