"""Plotly pictures: the page's own colours, words without tags; two scenarios side by side."""

import json

import pytest

from equity_core.figures.colours import Scale
from equity_core.text.quantities import find_quantity
from ui.charts import plotly
from ui.charts.bars import bars
from ui.charts.before_after import before_after_figure
from ui.theme import DARK, LIGHT


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_a_figure_has_the_colours_of_the_page_and_keeps_what_was_zoomed(look):
    layout = plotly.figure([], look, 300, bargap=0.1)["layout"]
    assert (layout["paper_bgcolor"], layout["font"]["color"]) == (look.paper, look.ink)
    assert layout["uirevision"] == plotly.figure([{}], look, 200)["layout"]["uirevision"]
    assert layout["bargap"] == 0.1


def test_a_name_from_outside_is_no_markup():
    assert plotly.lines("<b>A</b>", "B & C") == "&lt;b&gt;A&lt;/b&gt;<br>B &amp; C"
    rows = plotly.rows([("a", "<i>same</i>"), ("b", "<i>same</i>")])
    assert rows["tickvals"] == ("a", "b")
    assert rows["ticktext"] == ["&lt;i&gt;same&lt;/i&gt;"] * 2


def test_a_scale_runs_from_its_least_to_its_most():
    drawn = plotly.colours(Scale(0, 1, "lapaz"), 5)
    assert [at for at, _ in drawn] == [0, 0.25, 0.5, 0.75, 1]
    assert drawn[0][1] == f"rgb{Scale(0, 1, 'lapaz').rgb(0)}".replace(" ", "")


def test_points_without_words_do_not_answer_the_pointer():
    assert plotly.scatter("a", [(1.0, 2.0)])["hoverinfo"] == "skip"
    assert plotly.scatter("a", [(1.0, 2.0)], ["b"])["hovertext"] == ["b"]


def test_two_scenarios_have_a_pair_of_bars_for_each_region(comparison):
    quantity = find_quantity(comparison.after.footprints, "water_m3")
    rows = bars(comparison, quantity)
    figure = before_after_figure(rows, quantity, "second link", DARK)
    before, after = figure["data"]
    assert before["x"] == [row.before for row in rows]
    assert after["x"] == [row.after for row in rows]
    assert before["y"] == after["y"] == [row.site for row in rows]
    assert (before["name"], after["marker"]["color"]) == ("second link", DARK.accent)
    assert figure["layout"]["xaxis"]["title"]["text"] == "Water, m³"
    assert after["hovertext"][0].startswith(f"{rows[0].name}<br>your scenario: ")
    json.dumps(figure)
