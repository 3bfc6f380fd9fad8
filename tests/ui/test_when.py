"""When load and burdens fall on regions: the numbers inside the figures, and the panel."""

import itertools
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from equity_core.inputs.places import clocks
from equity_core.outcome.by_hour import by_hour
from ui.charts import when
from ui.charts.when import LOAD_QUANTITY, Hours
from ui.theme import DARK, LIGHT

APP = Path(__file__).parents[2] / "app.py"


@pytest.fixture(scope="module")
def hours(comparison, dataset):
    before, after = comparison.before, comparison.after
    names = tuple(after.site_names.values())
    local = clocks.local_hours(dataset, after.hours)
    return Hours(LOAD_QUANTITY, names, before.dispatch, after.dispatch, local)


def test_heat_maps_are_means_by_local_hour(hours, comparison):
    figure = when.heat_figure(hours, LIGHT)["data"][2]
    moved = pd.Series(comparison.after.dispatch[0] - comparison.before.dispatch[0])
    wanted = moved.groupby(hours.local[0]).mean()
    np.testing.assert_allclose(figure["z"][0], wanted, atol=1e-4)
    assert figure["zmin"] == -figure["zmax"]
    assert "MW" in figure["hovertemplate"]


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_before_and_after_share_a_scale(hours, look):
    before, after, _ = when.heat_figure(hours, look)["data"]
    assert (before["zmin"], before["zmax"]) == (after["zmin"], after["zmax"])
    assert before["colorscale"] == after["colorscale"]


def test_lines_shade_the_nights_of_the_chosen_region(hours, comparison, dataset):
    index, place = comparison.after.hours, dataset.sites.iloc[0]
    dark = clocks.night(place["latitude"], place["longitude"], index)
    figure = when.line_figure(hours, index, 0, dark.tolist(), LIGHT)
    shapes = figure["layout"]["shapes"]
    lengths = [pd.Timestamp(x["x1"]) - pd.Timestamp(x["x0"]) for x in shapes]
    assert sum(lengths, pd.Timedelta(0)) == pd.Timedelta(hours=int(dark.sum()))
    assert [trace["name"] for trace in figure["data"][:2]] == [
        "Texas, baseline",
        "Texas, this plan",
    ]
    np.testing.assert_allclose(figure["data"][1]["y"], comparison.after.dispatch[0], atol=1e-4)
    assert len(figure["data"]) == 1 + len(hours.names)


def test_words_and_table_say_what_the_picture_shows(hours, unchanged, dataset):
    assert "The largest change is in " in when.words(hours)
    table = when.table(hours)
    assert table.shape == (10, 25)
    same = unchanged.after.dispatch
    still = Hours(LOAD_QUANTITY, hours.names, same, same, hours.local)
    assert "At no hour does it differ" in when.words(still)


def test_the_panel_is_empty_until_it_is_opened(opened):
    app = opened(AppTest.from_file(APP, default_timeout=60))
    assert not _pictures(app)
    app.session_state["when"] = True
    app.run()
    assert not app.exception
    assert len(_pictures(app)) == 2


def _pictures(app):
    """Those of the panel: the frontier's may be there by now."""
    return [each for each in app.get("plotly_chart") if "when_" in each.proto.id]


def test_water_by_hour_adds_up(comparison, dataset):
    water = by_hour(comparison.after, dataset)["water_m3"]
    assert water.sum() == pytest.approx(comparison.after.total("water_m3"))


def test_pictures_do_not_overlap_on_a_phone(hours):
    layout = when.heat_figure(hours, LIGHT, narrow=True)["layout"]
    domains = [layout[name]["domain"] for name in ("yaxis3", "yaxis2", "yaxis")]
    assert all(below[1] < above[0] for below, above in itertools.pairwise(domains))
    assert layout["height"] > 2 * when.heat_figure(hours, LIGHT)["layout"]["height"]
