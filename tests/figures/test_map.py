"""The printed map."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PIL import Image

from equity_core.errors import EquityError
from equity_core.figures.colours import change_scale
from equity_core.figures.map import map_picture
from equity_core.text.opening.alone import quotable

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def png(comparison, dataset):
    return map_picture(comparison, dataset, "water_m3", "change", "png")


@pytest.fixture(scope="module")
def svg(comparison, dataset):
    return map_picture(comparison, dataset, "water_m3", "change", "svg")


def test_the_png_is_print_size_and_carries_its_origin(png, comparison):
    image = Image.open(BytesIO(png))
    assert image.size == (3300, 2100)
    assert image.info["fingerprint"] == comparison.after.fingerprint
    assert image.info["data_version"] == comparison.after.data_version
    assert (
        image.info["Title"] == "Simulated change in water by region against the cheapest plan, 2022"
    )


def test_the_png_shows_the_colour_of_the_largest_rise_and_fall(png, comparison):
    changes = comparison.table["water_m3_change"]
    pixels = np.asarray(Image.open(BytesIO(png)).convert("RGB")).reshape(-1, 3).astype(int)
    scale = change_scale(changes)
    for value in (changes.min(), changes.max()):
        near = np.abs(pixels - scale.rgb(float(value))).max(axis=1) <= 1
        assert near.sum() > 1200


def test_the_svg_is_well_formed_and_carries_its_origin(svg, comparison):
    root = ET.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    metadata = " ".join(root.find(f"{SVG}metadata").itertext())
    assert f"fingerprint {comparison.after.fingerprint}" in metadata
    assert "Simulated change in water by region" in metadata


def test_the_words_are_drawn(svg, comparison):
    """Text is drawn as outlines, each line preceded by a comment that holds it."""
    drawn = svg.decode()
    assert f"Scenario {comparison.after.fingerprint}" in drawn
    assert "Natural Earth" in drawn
    assert quotable(comparison)[:60] in drawn
    assert "Water, m³" in drawn


def test_the_pdf_carries_its_origin(comparison, dataset):
    pdf = map_picture(comparison, dataset, "carbon_t", "burden", "pdf")
    assert pdf.startswith(b"%PDF-")
    assert f"fingerprint {comparison.after.fingerprint}".encode() in pdf
    assert b"CreationDate" not in pdf


@pytest.mark.slow
@pytest.mark.parametrize("picture_format", ["png", "svg", "pdf"])
def test_the_same_map_is_the_same_bytes_in_any_thread(comparison, dataset, picture_format):
    def draw(column):
        return map_picture(comparison, dataset, column, "burden", picture_format)

    alone = [draw("carbon_t"), draw("cost_usd")]
    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(draw, ["carbon_t", "cost_usd"])) == alone


def test_drawing_needs_no_pyplot_whose_state_all_threads_share():
    code = "import sys, equity_core.figures.map; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("column", ["water_m3", "carbon_t", "cost_usd", "energy_mwh"])
@pytest.mark.parametrize("view", ["change", "burden"])
def test_every_quantity_and_view_can_be_drawn(comparison, dataset, column, view):
    Image.open(BytesIO(map_picture(comparison, dataset, column, view, "png"))).verify()


@pytest.mark.slow
@pytest.mark.parametrize("factor", [0.0, 1e-9, 1e12])
def test_the_smallest_and_highest_values_can_be_drawn(comparison, dataset, factor):
    burdens = comparison.after.burdens * factor
    extreme = replace(comparison.after, burdens=burdens).compare(comparison.before)
    Image.open(BytesIO(map_picture(extreme, dataset, "water_m3", "change", "png"))).verify()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"quantity": "watter"}, "no quantity called 'watter'"),
        ({"view": "both"}, "no map view 'both'; choose one of change, burden"),
        ({"format": "gif"}, "no picture format 'gif'; choose one of png, svg, pdf"),
    ],
)
def test_an_unknown_choice_is_refused_with_the_known_ones(comparison, dataset, changes, words):
    choice = {"quantity": "water_m3", "view": "change", "format": "png"} | changes
    with pytest.raises(EquityError, match=words):
        map_picture(comparison, dataset, **choice)
