"""A reader behind nginx: sessions, links and files work as on one server, and outlive it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from equity_core import Scenario
from equity_core.answers import Answer, Making
from equity_core.inputs.upload import read_upload
from equity_core.inputs.upload.template import template_csv
from tests.browser.conftest import WIDE, Watch
from tests.browser.driving import (
    DATA,
    HEAT,
    WAIT,
    expect_solution,
    open_explore,
    wait_until_fresh,
    weight_box,
)

COOKIE = "equity_replica"
STATE = "document.querySelector('.stApp')?.dataset.testConnectionState"
UNDISTURBED = 2_000  # milliseconds
QUERY = "/?v=2&water_weight=80&texas.water=1.5"
SCENARIO = Scenario(water_weight=80, factors={"texas": {"water": 1.5}})


@pytest.fixture
def reader(chromium, site):
    """Opens contexts of readers who have come to a replica of this name, with their pages."""
    contexts: list[BrowserContext] = []

    def came_to(name: str) -> Page:
        context = chromium.new_context(base_url=site.address, viewport=WIDE)
        contexts.append(context)
        context.add_cookies([{"name": COOKIE, "value": name, "url": site.address}])
        context.set_default_timeout(WAIT)
        return context.new_page()

    yield came_to
    for context in contexts:
        context.close()


def replica_of(page: Page) -> str:
    return next(c["value"] for c in page.context.cookies() if c["name"] == COOKIE)


def bring(page: Page, name: str) -> None:
    """Drop the template on Data, as a file of this name, and keep it."""
    page.get_by_role("link", name="Data").click()
    expect(page.locator(HEAT).first).to_be_visible(timeout=WAIT)
    page.get_by_role("tab", name="Bring your own").click()
    file = {"name": f"{name}.csv", "mimeType": "text/csv", "buffer": template_csv()}
    page.locator(".st-key-own_files input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Use this data set").click()
    expect(page.locator("h1.ee-headline")).to_contain_text(f"{name}: 3 regions", timeout=WAIT)


def regions_csv(page: Page) -> bytes:
    menu = page.locator("[data-testid=stPopover]")
    menu.get_by_role("button", name="Download tables").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Regions CSV").click()
    page.keyboard.press("Escape")
    return Path(download.value.path()).read_bytes()


def made(site, scenario: Scenario) -> bytes:
    answer = Answer.to(scenario, DATA, points=5, address=f"{site.address}/")
    return Making(answer).file("regions.csv")


def test_what_is_saved_and_brought_on_one_replica_is_there_on_the_other(site, reader):
    one, other = reader("a"), reader("b")
    watch = Watch(one.context)
    open_explore(one, QUERY)
    one.get_by_role("button", name="Save under a title").click()
    one.get_by_label("Title", exact=True).fill("Fair to Texas")
    one.get_by_role("button", name="Save", exact=True).click()
    code = one.locator("[data-testid=stPopoverBody] code").first  # the link; then how to remove it
    expect(code).to_contain_text("?saved=")
    link = code.inner_text()
    one.keyboard.press("Escape")
    assert regions_csv(one) == made(site, SCENARIO)
    bring(one, "mine")
    assert replica_of(one) == "a"
    open_explore(other, link)
    assert replica_of(other) == "b"
    expect(other.locator(".ee-title")).to_have_text("Fair to Texas")
    expect_solution(other, SCENARIO)
    own = read_upload({"mine.csv": template_csv()}).id
    open_explore(other, f"/?v=2&dataset={own}")
    assert other.locator(".ee-bars tbody tr").count() == 3
    watch.check()


def test_a_reader_whose_replica_is_killed_comes_back_to_the_same_scenario(site, reader):
    page = reader("a")
    open_explore(page)
    change(page, "water_weight", "80")
    # Runs of the whole page, after which nothing on it asks the server for anything.
    page.get_by_role("button", name="Undo").click()
    page.wait_for_function("() => !location.search.includes('water_weight')")
    wait_until_fresh(page)
    page.get_by_role("button", name="Redo").click()
    page.wait_for_function("() => location.search.includes('water_weight=80')")
    wait_until_fresh(page)
    page.wait_for_timeout(UNDISTURBED)
    page.evaluate("document.querySelector('.stApp').dataset.same = 'page'")
    site.replicas["a"].kill()
    page.wait_for_function(f"() => {STATE} !== 'CONNECTED'")
    page.wait_for_function(f"() => {STATE} === 'CONNECTED'")
    expect_solution(page, Scenario(water_weight=80))
    change(page, "carbon_weight", "1600")
    expect_solution(page, Scenario(water_weight=80, carbon_weight=1600))
    assert page.evaluate("document.querySelector('.stApp').dataset.same") == "page"
    assert replica_of(page) == "b"
    site.replicas["a"].start()
    # Its files stay where the session is now, and so does what it brings.
    csv = regions_csv(page)
    assert csv == made(site, Scenario(water_weight=80, carbon_weight=1600))
    bring(page, "again")
    assert replica_of(page) == "b"


def change(page: Page, weight: str, value: str) -> None:
    box = weight_box(page, weight)
    box.fill(value)
    box.press("Enter")
    page.wait_for_function(f"() => location.search.includes('{weight}={value}')")
    wait_until_fresh(page)
