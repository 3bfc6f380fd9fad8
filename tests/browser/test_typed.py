"""What is typed, in a real browser: read as meant or refused beside the field, nothing lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from equity_core import Scenario
from tests.browser.driving import (
    DATA,
    WAIT,
    address,
    expect_address,
    expect_solution,
    expect_texts,
    one,
    open_explore,
    wait_until_fresh,
    weight_box,
)


def enter(box, text):
    box.fill(text)
    box.press("Enter")


def test_a_box_reads_a_decimal_comma_and_refuses_beside_itself(page):
    open_explore(page)
    box = weight_box(page, "water_weight")
    enter(box, "0,5")
    expect_address(page, water_weight="0.5")
    expect_solution(page, Scenario(water_weight=0.5))
    expect(box).to_be_focused()
    alert = page.locator("[data-testid=stSidebar] [role=alert]")
    for text, why in (
        ("abc", "is not a number"),
        ("-2", "is out of range"),
        ("99999999", "is out of range"),
        ("1,234", "can mean 1234 or 1.234"),
    ):
        enter(box, text)
        expect(alert).to_contain_text(f"'{text}' {why}", timeout=WAIT)
        expect(alert).to_contain_text("Allowed: 0 to 1,000,000 USD/m³. It stays 0.5.")
        expect(box).to_have_value("0.5")
    gap = alert.bounding_box()["y"] - (box.bounding_box()["y"] + box.bounding_box()["height"])
    assert 0 <= gap < 30
    assert address(page)["water_weight"] == "0.5"
    enter(box, ".25")
    expect_address(page, water_weight="0.25")
    expect(alert).to_have_count(0)


@pytest.fixture
def table(page):
    open_explore(page)
    page.get_by_role("button", name="Table of all regions").click()
    body = one(page.locator("[data-testid=stPopoverBody]"))
    expect(cell(body, "Texas", "Carbon")).to_be_visible()
    wait_until_fresh(page)
    return body


def cell(body, region, column):
    return body.get_by_role("textbox", name=f"{region}, {column}", exact=True)


def test_the_table_reads_a_decimal_comma_and_refuses_beside_the_row(page, table):
    enter(cell(table, "Texas", "Carbon"), "0,5")
    expect(cell(table, "Virginia", "Carbon")).to_be_focused()  # as in any table
    enter(cell(table, "Virginia", "Carbon"), ".5")
    expect_address(page, **{"texas.carbon": "0.5", "virginia.carbon": "0.5"})
    for text, why in (
        ("abc", "is not a number"),
        ("-2", "out of range"),
        ("99999", "out of range"),
    ):
        enter(cell(table, "Texas", "Carbon"), text)
        alert = table.get_by_role("alert")
        expect(alert).to_contain_text(f"Texas, Carbon: '{text}'", timeout=WAIT)
        expect(alert).to_contain_text(why)
        expect(alert).to_contain_text("Allowed: 0 to 100, or nothing. It stays 0.5.")
        expect(cell(table, "Texas", "Carbon")).to_have_value("0.5")
        expect(cell(table, "Texas", "Carbon")).to_have_attribute("aria-invalid", "true")
    wanted = {"texas": {"carbon": 0.5}, "virginia": {"carbon": 0.5}}
    expect_solution(page, Scenario(factors=wanted))
    enter(cell(table, "Texas", "Carbon"), "")
    expect_address(page, **{"virginia.carbon": "0.5"})
    expect(table.get_by_role("alert")).to_have_count(0)
    expect_texts(
        page.locator("[data-testid=stCaptionContainer]", has_text="Changed"),
        "Changed: Virginia (carbon × 0.5).",
    )


def test_thirty_values_typed_at_speed_all_land(page, table):
    wanted = {}
    for number, column in enumerate(("Price", "Water", "Carbon")):
        cell(table, "Texas", column).focus()
        for row, site in enumerate(DATA.site_ids):
            value = f"{1 + number / 10 + row / 100:.2f}"
            page.keyboard.type(value.replace(".", ","))
            page.keyboard.press("Enter")  # to the next row
            wanted[f"{site}.{column.lower()}"] = value.rstrip("0").rstrip(".")
    fields = {key: value for key, value in wanted.items() if value != "1"}
    expect_address(page, **fields)
    for number, column in enumerate(("Price", "Water", "Carbon")):
        expect(cell(table, DATA.site_names["japan"], column)).to_have_value(
            fields[f"japan.{('price', 'water', 'carbon')[number]}"]
        )


def test_many_values_typed_at_speed_into_one_box_end_with_the_last(page):
    open_explore(page)
    box = weight_box(page, "carbon_weight")
    box.focus()
    for value in range(30):
        page.keyboard.press("ControlOrMeta+A")
        page.keyboard.type(f"{1000 + value},5")
        page.keyboard.press("Enter")
    expect_address(page, carbon_weight="1029.5")
    expect(box).to_have_value("1029,5")
    expect_solution(page, Scenario(carbon_weight=1029.5))
