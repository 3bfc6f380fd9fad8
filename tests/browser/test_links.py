"""The address is the scenario: in other browsers, after a reload, a page switch, back and forth."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from equity_core import Scenario
from equity_core.scenario.parameters import BY_NAME
from tests.browser.driving import (
    WAIT,
    choose,
    expect_address,
    expect_solution,
    one,
    open_explore,
    snapshot,
    solved,
    wait_until_fresh,
    weight_box,
    weight_slider,
)

PARTIAL = BY_NAME["reach"].choice_labels["partial"]
LINK = (
    "/?v=2&water_weight=123.4&reach=partial&baseline=carbon&texas.water=1.5&nevada.capacity=1.2"
    "&show_quantity=carbon_t&show_mode=burden&show_region=texas"
)


def test_a_link_shows_the_same_in_another_browser(new_page):
    first = new_page()
    open_explore(first)
    choose(first, "Reach", PARTIAL)
    weight_slider(first, "carbon_weight").focus()
    first.keyboard.press("ArrowLeft")
    expect_address(first, reach="partial", carbon_weight="1250")
    wait_until_fresh(first)
    second = new_page(locale="de-DE", timezone_id="Asia/Tokyo")
    open_explore(second, first.evaluate("location.href"))
    assert snapshot(second) == snapshot(first)
    expect(weight_box(second, "carbon_weight")).to_have_value("1250")


def test_the_copy_button_gives_this_link(new_page):
    page = new_page(permissions=["clipboard-read", "clipboard-write"])
    open_explore(page)
    weight_slider(page, "water_weight").focus()
    page.keyboard.press("ArrowLeft")
    expect_address(page, water_weight="50")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    own = solved(Scenario(water_weight=50)).after.fingerprint
    assert copied == f"{page.evaluate('location.href')}&fingerprint={own}"
    assert copied.endswith(f"/?v=2&water_weight=50&fingerprint={own}")


def test_a_copied_link_tells_when_something_has_changed_since(page):
    own = solved(Scenario(water_weight=50)).after.fingerprint
    open_explore(page, f"/?v=2&water_weight=50&fingerprint={own}")
    expect(page.locator(".st-key-link_problems")).to_have_count(0)
    open_explore(page, "/?v=2&water_weight=50&fingerprint=0123456789ab")
    expect(page.locator(".st-key-link_problems")).to_contain_text("figures may differ")


def test_a_reload_changes_nothing(page):
    open_explore(page, LINK)
    before, address = snapshot(page), page.evaluate("location.href")
    page.reload()
    one(page.locator(".ee-bars"))
    wait_until_fresh(page)
    assert page.evaluate("location.href") == address
    assert snapshot(page) == before
    factors = {"texas": {"water": 1.5}, "nevada": {"capacity": 1.2}}
    expect_solution(
        page,
        Scenario(water_weight=123.4, reach="partial", baseline="carbon", factors=factors),
    )


def test_page_switch_back_and_forward_keep_the_scenario(page):
    open_explore(page)
    weight_slider(page, "water_weight").focus()
    page.keyboard.press("ArrowRight")
    expect_address(page, water_weight="80")
    page.get_by_role("link", name="Method").click()
    expect(page.get_by_role("heading", name="Every parameter")).to_be_visible()
    assert page.evaluate("location.pathname") == "/method"
    expect_address(page, water_weight="80")
    page.get_by_role("link", name="Explore").click()
    expect(weight_box(page, "water_weight")).to_have_value("80")
    expect_solution(page, Scenario(water_weight=80))
    expect_address(page, water_weight="80")
    page.go_back()
    expect(page.get_by_role("heading", name="Every parameter")).to_be_visible()
    page.go_back()
    expect_solution(page, Scenario(water_weight=80))
    page.go_forward()
    expect(page.get_by_role("heading", name="Every parameter")).to_be_visible()
    expect_address(page, water_weight="80")


def test_back_takes_a_change_back(page):
    open_explore(page)
    weight_slider(page, "water_weight").focus()
    page.keyboard.press("ArrowRight")
    expect_address(page, water_weight="80")
    choose(page, "Reach", PARTIAL)
    expect_address(page, water_weight="80", reach="partial")
    page.go_back()
    expect_solution(page, Scenario(water_weight=80))
    expect_address(page, water_weight="80")
    expect(one(page.get_by_role("combobox", name="Reach"))).to_have_value("Anywhere")
    page.go_forward()
    expect_solution(page, Scenario(water_weight=80, reach="partial"))


def test_a_broken_link_opens_and_says_what_is_used_instead(page):
    page.goto(
        "/?v=2&reach=partial&water_weight=-1&policy=%3Cscript%3Ealert(1)%3C/script%3E"
        "&atlantis.water=2&show_place=mars"
    )
    problems = page.locator(".st-key-link_problems [data-testid=stAlert]")
    for words in (
        ("water_weight is -1", "0 to 1000000", "The default (60) is used instead"),
        ("policy", "<script>alert(1)</script>", "equity", "is used instead"),
        ("atlantis", "paper-2022", "left out"),
        ("show_place", "mars", "The default (all) is used instead"),
    ):
        for word in words:
            expect(problems).to_contain_text(word, timeout=WAIT)
    expect_solution(page, Scenario(reach="partial"))  # what it says rightly is kept
    page.get_by_role("button", name="Understood").click()
    expect(problems).to_have_count(0)


@pytest.mark.parametrize("version", ["0", "99"])
def test_a_link_of_another_version_says_so(page, version):
    page.goto(f"/?v={version}&water_weight=70")
    problems = page.locator(".st-key-link_problems [data-testid=stAlert]")
    expect(problems).to_contain_text("version", timeout=WAIT)
    expect(problems).to_contain_text(version)
    one(page.locator("h1.ee-headline"))


def test_a_link_of_100_kb_is_refused_in_a_sentence(page):
    open_explore(page)
    # Typed over the address of an open page: the server itself takes no line of 100 kB.
    page.evaluate("link => history.pushState({}, '', link)", f"/?v=2&policy={'x' * 100_000}")
    page.get_by_role("link", name="Method").click()
    page.get_by_role("heading", name="Every parameter").wait_for()
    page.go_back()
    problems = page.locator(".st-key-link_problems [data-testid=stAlert]")
    expect(problems).to_contain_text("100,0", timeout=WAIT)
    expect(problems).to_contain_text("characters long")
    assert len(problems.inner_text()) < 1000
    expect_solution(page, Scenario())
