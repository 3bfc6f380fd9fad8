"""Every field for a number on every page: read as meant, or refused beside it."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from equity_core import Scenario

APP = str(Path(__file__).parents[2] / "app.py")
GROUPS = ("levers_levies", "levers_fleet")
LINK = {"reach": "latency", "new_site_like": "denmark", "show_region": "texas"}


def opened(**address):
    app = AppTest.from_file(APP, default_timeout=60)
    for key, value in ({"v": "2"} | address).items():
        app.query_params[key] = value
    for group in GROUPS:
        app.session_state[group] = True
    app.run()
    assert not app.exception
    return app


def goals_page():
    from pages.goals import goals
    from ui.session import state

    state.begin()
    goals()


def goals_opened():
    app = AppTest.from_function(goals_page, default_timeout=60)
    app.query_params["show_region"] = "texas"
    return app.run()


def box(app, name):
    return next(found for found in app.text_input if found.key.startswith(f"{name}-"))


def alerts(app):
    bodies = (unescape(element.proto.body) for element in app.get("html"))
    return [body for body in bodies if 'role="alert"' in body]


@pytest.mark.slow
def test_no_number_is_left_to_a_field_that_drops_what_it_does_not_know():
    for app in (opened(**LINK), goals_opened()):
        assert len(app.number_input) == 0
        assert len(app.text_input) >= 8


@pytest.mark.slow
@pytest.mark.parametrize("start", [lambda: opened(**LINK), goals_opened], ids=["sidebar", "goals"])
def test_every_field_refuses_beside_itself_and_keeps_what_stood_there(start):
    app = start()
    before, boxes = app.session_state["scenario"], [found.key for found in app.text_input]
    for key in boxes:
        if not any(key.startswith(name) for name in ("save_title", "link_", "byline_")):
            former = app.text_input(key=key).value
            app.text_input(key=key).set_value("abc").run()
            told = alerts(app)
            assert "Allowed: " in told[-1] and "It stays " in " ".join(told), key
            assert app.text_input(key=key).value == former
    assert app.session_state["scenario"] == before


def test_a_decimal_comma_is_read_and_left_as_typed():
    app = opened()
    box(app, "water_weight_box").set_value("0,5").run()
    assert app.session_state["scenario"] == Scenario(water_weight=0.5)
    assert box(app, "water_weight_box").value == "0,5"
    assert box(app, "water_weight_box").key.endswith("-0")  # the same field: the cursor stays
    assert not alerts(app)


def test_a_refusal_goes_when_the_value_is_typed_anew_or_changes_elsewhere():
    app = opened()
    box(app, "water_weight_box").set_value("-5").run()
    assert ["'-5' is out of range" in told for told in alerts(app)] == [True]
    box(app, "water_weight_box").set_value("70").run()
    assert not alerts(app)
    box(app, "water_weight_box").set_value("x").run()
    assert alerts(app)
    app.button(key="undo_button").click().run()
    assert not alerts(app)
    assert box(app, "water_weight_box").value == "60"
