"""Choosing a period: the figures change, the address and the page say which it is."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.driving import address, choose, open_explore, shown_figures, wait_until_fresh


def test_july_differs_from_january_and_both_are_named(page):
    open_explore(page, "/?v=2&dataset=world-2023&policy=cost&end=2023-02-01T00%3A00Z")
    line = page.locator(".ee-context")
    expect(line).to_contain_text("January 2023. Figures: price modelled")
    january = shown_figures(page)
    choose(page, "Period", "July 2023")
    expect(line).to_contain_text("July 2023.")
    wait_until_fresh(page)
    july = shown_figures(page)
    assert july["cost"] != january["cost"]
    assert address(page)["start"] == "2023-07-01T00:00Z"
    assert address(page)["end"] == "2023-08-01T00:00Z"
    choose(page, "Period", "Whole data set")
    expect(line).to_contain_text("2023.")
    page.wait_for_function("() => !location.search.includes('start=')")
    assert address(page) == {"v": "2", "dataset": "world-2023", "policy": "cost"}


def test_days_of_my_own_come_with_a_link_and_go_with_reset(page):
    open_explore(page, "/?v=2&policy=cost&start=2022-09-23T00%3A00Z")
    line, first = page.locator(".ee-context"), page.get_by_label("First day")
    expect(line).to_contain_text("23 September to 11 October 2022, 433 hours")
    expect(first).to_have_value("2022-09-23")
    reason = line.locator(".ee-tag").first.get_attribute("title")
    assert "made up or moved from another place" in reason
    page.get_by_role("button", name="Reset", exact=True).click()
    expect(line).to_contain_text("22 September to 11 October 2022")
    expect(first).to_have_count(0)


def test_days_are_read_as_typed_or_refused_beside_the_field(page):
    open_explore(page, "/?v=2&policy=cost&start=2022-09-23T00%3A00Z")
    first = page.get_by_label("First day")
    first.fill("1.10.2022")
    first.press("Enter")
    expect(page.locator(".ee-context")).to_contain_text("1 to 11 October 2022")
    first.fill("tomorrow")
    first.press("Enter")
    refusal = page.get_by_role("alert").filter(has_text="is not a day")
    expect(refusal).to_contain_text("Allowed: 2022-09-22 to 2022-10-11. It stays 2022-10-01.")
    expect(first).to_have_value("2022-10-01")
    assert address(page)["start"] == "2022-10-01T00:00Z"
