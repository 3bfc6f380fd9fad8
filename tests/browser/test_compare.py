"""Compare in a real browser: the table and its file, two links and their difference."""

from __future__ import annotations

import io

import pandas as pd
from playwright.sync_api import expect

from equity_core import Scenario, solve
from equity_core.text.opening.headline import headline
from tests.browser.driving import DATA, DRAWN, expect_address, expect_texts, one, wait_until_idle


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


def test_two_links_side_by_side(page):
    page.goto("/compare?v=2&policy=cost")
    box = one(page.get_by_role("textbox", name="Second link"))
    wait_until_idle(page)
    box.fill("http://127.0.0.1/?v=2&policy=carbon")
    box.press("Enter")
    after, before = (solve(Scenario(policy=policy), DATA) for policy in ("cost", "carbon"))
    expect_texts(page.locator(".ee-lead"), headline(after.compare(before)))
    bars = page.locator(".st-key-compared_plot .barlayer .point")
    expect(bars).to_have_count(2 * len(DATA.site_ids))
    expect_address(page, policy="cost", show_other="v=2&policy=carbon")
    page.reload()
    expect_texts(page.locator(".ee-lead"), headline(after.compare(before)))


def test_on_a_phone_the_table_scrolls_in_its_box_and_the_policies_stay(new_page):
    page = new_page(viewport={"width": 390, "height": 900})
    page.goto("/compare?v=2")
    grid = one(page.get_by_test_id("stDataFrame"))
    wait_until_idle(page)
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
