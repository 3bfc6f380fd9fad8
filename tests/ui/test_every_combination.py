"""Every preset with every reach and baseline is drawn: a headline, and no error of any kind."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from equity_core import Scenario
from equity_core.scenario.parameters import BY_NAME
from equity_core.scenario.presets import PRESETS

APP = str(Path(__file__).parents[2] / "app.py")
SETTINGS = list(product(BY_NAME["reach"].choices, BY_NAME["baseline"].choices))


@pytest.fixture(scope="module")
def app():
    return AppTest.from_file(APP, default_timeout=120).run()


@pytest.mark.slow
@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_preset_with_every_reach_and_baseline(app, preset):
    for reach, baseline in SETTINGS:
        scenario = preset.apply(Scenario(reach=reach, baseline=baseline))
        app.session_state["scenario"] = scenario
        app.run()
        assert app.session_state["scenario"] == scenario
        assert not app.exception, scenario
        assert not app.error, scenario
        html = " ".join(element.proto.body for element in app.get("html"))
        assert "ee-headline" in html, scenario
        assert html.count("<tr data-site") == 10, scenario
