"""Tables as one XLSX workbook: what it is about on the first sheet, then a sheet each."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from equity_core.export.csv import neutralised
from equity_core.export.tables import Column, Table
from equity_core.version import NO_DATE

ABOUT, ABOUT_WIDTH = "About", 100
FORMATS = {"ratio": "0.0000", "%": "0.00", "": "#,##0.0000"}
OTHER_FORMAT = "#,##0.00"
WIDEST = 80
# Text stays text: no formulas, links or numbers are made of what a cell says.
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook(tables: Sequence[Table], about: Sequence[tuple[str, str]]) -> bytes:
    """The workbook's bytes; `about` are label and text of each line of the first sheet.

    Rows are flushed as they are written, so a year of many sites fits. A column's heading carries
    its unit, a missing figure is an empty cell.
    """
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"constant_memory": True} | SAFE) as book:
        origin = tables[0].origin
        book.set_properties(
            {
                "title": f"Equity Explorer {origin['fingerprint']}",
                "author": f"Equity Explorer {origin['product_version']}",
                "created": NO_DATE,
            }
        )
        for name, value in origin.items():
            book.set_custom_property(name, value, "text")
        _write_about(book, about)
        for table in tables:
            _write_table(book, table)
    return buffer.getvalue()


def _write_about(book: Workbook, about: Sequence[tuple[str, str]]) -> None:
    sheet = book.add_worksheet(ABOUT)
    bold = book.add_format({"bold": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, ABOUT_WIDTH)
    sheet.fit_to_pages(1, 0)
    for row, (label, text) in enumerate(about):
        sheet.set_row(row, 15.0 * -(-len(text) // ABOUT_WIDTH))
        sheet.write_string(row, 0, str(neutralised(label)), bold)
        sheet.write_string(row, 1, str(neutralised(text)), wrapped)


def _write_table(book: Workbook, table: Table) -> None:
    sheet = book.add_worksheet(table.title)
    heading = book.add_format(
        {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E7E5DE"}
    )
    for position, column in enumerate(table.columns):
        sheet.set_column(position, position, _width(column, table.frame[column.name]))
    sheet.set_row(0, 48)
    for position, column in enumerate(table.columns):
        sheet.write_string(0, position, str(neutralised(column.title)), heading)
    _write_rows(sheet, table, [_format(book, column) for column in table.columns])
    sheet.freeze_panes(1, len(table.key))
    sheet.autofilter(0, 0, len(table.frame), len(table.columns) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_footer(f"&L{table.title}: {table.origin['fingerprint']}&RPage &P of &N")


def _format(book: Workbook, column: Column) -> Format:
    if column.type == "datetime":
        return book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    return book.add_format({"num_format": FORMATS.get(column.unit, OTHER_FORMAT)})


def _width(column: Column, cells: pd.Series) -> int:
    if column.type != "string":
        return 17 if column.type == "datetime" else 15
    longest = max([len(column.title), *(len(str(text)) for text in cells.unique())])
    return min(longest + 3, WIDEST)


def _write_rows(sheet: Worksheet, table: Table, formats: Sequence[Format]) -> None:
    write = {
        "string": lambda row, at, cell, form: sheet.write_string(row, at, neutralised(cell), form),
        "number": sheet.write_number,
        "integer": sheet.write_number,
        "boolean": sheet.write_boolean,
        "datetime": sheet.write_datetime,
    }
    writers = [write[column.type] for column in table.columns]
    for row, cells in enumerate(table.frame.itertuples(index=False, name=None), start=1):
        for at, cell in enumerate(cells):
            if not _missing(cell):
                writers[at](row, at, cell, formats[at])


def _missing(cell: Any) -> bool:
    return isinstance(cell, float) and cell != cell  # noqa: PLR0124  not a number
