"""Explore in a real browser: what is painted and written is what the solver says."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import expect

from equity_core import Scenario, solve
from equity_core.solvers.milestones import milestones
from equity_core.text.narrative import milestones_sentence
from equity_core.text.numbers import amount, number
from tests.browser.driving import (
    DATA,
    FRONTIER,
    address,
    choose,
    click_map,
    eventually,
    expect_address,
    expect_painted,
    expect_solution,
    expect_texts,
    hover,
    map_at_rest,
    map_pixels,
    one,
    open_explore,
    point,
    ranges,
    shown_figures,
    solved,
    wait_until_fresh,
    wait_until_painted,
    weight_box,
    weight_slider,
)
from ui.maps.deck import map_scale
from ui.maps.view import View
from ui.theme import DARK, LIGHT

TEXAS = (-100.0, 31.0)
ATLANTIC = (-35.0, 30.0)


def test_the_page_opens_with_the_solvers_answer(page):
    open_explore(page)
    expect_solution(page, Scenario())
    expect_address(page)
    expect(page.locator(".ee-bars tbody tr")).to_have_count(len(DATA.site_ids))
    points = page.locator(f"{FRONTIER} .scatterlayer .trace").nth(3).locator(".points path")
    expect(points).to_have_count(2)  # the present plan, on two curves
    assert page.locator("[data-testid=stAlert]").count() == 0


@pytest.mark.parametrize(("scheme", "look"), [("light", LIGHT), ("dark", DARK)])
def test_the_map_is_painted_with_the_solvers_colours(new_page, scheme, look):
    page = new_page(color_scheme=scheme)
    open_explore(page)
    wait_until_painted(page, look)
    comparison = solved(Scenario())
    scale = map_scale(comparison, View(), look)
    change = comparison.table.loc["texas", "water_m3_change"]
    expect_painted(page, TEXAS, scale.rgb(change))
    expect_painted(page, ATLANTIC, _rgb(look.paper))


def _rgb(text: str) -> tuple[int, ...]:
    return tuple(int(text[k : k + 2], 16) for k in (1, 3, 5))


def test_a_key_on_a_weight_moves_address_box_and_figures(page):
    open_explore(page)
    before = shown_figures(page)
    weight_slider(page, "water_weight").focus()
    page.keyboard.press("ArrowRight")
    expect_address(page, water_weight="80")
    expect(weight_box(page, "water_weight")).to_have_value("80")
    expect_solution(page, Scenario(water_weight=80))
    assert shown_figures(page) != before


def test_many_fast_keys_end_where_the_last_one_says(page):
    open_explore(page)
    weight_slider(page, "carbon_weight").focus()
    for _ in range(8):
        page.keyboard.press("ArrowLeft")
    expect_address(page, carbon_weight="250")
    expect_solution(page, Scenario(carbon_weight=250))
    wait_until_fresh(page)
    worst = number(solved(Scenario(carbon_weight=250)).after.worst("carbon_t"))
    picture = page.locator(f"{FRONTIER}[role=figure]")
    expect(picture).to_have_attribute("aria-label", re.compile(re.escape(worst)))


def test_a_typed_number_stays_exact(page):
    open_explore(page)
    box = weight_box(page, "carbon_weight")
    box.fill("1234.5")
    box.press("Enter")
    expect_address(page, carbon_weight="1234.5")
    expect(box).to_have_value("1234.5")
    expect_solution(page, Scenario(carbon_weight=1234.5))


def changed_share(page, before: np.ndarray, by: int) -> float:
    """Share of the map's pixels whose colour differs from `before` by more than `by`."""
    return float((np.abs(map_pixels(page) - before).max(axis=2) > by).mean())


def test_quantity_and_view_stay_in_the_address_and_redraw(page):
    open_explore(page)
    wait_until_painted(page)
    pixels = map_at_rest(page)
    page.get_by_role("radio", name="Carbon").click()
    expect_address(page, show_quantity="carbon_t")
    expect(page.locator(".ee-bars thead")).to_contain_text(["Carbon, t"])
    page.get_by_role("radio", name="Burden").click()
    expect_address(page, show_quantity="carbon_t", show_mode="burden")
    wait_until_fresh(page)
    eventually(page, lambda: changed_share(page, pixels, 60) > 0, "the map is as before")


def test_policy_reach_and_baseline_by_keyboard(page):
    open_explore(page)
    choose(page, "Policy", "Cheapest")
    expect_address(page, policy="cost")
    choose(page, "Reach", "Own site only")
    choose(page, "Compared with", "Nearest")
    expect_address(page, policy="cost", reach="nearest", baseline="nearest")
    expect_solution(page, Scenario(policy="cost", reach="nearest", baseline="nearest"))


def test_a_click_on_the_map_opens_the_regions_factors(page):
    open_explore(page)
    wait_until_painted(page)
    click_map(page, *TEXAS)
    expect_address(page, show_region="texas")
    sliders = page.locator(".st-key-region_sliders")
    expect(sliders).to_be_visible()
    expect(one(page.get_by_role("combobox", name="Regional factors"))).to_have_value("Texas")
    water = sliders.get_by_role("slider", name="Water intensity")
    water.focus()
    page.keyboard.press("ArrowRight")
    expect_address(page, show_region="texas", **{"texas.water": "1.05"})
    expect_solution(page, Scenario(factors={"texas": {"water": 1.05}}))


def test_a_regions_factor_without_a_mouse(page):
    open_explore(page)
    choose(page, "Regional factors", "Japan")
    expect_address(page, show_region="japan")
    page.locator(".st-key-region_sliders").get_by_role("slider", name="Electricity price").focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    expect_address(page, show_region="japan", **{"japan.price": "0.8"})
    expect_solution(page, Scenario(factors={"japan": {"price": 0.8}}))


def test_a_click_on_the_frontier_adopts_the_plan(page):
    open_explore(page)
    at = point(page, FRONTIER, 0, 16)
    told = hover(page, at)
    expect(told).to_contain_text("USD/m³")
    words = told.text_content()
    page.mouse.click(*at)
    page.wait_for_function("() => location.search.includes('water_weight')")
    adopted = address(page)
    scenario = Scenario(
        water_weight=float(adopted["water_weight"]), carbon_weight=float(adopted["carbon_weight"])
    )
    assert scenario.water_weight / scenario.carbon_weight == pytest.approx(60 / 1500)
    expect_solution(page, scenario)
    assert "<" not in words
    assert amount(solved(scenario).after.worst("water_m3"), "m3", 4) in words
    # The point that was clicked is the present plan now: a click on it changes nothing.
    wait_until_fresh(page)
    page.mouse.click(*point(page, FRONTIER, 3, 0))
    expect_solution(page, scenario)


def hidden(page, plot):
    """The names of the lines that the legend of a picture has been used to hide."""
    names = "e => e._fullData.filter(line => line.visible === 'legendonly').map(it => it.name)"
    return page.locator(f"{plot} .js-plotly-plot").evaluate(names)


def test_what_was_zoomed_and_hidden_stays_so_through_a_change_of_a_weight(page):
    open_explore(page)
    wide = ranges(page, FRONTIER)
    page.locator(f"{FRONTIER} .legendtoggle").nth(1).click()
    # Plotly waits for half a second whether a second click follows.
    eventually(page, lambda: hidden(page, FRONTIER) == ["Carbon"], "nothing was hidden")
    (left, bottom), (right, top) = (point(page, FRONTIER, 0, row) for row in (8, 14))
    page.mouse.move(left, bottom - 40)
    page.mouse.down()
    page.mouse.move(right, top + 40, steps=5)
    page.mouse.up()
    eventually(page, lambda: ranges(page, FRONTIER) != wide, "nothing was zoomed")
    zoomed = ranges(page, FRONTIER)
    weight_slider(page, "water_weight").press("ArrowRight")
    expect_solution(page, Scenario(water_weight=80))
    wait_until_fresh(page)
    eventually(page, lambda: ranges(page, FRONTIER) == zoomed, "the zoom is gone")
    expect(page.locator(f"{FRONTIER} .legendtext").nth(1)).to_have_text("Carbon")
    assert hidden(page, FRONTIER) == ["Carbon"]
    page.mouse.dblclick((left + right) / 2, (bottom + top) / 2)
    eventually(page, lambda: ranges(page, FRONTIER) != zoomed, "the zoom cannot be left")


def test_the_frontier_is_kept_as_png_from_its_own_bar(page):
    open_explore(page)
    page.mouse.move(*point(page, FRONTIER, 0, 8))
    button = page.locator(f"{FRONTIER} [data-title*=png], {FRONTIER} [data-title*=PNG]").first
    with page.expect_download() as download:
        button.click()
    assert download.value.suggested_filename == "frontier.png"


def test_the_knee_can_be_adopted_without_a_mouse(page):
    open_explore(page, "/?v=2&water_weight=600&carbon_weight=15000")
    page.get_by_role("button", name="Adopt the knee").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => !location.search.includes('water_weight=600')")
    adopted = {key: float(value) for key, value in address(page).items() if key != "v"}
    assert adopted.get("water_weight", 60) < 600
    expect_solution(page, Scenario(**adopted))


def test_undo_and_reset(page):
    open_explore(page)
    weight_slider(page, "water_weight").focus()
    page.keyboard.press("ArrowRight")
    expect_address(page, water_weight="80")
    page.keyboard.press("ArrowRight")
    expect_address(page, water_weight="100")
    page.get_by_role("button", name="Undo").click()
    expect_address(page, water_weight="80")
    expect(weight_box(page, "water_weight")).to_have_value("80")
    expect_solution(page, Scenario(water_weight=80))
    page.get_by_role("button", name="Reset", exact=True).click()
    expect_address(page)
    expect_solution(page, Scenario())
    page.get_by_role("button", name="Undo").click()
    expect_address(page, water_weight="80")


def test_moved_load_is_drawn_on_demand(page):
    open_explore(page)
    wait_until_painted(page)
    pixels = map_at_rest(page)
    page.get_by_text("Moved load").click()
    expect_address(page, show_flows="yes")
    expect(page.get_by_text("who exactly serves whom is not shown")).to_be_visible()
    wait_until_fresh(page)
    eventually(page, lambda: changed_share(page, pixels, 20) > 0.005, "no arcs are drawn")


def test_a_change_keeps_scroll_and_zoom_of_the_map(page):
    open_explore(page)
    box = page.locator(".st-key-map canvas").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -600)
    page.keyboard.up("Control")
    page.wait_for_timeout(600)
    zoomed = map_at_rest(page)
    main = page.locator("[data-testid=stMain]")
    main.evaluate("main => main.scrollTo(0, 60)")
    weight_slider(page, "water_weight").focus()
    page.keyboard.press("ArrowRight")
    expect_solution(page, Scenario(water_weight=80))
    wait_until_fresh(page)
    assert main.evaluate("main => main.scrollTop") == 60
    main.evaluate("main => main.scrollTo(0, 0)")
    page.mouse.move(5, 5)
    eventually(page, lambda: changed_share(page, zoomed, 60) < 0.05, "the map has moved")


def test_a_heading_sorts_the_table_and_the_order_stays(page):
    open_explore(page)
    heads = page.locator("table[data-table=regions] th[data-column]")
    names = page.locator("table[data-table=regions] tbody th")
    heads.nth(3).get_by_role("button").click()  # change in water, most first
    change = solved(Scenario()).table["water_m3_change_pct"].sort_values(ascending=False)
    expect_texts(names, *(DATA.site_names[site] for site in change.index))
    expect(heads.nth(3)).to_have_attribute("aria-sort", "descending")
    weight_slider(page, "water_weight").press("End")
    expect_address(page, water_weight="10000")
    change = solved(Scenario(water_weight=10000)).table["water_m3_change_pct"]
    change = change.sort_values(ascending=False)
    expect_texts(names, *(DATA.site_names[site] for site in change.index))
    heads.nth(3).get_by_role("button").click()
    expect_texts(names, *(DATA.site_names[site] for site in change.index[::-1]))


def test_what_parts_of_the_improvement_cost_is_said_below_the_frontier(page):
    open_explore(page)
    told = milestones_sentence(milestones(Scenario(), DATA), solve(Scenario(), DATA))
    expect_texts(page.locator(".ee-milestones"), told)
    expect(page.locator(".ee-former")).to_have_count(0)


def test_who_loses_under_every_lens_is_said_after_the_frontier(page):
    open_explore(page)
    expect(page.locator(".st-key-gains")).to_contain_text("with each of the equity lenses tried")
    expect(page.locator(".st-key-gains .ee-outdated")).to_have_count(0)
    expect(page.locator(".st-key-gains .ee-badge")).to_have_text(["Germany"])
