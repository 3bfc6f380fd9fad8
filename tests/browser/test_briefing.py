"""The briefing opens with the network cut, shows all of itself and prints to two A4 pages."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from equity_core import Scenario, load_dataset
from equity_core.answers import Answer, Making

A4 = (595.0, 842.0)  # points


@pytest.fixture(scope="module", params=["paper-2022", "world-2023"])
def data(request):
    """Ten regions, and the sixteen that a briefing has room for."""
    return load_dataset(request.param)


@pytest.fixture(scope="module")
def briefing(data, tmp_path_factory):
    """The file on disk."""
    place = tmp_path_factory.mktemp("briefing") / "briefing.html"
    answer = Answer.to(Scenario(dataset=data.id, reach="partial"), data, points=3)
    place.write_bytes(Making(answer).file("briefing.html"))
    return place


@pytest.fixture
def offline(chromium):
    """A page that can reach nothing, and a list of what it asked for."""
    context = chromium.new_context(offline=True)
    page, asked = context.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    yield page, asked
    context.close()


def test_it_needs_no_network_and_leaves_no_blank(offline, briefing):
    page, asked = offline
    page.goto(briefing.as_uri())
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    widths = page.evaluate("[...document.images].map(image => image.naturalWidth)")
    assert len(widths) == 3
    assert all(width > 0 for width in widths)
    sideways = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(sideways) <= 0


def test_it_prints_to_two_pages_and_nothing_is_cut(offline, briefing, data):
    page, _ = offline
    page.goto(briefing.as_uri())
    printed = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    assert len(printed.pages) == 2
    for sheet in printed.pages:
        assert (sheet.mediabox.width, sheet.mediabox.height) == pytest.approx(A4, abs=2)
    first, second = (squeezed(sheet.extract_text()) for sheet in printed.pages)
    assert "Whocarriesmore" in first
    assert first.endswith("Page1of2")
    assert "Whatlimitsfairness" in second
    assert second.endswith("Page2of2")


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
