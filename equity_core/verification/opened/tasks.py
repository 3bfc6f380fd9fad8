"""The two questions that are put to files from outside (equity_core.inputs.outside)."""

from __future__ import annotations

import csv
import hashlib
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import pyarrow as pa

from equity_core.errors import EquityError
from equity_core.inputs.outside.archives import Archive, guarded_zip
from equity_core.verification.opened.cells import sheets_of
from equity_core.verification.opened.kinds import TEXTS, format_of
from equity_core.verification.opened.numbers import skeleton
from equity_core.verification.opened.sheets import Sheets
from equity_core.verification.opened.stated import READERS, Stated, stated
from equity_core.verification.opened.workbook import is_workbook

MOST_FILES, LARGEST = 200, 1_000_000_000
FIX = "Download or copy it again, or verify its files one by one; nothing in it was verified."
UNREADABLE = (
    *(ValueError, KeyError, TypeError, OSError, EOFError, RecursionError, SyntaxError),
    *(csv.Error, zlib.error, sqlite3.Error, pa.ArrowException, OverflowError),
)
"""What readers raise for files that are damaged, cut short, or made to be odd."""

Answer = tuple[dict[str, Any], dict[str, pa.Table]]


def recognise(files: dict[str, bytes], _: dict[str, Any]) -> Answer:
    """What each file is and states, those in zips as well; `items`, a record each."""
    items = [item for name, content in files.items() for item in _items(name, content)]
    return {"items": items}, {}


def cells(files: dict[str, bytes], options: dict[str, Any]) -> Answer:
    """The cells of the one file, or of `member` of the zip that it is, as a `format`.

    Raises EquityError where it cannot be read.
    """
    ((name, content),) = files.items()
    if options["member"]:
        content = _archive(name, content).read(options["member"])
    record, sheets = read(options["format"], content)
    return record, sheets


def read(format: str, content: bytes) -> tuple[dict[str, Any], Sheets]:  # noqa: A002
    """Skeleton and sheets of a file; raises EquityError where it cannot be read."""
    try:
        sheets = sheets_of(format, content) or {}
    except UNREADABLE as error:
        raise EquityError(problem_of(error)) from error
    return {"skeleton": skeleton(content) if format in TEXTS else ""}, sheets


def problem_of(error: BaseException) -> str:
    """What is wrong with a file, in words that may stand in a sentence."""
    words = next(iter(str(error).splitlines()), "") or type(error).__name__
    kept = "".join(letter if letter.isprintable() else "?" for letter in words)
    return f"it is damaged, cut short or was made by something else ({kept[:80]})"


def _items(name: str, content: bytes) -> Iterator[dict[str, Any]]:
    """A file, then those in it where it is a zip."""
    try:
        format = _format(content)  # noqa: A001
        archive = _archive(name, content) if format == "zip" else None
    except EquityError as error:
        yield _item(name, "", "zip", content) | {"problem": str(error)}
        return
    yield _item(name, "", format, content)
    for member in archive.sizes if archive else ():
        yield _member(archive, name, member) if archive else {}


def _member(archive: Archive, name: str, member: str) -> dict[str, Any]:
    try:
        content = archive.read(member)
    except EquityError as error:
        return _item(name, member, "", b"") | {"problem": str(error)}
    return _item(name, member, _format(content), content)


def _item(name: str, member: str, format: str, content: bytes) -> dict[str, Any]:  # noqa: A002
    said, problem = Stated(), ""
    if format in READERS:
        try:
            said = stated(format, content)
        except (EquityError, *UNREADABLE) as error:
            problem = problem_of(error)
    digest = hashlib.sha256(content).hexdigest()
    own = {"name": name, "member": member, "format": format, "sha256": digest, "problem": problem}
    return own | asdict(said)


def _format(content: bytes) -> str:
    kind = format_of(content)
    return "xlsx" if kind == "zip" and is_workbook(content) else kind


def _archive(name: str, content: bytes) -> Archive:
    return guarded_zip(name, content, MOST_FILES, LARGEST, FIX)
