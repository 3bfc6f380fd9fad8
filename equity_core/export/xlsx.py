"""Tables as one XLSX workbook: what it is about on the first sheet, then a sheet each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from equity_core.export.csv import neutralised
from equity_core.export.tables import ANY, Column, Table
from equity_core.version import NO_DATE

ABOUT, ABOUT_WIDTH = "About", 100
FORMATS = {"ratio": "0.0000", "%": "0.00", "": "#,##0.0000"}
OTHER_FORMAT = "#,##0.00"
WIDEST = 80
LONGEST_PROPERTY = 250
WIDTH_OF_ANY = 28
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
        for name, value in properties(origin):
            book.set_custom_property(name, value, "text")
        _write_about(book, about)
        for table in tables:
            _write_table(book, table)
    return buffer.getvalue()


def properties(origin: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The origin as properties of a workbook, of which each holds `LONGEST_PROPERTY` characters:
    what is longer goes on in "scenario_2" and so on."""
    for name, value in origin.items():
        starts = range(0, max(1, len(value)), LONGEST_PROPERTY)
        for place, start in enumerate(starts, 1):
            part = value[start : start + LONGEST_PROPERTY]
            yield (name if place == 1 else f"{name}_{place}"), part


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
    form = {"num_format": FORMATS.get(column.unit, OTHER_FORMAT)}
    # Words among figures: they wrap, and figures stand at their beginning.
    words = {"text_wrap": True, "valign": "top", "align": "left"} if column.type == ANY else {}
    return book.add_format(form | words)


def _width(column: Column, cells: pd.Series) -> int:
    if column.type == ANY:
        return WIDTH_OF_ANY
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
        ANY: lambda row, at, cell, form: _write_any(sheet, row, at, cell, form),
    }
    writers = [write[column.type] for column in table.columns]
    for row, cells in enumerate(table.frame.itertuples(index=False, name=None), start=1):
        for at, cell in enumerate(cells):
            if not _missing(cell):
                writers[at](row, at, cell, formats[at])


def _write_any(sheet: Worksheet, row: int, at: int, cell: Any, form: Format) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, at, str(neutralised(cell)), form)
    else:
        sheet.write_number(row, at, cell, form)


def _missing(cell: Any) -> bool:
    return isinstance(cell, float) and cell != cell  # noqa: PLR0124  not a number
