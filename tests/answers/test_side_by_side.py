"""Several scenarios in one table: its rows, its files, and what `verify` says of them."""

from __future__ import annotations

import csv
import io
import re

import openpyxl
import pytest

from equity_core import Scenario, solve
from equity_core.answers import open_named_dataset
from equity_core.answers.side_by_side import SideBySide
from equity_core.errors import EquityError
from equity_core.scenario.lineup import Named
from equity_core.text.beside.apart import apart_sentences
from equity_core.text.beside.columns import default_name
from equity_core.text.beside.rows import rows_of
from equity_core.verification.verify import verify

FORMULA, MARKUP, HEBREW = "=HYPERLINK(1)", "<b>|~bold", "\u05e9\u05dc\u05d5\u05dd"
ENTRIES = (
    Named(FORMULA, "v=2"),
    Named(MARKUP, "v=2&policy=carbon"),
    Named("Too much", "v=2&demand_growth=3"),
    Named(HEBREW, "v=2&policy=cost&reach=partial"),
    Named("", "v=2&policy=nicest"),
)


@pytest.fixture(scope="module")
def table():
    return SideBySide.to(ENTRIES, open_named_dataset, "https://example.org/")


def cell(table, about, measure, letter):
    row = next(
        row for row in rows_of(table.columns) if (row.about, row.measure) == (about, measure)
    )
    return row.cells["ABCDE".index(letter)]


def test_each_row_has_the_solvers_figures(table):
    data = open_named_dataset("paper-2022")
    first, second = (solve(Scenario(policy=policy), data) for policy in ("equity", "carbon"))
    cheapest = solve(Scenario(policy="cost"), data)
    cost = cell(table, "Cost", "Electricity cost", "B")
    assert cost.value == pytest.approx(second.cost_usd)
    assert cost.moved == pytest.approx(100 * (second.cost_usd / first.cost_usd - 1))
    change = cell(table, "Cost", "Change of electricity cost", "B")
    assert change.value == pytest.approx(100 * (second.cost_usd / cheapest.cost_usd - 1))
    worst = cell(table, "Water", "Worst region", "B")
    assert (worst.value, worst.words) == (pytest.approx(second.worst("water_m3")), "Virginia")
    assert cell(table, "Water", "Peak-to-average ratio", "B").value == pytest.approx(
        second.par("water_m3")
    )
    more = second.compare(first).regions_worse
    assert cell(table, "Regions", "Carry more than under A", "B").value == more > 0


def test_what_has_no_plan_says_why_and_leaves_the_others_alone(table):
    assert "can be served" in table.columns[2].problem
    assert "nicest" in table.columns[4].problem
    for letter in "CE":
        assert cell(table, "Cost", "Electricity cost", letter).value is None
    assert cell(table, "Cost", "Electricity cost", "D").value > 0


def test_what_cannot_be_compared_is_said(table):
    words = " ".join(apart_sentences(table.columns))
    assert "D: the cheapest plan (reach: allowed pairs only)" in words
    asked = [Named("", "v=2"), Named("", "v=2&start=2022-10-01")]
    sums = SideBySide.to(asked, open_named_dataset)
    assert "Periods differ (A: 457 hours" in apart_sentences(sums.columns)[0]
    assert cell(sums, "Cost", "Electricity cost", "B").moved is None


def test_a_plan_is_called_by_its_words_until_its_reader_names_it():
    assert default_name(Scenario(policy="cost", water_weight=80)) == "Cheapest plan"
    assert default_name(Scenario(reach="partial")) == "Equity plan, reach allowed pairs only"


def test_the_workbook_holds_names_as_text_units_and_links(table):
    book = openpyxl.load_workbook(io.BytesIO(table.file("scenarios.xlsx")))
    assert book.sheetnames == ["About", "Side by side", "Scenarios"]
    sheet = book["Side by side"]
    heading, *rows = sheet.iter_rows(values_only=True)
    assert heading[:6] == ("About", "Measure", "Unit", "Against", f"A: {FORMULA}", f"B: {MARKUP}")
    cost = next(row for row in rows if row[1] == "Electricity cost")
    assert cost[2] == "USD"
    assert cost[4] == pytest.approx(336_694.5, rel=1e-4)
    everything = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in everything)
    links = [row[-1] for row in book["Scenarios"].iter_rows(min_row=2, values_only=True)]
    assert links == [f"?{entry.query}" for entry in ENTRIES]
    assert table.origin["fingerprint"] in [cell.value for cell in everything]


def test_the_table_for_machines_has_a_row_a_scenario_and_measure(table):
    rows = list(csv.DictReader(io.StringIO(table.file("scenarios.csv").decode())))
    assert {row["column"] for row in rows} == set("ABCDE")
    assert rows[0]["name"] == f"'{FORMULA}"
    assert {row["link"] for row in rows} == {entry.query for entry in ENTRIES}


def test_the_page_shows_names_as_they_were_typed_and_runs_nothing(table):
    html = table.file("scenarios.html").decode()
    assert "5 scenarios side by side" in html
    assert "<bdi>&lt;b&gt;|~bold</bdi>" in html
    assert "<b>|~" not in html
    assert "<script" not in html
    assert re.findall(r'href="(https?://[^/]*)', html) == ["https://example.org"] * 6


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    ["scenarios.csv", "scenarios.xlsx", "scenarios.html", "scenarios.pdf"],
)
def test_every_file_is_verified_by_solving_each_scenario_again(table, name):
    report = verify({"renamed": table.file(name)}, open_named_dataset)
    assert report.holds, report.text()


@pytest.mark.slow
def test_a_figure_changed_by_hand_is_found(table):
    content = table.file("scenarios.csv").replace(b",336694.51056,", b",300000,")
    report = verify({"scenarios.csv": content}, open_named_dataset)
    assert not report.holds
    assert "300000 stands there" in report.text()


@pytest.mark.slow
def test_a_scenario_put_in_the_place_of_another_is_found(table):
    content = table.file("scenarios.csv").replace(b"policy=carbon", b"policy=water")
    told = verify({"scenarios.csv": content}, open_named_dataset).text()
    assert "does not belong to what is stated beside it" in told


def test_a_table_without_any_plan_is_no_file():
    none = SideBySide.to(ENTRIES[2:3], open_named_dataset)
    with pytest.raises(EquityError, match="None of these"):
        none.file("scenarios.csv")
    with pytest.raises(EquityError, match="no file called"):
        SideBySide.to(ENTRIES[:1], open_named_dataset).file("tables.xlsx")
