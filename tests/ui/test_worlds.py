"""Which world the baseline lives in, what another data set leaves behind, and saved titles."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from equity_core import Scenario, SiteFactors, solve
from equity_core.scenario.parameters import BY_NAME
from equity_core.store.store import Store
from equity_core.text.plan_names import reference_name
from tests.ui.driving import html, scenario, told, widget
from ui.jobs import cache, orders
from ui.panels.beside import policies

APP = str(Path(__file__).parents[2] / "app.py")
DROUGHT = {"texas": SiteFactors(water=2)}


@pytest.fixture
def page(opened):
    return lambda **address: opened(AppTest.from_file(APP, default_timeout=120), **address)


@pytest.fixture
def keep(tmp_path, monkeypatch):
    """Saves an address under a title in a store of this test's own; gives its key."""
    monkeypatch.setenv("EQUITY_STORE_FILE", str(tmp_path / "store.sqlite"))
    return lambda title, address: Store().save_scenario(title, address)


def plain(element):
    return element.value.replace("\\", "")


def test_the_world_is_chosen_beside_the_policy_and_explained(page):
    app = page(**{"v": "2", "texas.water": "2"})
    world = BY_NAME["baseline_world"]
    app.session_state["levers_world"] = True
    app.run()
    assert "under the cheapest plan in the world as it is; " in told(app)
    assert world.explanations["as_is"] in [caption.value for caption in app.caption]
    widget(app, "selectbox", "baseline_world").set_value("as_set").run()
    assert scenario(app) == Scenario(baseline_world="as_set", factors=DROUGHT)
    assert "under the cheapest plan with the same changes; " in told(app)
    assert world.explanations["as_set"] in [caption.value for caption in app.caption]


def test_the_world_is_put_away_unless_the_link_sets_it(page):
    def shown(app):
        return [box for box in app.selectbox if (box.key or "").startswith("baseline_world-")]

    assert not shown(page(v="2"))
    assert shown(page(v="2", baseline_world="as_set"))


def test_a_link_of_the_first_version_keeps_its_world_and_its_fingerprint(page):
    first = {"v": "1", "texas.water": "2"}
    app = page(**first)
    assert scenario(app) == Scenario(baseline_world="as_set", factors=DROUGHT)
    assert scenario(page(v="1", policy="cost")) == Scenario(policy="cost")


def test_the_world_of_the_baseline_asks_for_no_other_frontier():
    strict = Scenario(no_region_worse=True, factors=DROUGHT)
    other = strict.replace(baseline_world="as_set")
    assert orders.curve_scenario(strict) == orders.curve_scenario(other)


def test_a_baseline_that_has_no_plan_has_a_way_out(page):
    """No site is within a millisecond of any gateway, which is no matter without demand."""
    app = page(reach="latency", max_latency_ms="1", demand_growth="-1")
    assert "but its baseline, the cheapest plan in the world as it is, cannot" in plain(
        app.error[0]
    )
    assert "the world with the same changes" in app.button(key="way_0").label
    app.button(key="way_0").click().run()
    assert not app.error
    assert scenario(app).baseline_world == "as_set"


def test_compare_counts_every_row_against_one_plan(dataset):
    own = Scenario(reach="partial", factors=DROUGHT)
    before = cache.baseline(own)
    assert before.scenario == Scenario(policy="cost", reach="partial")
    words = policies.baseline_words(own)
    assert words == "the cheapest plan in the world as it is (reach: allowed pairs only)"
    rows = {(policy, reach): question for policy, reach, question in policies.asked(own)}
    nearest = rows["Nearest", "Own site only"]
    # The same plan on the command line is compared with the same baseline.
    assert nearest.baseline_scenario() == before.scenario
    assert solve(nearest, dataset).compare(before).regions_worse > 0


def test_goals_name_the_plan_that_they_refer_to(page):
    app = page(**{"v": "2", "no_region_worse": "true", "texas.water": "2"})
    name = reference_name(scenario(app))
    assert name == "the cheapest plan with the same changes"
    assert any(f"worse off than under {name}" in plain(caption) for caption in app.caption)


@pytest.mark.slow
def test_another_data_set_says_what_it_left_behind_and_undo_brings_it_back(page):
    address = {
        "policy": "cost", "water_limit_m3": "3500", "end": "2022-09-29T00:00Z",
        "new_site_like": "denmark", "baseline_world": "as_set", "texas.water": "2",
        "japan.price": "1.1", "show_region": "texas", "show_quantity": "carbon_t",
    }  # fmt: skip
    app = page(**address)
    before, view = scenario(app), app.session_state["view"]
    widget(app, "selectbox", "dataset").set_value("world-2023").run()
    assert scenario(app) == Scenario(dataset="world-2023", policy="cost", baseline_world="as_set")
    said = plain(app.warning[0])
    assert said.startswith("Left behind with ")
    for words in ("Until: 2022-09-29T00:00Z", "New site like: Denmark", "Water limit 3,500 m³",
                  "what is set for Japan and Texas", "Undo brings it back"):  # fmt: skip
        assert words in said
    assert app.session_state["view"] == view.replace(region="")
    app.button(key="undo_button").click().run()
    assert (scenario(app), app.session_state["view"]) == (before, view)
    assert not app.warning
    app.button(key="redo_button").click().run()
    assert scenario(app).dataset == "world-2023"
    assert app.session_state["view"].region == ""


def test_another_data_set_says_what_it_keeps_where_nothing_is_left_behind(page):
    app = page(policy="cost", reach="partial")
    widget(app, "selectbox", "dataset").set_value("world-2023").run()
    assert plain(app.warning[0]).startswith("Kept as set: Policy: Cheapest and Reach: ")
    app = page(v="2")
    widget(app, "selectbox", "dataset").set_value("world-2023").run()
    assert not app.warning


def test_a_saved_title_stands_above_its_own_scenario_alone(page, keep):
    key = keep("Dry <Texas>", "v=2&policy=cost&texas.water=2")
    app = page(saved=key)
    title = '<p class="ee-title">Dry &lt;Texas&gt;</p>'
    assert title in html(app)
    assert app.query_params["saved"] == key
    widget(app, "selectbox", "reach").set_value("partial").run()
    assert title not in html(app)
    assert "saved" not in app.query_params
    app.button(key="undo_button").click().run()
    assert title in html(app)
    assert app.query_params["saved"] == key


@pytest.mark.parametrize("other", [{"policy": "carbon"}, {"saved": "nosuchkey123"}])
def test_no_other_scenario_takes_a_saved_title(page, keep, other):
    """Nor does a short link of another server hinder what stands beside it."""
    key = keep("Cheap", "v=2&policy=cost")
    app = page(**({"saved": key, "v": "2", "policy": "cost"} | other))
    assert scenario(app).policy == other.get("policy", "cost")
    assert 'class="ee-title"' not in html(app)
    assert not app.warning


def test_a_scenario_kept_by_the_first_version_means_what_it_meant(page, keep):
    app = page(saved=keep("Old", "v=1&policy=cost&texas.water=2"))
    assert scenario(app) == Scenario(policy="cost", baseline_world="as_set", factors=DROUGHT)
    assert '<p class="ee-title">Old</p>' in html(app)
    assert scenario(page(saved=keep("Default", ""))) == Scenario()


@pytest.mark.parametrize("tracker", ["utm_source", "fbclid", "embed"])
def test_a_tracker_is_passed_over_in_silence(page, tracker):
    app = page(v="2", policy="cost", **{tracker: "x"})
    assert scenario(app) == Scenario(policy="cost")
    assert not app.warning
