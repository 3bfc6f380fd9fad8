"""Plotly pictures: the page's own colours, words without tags; two scenarios side by side."""

import pytest

from equity_core.figures.colours import Scale
from ui.charts import plotly
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
