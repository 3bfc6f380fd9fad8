"""Goals in a real browser: set in words, reached or not, one click to a way out."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import expect

from equity_core import Scenario, solve
from equity_core.scenario.limits import with_limit
from equity_core.solvers.border import POINTS, border
from equity_core.text.limits import Wording
from equity_core.text.numbers import amount
from equity_core.text.slack import goals_headline, price_sentence
from tests.browser.driving import (
    DATA,
    expect_address,
    expect_texts,
    hover,
    one,
    point,
    wait_until_idle,
)

PICTURE = ".st-key-possible_plot"
TRACES = "e => Object.fromEntries(e.data.map(t => [t.name, [[...t.x], [...t.y]]]))"
WORDS = Wording(DATA.footprints, DATA.site_names, "the cheapest plan")


def open_goals(page, query: str) -> None:
    page.goto(f"/goals?{query}")
    one(page.locator(f"{PICTURE} .scatterlayer"))
    wait_until_idle(page)


def set_goal(page, field: str, text: str) -> None:
    box = one(page.locator(f"[class*='st-key-goal_{field}-'] input"))
    box.fill(text)
    box.press("Enter")


def test_goals_are_set_reached_and_drawn(page):
    open_goals(page, "v=2&policy=cost")
    set_goal(page, "water_limit_m3", "1900")
    expect_address(page, policy="cost", water_limit_m3="1900")
    set_goal(page, "cost_increase_limit", "20")
    expect_address(page, policy="cost", water_limit_m3="1900", cost_increase_limit="0.2")
    outcome = solve(Scenario(policy="cost", water_limit_m3=1900, cost_increase_limit=0.2), DATA)
    expect_texts(page.locator("h1.ee-headline"), goals_headline(outcome))
    expect(page.locator(".ee-goals li")).to_have_count(2)
    expect(page.locator(f"{PICTURE} .shapelayer")).to_contain_text(["goal 20%goal 1,900 m³"])
    without = solve(Scenario(policy="cost"), DATA)
    price = price_sentence(outcome, without, "the cheapest plan")
    expect_texts(page.locator(".st-key-goal_results p.ee-text"), price)
    expect(page.locator(".ee-goals li").nth(1)).to_contain_text("57 m³ more would lower")


def test_the_border_is_the_least_possible_and_the_weights_stand_above_it(page):
    open_goals(page, "v=1")
    for footprint, unit in (("water", "m3"), ("carbon", "t")):
        one(page.get_by_role("radio", name=footprint.title())).click()
        ends = border(Scenario(), DATA, footprint, points=3)[f"worst_{footprint}_{unit}"]
        told = f"region that carries most can be brought to {amount(float(ends.iloc[0]), unit)}"
        expect(page.locator(".st-key-possible")).to_contain_text(told)
        wait_until_idle(page)
        drawn = page.locator(f"{PICTURE} .js-plotly-plot").evaluate(TRACES)
        across, up = drawn["least possible"]
        assert len(across) == POINTS
        assert up[0] == pytest.approx(float(ends.iloc[0]), rel=1e-3)
        x, y = map(np.array, drawn["plans of the weights"])
        # Between its points the border is drawn straight, up to 1% of the height too high.
        assert (y > np.interp(x, across, up) - 0.01 * (max(up) - min(up))).all()


def test_the_pointer_tells_the_exact_figures_of_the_border(page):
    open_goals(page, "v=2")
    told = hover(page, point(page, PICTURE, 0, 8))
    expect(told).to_contain_text("the region that carries most")
    expect(told).to_contain_text("m³ of water or more")


def test_a_way_out_is_one_click(page):
    open_goals(page, "v=2&policy=cost&water_limit_m3=1900")
    set_goal(page, "water_limit_m3", "1200")
    expect(page.get_by_text("No plan keeps this goal")).to_be_visible()
    expect(page.get_by_text("last scenario that could be solved")).to_be_visible()
    expect_texts(page.locator(".ee-figure-cost .ee-value"), "$317,000")
    wait_until_idle(page)
    one(page.locator(".st-key-way_0 button")).click()
    expect(page.get_by_text("No plan keeps this goal")).to_have_count(0)
    wait_until_idle(page)
    nearest = float(page.evaluate("new URLSearchParams(location.search).get('water_limit_m3')"))
    outcome = solve(with_limit(Scenario(policy="cost"), "water_limit_m3", nearest), DATA)
    expect_texts(page.locator("h1.ee-headline"), goals_headline(outcome))


def test_explore_keeps_the_last_picture_marked_and_shows_ways_out(page):
    page.goto("/?v=2&policy=cost&water_limit_m3=1500&cost_increase_limit=0.05")
    expect(page.get_by_text("no plan keeps them together")).to_be_visible()
    expect(page.get_by_text("without its goals")).to_be_visible()
    one(page.locator(".ee-bars"))
    expect(page.locator("[class*='st-key-way_'] button")).to_have_count(4)
