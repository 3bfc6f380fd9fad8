"""Every lever in a real browser: moved on the page, answered by the solver, kept in the address."""

from __future__ import annotations

from playwright.sync_api import expect

from equity_core import Scenario, SiteFactors
from tests.browser.driving import (
    choose,
    expect_address,
    expect_solution,
    one,
    open_explore,
    wait_until_idle,
    weight_box,
)


def open_group(page, key: str) -> None:
    wait_until_idle(page)
    one(page.locator(f".st-key-levers_{key} summary")).click()
    expect(page.locator(f".st-key-levers_{key} label").first).to_be_visible()
    wait_until_idle(page)


def fill(page, name: str, text: str) -> None:
    box = weight_box(page, name)
    box.fill(text)
    box.press("Enter")


def test_measure_and_lens(page):
    open_explore(page)
    open_group(page, "fairness")
    choose(page, "Inequality measure", "Worst share of regions")
    choose(page, "Equity lens", "Income")
    expect_address(page, measure="worst_share", lens="income")
    expect_solution(page, Scenario(measure="worst_share", lens="income"))
    expect(page.locator(".st-key-gains")).to_contain_text(
        "the mean of the worst 30% of regions, weighed by income"
    )
    badge = page.locator(".st-key-levers_fairness summary").evaluate(
        "part => getComputedStyle(part, '::after').content"
    )
    assert badge == '"2 set"'


def test_levies_and_growth(page):
    open_explore(page, "/?v=2&policy=cost")
    open_group(page, "levies")
    fill(page, "carbon_price", "200")
    expect_address(page, policy="cost", carbon_price="200")
    open_group(page, "fleet")
    fill(page, "capacity_growth", "10")
    expect_address(page, policy="cost", carbon_price="200", capacity_growth="0.1")
    expect_solution(page, Scenario(policy="cost", carbon_price=200, capacity_growth=0.1))


def test_a_new_site_stands_in_every_part(page):
    open_explore(page)
    open_group(page, "fleet")
    choose(page, "New site like", "Denmark")
    expect_solution(page, Scenario(new_site_like="denmark"))
    expect(page.locator(".ee-bars tbody tr")).to_have_count(11)
    fill(page, "new_site_mw", "2.5")
    expect_solution(page, Scenario(new_site_like="denmark", new_site_mw=2.5))


def test_latency_reach_and_a_limit_of_one_region(page):
    open_explore(page, "/?v=2&policy=cost&show_region=texas")
    choose(page, "Reach", "Within a round trip")
    fill(page, "max_latency_ms", "120")
    expect_address(page, policy="cost", reach="latency", max_latency_ms="120", show_region="texas")
    box = one(page.get_by_role("textbox", name="Water limit, m³"))
    box.fill("2500")
    box.press("Enter")
    expect_solution(
        page,
        Scenario(
            policy="cost",
            reach="latency",
            max_latency_ms=120,
            factors={"texas": SiteFactors(water_limit_m3=2500)},
        ),
    )
