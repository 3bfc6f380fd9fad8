"""XLSX: every sheet as a table. Looked through before it is unpacked, so that no file is a trap."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

import numpy as np
import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, ZipError

from equity_core.inputs.problems import DatasetProblems, refused
from equity_core.inputs.tables import shown
from equity_core.inputs.upload.sheets import (
    LARGEST_UNPACKED,
    SAVE_AS,
    Sheet,
    headed,
    refuse_columns,
    refuse_unpacked,
)

MOST_CELLS = 2_500_000  # in all sheets: half a minute would pass with ten million
MOST_PARTS = 1_000
CHUNK = 4 << 20
OVERLAP = 256  # bytes of a cell that may straddle two chunks
# What Python's zipfile is known to raise for an archive that is none.
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OSError,
)
_CELL = re.compile(
    rb"""<(?:\w{1,9}:)?c\b[^<>]{0,99}?\br=["']([A-Z]{1,3})(\d{1,7})["'][^<>]{0,99}>"""
    rb"""(<(?:\w{1,9}:)?f[ >/])?"""
)


def read_workbook(file: str, content: bytes) -> list[Sheet]:
    """The sheets that hold anything; raises DatasetProblems for what cannot be read safely."""
    _look_through(file, content)
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


def _look_through(file: str, content: bytes) -> None:
    """Refuse a broken archive, one that unpacks to too much, and formulas."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS:
                raise refused(file, f"{len(parts):,} parts are too many for a workbook", SAVE_AS)
            refuse_unpacked(file, sum(part.file_size for part in parts))
            bytes_left, cells_left = LARGEST_UNPACKED, MOST_CELLS
            for part in parts:
                unpacked, cells = _look_through_part(file, archive, part, bytes_left, cells_left)
                bytes_left, cells_left = bytes_left - unpacked, cells_left - cells
    except _BROKEN as error:
        raise refused(file, f"this cannot be read as XLSX: {shown(error)}", SAVE_AS) from error


def _look_through_part(
    file: str, archive: zipfile.ZipFile, part: zipfile.ZipInfo, bytes_left: int, cells_left: int
) -> tuple[int, int]:
    """Bytes and cells that this part of the archive unpacks to."""
    part.file_size = 2 * LARGEST_UNPACKED  # the declared size may lie: read on to the true end
    is_sheet = part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
    unpacked, right, bottom, tail = 0, 0, 0, b""
    for chunk in _chunks(archive, part):
        unpacked += len(chunk)
        if unpacked > bytes_left:
            refuse_unpacked(file, LARGEST_UNPACKED + 1)
        if is_sheet:
            right, bottom = _look_at_cells(file, tail + chunk, right, bottom)
            tail = chunk[-OVERLAP:]
    if right * bottom > cells_left:
        raise refused(
            file,
            f"a sheet reaches to column {right:,} and row {bottom:,}, which is too much",
            f"Clear the cells beyond your table, or save it as CSV or Parquet: a workbook may have "
            f"{MOST_CELLS:,} cells.",
        )
    return unpacked, right * bottom


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(part) as stream:
        while chunk := stream.read(CHUNK):
            yield chunk


def _look_at_cells(file: str, xml: bytes, right: int, bottom: int) -> tuple[int, int]:
    """The furthest column and row so far; raises DatasetProblems at a formula."""
    cells = _CELL.findall(xml)
    if not cells:
        return right, bottom
    formula = next((column + row for column, row, found in cells if found), b"")
    if formula:
        raise _formula(file, formula.decode())
    columns = {column for column, _, _ in cells}
    lowest = max(int(row) for _, row, _ in cells)
    return max(right, *(_number(column) for column in columns)), max(bottom, lowest)


def _formula(file: str, cell: str) -> DatasetProblems:
    return refused(
        file,
        f"cell {cell} holds a formula",
        "Copy the table and paste it as values: formulas are not calculated here.",
    )


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
