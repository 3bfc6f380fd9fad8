"""The page Verify says of a dropped file what the command line says, by colour, mark and words."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from equity_core import Scenario
from equity_core.answers import Answer, Making
from tests.browser.driving import DATA, WAIT

LARGE = 12_000_000


@pytest.fixture(scope="module")
def making() -> Making:
    return Making(Answer.to(Scenario(), DATA))


@pytest.fixture(scope="module")
def briefing(making) -> bytes:
    return making.file("briefing.html")


def drop(page: Page, name: str, content: bytes) -> None:
    page.goto("/verify")
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def test_an_untouched_briefing_is_identical_and_a_forged_one_is_not(page, briefing):
    drop(page, "minister.html", briefing)
    report = page.locator(".st-key-verify_report")
    expect(report).to_contain_text("Identical: byte for byte", timeout=WAIT)
    expect(report.get_by_test_id("stAlertContentSuccess")).to_be_visible()
    assert b"1,820" in briefing
    drop(page, "minister.html", briefing.replace(b"1,820", b"1,220", 1))
    expect(report).to_contain_text("Something differs: minister.html", timeout=WAIT)
    expect(report).to_contain_text("1,220")
    expect(report.get_by_test_id("stAlertContentError")).to_be_visible()


def test_what_was_not_compared_is_amber_and_named_first(page, making):
    drop(page, "map.pdf", making.file("briefing.pdf") + b"more")
    report = page.locator(".st-key-verify_report")
    expect(report).to_contain_text("Not checked: map.pdf", timeout=WAIT)
    expect(report.get_by_test_id("stAlertContentWarning")).to_be_visible()
    page.get_by_text("What each kind of file can prove").click()
    expect(page.get_by_text("Only an identical file proves anything")).to_be_visible()


def test_a_large_file_is_taken_and_a_foreign_one_refused_in_a_sentence(page):
    drop(page, "large.csv", b"a,b\n" + b"1,2\n" * (LARGE // 4))
    expect(page.get_by_text("Nothing says which scenario this belongs to")).to_be_visible(
        timeout=WAIT
    )
