"""The page inside other pages, on paper, and without a page at all."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from equity_core import Scenario
from equity_core.export.reproduce import command_line, snippet
from equity_core.text.caveats import short_caveat
from tests.browser.driving import DATA, WAIT, headline_shown, open_explore, solved

SCENARIO = Scenario(water_weight=80)
QUERY = "v=2&water_weight=80"


def test_the_embedded_view_is_sentence_map_source_and_a_way_out(page):
    page.goto(f"/?embed=true&{QUERY}&show_quantity=carbon_t")
    comparison = solved(SCENARIO)
    expect(page.locator("h1.ee-headline")).to_have_text(headline_shown(comparison), timeout=WAIT)
    expect(page.locator(".st-key-map canvas").first).to_be_visible(timeout=WAIT)
    expect(page.locator(".ee-footer")).to_contain_text(comparison.after.fingerprint)
    expect(page.locator(".ee-context").last).to_have_text(short_caveat(comparison.after, DATA))
    expect(page.get_by_role("slider")).to_have_count(0)
    expect(page.locator(".ee-bars")).to_have_count(0)
    way_out = page.get_by_role("link", name="Open in Equity Explorer").get_attribute("href")
    assert way_out.endswith(f"/?{QUERY}&show_quantity=carbon_t")
    assert "embed" not in way_out


def test_the_page_prints_whole_charts_and_no_controls(page):
    open_explore(page, f"/?{QUERY}")
    printed = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    words = re.sub(r"\s+", "", "".join(sheet.extract_text() for sheet in printed.pages))
    assert 2 <= len(printed.pages) <= 4
    comparison = solved(SCENARIO)
    assert re.sub(r"\s+", "", headline_shown(comparison)) in words
    assert all(re.sub(r"\s+", "", name) in words for name in comparison.after.site_names.values())
    assert comparison.after.fingerprint in words
    assert "Copylink" not in words
    assert "Datasetversion" not in words


@pytest.mark.parametrize("address", ["/goals", "/compare"])
def test_other_pages_tell_how_to_get_their_figures_too(page, address):
    page.goto(f"{address}?{QUERY}")
    page.get_by_text("Reproduce these figures").click(timeout=WAIT)
    expect(page.locator(".st-key-reproduce")).to_contain_text(command_line(SCENARIO), timeout=WAIT)


def test_the_page_tells_how_to_get_its_figures_without_it(page):
    open_explore(page, f"/?{QUERY}")
    page.get_by_text("Reproduce these figures").click()
    panel = page.locator(".st-key-reproduce")
    expect(panel).to_contain_text(command_line(SCENARIO))
    for line in snippet(SCENARIO).split("\n\n"):
        expect(panel).to_contain_text(line.strip().splitlines()[0])
