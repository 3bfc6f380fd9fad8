"""The map in a real browser: its words, its clicks, its wheel, its extent, its legend."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from equity_core import Scenario
from tests.browser.driving import (
    ALIKE,
    DATA,
    WAIT,
    click_map,
    eventually,
    expect_address,
    expect_painted,
    map_at_rest,
    map_pixels,
    map_point,
    open_explore,
    solved,
    wait_until_fresh,
    wait_until_painted,
)
from ui.maps.deck import map_scale
from ui.maps.places import ALL, camera_for, places_of
from ui.maps.view import View
from ui.theme import DARK, LIGHT

TEXAS, NEVADA, GERMANY = (-100.0, 31.0), (-117.0, 39.5), (11.0, 49.0)
MAP = ":is(.st-key-region_map, [class*='st-key-map_of_'])"
PLACES = {"Nevada": (-115.14, 36.17), "Denmark": (9.75, 55.55), "Japan": (139.69, 35.69),
          "Singapore": (103.71, 1.34)}  # fmt: skip
"""The outermost sites to the west, north, east and south."""


def hover(page, longitude, latitude):
    box = page.locator(f"{MAP} canvas").first.bounding_box()
    x, y = map_point(page, longitude, latitude)
    page.mouse.move(box["x"] + x - 4, box["y"] + y)
    page.mouse.move(box["x"] + x, box["y"] + y)


def test_words_at_the_pointer_are_plain_and_whole_at_every_edge(page):
    open_explore(page)
    wait_until_painted(page)
    words = page.locator(f"{MAP} .deck-tooltip")
    for name, place in PLACES.items():
        hover(page, *place)
        expect(words).to_contain_text(name, timeout=WAIT)
        lines = words.inner_text().split("\n")
        assert lines[0] == name
        assert [line.split(" ")[0] for line in lines[1:3]] == ["Water:", "compared"]
        assert len(lines) == 4 and not any(mark in words.inner_text() for mark in "<>&{}")
        inner, outer = words.bounding_box(), page.locator(MAP).bounding_box()
        for start, size in (("x", "width"), ("y", "height")):
            assert inner[start] >= outer[start]
            assert inner[start] + inner[size] <= outer[start] + outer[size]


def test_a_click_keeps_the_colours_outlines_and_brings_the_factors_into_view(page):
    open_explore(page)
    wait_until_painted(page)
    comparison = solved(Scenario())
    scale = map_scale(comparison, View(), LIGHT)
    changes = comparison.table["water_m3_change"]
    before = map_at_rest(page)
    click_map(page, *TEXAS)
    page.mouse.move(5, 5)
    expect_address(page, show_region="texas")
    wait_until_fresh(page)
    for site, place in (("texas", TEXAS), ("nevada", NEVADA), ("germany", GERMANY)):
        expect_painted(page, place, scale.rgb(changes[site]))
    x, y = (round(at) for at in map_point(page, *TEXAS))
    around = np.s_[y - 30 : y + 30, x - 30 : x + 30]
    darker = (map_pixels(page)[around] - before[around]).min(axis=2) < -ALIKE
    assert 20 < darker.sum() < 900  # an outline: not nothing, and not the region's whole face
    expect(page.locator(".st-key-region_sliders")).to_be_in_viewport()


def test_the_wheel_is_the_pages_until_the_map_is_clicked(page):
    open_explore(page)
    wait_until_painted(page)
    main = page.locator("[data-testid=stMain]")
    before = map_at_rest(page)
    hover(page, -35.0, 30.0)
    page.mouse.wheel(0, 120)
    page.wait_for_function("() => document.querySelector('[data-testid=stMain]').scrollTop > 50")
    expect(page.locator(f"{MAP}.ee-wheel")).to_have_count(1)  # which says how to zoom
    main.evaluate("main => main.scrollTo(0, 0)")
    page.mouse.move(5, 5)
    expect(page.locator(f"{MAP}.ee-wheel")).to_have_count(0)
    assert np.array_equal(map_at_rest(page), before)
    click_map(page, -35.0, 30.0)
    page.mouse.wheel(0, -300)
    eventually(page, lambda: has_moved(page, before), "the map has not zoomed")
    assert main.evaluate("main => main.scrollTop") == 0


def has_moved(page, before):
    return bool((map_pixels(page) != before).any())


def land_columns(page, look=LIGHT):
    """Which columns of the map's pixels show land."""
    pixels = np.asarray(Image.open(io.BytesIO(page.locator(f"{MAP} canvas").first.screenshot())))
    near = np.abs(pixels[..., :3].astype(int) - look.land[:3]).max(axis=2) <= 2
    return np.flatnonzero(near.sum(axis=0) > 0)


def test_the_world_never_repeats_and_full_screen_keeps_the_legend(new_page):
    page = new_page(viewport={"width": 1920, "height": 1080})
    for address in ("/?embed=true&v=2", "/data?v=2"):
        page.goto(address)
        expect(page.locator(f"{MAP} canvas").first).to_be_visible(timeout=WAIT)
        world = 512 * 2 ** camera_for(places_of(DATA)[ALL].extent).zoom
        eventually(page, lambda: len(land_columns(page)) > 100, "no land")
        shown = land_columns(page)
        assert shown[-1] - shown[0] <= world + 2
    page.locator(MAP).hover()
    page.get_by_role("button", name="Fullscreen").first.click()
    eventually(page, lambda: np.ptp(land_columns(page)) > 800, "the map has not grown")
    legend = page.locator(".ee-legend").first
    at = legend.bounding_box()
    assert legend.is_visible() and at["y"] + at["height"] <= 1080
    assert legend.evaluate(
        "it => { const at = it.getBoundingClientRect();"
        " return it.contains(document.elementFromPoint(at.x + 20, at.y + 12)); }"
    )


@pytest.mark.parametrize(("scheme", "look"), [("light", LIGHT), ("dark", DARK)])
def test_bars_have_the_colours_of_their_legend(new_page, scheme, look):
    page = new_page(color_scheme=scheme)
    open_explore(page)
    for kind, wanted in (("before", look.baseline), ("after", look.accent)):
        key, bar = page.locator(f".ee-key-{kind}").first, page.locator(f".ee-bar.ee-{kind}").first
        colours = {colour_of(key), colour_of(bar)}
        assert colours == {tuple(int(wanted[k : k + 2], 16) for k in (1, 3, 5))}
        assert contrast(wanted, look.paper) >= 3


def colour_of(part):
    """The colour that most of its pixels are painted in."""
    pixels = np.asarray(Image.open(io.BytesIO(part.screenshot())).convert("RGB")).reshape(-1, 3)
    colours, counts = np.unique(pixels, axis=0, return_counts=True)
    return tuple(int(part) for part in colours[counts.argmax()])


def contrast(one, other):
    """As WCAG defines it."""
    lights = sorted(_light(colour) + 0.05 for colour in (one, other))
    return lights[1] / lights[0]


def _light(colour):
    parts = np.array([int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    linear = np.where(parts <= 0.03928, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))
