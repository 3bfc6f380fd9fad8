"""Names that Streamlit gives in the browser: each is still found where the page relies on it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.driving import WAIT, open_explore
from ui.streamlit_internals import SELECTORS

MAP = ".st-key-region_map"


def test_every_foreign_name_finds_its_element(new_page):
    page, found = new_page(), set()

    def look():
        found.update(name for name in SELECTORS if page.locator(name).count())

    open_explore(page)
    page.locator(MAP).hover()
    look()
    page.get_by_role("button", name="Save under a title").click()
    expect(page.get_by_label("Title")).to_be_visible()
    look()
    page.keyboard.press("Escape")
    page.locator(MAP).hover()
    page.get_by_role("button", name="Fullscreen").first.click()
    page.wait_for_timeout(1000)
    look()
    page.keyboard.press("Escape")
    for address in ("/method", "/verify"):
        page.goto(address)
        page.locator(".stMain h1, .stMain h2").first.wait_for(timeout=WAIT)
        page.wait_for_timeout(1000)
        look()
    page.locator("[data-testid=stSidebarCollapseButton] button").click(force=True)
    page.wait_for_timeout(1000)
    look()
    lost = {name: use for name, use in SELECTORS.items() if name not in found}
    assert not lost, f"Streamlit has other names now, so that this is lost: {lost}"
