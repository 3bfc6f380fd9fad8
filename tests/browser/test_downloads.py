"""Files from the page open in the usual tools and hold the solver's numbers, every digit."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from pathlib import Path
from zipfile import ZipFile

import geopandas as gpd
import pandas as pd
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from equity_core import Scenario
from equity_core.answers import Answer, Making
from tests.browser.driving import DATA, DRAWN, one, open_explore, solved, wait_until_idle

SCENARIO = Scenario(water_weight=80, factors={"texas": {"water": 1.5}})
LINK = "/?v=2&water_weight=80&texas.water=1.5"


@pytest.fixture(scope="module")
def downloaded(shared_context):
    """Name and content of the file behind each button; the drawing is that of another view."""
    page = shared_context.new_page()
    open_explore(page, LINK)
    menus = {
        "Download tables": ["Regions CSV", "All tables XLSX"],
        "Download the frontier": ["Frontier CSV"],
        "Download the map": ["Regions GeoJSON", "Regions GeoPackage", "Map PNG"],
    }
    files = {name: from_menu(page, m, name) for m, names in menus.items() for name in names}
    files["Everything"] = from_menu(page, "Briefing", "Everything (ZIP)")
    page.get_by_role("radio", name="Carbon").click()
    expect(page.locator(".ee-bars thead")).to_contain_text(["Carbon, t"])
    wait_until_idle(page)
    files["Map SVG"] = from_menu(page, "Download the map", "Map SVG")
    page.close()
    return files


def from_menu(page: Page, menu: str, button: str) -> tuple[str, bytes]:
    """Open a menu, press a button in it, close the menu."""
    page.locator("[data-testid=stPopover]").get_by_role("button", name=menu).click()
    content = press(page, button)
    page.keyboard.press("Escape")
    return content


def press(page: Page, button: str) -> tuple[str, bytes]:
    """Press a button, once what was done before has been drawn; the file that comes."""
    file = one(page.get_by_role("button", name=button))
    wait_until_idle(page)
    page.wait_for_timeout(DRAWN)
    with page.expect_download() as download:
        file.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def made(name: str) -> bytes:
    """The file as the command line makes it."""
    return Making(Answer.to(SCENARIO, DATA)).file(name)


def test_regions_csv_is_the_command_lines(downloaded):
    name, content = downloaded["Regions CSV"]
    assert content == made("regions.csv")
    comparison = solved(SCENARIO)
    assert comparison.after.fingerprint in name
    table = pd.read_csv(io.BytesIO(content)).set_index("site")
    pd.testing.assert_series_equal(
        table["water_m3_after"], comparison.after.burdens["water_m3"], check_names=False
    )
    assert set(table["fingerprint"]) == {comparison.after.fingerprint}


def test_frontier_csv_is_the_command_lines(downloaded):
    _, content = downloaded["Frontier CSV"]
    assert content == made("frontier.csv")
    table = pd.read_csv(io.BytesIO(content))
    assert len(table) == 50
    assert table["knee"].sum() == 1
    assert table["cost_usd"].is_monotonic_increasing


def test_spreadsheet_and_geopackage_are_the_command_lines(downloaded):
    for button, file in (
        ("All tables XLSX", "tables.xlsx"),
        ("Regions GeoPackage", "regions.gpkg"),
    ):
        name, content = downloaded[button]
        assert name.endswith(file)
        assert content == made(file)


def test_everything_is_one_zip(downloaded):
    name, content = downloaded["Everything"]
    assert name.endswith(".zip")
    with ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert archive.read("regions.csv") == downloaded["Regions CSV"][1]


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
