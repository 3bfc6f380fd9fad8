"""Bytes become tables: one a CSV or Parquet file, one a sheet of a workbook. Nothing is run.

What a file is follows from its first bytes, not from its name. Limits come first, so that nothing
large or hostile is unpacked.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from equity_core.inputs.problems import Findings, refused
from equity_core.inputs.upload.formats.csv import read_csv
from equity_core.inputs.upload.formats.parquet import read_parquet
from equity_core.inputs.upload.formats.sheets import SAVE_AS, Sheet, refuse_rows, refuse_size
from equity_core.inputs.upload.formats.xlsx import read_workbook

LONGEST_NAME = 80


def read_sheets(files: Mapping[str, bytes], findings: Findings) -> list[Sheet]:
    """All tables of all files; raises DatasetProblems where one cannot be read as a table."""
    if not files:
        raise refused("", "There is no file", "Choose at least one CSV, Parquet or XLSX file.")
    refuse_size({name: len(content) for name, content in files.items()})
    sheets: list[Sheet] = []
    for name, content in files.items():
        file = _spoken(name)
        kind = _kind(file, content)
        if kind == "xlsx":
            sheets += read_workbook(file, content)
        elif kind == "parquet":
            sheets.append(read_parquet(file, content))
        else:
            sheets.append(read_csv(file, content, findings))
        refuse_rows(file, sum(len(sheet.cells) for sheet in sheets))
    return sheets


def _spoken(name: str) -> str:
    """The file's own name without its folders, as sentences may hold it."""
    plain = "".join(mark for mark in PurePath(name.replace("\\", "/")).name if mark.isprintable())
    if len(plain) > LONGEST_NAME:
        ending = PurePath(plain).suffix[:10]
        plain = f"{plain[: LONGEST_NAME - len(ending) - 3]}...{ending}"
    return plain or "file"


def _kind(file: str, content: bytes) -> str:
    """csv, parquet or xlsx by content; a name that says otherwise is refused."""
    ending = PurePath(file).suffix.lower()
    for kind, start in (("xlsx", b"PK\x03\x04"), ("parquet", b"PAR1")):
        if content.startswith(start):
            return kind
        if ending == f".{kind}":
            raise refused(file, f"this is no {kind.upper()} file, whatever its name says", SAVE_AS)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise refused(file, "this is an old or encrypted Excel file", SAVE_AS)
    if not content.strip():
        raise refused(file, "the file is empty", SAVE_AS)
    if b"\0" in content[:65536] or content.startswith((b"MZ", b"\x7fELF", b"%PDF", b"\x1f\x8b")):
        raise refused(file, "this is not a table, whatever its name says", SAVE_AS)
    return "csv"
