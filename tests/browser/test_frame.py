"""The page as a whole: other pages, small screens, words for pictures, what has no solution."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from bench.serving import served
from equity_core import Scenario
from equity_core.errors import InfeasibleError
from tests.browser.driving import (
    DATA,
    FRONTIER,
    PAPER,
    expect_address,
    expect_solution,
    map_point,
    one,
    open_explore,
    shown_figures,
    solved,
    wait_until_fresh,
    wait_until_idle,
    weight_slider,
)

PHONE = {"width": 390, "height": 844}
WORDLESS = """() => [...document.querySelectorAll("canvas, img, svg:not([aria-hidden=true])")]
  .filter((picture) => picture.getClientRects().length > 0)
  .filter((picture) => picture.id !== "js-plotly-tester")  // off the page, to measure text by
  .filter((picture) => !picture.closest("[aria-label], [aria-labelledby], label, button, a"))
  .map((picture) => picture.outerHTML.slice(0, 120))"""
"""Pictures that are seen but have no words for those who cannot see them."""


@pytest.mark.parametrize("path", ["/", "/method", "/goals?v=2", "/compare?v=2", "/foresight?v=2"])
def test_nothing_scrolls_sideways_on_a_phone(new_page, path):
    page = new_page(viewport=PHONE)
    page.goto(path)
    one(page.locator("h1.ee-headline"))
    if path == "/":
        wait_until_fresh(page)
    for part in ("document.documentElement", "document.querySelector('[data-testid=stMain]')"):
        assert page.evaluate(f"{part}.scrollWidth <= {part}.clientWidth")


@pytest.mark.parametrize("link", [PAPER, "/?v=2&dataset=world-2023"])
def test_the_answer_stands_above_the_fold(page, link):
    open_explore(page, link)
    for part in ("h1.ee-headline", ".ee-figures", ".st-key-map canvas", ".ee-bars"):
        box = page.locator(part).first.bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 800, f"{part} ends below the fold"


@pytest.mark.parametrize("size", [(768, 1024), (1024, 768), (1280, 800)])
def test_no_region_is_out_of_sight_and_nothing_covers_the_headline(new_page, size):
    page = new_page(viewport=dict(zip(("width", "height"), size, strict=True)))
    open_explore(page)
    box = page.locator(".st-key-map canvas").first.bounding_box()
    for longitude, latitude in DATA.sites[["longitude", "latitude"]].to_numpy():
        x, y = map_point(page, longitude, latitude)
        assert 5 < x < box["width"] - 5
        assert 5 < y < box["height"] - 5
    seen = page.locator("h1.ee-headline").evaluate(
        "it => { const at = it.getBoundingClientRect();"
        " return it.contains(document.elementFromPoint(at.x + 5, at.y + 5)); }"
    )
    assert seen


def test_a_phone_can_move_a_weight(new_page):
    page = new_page(viewport=PHONE, has_touch=True, is_mobile=True)
    open_explore(page)
    page.get_by_role("button", name="Open sidebar").or_(
        page.locator("[data-testid=stExpandSidebarButton]")
    ).first.tap()
    weight_slider(page, "water_weight").focus()
    page.keyboard.press("ArrowRight")
    expect_address(page, water_weight="80")
    expect_solution(page, Scenario(water_weight=80))


def test_every_picture_has_words(page):
    open_explore(page)
    for picture in (".st-key-map [role=figure]", f"{FRONTIER}[role=figure]"):
        assert len(page.locator(picture).get_attribute("aria-label")) > 80
    assert len(page.locator(".ee-bars caption").inner_text()) > 80
    wordless = page.evaluate(WORDLESS)
    assert wordless == []


def test_the_keyboard_reaches_every_control(page):
    open_explore(page)
    names = set()
    for _ in range(100):
        page.keyboard.press("Tab")
        names.add(
            page.evaluate(
                """() => { let at = document.activeElement;
                while (at.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
                return at.getAttribute("aria-label") || at.innerText || ""; }"""
            )
        )
    for wanted in (
        "Explore", "Method", "Data set", "Policy", "Reach", "Compared with", "Regional factors",
        "Reset", "Adopt the knee", "Copy link", "Download the map", "Download tables",
    ):  # fmt: skip
        assert any(wanted in name for name in names), f"Tab never reaches {wanted!r}: {names}"
    assert any("Water fairness weight" in name for name in names)


def test_a_scenario_that_cannot_be_solved_says_what_is_missing(page):
    open_explore(page)
    before = shown_figures(page)
    with pytest.raises(InfeasibleError) as refusal:
        solved(Scenario(factors={"texas": {"capacity": 0.5}}))
    page.goto("/?v=2&texas.capacity=0.5")
    alert = page.locator("[data-testid=stAlert]").first
    expect(alert).to_contain_text(str(refusal.value).split(".")[0], timeout=20_000)
    expect(alert).to_contain_text("MW")
    page.get_by_role("button", name="Reset", exact=True).click()
    expect_solution(page, Scenario())
    assert shown_figures(page) == before


def test_the_last_good_picture_stays_and_is_marked(page):
    open_explore(page, "/?show_region=texas")
    before = shown_figures(page)
    capacity = page.locator(".st-key-region_sliders").get_by_role("slider", name="Capacity")
    capacity.focus()
    page.keyboard.press("ArrowLeft")
    alert = page.locator("[data-testid=stAlert]")
    expect(alert.first).to_contain_text("MW")
    expect(alert.nth(1)).to_contain_text("last scenario that could be solved")
    expect_address(page, show_region="texas", **{"texas.capacity": "0.95"})
    assert shown_figures(page) == before
    page.get_by_role("button", name="Undo").click()
    expect(alert).to_have_count(0)
    expect_solution(page, Scenario())


def test_the_first_visitor_of_a_fresh_server_may_come_to_method(new_page, tmp_path):
    with served(tmp_path / "server.log") as fresh:
        page = new_page(base_url=fresh.address)
        page.goto(f"{fresh.address}/method?v=2&water_weight=80")
        expect(page.get_by_role("heading", name="Every parameter")).to_be_visible(timeout=20_000)
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect_address(page, water_weight="80")
        page.get_by_role("link", name="Explore").click()
        expect_solution(page, Scenario(water_weight=80))
        page.close()  # before its server ends, which it would complain about


@pytest.mark.parametrize(
    ("name", "controls"), [("method", ["Data set"]), ("data", ["Data set"]), ("verify", [])]
)
def test_no_control_stands_where_it_is_not_used(page, name, controls):
    page.goto(f"/{name}?v=2")
    one(page.locator("h1.ee-headline"))
    wait_until_idle(page)
    expect(page.locator(".ee-purpose summary")).to_contain_text("AI data centres in 10 regions")
    sidebar = page.get_by_test_id("stSidebar")
    for label in ("Data set", "Policy", "Reach"):
        expect(sidebar.get_by_role("combobox", name=label)).to_have_count(int(label in controls))
    assert page.title().startswith(name.capitalize())


def test_method_explains_the_terms_by_the_present_scenario(page):
    page.goto("/method?v=2")
    expect(page.get_by_role("heading", name="What the model leaves out")).to_be_visible()
    page.get_by_text("Terms, with examples from this plan").click()
    expect(page.locator(".ee-terms")).to_contain_text("Here the cheapest plan; against it")


SHEET = {"width": 703, "height": 1000}
"""What A4 leaves between its margins, in pixels."""


def test_on_paper_stands_what_is_told_and_its_link(page):
    """Nothing that is pressed or filled in, no table cut, and where the page is found."""
    open_explore(page, "/?v=2&dataset=us-2023&policy=fairest&baseline=nearest")
    expect(page.locator(".ee-on-paper")).to_be_hidden()
    page.emulate_media(media="print")
    page.set_viewport_size(SHEET)
    expect(page.locator(".ee-on-paper")).to_contain_text("?v=2&dataset=us-2023&policy=fairest")
    for words in ("Copy link", "Slopes", "Download the map", "When: hour by hour"):
        expect(page.get_by_text(words, exact=True).first).to_be_hidden()
    right = page.locator("table.ee-table").evaluate_all(
        "tables => tables.map(table => table.getBoundingClientRect().right)"
    )
    assert len(right) == 2 and max(right) <= SHEET["width"] + 1
