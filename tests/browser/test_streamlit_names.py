"""Names that Streamlit gives in the browser: each is still found where the page relies on it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.driving import WAIT, one
from ui.streamlit_internals import SELECTORS

MAP = ".st-key-region_map"


PHONE = {"width": 390, "height": 844}


def test_every_foreign_name_finds_its_element(new_page):
    page, phone, found = new_page(), new_page(viewport=PHONE), set()

    def look(page):
        found.update(name for name in SELECTORS if page.locator(name).count())

    def open_page(page, address, shown):
        page.goto(address)
        page.locator(shown).first.wait_for(timeout=WAIT)
        look(page)

    open_page(page, "/?v=2", ".ee-bars")
    page.locator(".nsewdrag").first.wait_for(state="attached", timeout=WAIT)
    page.locator(MAP).hover()
    look(page)
    page.get_by_role("button", name="Fullscreen").first.click()
    one(page.get_by_role("button", name="Close fullscreen"))
    look(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Download tables").click()
    page.get_by_role("button", name="Regions CSV").wait_for(timeout=WAIT)
    look(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Save under a title").click()
    expect(page.get_by_label("Title", exact=True)).to_be_visible()
    look(page)
    open_page(page, "/method", ".katex")
    open_page(page, "/verify", "[data-testid=stCode]")
    open_page(phone, "/?v=2", "[data-testid=stExpandSidebarButton]")
    lost = {name: use for name, use in SELECTORS.items() if name not in found}
    assert not lost, f"Streamlit has other names now, so that this is lost: {lost}"
