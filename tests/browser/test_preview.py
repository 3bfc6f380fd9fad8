"""While a weight is dragged the page shows previews; what is let go of is certified."""

from __future__ import annotations

import os
import signal

import pytest
from playwright.sync_api import expect

from bench.serving import served
from equity_core import Scenario
from tests.browser.driving import (
    PAPER,
    WAIT,
    address,
    expect_solution,
    figures_of,
    one,
    open_explore,
    shown_figures,
    solved,
    wait_until_idle,
    weight_box,
    weight_slider,
)

SLIDER = ".st-key-weight_water_weight"
CHIP = ".ee-preview"


def wait_for_nodes(page):
    page.wait_for_selector(".ee-nodes", state="attached", timeout=WAIT)
    wait_until_idle(page)


def take_hold(page):
    """The pointer down on the thumb of the water weight; gives where it is."""
    box = page.locator(f"{SLIDER} [data-testid=stSliderThumbValue]").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] + 8
    page.mouse.move(x, y)
    page.mouse.down()
    return x, y


def figure(page, key):
    return one(page.locator(f".ee-figure-{key} .ee-value"))


def parts(page):
    """All that follows the finger, as text and lengths."""
    return page.evaluate(
        """() => [".ee-headline", ".ee-figures", ".ee-totals", ".ee-bars"].map((part) =>
            document.querySelector(part).innerHTML)"""
    )


def test_the_picture_follows_the_finger_and_the_certified_answer_takes_its_place(page):
    open_explore(page)
    wait_for_nodes(page)
    before, spoken = parts(page), figure(page, "worst_water").inner_text()
    x, y = take_hold(page)
    page.mouse.move(x + 12, y, steps=6)
    expect(page.locator(CHIP)).to_have_attribute("data-kind", "preview")
    expect(page.locator(".ee-overlay")).to_have_count(1)
    expect(figure(page, "worst_water")).not_to_have_text(spoken)
    assert all(now != was for now, was in zip(parts(page), before, strict=True))
    assert "Electricity costs" in page.locator("h1.ee-headline").inner_text()
    assert address(page) in ({}, {"v": "2"}), "a preview is in no link"

    # Back where it began: all stands as it stood.
    page.mouse.move(x, y, steps=6)
    page.mouse.up()
    expect(page.locator(CHIP)).to_have_attribute("data-kind", "certified")
    expect(page.locator(".ee-overlay")).to_have_count(0)
    assert parts(page) == before

    x, y = take_hold(page)
    page.mouse.move(x + 14, y, steps=7)
    page.mouse.up()
    page.wait_for_function("() => location.search.includes('water_weight')")
    expect(page.locator(CHIP)).to_contain_text("Certified: ")
    weight = float(address(page)["water_weight"])
    assert weight > 60
    expect_solution(page, Scenario(water_weight=weight))
    expect(page.locator(".ee-overlay")).to_have_count(0)
    assert float(weight_box(page, "water_weight").input_value()) == weight

    # By keyboard alike, and back by undo.
    weight_slider(page, "water_weight").press("ArrowRight")
    expect(page.locator(CHIP)).to_contain_text("Certified: ")
    page.wait_for_function(f"() => !location.search.includes('water_weight={weight:g}')")
    wait_until_idle(page)
    further = Scenario(water_weight=float(address(page)["water_weight"]))
    expect_solution(page, further)
    page.get_by_role("button", name="Undo").first.click()
    expect_solution(page, Scenario(water_weight=weight))


def test_no_preview_where_it_would_be_unsound(page):
    open_explore(page, f"{PAPER}&water_limit_m3=1900")
    page.wait_for_timeout(1500)
    expect(page.locator(".ee-nodes")).to_have_count(0)
    shown = shown_figures(page)
    x, y = take_hold(page)
    page.mouse.move(x + 12, y, steps=6)
    page.wait_for_timeout(300)
    assert shown_figures(page) == shown
    expect(page.locator(CHIP)).to_have_attribute("data-kind", "")
    page.mouse.up()


@pytest.mark.slow
def test_a_preview_is_not_left_standing_where_no_answer_comes(chromium, tmp_path):
    with served(tmp_path / "server.log") as app:
        page = chromium.new_page(base_url=app.address, viewport={"width": 1280, "height": 800})
        page.goto(PAPER)
        wait_for_nodes(page)
        paper, before = figures_of(solved(Scenario())), parts(page)
        x, y = take_hold(page)
        page.mouse.move(x + 12, y, steps=6)
        expect(figure(page, "cost")).not_to_have_text(paper["cost"])
        os.kill(app.pid, signal.SIGKILL)
        page.mouse.up()
        expect(page.locator(CHIP)).to_contain_text("No certified answer for what you moved")
        assert parts(page) == before
        expect(figure(page, "cost")).to_have_text(paper["cost"])
        expect(page.locator(".ee-overlay")).to_have_count(0)
        page.close()


def test_a_regions_factor_is_previewed_like_a_weight(page):
    open_explore(page, f"{PAPER}&show_region=texas")
    page.wait_for_selector(".ee-courses", state="attached", timeout=WAIT)
    wait_until_idle(page)
    spoken = figure(page, "worst_water").inner_text()
    slider = page.locator('[class*="st-key-factor_texas_water"]')
    slider.scroll_into_view_if_needed()
    box = slider.locator("[data-testid=stSliderThumbValue]").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] + 8
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y, steps=8)
    expect(page.locator(CHIP)).to_have_attribute("data-kind", "preview")
    expect(figure(page, "worst_water")).not_to_have_text(spoken)
    assert "texas.water" not in page.url, "a preview is in no link"
    page.mouse.up()
    expect(page.locator(CHIP)).to_contain_text("Certified: ")
    page.wait_for_function("() => location.search.includes('texas.water')")
    value = float(address(page)["texas.water"])
    assert value > 1
    expect_solution(page, Scenario(factors={"texas": {"water": value}}))
