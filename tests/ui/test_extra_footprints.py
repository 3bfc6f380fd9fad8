"""Footprints beyond water and carbon: a weight and a levy each, from the page."""

import pytest
from streamlit.testing.v1 import AppTest

from equity_core import Scenario
from equity_core.store.opening import load_dataset
from tests.small import HEALTH
from ui.jobs import datasets
from ui.sidebar.extra_footprints import with_term


def sidebar():
    from ui.session import state
    from ui.sidebar import extra_footprints

    state.begin()
    extra_footprints.further()


def test_water_and_carbon_have_their_own_controls():
    app = AppTest.from_function(sidebar, default_timeout=60)
    app.query_params["v"] = "2"
    app.run()
    assert not app.exception
    assert len(app.text_input) == 0


def test_one_term_is_set_and_the_others_stay():
    scenario = Scenario(further={"health": {"price": 2.0}, "noise": {"weight": 1.0}})
    terms = scenario.replace(further=with_term(scenario, HEALTH.name, "weight", 5.0)).further
    assert (terms["health"].price, terms["health"].weight) == (2.0, 5.0)
    assert terms["noise"].weight == 1.0


@pytest.fixture
def third_footprint(monkeypatch):
    """The paper's data set as one with a third footprint would be."""
    from dataclasses import replace

    import numpy as np

    paper = load_dataset("paper-2022")
    health = np.concatenate([paper.intensity, paper.intensity[1:]])
    richer = replace(paper, footprints=(*paper.footprints, HEALTH), intensity=health)
    monkeypatch.setattr(datasets, "dataset", lambda name: richer)


def test_a_box_sets_the_weight(third_footprint):
    app = AppTest.from_function(sidebar, default_timeout=60).run()
    assert not app.exception
    assert [box.value for box in app.text_input] == ["0", "0"]
    app.text_input[0].set_value("7,5").run()
    assert app.session_state["scenario"].further_of(HEALTH.name).weight == 7.5
    assert app.query_params[f"further.{HEALTH.name}.weight"] == "7.5"
