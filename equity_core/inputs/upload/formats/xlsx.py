"""XLSX: every sheet as a table."""

from __future__ import annotations

import datetime
import io
from pathlib import PurePath
from typing import Any

import numpy as np
import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, ZipError

from equity_core.inputs.outside.workbooks import guard_workbook
from equity_core.inputs.problems import refused
from equity_core.inputs.tables import shown
from equity_core.inputs.upload.formats.sheets import SAVE_AS, Sheet, headed, refuse_columns


def read_workbook(file: str, content: bytes) -> list[Sheet]:
    """The sheets that hold anything; raises DatasetProblems for what cannot be read safely."""
    guard_workbook(file, content, SAVE_AS)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        tables = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    except (PasswordError, CalamineError, ZipError, OSError) as error:
        raise refused(file, f"this cannot be read as XLSX: {shown(error)}", SAVE_AS) from error
    filled = {name: rows for name, rows in tables.items() if rows}
    if not filled:
        raise refused(file, "every sheet is empty", SAVE_AS)
    several = len(filled) > 1
    return [
        _sheet(f"{file}, sheet {name}" if several else file, name, rows, PurePath(file).stem)
        for name, rows in filled.items()
    ]


def _sheet(place: str, name: str, rows: list[list[Any]], book: str) -> Sheet:
    """Cells as calamine gives them: numbers, times, text, and "" for nothing."""
    refuse_columns(place, len(rows[0]))
    columns = zip(*rows, strict=True)
    frame = pd.DataFrame({at: _column(cells) for at, cells in enumerate(columns)})
    stem = book if name.lower().startswith("sheet") else name
    return headed(place, stem, frame, np.arange(1, len(rows) + 1))


def _column(cells: tuple[Any, ...]) -> pd.Series:
    return pd.Series([_plain(cell) for cell in cells], dtype=object)


def _plain(cell: Any) -> Any:
    """True and False are no numbers; a date is its first hour; no blanks around text."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, datetime.date) and not isinstance(cell, datetime.datetime):
        return datetime.datetime(cell.year, cell.month, cell.day)
    return cell
