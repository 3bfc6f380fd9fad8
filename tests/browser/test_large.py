"""A year of hours: solved beside the page, which keeps its frame meanwhile."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from equity_core import Scenario
from tests.browser.driving import (
    FRONTIER,
    expect_address,
    expect_solution,
    one,
    open_explore,
    wait_until_fresh,
    weight_slider,
)

# With partial reach the frontier takes a second: it cannot come with the picture.
YEAR = Scenario(dataset="world-2023", reach="partial")
LINK = "/?v=2&dataset=world-2023&reach=partial&show_region=us-tx"
PARTS = ("h1.ee-headline", ".ee-figures", ".st-key-map canvas", ".ee-bars", FRONTIER)
WATCH = """parts => {
  window.__gaps = [];
  window.__staleSeen = false;
  const look = () => {
    for (const part of parts) {
      const seen = [...document.querySelectorAll(part)].some((e) => e.getClientRects().length > 0);
      if (!seen) window.__gaps.push(part);
    }
    window.__staleSeen ||= document.querySelector(".ee-curve.ee-stale") !== null
      && document.body.innerText.includes("Stale:");
    requestAnimationFrame(look);
  };
  look();
}"""
"""Looks with every frame whether each part is there, and whether the frontier says it is stale."""


@pytest.fixture
def year(page):
    """The page of the year, watched, a region chosen."""
    page.set_default_timeout(60_000)
    open_explore(page, LINK)
    expect(page.locator(".st-key-map canvas").first).to_be_visible()
    wait_until_fresh(page)
    page.evaluate(WATCH, list(PARTS))
    return page


def test_nothing_blanks_and_what_is_stale_says_so(year):
    weight_slider(year, "water_weight").focus()
    year.keyboard.press("ArrowRight")
    expect_solution(year, YEAR.replace(water_weight=80))
    wait_until_fresh(year)
    assert year.evaluate("window.__gaps") == []
    assert year.evaluate("window.__staleSeen")
    expect_address(
        year, dataset="world-2023", reach="partial", show_region="us-tx", water_weight="80"
    )
    expect(one(year.locator(".st-key-region_sliders"))).to_be_visible()


def test_a_newer_change_takes_the_place_of_an_older_one(year):
    weight_slider(year, "water_weight").focus()
    for _ in range(6):
        year.keyboard.press("ArrowRight")
        year.wait_for_timeout(60)
    expect_solution(year, YEAR.replace(water_weight=250))
    wait_until_fresh(year)
    assert year.evaluate("window.__gaps") == []


def test_a_first_page_that_takes_a_while_says_so(new_page):
    page = new_page()
    page.goto("/?v=2&dataset=us-2023&policy=fairest&measure=lq&reach=partial&measure_parameter=3")
    expect(page.get_by_text("The plan is being computed")).to_be_visible(timeout=60_000)
    expect(page.locator("h1.ee-headline")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("The plan is being computed")).to_have_count(0)
