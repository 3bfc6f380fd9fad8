"""The page Verify says of a dropped file what the command line says."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from equity_core import Scenario
from equity_core.answers import Answer, Making
from tests.browser.driving import DATA, WAIT


@pytest.fixture(scope="module")
def regions() -> bytes:
    return Making(Answer.to(Scenario(water_weight=80), DATA)).file("regions.csv")


def drop(page: Page, content: bytes) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": "equity-regions.csv", "mimeType": "text/csv", "buffer": content}
    )


def test_an_untouched_file_holds_and_a_changed_one_is_named(page, regions):
    page.goto("/verify")
    expect(page.get_by_role("heading", name="Does an export still hold?")).to_be_visible(
        timeout=WAIT
    )
    drop(page, regions)
    report = page.locator(".st-key-verify_report")
    expect(report).to_contain_text("Everything that was checked holds", timeout=WAIT)
    page.reload()
    drop(page, regions.replace(b"texas,Texas,4", b"texas,Texas,5"))
    expect(report).to_contain_text("1 of 4 checks failed", timeout=WAIT)
    expect(report).to_contain_text("row 2 (texas), column energy_mwh_before: 5")


def test_a_foreign_file_is_refused_in_a_sentence(page):
    page.goto("/verify")
    drop(page, b"a,b\n1,2\n")
    expect(page.get_by_text("Nothing says which scenario this belongs to")).to_be_visible(
        timeout=WAIT
    )
