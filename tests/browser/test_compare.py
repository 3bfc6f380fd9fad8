"""Compare in a real browser: scenarios added, named and taken away; the policies and their file."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import pytest
from playwright.sync_api import expect

from equity_core import Scenario, solve
from equity_core.text.opening.alone import quotable
from tests.browser.driving import DATA, DRAWN, expect_texts, one, wait_until_idle

HEADS = ".ee-scenarios thead th bdi"
OWN = "<b>Ours</b> =1+1"


def add(page, link):
    box = one(page.get_by_role("textbox", name="Add a scenario"))
    wait_until_idle(page)
    box.fill(link)
    box.press("Enter")


def test_the_desk_of_a_policymaker(page):
    page.goto("/compare?v=2&policy=cost")
    add(page, "http://127.0.0.1/?v=2&policy=carbon")
    expect_texts(page.locator(HEADS), "Cheapest plan", "Lowest-carbon plan")
    add(page, "v=2&policy=water")
    expect_texts(page.locator(HEADS), "Cheapest plan", "Lowest-carbon plan", "Lowest-water plan")
    wait_until_idle(page)
    name = one(page.get_by_role("textbox", name="Name of B"))
    name.fill(OWN)
    name.press("Enter")
    expect_texts(page.locator(HEADS), "Cheapest plan", OWN, "Lowest-water plan")
    wait_until_idle(page)
    page.go_back()
    expect_texts(page.locator(HEADS), "Cheapest plan", "Lowest-carbon plan", "Lowest-water plan")
    page.go_forward()
    expect_texts(page.locator(HEADS), "Cheapest plan", OWN, "Lowest-water plan")
    page.reload()
    expect_texts(page.locator(HEADS), "Cheapest plan", OWN, "Lowest-water plan")
    first, second = (solve(Scenario(policy=policy), DATA) for policy in ("cost", "carbon"))
    change = quotable(second.compare(first))
    expect_texts(page.locator(".ee-lead"), f"B against A: {change}")
    expect(page.locator(".st-key-pair canvas")).to_have_count(2)
    wait_until_idle(page)
    with page.expect_download() as download:
        one(page.locator(".st-key-download_scenarios_xlsx button")).click()
    book = openpyxl.load_workbook(io.BytesIO(download.value.path().read_bytes()))
    heading, cost, *_ = book["Side by side"].iter_rows(values_only=True)
    assert heading[4:] == ("A: Cheapest plan", f"B: {OWN}", "C: Lowest-water plan")
    assert cost[5] == pytest.approx(second.cost_usd)


def test_a_year_that_takes_its_time_holds_up_no_other(page):
    page.goto("/compare?v=2&show_table=~v%3D2%26dataset%3Dus-2023%26policy%3Dfairest%7COurs~")
    cost = page.locator(".ee-scenarios tbody tr").first.locator("td").nth(1)
    expect(cost).to_contain_text("$337,000")
    expect(page.locator(".ee-scenarios tbody tr").first.locator("td").first).to_contain_text(
        "billion"
    )
    wait_until_idle(page)
    one(page.get_by_role("button", name="Later: A")).click()
    expect_texts(page.locator(HEADS), "Ours", "Fairest plan")
    expect(page.locator(".ee-apart")).to_contain_text("Data sets differ")


def test_on_a_phone_the_scenarios_scroll_in_their_box_and_the_page_does_not(new_page):
    page = new_page(viewport={"width": 390, "height": 900})
    page.goto("/compare?v=2&show_table=~|~v%3D2%26policy%3Dcarbon|~v%3D2%26policy%3Dwater")
    expect(page.locator(HEADS)).to_have_count(3)
    wait_until_idle(page)
    wide = "e => e.scrollWidth - e.clientWidth"
    assert page.locator(".ee-scrolled").evaluate(wide) > 0
    assert page.get_by_test_id("stMain").evaluate(wide) == 0


def test_the_file_has_the_solvers_figures(page):
    page.goto("/compare?v=2")
    button = one(page.locator(".st-key-download_policies button"))
    wait_until_idle(page)
    with page.expect_download() as download:
        button.click()
    read = pd.read_csv(io.BytesIO(download.value.path().read_bytes()))
    row = read[(read["Policy"] == "Equity") & (read["Reach"] == "Allowed pairs only")].iloc[0]
    plan = solve(Scenario(reach="partial"), DATA)
    assert abs(row["Electricity cost (USD)"] / plan.cost_usd - 1) < 1e-7
    assert row["fingerprint"] == plan.fingerprint


def test_on_a_phone_the_table_scrolls_in_its_box_and_the_policies_stay(new_page):
    page = new_page(viewport={"width": 390, "height": 900})
    page.goto("/compare?v=2")
    grid = one(page.get_by_test_id("stDataFrame"))
    wait_until_idle(page)
    grid.scroll_into_view_if_needed()
    page.wait_for_timeout(DRAWN)
    box = grid.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 390
    policies = {"x": box["x"] + 2, "y": box["y"] + 40, "width": 120, "height": 300}
    figures = policies | {"x": box["x"] + 160}
    page.mouse.move(box["x"] + 250, box["y"] + 100)
    page.wait_for_timeout(DRAWN)
    first = [page.screenshot(clip=part) for part in (policies, figures)]
    page.mouse.wheel(400, 0)
    page.wait_for_timeout(DRAWN)
    then = [page.screenshot(clip=part) for part in (policies, figures)]
    assert then[0] == first[0]
    assert then[1] != first[1]
    wide = "e => e.scrollWidth - e.clientWidth"
    assert page.get_by_test_id("stMain").evaluate(wide) == 0
