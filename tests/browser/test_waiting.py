"""Load that can wait as a reader meets it: set, told, seen by the hour, kept by its link."""

from __future__ import annotations

from playwright.sync_api import expect

from equity_core import Scenario
from tests.browser.driving import (
    PAPER,
    WAIT,
    choose,
    expect_address,
    expect_texts,
    figures_of,
    one,
    open_explore,
    solved,
    wait_until_idle,
    weight_box,
)

SAID = "30% of the load can wait: it may run at any hour of its day"


def expect_figures(page, **fields):
    for key, text in figures_of(solved(Scenario(**fields))).items():
        expect_texts(page.locator(f".ee-figure-{key} .ee-value"), text)
    wait_until_idle(page)


def test_a_share_is_set_told_seen_and_taken_back(page, new_page):
    open_explore(page)
    box = weight_box(page, "deferrable_share")
    box.fill("30")
    box.press("Enter")
    expect_address(page, deferrable_share="0.3")
    expect_figures(page, deferrable_share=0.3)
    expect(page.get_by_text(SAID)).to_be_visible()
    one(page.locator(".st-key-when summary")).click()
    part = page.locator(".st-key-when")
    expect(part).to_contain_text(
        "where no load waits, simulated for 10 regions in 19 days of 2022: electricity cost −8.",
        timeout=WAIT,
    )
    expect(part).to_contain_text("Waiting makes the worst region's water and carbon heavier")
    expect(part).to_contain_text("Planned apart")
    heat = one(part.locator(".st-key-when_heat .js-plotly-plot"))
    for title in ("Baseline, MW", "This plan, MW", "Change, MW"):
        expect(heat).to_contain_text(title)
    bars = one(part.locator(".st-key-when_waiting .js-plotly-plot"))
    expect(bars).to_contain_text("arises")
    expect(bars).to_contain_text("runs in this plan")
    wait_until_idle(page)
    choose(page, "How long load can wait", "At any hour")
    expect_address(page, deferrable_share="0.3", defer_window="period")
    expect_figures(page, deferrable_share=0.3, defer_window="period")
    other = new_page()
    open_explore(other, page.evaluate("location.search"))
    expect_figures(other, deferrable_share=0.3, defer_window="period")
    for fields in ({"deferrable_share": "0.3"}, {}):
        page.go_back()
        expect_address(page, **fields)
    expect_figures(page)
    expect(page.get_by_text(SAID)).to_have_count(0)


def test_foresight_plays_it_and_says_what_is_known(page):
    page.goto(f"/foresight{PAPER.removeprefix('/')}&deferrable_share=0.3&show_method=blend")
    one(page.locator(".st-key-foresight_table table"))
    expect(page.get_by_text("only where it runs follows the forecast")).to_be_visible()
    expect(page.locator("h1.ee-headline")).to_contain_text("is guaranteed")
