"""Today as the baseline, and what an address that asks for nothing opens on."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from equity_core import Scenario

APP = str(Path(__file__).parents[2] / "app.py")


@pytest.fixture
def page(opened):
    return lambda **address: opened(AppTest.from_file(APP, default_timeout=120), **address)


def widget(app, kind, name):
    return next(found for found in getattr(app, kind) if (found.key or "").startswith(f"{name}-"))


def scenario(app):
    assert not app.exception
    return app.session_state["scenario"]


def html(app):
    return " ".join(element.proto.body for element in app.get("html"))


def test_the_states_are_compared_with_today_as_long_as_they_are_chosen(page):
    app = page(v="2", policy="cost")
    widget(app, "selectbox", "dataset").set_value("us-2023").run()
    assert scenario(app) == Scenario(dataset="us-2023", policy="cost", baseline="nearest")
    assert app.query_params["baseline"] == "nearest"
    assert "is now today's siting" in app.warning[0].value.replace("\\", "")
    assert "than under today&#x27;s siting; " in html(app)
    baseline = widget(app, "selectbox", "baseline")
    assert "Nearest: as it is today" in baseline.options
    assert any("as today: nothing is moved" in caption.value for caption in app.caption)

    widget(app, "selectbox", "dataset").set_value("paper-2022").run()
    assert scenario(app) == Scenario(policy="cost")
    assert "is now the cheapest plan" in app.warning[0].value.replace("\\", "")
    assert "Nearest" in widget(app, "selectbox", "baseline").options
    app.button(key="undo_button").click().run()
    assert scenario(app).baseline == "nearest"


def test_a_link_to_the_states_keeps_the_baseline_of_all_links(page):
    app = page(v="2", dataset="us-2023", policy="cost", end="2023-02-01T00:00Z")
    assert scenario(app).baseline == "cost"
    assert not app.warning
