"""No finding of axe-core of any weight in what is ours, on any page, in light and in dark."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.driving import WAIT, wait_until_idle

STREAMLITS = {"presentation-role-conflict": "stFileUploaderDropzone"}
"""Findings in what Streamlit draws, and where."""
READY = {
    "/?v=2": ".st-key-frontier_plot .scatterlayer",
    "/goals?v=2&water_limit_m3=1900": ".st-key-possible_plot .scatterlayer",
    "/foresight?v=2&show_method=blend": ".st-key-foresight_table table",
    "/robustness?v=2&show_draws=32": ".st-key-menu_robustness",
    "/compare?v=2": ".st-key-policies",
    "/compare?v=2&show_table=Mine~|~v%3D2%26policy%3Dcarbon": ".st-key-pair canvas",
    "/data": "[class*=_heat_months] .heatmaplayer",
    "/method": ".katex-display",
    "/verify": "[data-testid=stFileUploader]",
    "/?embed=true": "h1",
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_of_ours(new_page, scheme):
    page = new_page(color_scheme=scheme)
    for address, ready in READY.items():
        page.goto(address)
        expect(page.locator(ready).first).to_be_visible(timeout=WAIT)
        wait_until_idle(page)
        found = [
            f"{address}: {finding['id']}: {finding['nodes'][0]['html'][:200]}"
            for finding in Axe().run(page).response["violations"]
            if not _is_streamlits(finding)
        ]
        assert found == []


def _is_streamlits(finding) -> bool:
    mark = STREAMLITS.get(finding["id"])
    return mark is not None and all(mark in node["html"] for node in finding["nodes"])
