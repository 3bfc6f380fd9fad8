"""What a change is compared with, as a reader sees it: drought, moratorium, new site, links."""

from __future__ import annotations

import re
from itertools import pairwise

from playwright.sync_api import expect

from equity_core import Scenario
from equity_core.scenario.scenario import NEW_SITE
from tests.browser.driving import (
    WAIT,
    choose,
    expect_address,
    expect_solution,
    headline_shown,
    one,
    open_explore,
    solved,
    wait_until_idle,
)

DROUGHT = {"texas": {"water": 2}}


def test_a_drought_shows_its_own_effect_and_both_worlds_are_named(page):
    open_explore(page, "/?v=2&baseline=equity&texas.water=2")
    expect_solution(page, Scenario(baseline="equity", factors=DROUGHT))
    title = page.locator("h1.ee-headline")
    expect(title).to_contain_text("adds 7% to the water")
    expect(title).to_contain_text("than under the equity plan in the world as it is; ")
    expect(title).to_contain_text("10 of 10 regions carry more")
    for place in (".ee-legend-title", ".ee-bars thead", ".st-key-regions_table h2"):
        expect(page.locator(place)).to_contain_text("equity plan in the world as it is")
    expect(page.locator(".ee-totals")).to_contain_text("water 15,200 m³ (+5.9%)")
    one(page.locator(".st-key-levers_world summary")).click()
    choose(page, "In which world", "The world with the same changes")
    expect(title).to_contain_text("the equity plan with the same changes", timeout=WAIT)
    expect_address(page, baseline="equity", baseline_world="as_set", **{"texas.water": "2"})


def test_a_moratorium_shows_its_own_effect(page):
    open_explore(page, "/?v=2&policy=cost&capacity_growth=0.2&virginia.capacity=0")
    row = one(page.locator('.ee-bars tr[data-site="virginia"]'))
    expect(row).to_contain_text("−100%")
    growth = Scenario(policy="cost", capacity_growth=0.2, factors={"virginia": {"capacity": 0}})
    expect_solution(page, growth)


def test_a_moratorium_says_what_stays_and_its_legend_can_be_read(page):
    """Figures of eight digits ran into each other beside a long name of the baseline."""
    open_explore(
        page, "/?v=2&dataset=us-2023&baseline=nearest&movable_share=0.2&virginia.capacity=0"
    )
    expect(page.locator("h1.ee-headline")).to_contain_text(
        "A moratorium caps only the load that can move; what cannot move stays: 27.1 million MWh"
    )
    ticks = page.locator(".st-key-map .ee-ticks span")
    boxes = [tick.bounding_box() for tick in ticks.all()]
    assert len(boxes) > 2
    for left, right in pairwise(boxes):
        assert left["x"] + left["width"] + 4 < right["x"]


def test_a_new_site_stands_apart(page):
    open_explore(page, "/?v=2&new_site_like=texas&new_site_mw=3")
    comparison = solved(Scenario(new_site_like="texas", new_site_mw=3))
    expect(page.locator("h1.ee-headline")).to_have_text(headline_shown(comparison))
    last = page.locator(".ee-bars tbody tr").last
    expect(last).to_have_attribute("data-site", NEW_SITE)
    expect(last.locator("td").last).to_have_text("new")
    told = page.locator(".st-key-gains")
    expect(told).to_contain_text("The new site (like Texas) uses ")
    expect(told).not_to_contain_text(re.compile("New site [^;]* (gains|loses) most"))
    expect(page.locator(".ee-figure-worse .ee-value")).to_have_text(re.compile(" of 10$"))
    row = page.locator(".ee-table tbody tr", has_text="New site (like Texas)")
    expect(row.locator("td").last).to_have_text("new site")
    expect(row.locator("td").nth(2)).to_have_text("new")  # no percentage


def test_what_trackers_add_is_not_told_and_not_copied(new_page):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    open_explore(page, "/?utm_source=mail&v=2&policy=cost&fbclid=IwAR0&gclid=1&ref=news")
    expect_solution(page, Scenario(policy="cost"))
    expect(page.locator(".st-key-link_problems")).to_have_count(0)
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.search(r"/\?v=2&policy=cost&fingerprint=[0-9a-f]{12}$", copied), copied
    open_explore(page, "/?v=2&hello=1&policy=cost")
    problems = page.locator(".st-key-link_problems [data-testid=stAlert]")
    expect(problems.locator("p")).to_have_text("There is no field 'hello'; it is ignored.")


def test_undo_brings_all_of_another_data_set_back(page):
    open_explore(page, "/?v=2&policy=cost&baseline_world=as_set&texas.water=2&show_region=texas")
    choose(page, "Data set", "The world, all of 2023")
    problems = page.locator(".st-key-link_problems")
    expect(problems).to_contain_text("what is set for Texas", timeout=WAIT)
    expect_address(page, dataset="world-2023", policy="cost", baseline_world="as_set")
    wait_until_idle(page)
    page.get_by_role("button", name="Undo").click()
    expect_address(
        page, policy="cost", baseline_world="as_set", show_region="texas", **{"texas.water": "2"}
    )
    expect(problems).to_have_count(0)
    expect_solution(page, Scenario(policy="cost", baseline_world="as_set", factors=DROUGHT))
