"""The bare address: a case that is written into the address, a way back, and the paper's own."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import expect

from equity_core import Scenario
from equity_core.scenario.link import to_query
from equity_core.scenario.presets import CASES, LANDING
from tests.browser.driving import (
    WAIT,
    expect_address,
    expect_solution,
    expect_texts,
    headline_shown,
    one,
    open_explore,
    solved,
    wait_until_idle,
)

WRITTEN = dict(parse_qsl(to_query(LANDING.scenario)))


def test_a_bare_address_opens_on_a_case_and_back_leads_out(page):
    page.goto("/_stcore/health")
    open_explore(page, "/")
    expect_address(page, **WRITTEN)
    expect_solution(page, LANDING.scenario)
    expect_texts(page.locator(".ee-question"), f"{LANDING.label}. {LANDING.question}")
    expect(page.locator(".ee-answer")).to_contain_text(LANDING.caveat)
    page.go_back()
    page.wait_for_function("() => location.search === ''")
    wait_until_idle(page)
    expect_texts(page.locator("h1.ee-headline"), headline_shown(solved(LANDING.scenario)))
    page.go_back()
    page.wait_for_function("() => location.pathname === '/_stcore/health'")


@pytest.mark.parametrize("key", ["embed=true", "utm_source=mail"])
def test_what_asks_for_nothing_is_as_good_as_bare(page, key):
    page.goto(f"/?{key}")
    expect_texts(page.locator("h1.ee-headline"), headline_shown(solved(LANDING.scenario)))
    embed = {"embed": "true"} if key.startswith("embed") else {}
    expect_address(page, **WRITTEN, **embed)


def test_questions_and_the_paper_are_a_click_away(page):
    open_explore(page, "/")
    page.get_by_text("Questions to start from").click()
    case = next(case for case in CASES if case.name == "health_first")
    expect(page.get_by_text(case.question)).to_be_visible(timeout=WAIT)
    page.get_by_text(case.label, exact=True).click()
    expect_solution(page, case.scenario)
    expect_address(page, **dict(parse_qsl(to_query(case.scenario))))
    one(page.get_by_role("button", name="Research paper: ten regions")).click()
    expect_solution(page, Scenario())
    expect_address(page)
