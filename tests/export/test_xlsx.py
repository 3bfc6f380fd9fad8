"""Tables as a spreadsheet."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest

from equity_core.export.tables import comparison_export, hours_by_site_export, regions_export
from equity_core.export.xlsx import workbook


@pytest.fixture(scope="module")
def tables(comparison):
    hours = hours_by_site_export(comparison.after)
    return [regions_export(comparison), comparison_export(comparison), hours]


@pytest.fixture(scope="module")
def book(tables):
    return openpyxl.load_workbook(BytesIO(workbook(tables, [("Result", "=1+1")])))


def rows_of(sheet):
    heading, *rows = sheet.iter_rows(values_only=True)
    return pd.DataFrame(rows, columns=heading)


def test_one_sheet_a_table_with_readers_headings(book, tables):
    assert book.sheetnames == ["About", "Regions", "Comparison", "Hours"]
    for table in tables:
        sheet = book[table.title]
        assert [cell.value for cell in sheet[1]] == [column.title for column in table.columns]
        assert sheet.freeze_panes is not None
        assert sheet.auto_filter.ref is not None


def test_numbers_stay_numbers_with_all_digits_that_a_spreadsheet_keeps(book, tables):
    again, wanted = rows_of(book["Regions"]), tables[0].frame
    water = pytest.approx(list(wanted["water_m3_after"]), rel=1e-15)
    assert list(again["Water, this plan (m³)"]) == water
    assert list(again["Worse off"]) == list(wanted["worse"])
    hours, wanted = rows_of(book["Hours"]), tables[2].frame
    assert list(hours["Texas (MW)"]) == pytest.approx(list(wanted["texas"]), rel=1e-15)
    assert list(pd.to_datetime(hours["Hour (UTC)"])) == list(wanted["hour"])


def test_a_missing_figure_is_an_empty_cell(book):
    measures = rows_of(book["Comparison"]).set_index("Measure")
    assert pd.isna(measures.loc["Regions worse off", "Change (%)"])


def test_text_is_never_a_formula(book, comparison):
    assert book["About"]["B1"].value == "'=1+1"
    names = comparison.after.site_names | {"texas": "=HYPERLINK(1)"}
    risky = replace(comparison.after, site_names=names).compare(comparison.before)
    content = workbook([regions_export(risky)], [])
    again = openpyxl.load_workbook(BytesIO(content))["Regions"]
    assert {cell.data_type for row in again.iter_rows() for cell in row} == {"s", "n", "b"}
    assert again["B2"].value == "'=HYPERLINK(1)"
    with ZipFile(BytesIO(content)) as parts:
        assert not any(b"<f>" in parts.read(name) for name in parts.namelist())


def test_the_workbook_carries_its_origin(book, comparison):
    properties = {item.name: item.value for item in book.custom_doc_props}
    assert properties["fingerprint"] == comparison.after.fingerprint
    assert properties["scenario"] == "v=2"
    assert comparison.after.fingerprint in book["Regions"].oddFooter.left.text


def test_the_same_tables_are_the_same_bytes(tables):
    assert workbook(tables, []) == workbook(tables, [])
