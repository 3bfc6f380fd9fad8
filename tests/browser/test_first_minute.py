"""The first minute: words that explain themselves, doors, the tour, and the ways by keyboard."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.driving import (
    expect_address,
    expect_texts,
    one,
    open_explore,
    wait_until_idle,
)

FOCUSED = "() => document.activeElement.innerText"


def test_a_word_explains_itself_to_pointer_and_keyboard_and_escape_puts_it_away(page):
    open_explore(page)
    word = page.locator("h1 dfn.ee-term").first
    bubble = page.locator(".ee-bubble")
    expect(word).to_have_accessible_description(
        "The region that carries most of a footprint over the period. "
        "Of water: Texas with 2,610 m³ under the cheapest plan, Virginia and Nevada with "
        "1,820 m³ each in this plan."
    )
    word.hover()
    expect(bubble).to_contain_text("Virginia and Nevada with 1,820 m³")
    page.keyboard.press("Escape")
    expect(bubble).to_have_count(0)
    page.locator(".ee-figure-cost .ee-term").focus()
    expect(bubble).to_contain_text("USD: price times energy")
    box = bubble.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1280


def test_the_third_door_opens_the_briefing_and_the_tour_can_be_left(page):
    open_explore(page, "/")
    page.get_by_role("button", name="Five steps through this page").click()
    tour = page.get_by_role("dialog", name="1 of 5: What this is")
    expect(tour).to_be_visible()
    for _ in range(4):
        page.get_by_role("button", name="Next").click()
    expect(page.get_by_role("dialog", name="5 of 5: Hand it over")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.evaluate(FOCUSED) == "Five steps through this page"
    page.get_by_role("link", name="Send this to those who decide").click()
    expect(page.get_by_role("button", name="Briefing (PDF)")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Who carried most in 2023?").click()
    expect_address(page, dataset="us-2023", policy="nearest", baseline="nearest",
                   show_mode="burden")  # fmt: skip
    expect_texts(page.locator(".ee-first"))


def test_all_regions_are_less_than_ten_tabs_away(page):
    open_explore(page)
    words = []
    for _ in range(9):
        page.keyboard.press("Tab")
        words.append(page.evaluate(FOCUSED))
        if words[-1] == "To the figures of all regions":
            break
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.ariaLabel === 'All regions'")
    assert len(words) < 9, words


def posted(page):
    """The name of the map to post, as the menu gives it."""
    page.locator("[data-testid=stPopover]").get_by_role("button", name="Download the map").click()
    button = one(page.get_by_role("button", name="Map to post"))
    wait_until_idle(page)
    with page.expect_download() as download:
        button.click()
    page.keyboard.press("Escape")
    name = download.value.suggested_filename
    return name[name.index("social-") :]


def test_bars_maps_and_slopes_follow_the_link_and_the_reader(page):
    open_explore(page, "/?v=2&show_mode=both")
    expect(page.locator(".st-key-map canvas").first).to_be_visible()
    expect(page.locator(".st-key-map_of_baseline")).to_have_count(1)
    expect_texts(page.locator(".ee-bars th.ee-right"), "Share of all")
    assert posted(page) == "social-water_m3-burden.png"
    one(page.get_by_role("radio", name="Slopes")).click()
    expect(page.locator(".st-key-slopes_plot .js-plotly-plot")).to_be_visible()
    expect_address(page, show_mode="both", show_bars="slopes")
    one(page.get_by_role("radio", name="Bars")).click()
    one(page.get_by_role("radio", name="Change")).click()
    expect_texts(page.locator(".ee-bars th.ee-right"), "Change")
    expect_address(page)
    page.locator(".ee-bars").get_by_role("button", name="Region").click()
    wait_until_idle(page)
    names = page.locator(".ee-bars tbody th").all_inner_texts()
    assert names == sorted(names)


def test_a_longer_note_of_a_policy_moves_no_slider(page):
    open_explore(page)
    slider = page.locator(".st-key-weight_water_weight")
    before = slider.bounding_box()["y"]
    open_explore(page, "/?v=2&policy=all_averages")
    assert page.locator(".st-key-policy_note").bounding_box()["height"] > 40
    assert slider.bounding_box()["y"] == before
