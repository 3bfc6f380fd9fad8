"""Files from the page open in the usual tools and hold the solver's numbers, every digit."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from equity_core import Scenario
from equity_core.answers import Answer, frontier_files
from tests.browser.driving import DATA, open_explore, solved, wait_until_idle

SCENARIO = Scenario(water_weight=80, factors={"texas": {"water": 1.5}})
LINK = "/?v=1&water_weight=80&texas.water=1.5"


@pytest.fixture(scope="module")
def downloaded(shared_context):
    """Name and content of the file behind each button; the drawing is that of another view."""
    page = shared_context.new_page()
    open_explore(page, LINK)
    files = {
        button: press(page, button)
        for button in ("Regions CSV", "Frontier CSV", "Regions GeoJSON", "Map PNG")
    }
    page.get_by_role("radio", name="Carbon").click()
    expect(page.locator(".ee-bars thead")).to_contain_text(["Carbon, t"])
    wait_until_idle(page)
    files["Map SVG"] = press(page, "Map SVG")
    page.close()
    return files


def press(page: Page, button: str) -> tuple[str, bytes]:
    with page.expect_download() as download:
        page.get_by_role("button", name=button).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_regions_csv_is_the_command_lines(downloaded):
    name, content = downloaded["Regions CSV"]
    assert content == Answer.to(SCENARIO, DATA).files()["regions.csv"]
    comparison = solved(SCENARIO)
    assert comparison.after.fingerprint in name
    table = pd.read_csv(io.BytesIO(content)).set_index("site")
    pd.testing.assert_series_equal(
        table["water_m3_after"], comparison.after.burdens["water_m3"], check_names=False
    )
    assert set(table["fingerprint"]) == {comparison.after.fingerprint}


def test_frontier_csv_is_the_command_lines(downloaded):
    _, content = downloaded["Frontier CSV"]
    assert content == frontier_files(SCENARIO, DATA, 50)["frontier.csv"]
    table = pd.read_csv(io.BytesIO(content))
    assert len(table) == 50
    assert table["knee"].sum() == 1
    assert table["cost_usd"].is_monotonic_increasing


def test_geojson_opens_in_geopandas(downloaded):
    name, content = downloaded["Regions GeoJSON"]
    assert name.endswith(".geojson")
    frame = gpd.read_file(io.BytesIO(content)).set_index("site")
    assert set(frame.index) == set(DATA.site_ids)
    assert frame.crs == "EPSG:4326"
    wanted = solved(SCENARIO).after.burdens["carbon_t"]
    assert frame["carbon_t_after"].to_dict() == pytest.approx(wanted.to_dict())


def test_the_map_opens_as_a_picture(downloaded):
    name, content = downloaded["Map PNG"]
    assert name.endswith(".png")
    picture = Image.open(io.BytesIO(content))
    picture.load()
    assert picture.width >= 1200
    assert len(picture.convert("RGB").getcolors(1_000_000)) > 50
    assert any(solved(SCENARIO).after.fingerprint in str(text) for text in picture.info.values())


def test_the_map_is_a_drawing_of_what_is_shown(downloaded):
    name, content = downloaded["Map SVG"]
    assert "carbon_t-change" in name
    root = ET.fromstring(content)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert len(root.findall(".//{http://www.w3.org/2000/svg}path")) > 100
    assert solved(SCENARIO).after.fingerprint.encode() in content
