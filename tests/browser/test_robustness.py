"""Robustness in a real browser: drawn, changed, cancelled, kept by its link."""

from __future__ import annotations

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.driving import WAIT, address, one, wait_until_idle


def open_robustness(page: Page, query: str) -> None:
    page.goto(f"/robustness?{query}")
    one(page.locator(".st-key-menu_robustness"))
    wait_until_idle(page)


def headline(page: Page):
    return page.locator("h1.ee-headline")


def test_a_seed_is_typed_and_its_link_gives_the_same_verdict(page, new_page):
    open_robustness(page, "v=2&show_draws=64")
    expect(headline(page)).to_contain_text("of 64 draws")
    box = page.get_by_role("textbox", name="Price, ± %")
    box.fill("40")
    box.press("Enter")
    page.wait_for_function(
        "() => new URLSearchParams(location.search).get('show_ranges') === 'price=0.4'"
    )
    wait_until_idle(page)
    expect(page.locator("p.ee-context").first).to_contain_text("price 40%", timeout=WAIT)
    told = headline(page).inner_text()
    other = new_page()
    open_robustness(other, page.evaluate("location.search").removeprefix("?"))
    expect(headline(other)).to_have_text(told)


def test_what_cannot_be_drawn_is_refused_beside_its_box(page):
    open_robustness(page, "v=2&show_draws=8")
    box = page.get_by_role("textbox", name="Water, ± %")
    box.fill("1e308")
    box.press("Enter")
    expect(page.get_by_role("alert").filter(has_text="out of range")).to_be_visible()
    assert "show_ranges" not in address(page)


def test_draws_can_be_left(page):
    page.goto("/robustness?v=2&show_draws=10000&show_seed=3")
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_role("button", name="Draw again")).to_be_visible(timeout=WAIT)
    expect(page.get_by_text("Left after")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_a_phone(new_page, scheme):
    page = new_page(viewport={"width": 390, "height": 800}, color_scheme=scheme)
    open_robustness(page, "v=2&show_draws=32")
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390


@pytest.mark.parametrize("path", ["/robustness?v=2&show_draws=8", "/foresight?v=2"])
def test_a_picture_saved_from_its_bar_takes_title_and_source_along(page, path):
    page.goto(path)
    plot = page.locator(".js-plotly-plot").first
    expect(plot).to_be_visible(timeout=WAIT)
    wait_until_idle(page)
    plot.hover()
    drawn = plot.bounding_box()["height"]
    with page.expect_download() as saved:
        plot.locator("[data-title*='Download']").click(force=True)
    with Image.open(saved.value.path()) as picture:
        assert picture.height > 2 * drawn + 100  # twice as fine, and room for the words
