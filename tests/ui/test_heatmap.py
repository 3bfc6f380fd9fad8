"""What the Data page draws of a data set: means, heat maps, tags."""

import base64
import io
import re

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from equity_core import load_dataset
from equity_core.inputs.dataset import SourceCard
from ui.charts import heatmap
from ui.charts.heatmap import QUALITY_MEANINGS, cards_html, figures_of, heat_html, tag_html


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
    for made, wanted in (
        (heatmap.by_hour(carbon, world.hours), frame.groupby(frame.index.hour).mean()),
        (heatmap.by_month(carbon, world.hours), frame.groupby(frame.index.month).mean()),
        (heatmap.by_day(carbon, world.hours), frame.groupby(frame.index.day_of_year).mean()),
    ):
        np.testing.assert_allclose(made.to_numpy(), wanted.to_numpy().T, rtol=1e-12)
    assert list(heatmap.by_month(carbon, world.hours).columns)[:2] == ["2023-01", "2023-02"]


def test_a_heat_map_has_a_pixel_a_cell_in_the_colours_of_its_scale(world):
    carbon = figures_of(world)[2]
    table = heatmap.by_hour(carbon, world.hours)
    table.iloc[3, 5] = np.nan
    scale = heatmap.scale_of(carbon, world.hours)
    html = heat_html(table, world.site_names, ["0", "23"], scale, 'words "quoted"')
    encoded = re.search(r"base64,([^\"]+)\"", html)
    assert encoded is not None
    pixels = np.asarray(Image.open(io.BytesIO(base64.b64decode(encoded[1]))))
    assert pixels.shape == (16, 24, 3)
    assert np.abs(pixels[0, 0].astype(int) - scale.rgb(float(table.iloc[0, 0]))).max() <= 4
    assert tuple(pixels[3, 5]) == scale.rgb(float("nan"))
    assert 'alt="words &quot;quoted&quot;"' in html
    assert html.count("<span>") == 16 + 2


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


def test_ticks_keep_first_and_last():
    assert heatmap.spread_ticks([str(at) for at in range(24)], 3) == ["0", "12", "23"]
    assert heatmap.spread_ticks(["a", "b"]) == ["a", "b"]
