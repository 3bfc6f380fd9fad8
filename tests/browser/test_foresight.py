"""Foresight in a real browser: played, stepped, scrubbed, misled in one click, kept by its link."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driving import WAIT, address, one, wait_until_idle


def open_foresight(page: Page, query: str) -> None:
    page.goto(f"/foresight?{query}")
    one(page.locator(".st-key-foresight_table table"))
    wait_until_idle(page)


def scrubber(page: Page):
    return one(page.get_by_role("slider", name="Hour"))


def test_hours_are_played_stepped_and_scrubbed_by_keyboard(page):
    open_foresight(page, "v=2")
    expect(page.locator("h1.ee-headline")).to_contain_text("Planned hour by hour without knowing")
    hour = scrubber(page)
    expect(hour).to_have_value(hour.get_attribute("max"))  # as the headline: the whole period
    hour.focus()
    page.keyboard.press("Home")
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    page.wait_for_function("() => new URLSearchParams(location.search).get('show_hour') === '5'")
    page.get_by_role("button", name="One step on").click()
    page.wait_for_function("() => new URLSearchParams(location.search).get('show_hour') === '6'")
    wait_until_idle(page)
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_timeout(1500)
    assert address(page)["show_hour"] == "6"  # playing says nothing to the server
    page.get_by_role("button", name="Pause").click()
    page.wait_for_function("() => new URLSearchParams(location.search).get('show_hour') > 6")


def test_a_wrong_forecast_is_one_click_and_the_link_restores_it(page, new_page):
    open_foresight(page, "v=2&show_hour=40")
    before = page.locator("h1.ee-headline").inner_text()
    one(page.locator(".st-key-wrong_adversary button")).click()
    expect(page.locator("h1.ee-headline")).to_contain_text("is guaranteed", timeout=WAIT)
    assert page.locator("h1.ee-headline").inner_text() != before
    wait_until_idle(page)
    shown = address(page)
    assert (shown["show_method"], shown["show_forecast"]) == ("blend", "adversary")
    told, hour = page.locator("h1.ee-headline").inner_text(), scrubber(page)
    moment = hour.get_attribute("aria-valuetext")
    other = new_page()
    open_foresight(other, page.evaluate("location.search").removeprefix("?"))
    expect(other.locator("h1.ee-headline")).to_have_text(told)
    expect(scrubber(other)).to_have_attribute("aria-valuetext", moment)


def test_limits_are_refused_in_a_sentence_with_a_way_out(page):
    page.goto("/foresight?v=2&water_limit_m3=1900")
    expect(page.get_by_text("Limits cannot be kept without knowing the future")).to_be_visible()
    page.get_by_role("button", name="Play it without its goals").click()
    one(page.locator(".st-key-foresight_table table"))


def test_what_the_page_opens_on_can_be_played_with_one_click(page):
    page.goto("/foresight")
    expect(page.get_by_text("The fairest plan of all cannot be found")).to_be_visible(timeout=WAIT)
    page.get_by_role("button", name="Play it under the policy Equity and without its goals").click()
    headline = page.locator("h1.ee-headline")
    expect(headline).to_contain_text("Planned hour by hour", timeout=6 * WAIT)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone(new_page, scheme):
    page = new_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    open_foresight(page, "v=2&show_method=blend")
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390
