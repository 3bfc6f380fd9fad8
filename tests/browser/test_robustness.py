"""Robustness in a real browser: drawn, changed, cancelled, kept by its link."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from equity_core import Scenario, load_dataset, robustness
from equity_core.answers import sureness
from equity_core.answers.robustness import drawn_words
from equity_core.verification.verify import verify
from tests.browser.driving import WAIT, address, one, wait_until_idle
from tests.browser.test_downloads import from_menu
from ui.charts.robustness.bands import BAND, FRONTIER


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
    expect(headline(page)).to_contain_text("of 64 draws", timeout=WAIT)
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


CLOUD = ".st-key-robustness_cloud .js-plotly-plot"
NAMES = "(plot) => plot.data.map((trace) => trace.name)"


def names_in_the_cloud(page: Page) -> list[str]:
    one(page.locator(f"{CLOUD} .scatterlayer"))
    return page.locator(CLOUD).evaluate(NAMES)


def wait_for_further(page: Page) -> None:
    """Until what follows the draws is there as well."""
    expect(page.get_by_text("Being computed:")).to_have_count(0, timeout=WAIT)
    wait_until_idle(page)


def test_the_frontier_lies_in_the_band_that_draws_give_it(page):
    open_robustness(page, "v=2&show_draws=32")
    wait_for_further(page)
    assert {FRONTIER, BAND} <= set(names_in_the_cloud(page))
    area = page.locator(f"{CLOUD} .scatterlayer .js-fill").first
    assert area.bounding_box()["width"] > 20
    expect(page.get_by_text("nine in ten of 32 draws")).to_be_visible()


def test_a_plan_without_weights_has_points_and_no_band(page):
    open_robustness(page, "v=2&policy=cost&baseline=nearest&show_draws=8")
    wait_for_further(page)
    assert not {FRONTIER, BAND} & set(names_in_the_cloud(page))


class Words(HTMLParser):
    """The words of a file."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.told: list[str] = []
        self.feed(content.decode("utf-8"))

    def handle_data(self, data: str) -> None:
        self.told.append(data)

    def __str__(self) -> str:
        return " ".join(" ".join(self.told).split())


def test_page_briefing_and_python_tell_the_same_and_the_file_is_verified(page):
    dataset = load_dataset("paper-2022")
    found = robustness.examine(Scenario(), dataset, robustness.Ranges(draws=16, seed=9))
    told = sureness.headline(found)
    open_robustness(page, "v=2&show_draws=16&show_seed=9")
    expect(headline(page)).to_have_text(told)
    wait_for_further(page)
    for button in ("Briefing (HTML)", "Verdict (JSON)"):
        name, content = from_menu(page, "Download the draws", button)
        assert verify({name: content}, load_dataset).holds
        if name.endswith(".html"):
            assert told in str(Words(content))
            assert drawn_words(found) in str(Words(content))


def test_the_briefing_of_explore_says_how_sure_it_is_once_that_was_drawn(page):
    open_robustness(page, "v=2&show_draws=16&show_seed=9")
    wait_for_further(page)
    told = headline(page).inner_text()
    page.get_by_role("link", name="Explore").first.click()
    one(page.locator(".ee-bars"))
    wait_until_idle(page)
    _, content = from_menu(page, "Briefing", "Briefing (HTML)")
    assert told in str(Words(content))


def test_no_plan_in_any_draw_is_a_verdict(page):
    open_robustness(page, "v=2&show_ranges=demand%3D0.5,price%3D0&show_draws=1&show_seed=3")
    expect(headline(page)).to_contain_text("there is no plan in the one draw.")
    expect(page.get_by_text("Pictures need a draw that has a plan.")).to_be_visible()
    expect(page.locator(".js-plotly-plot")).to_have_count(0)
