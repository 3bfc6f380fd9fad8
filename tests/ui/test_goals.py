"""The Goals page without a browser: goals in, room or ways out, the last picture marked."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from equity_core import Scenario, SiteFactors, solve
from equity_core.text.limits import room_above
from equity_core.text.slack import goals_headline
from ui.charts import tradeoff
from ui.charts.tradeoff import Dot, Possible
from ui.theme import DARK, LIGHT

APP = str(Path(__file__).parents[2] / "app.py")


@pytest.fixture
def page(opened):
    return lambda **address: opened(
        AppTest.from_function(goals_page, default_timeout=60), **address
    )


def goals_page():
    from pages.goals import goals
    from ui.session import state

    state.begin()
    goals()


def html(app):
    assert not app.exception
    return unescape(" ".join(element.proto.body for element in app.get("html")))


def box(app, field):
    return next(found for found in app.text_input if found.key.startswith(f"goal_{field}-"))


@pytest.mark.slow
def test_goals_are_set_in_the_form_and_the_answer_is_the_solvers(page, dataset):
    app = page(policy="cost")
    box(app, "water_limit_m3").set_value("1900").run()
    box(app, "cost_increase_limit").set_value("20").run()
    wanted = Scenario(policy="cost", water_limit_m3=1900, cost_increase_limit=0.2)
    assert app.session_state["scenario"] == wanted
    outcome = solve(wanted, dataset)
    assert goals_headline(outcome) in html(app)
    assert "57 m³ more would lower electricity cost by $4,830, $84.8 for each m³" in html(app)
    assert "costs $292,000. With them the region that carries most " in html(app)
    drawn = json.loads(app.get("plotly_chart")[0].proto.spec)
    taken_along = drawn["layout"]["meta"]
    assert taken_along["title"].endswith("2022: AI data centres in 10 regions")
    assert outcome.fingerprint in taken_along["small"][-1]
    words = [shape["label"]["text"] for shape in drawn["layout"]["shapes"]]
    assert words == ["goal 20%", "goal 1,900 m³"]


def test_an_emptied_box_is_no_goal(page):
    app = page(worse_tolerance="0.1", no_region_worse="true", policy="cost")
    assert box(app, "worse_tolerance").value == "10"
    box(app, "worse_tolerance").set_value("").run()
    assert app.session_state["scenario"] == Scenario(policy="cost")


def test_one_region_has_goals_of_its_own(page):
    app = page(show_region="texas")
    box(app, "factors.texas.carbon_limit_t").set_value("100").run()
    wanted = Scenario(factors={"texas": SiteFactors(carbon_limit_t=100)})
    assert app.session_state["scenario"] == wanted
    assert "Texas at most 100 t of carbon" in html(app)


def test_the_policy_within_the_goals(page):
    app = page(carbon_price="50", policy="cost")
    next(found for found in app.button_group).set_value("fairest").run()
    assert app.session_state["scenario"] == Scenario(policy="fairest")


def test_goals_that_cannot_be_met_give_ways_out_and_keep_the_last_picture(page):
    app = page(policy="cost", water_limit_m3="1900")
    box(app, "water_limit_m3").set_value("1200").run()
    assert "No plan keeps this goal" in app.error[0].value
    assert "last scenario that could be solved" in app.warning[0].value
    assert "$317,000" in html(app)
    labels = [button.label for button in app.button]
    assert any("Leave this goal out" in label for label in labels)
    assert any("Take back the last change" in label for label in labels)
    told = re.search(r"is ([\d,.]+) m", app.error[0].value.replace("\\", ""))[1]
    nearest = float(told.replace(",", ""))
    app.button(key="way_0").click().run()
    assert app.session_state["scenario"] == Scenario(policy="cost", water_limit_m3=nearest)
    assert nearest == room_above(nearest)
    assert not app.error


def test_an_impossible_link_shows_the_scenario_without_its_goals(page):
    app = page(policy="cost", water_limit_m3="1200")
    assert "without its goals" in app.warning[0].value
    assert "$292,000" in html(app)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "growth", "enough"),
    [("paper-2022", "0.3", 0.3), ("world-2023", "3", 61.0067 / 16 - 1)],
)
def test_a_shortfall_has_ways_out_too(page, name, growth, enough):
    """Sought here, or for a large data set beside the page."""
    app = page(dataset=name, demand_growth=growth)
    assert "MW" in app.error[0].value
    app.button(key="way_0").click().run()
    assert not app.error
    found = app.session_state["scenario"]
    assert found.capacity_growth == pytest.approx(enough, abs=1e-3)


BORDER = [(100.0, 2600.0), (120.0, 1900.0), (150.0, 1400.0)]


def named(figure):
    """The traces by their names in the legend."""
    return {trace["name"]: trace for trace in figure["data"]}


def test_the_picture_has_each_plan_and_each_goal_at_its_place(dataset):
    dots = (
        Dot(100.0, (2600.0, 180.0), False),
        Dot(120.0, (2100.0, 120.0), True),
        Dot(150.0, (1600.0, 100.0), True, here=True),
    )
    drawn = Possible(dots, dataset.footprints, BORDER, BORDER, 100.0, 120.0, 2000.0)
    figure = tradeoff.possible_figure(drawn)
    traces, shapes = named(figure), figure["layout"]["shapes"]
    for name, place, shade in (
        ("plans without goals", (0.0, 2600.0), [180.0]),
        ("plans of the weights, within the goals", (20.0, 2100.0), [120.0]),
        ("this plan", (50.0, 1600.0), LIGHT.accent),
    ):
        assert (*traces[name]["x"], *traces[name]["y"]) == pytest.approx(place)
        assert traces[name]["marker"]["color"] == shade
    assert [shapes[0]["x0"], shapes[1]["y0"]] == pytest.approx([20.0, 2000.0])
    assert [shape["label"]["text"] for shape in shapes] == ["goal 20%", "goal 2,000 m³"]
    assert traces["least possible"]["y"] == (2600.0, 1900.0, 1400.0)
    assert "has 1,900 m³ of water or more" in traces["least possible"]["hovertext"][1]
    left = traces["left by the goals"]
    # The corner below both goals lies on the border, not under it.
    assert (max(left["x"]), max(left["y"]), min(left["y"])) == pytest.approx((20, 2000, 1900))


def test_the_summary_says_what_is_least(dataset):
    drawn = Possible((), dataset.footprints, BORDER, BORDER, 100.0)
    told = "at $100 of electricity cost the region that carries most can be brought to 2,600 m³"
    assert told in tradeoff.summary(drawn)


@pytest.mark.parametrize(("look", "brighter"), [(LIGHT, False), (DARK, True)])
def test_the_worst_plan_stands_out_most_on_either_paper(look, brighter, dataset):
    dots = (Dot(100.0, (2600.0, 200.0), True), Dot(150.0, (1600.0, 100.0), True))
    drawn = Possible(dots, dataset.footprints, BORDER, BORDER, 100.0)
    shades = tradeoff.possible_figure(drawn, look)["layout"]["coloraxis"]
    assert (shades["cmin"], shades["cmax"]) == (100.0, 200.0)
    best, worst = (
        sum(map(int, re.findall(r"\d+", shades["colorscale"][end][1]))) for end in (0, -1)
    )
    assert (worst > best) == brighter


@pytest.mark.parametrize(("cost", "side"), [(101.0, "left"), (200.0, "right")])
def test_words_of_a_goal_at_the_edge_stand_before_its_line(cost, side, dataset):
    drawn = Possible((), dataset.footprints[:1], BORDER, BORDER, 100.0, cost)
    (goal,) = tradeoff.possible_figure(drawn)["layout"]["shapes"]
    assert goal["label"]["xanchor"] == side


def test_goals_that_leave_nothing_shade_nothing(dataset):
    dots = (Dot(100.0, (2600.0, 180.0), False),)
    for left, worst in ((BORDER, 1800.0), ([], None)):
        drawn = Possible(dots, dataset.footprints, BORDER, left, 100.0, 110.0, worst)
        assert "left by the goals" not in named(tradeoff.possible_figure(drawn))


def test_no_goal_no_shade(dataset):
    drawn = Possible((), dataset.footprints[:1], BORDER, BORDER, 100.0)
    assert list(named(tradeoff.possible_figure(drawn))) == ["least possible"]


@pytest.mark.parametrize("most", [-1.0, 0.0, 0.3, 1.0, 5.0])
def test_what_lies_below_a_line_is_cut_along_it(most):
    square = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)]
    kept = tradeoff.below(square, 0, most)
    assert max((x for x, _ in kept), default=-1.0) == pytest.approx(min(most, 1.0))
