"""XLSX workbooks: the properties that state their origin, their cells, and how they are built."""

from __future__ import annotations

import hashlib
import re
from html import unescape
from io import BytesIO
from typing import Any

from equity_core.errors import DatasetError
from equity_core.inputs.outside.archives import Archive, guarded_zip
from equity_core.inputs.outside.workbooks import guard_workbook
from equity_core.verification.opened.numbers import without_numbers
from equity_core.verification.opened.sheets import Sheets, distinct, sheet

MOST_PARTS, LARGEST = 500, 400_000_000
MOST_SHEETS = 50
NAME, FIX = "The workbook", "Export it again."
WORKBOOK, PROPERTIES = "xl/workbook.xml", "docProps/custom.xml"


def is_workbook(content: bytes) -> bool:
    """Whether a zip is a workbook."""
    try:
        return WORKBOOK in _parts(content).sizes
    except DatasetError:
        return False


def properties(content: bytes) -> dict[str, str]:
    """The custom properties of a workbook."""
    parts = _parts(content)
    if PROPERTIES not in parts.sizes:
        return {}
    text = parts.read(PROPERTIES).decode("utf-8")
    found = re.findall(r'name="(\w+)"[^>]*>\s*<vt:lpwstr>([^<]*)</vt:lpwstr>', text)
    told: dict[str, str] = {}
    for name, value in found:
        whole = re.sub(r"_\d+$", "", name)  # a long one goes on under its name with a number
        told[whole] = told.get(whole, "") + unescape(value)
    return told


def workbook_sheets(content: bytes) -> Sheets:
    """Every sheet by its name, and "#parts": a digest of each part of the file."""
    guard_workbook(NAME, content, FIX)
    parts = _parts(content)
    digests = [(name, _digest(name, parts.read(name))) for name in sorted(parts.sizes)]
    told: Sheets = {"#parts": sheet(("path", "value"), digests)}
    for name, (heading, *rows) in _cells(content).items():
        told[name] = sheet(distinct(map(str, heading)), rows)
    return told


def _cells(content: bytes) -> dict[str, list[list[Any]]]:
    """Sheet name -> its rows, the heading among them."""
    # Not at the top: what a file is can be said without it.
    from python_calamine import (  # noqa: PLC0415
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        ZipError,
    )

    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        if len(book.sheet_names) > MOST_SHEETS:
            raise ValueError(f"it has more than {MOST_SHEETS} sheets")
        sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names}
        return {name: one.to_python(skip_empty_area=False) or [[]] for name, one in sheets.items()}
    except (PasswordError, CalamineError, ZipError) as error:
        raise ValueError(str(error)) from error


def _parts(content: bytes) -> Archive:
    return guarded_zip(NAME, content, MOST_PARTS, LARGEST, FIX)


def _digest(name: str, part: bytes) -> str:
    """Of a part; of a sheet without its numbers, which are compared by value."""
    told = without_numbers(part) if name.startswith("xl/worksheets/") else part
    return hashlib.sha256(told).hexdigest()[:16]
