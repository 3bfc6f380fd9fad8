"""What the Data page draws of a data set: means, heat maps, tags."""

import numpy as np
import pandas as pd
import pytest

from equity_core import load_dataset
from equity_core.inputs.dataset import SourceCard
from ui.charts import heatmap
from ui.charts.heatmap import QUALITY_MEANINGS, cards_html, figures_of, tag_html
from ui.theme import DARK, LIGHT


@pytest.fixture(scope="module")
def world():
    return load_dataset("world-2023")


def test_every_quantity_has_its_cards(world):
    figures = {figure.key: figure for figure in figures_of(world)}
    assert list(figures) == ["price", "water", "carbon", "demand"]
    assert [card.column for card in figures["water"].cards] == [
        "water_m3_per_mwh_onsite",
        "water_m3_per_mwh_offsite",
    ]
    assert all(figure.cards for figure in figures.values())


def test_means_by_hour_day_and_month_are_those_of_pandas(world):
    carbon = figures_of(world)[2]
    frame = pd.DataFrame(carbon.amounts.T, index=world.hours, columns=list(carbon.sites))
    for kind, wanted in (
        (heatmap.HOURS, frame.groupby(frame.index.hour).mean()),
        (heatmap.MONTHS, frame.groupby(frame.index.month).mean()),
        (heatmap.DAYS, frame.groupby(frame.index.day_of_year).mean()),
    ):
        made = heatmap.means(carbon, world.hours, kind).to_numpy()
        np.testing.assert_allclose(made, wanted.to_numpy().T, rtol=1e-12)
    months = heatmap.means(carbon, world.hours, heatmap.MONTHS)
    assert list(months.columns)[:2] == ["2023-01", "2023-02"]


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_a_heat_map_holds_the_means_in_the_colours_of_their_scale(look, world):
    carbon = figures_of(world)[2]
    table = heatmap.means(carbon, world.hours, heatmap.HOURS)
    table.iloc[3, 5] = np.nan
    figure = heatmap.heat_figure(carbon, heatmap.HOURS, world, look, table)
    (drawn,), layout = figure["data"], figure["layout"]
    assert np.shape(drawn["z"]) == (16, 24)
    assert drawn["z"][0][0] == table.iloc[0, 0]
    assert drawn["z"][3][5] is None
    scale = look.shade(heatmap.scale_of(carbon, world.hours))
    assert (drawn["zmin"], drawn["zmax"]) == (scale.low, scale.high)
    assert drawn["colorscale"][-1] == (1.0, f"rgb{scale.rgb(scale.high)}".replace(" ", ""))
    assert layout["yaxis"]["ticktext"] == [world.site_names[site] for site in carbon.sites]
    assert layout["title"]["text"] == "By hour of the day (UTC), t/MWh"
    assert "t/MWh<extra>" in drawn["hovertemplate"]


def test_a_tag_says_why():
    card = SourceCard("x", "t", 'A "source"', "2023", "CC0", "synthetic", "<b>No claim.</b>")
    html = tag_html(card)
    assert ">synthetic</abbr>" in html
    assert QUALITY_MEANINGS["synthetic"] in html
    assert "&lt;b&gt;No claim." in html
    assert "<b>" not in html
    assert "<b>" not in cards_html([card])


def test_words_name_the_most_and_the_least(world):
    words = heatmap.words_of(figures_of(world)[2], world.site_names)
    assert words.startswith("Carbon: on average 0.0728 t/MWh in Ontario (least) to 0.749 t/MWh in")
