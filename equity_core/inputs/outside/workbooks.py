"""XLSX from outside, looked through before it is opened: far cells, formulas, entities, bombs.

Every part is searched, whatever it is called, and what merely looks like a cell counts as one: so
it does not matter which parts the reader will open, nor what it overlooks between two tags. An XML
parser in Python would take more than twice as long as the reader itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from equity_core.inputs.outside.archives import Archive, guarded_zip
from equity_core.inputs.problems import DatasetProblems, refused
from equity_core.inputs.tables import shown

MOST_CELLS = 2_500_000  # in all sheets: half a minute would pass with ten million
MOST_PARTS = 1_000
LARGEST = 512 << 20
LONGEST_TAG = 1 << 16

_PREFIX = rb"(?:[\w.-]+:)?"
_USUAL = re.compile(rb' r="([A-Z]{0,3})(\d{1,7})"')
_REFERENCE = re.compile(rb"""\br\s*=\s*["']\s*([A-Z]{0,3})(\d{1,7})\s*["']""", re.IGNORECASE)
_SPACED = re.compile(rb"r\s+=")
_ROW = re.compile(rb"<" + _PREFIX + rb"row")
_FORMULA = re.compile(rb"<" + _PREFIX + rb"f[\s/>]")
_BEGIN = re.compile(rb"<" + _PREFIX + rb"sheetData[\s>]")
_END = re.compile(rb"</" + _PREFIX + rb"sheetData")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")


def guard_workbook(name: str, content: bytes, fix: str) -> None:
    """Raises DatasetProblems, with the remedy `fix`, for what cannot be opened safely."""
    archive = guarded_zip(name, content, MOST_PARTS, LARGEST, fix)
    cells = 0
    for part in archive.sizes:
        right, bottom = _extent(archive, part)
        cells += right * bottom
        if cells > MOST_CELLS:
            raise _too_far(name, right, bottom)


def _extent(archive: Archive, part: str) -> tuple[int, int]:
    """The furthest column and row that anything in this part speaks of; 0 where it has no cells."""
    right, bottom, rows, inside, is_sheet = 0, 0, 0, False, False
    for xml in _whole_tags(archive, part):
        if _DECLARATION.search(xml):
            fault = f"{shown(part)} declares entities, as no workbook does"
            raise refused(archive.name, fault, archive.fix)
        inside = _refuse_formulas(archive.name, xml, inside)
        is_sheet = is_sheet or b"sheetData" in xml
        rows += _count(xml, b"row")
        column, row = _furthest(xml)
        right, bottom = max(right, column), max(bottom, row)
    return (right, max(bottom, rows)) if is_sheet else (0, 0)


def _whole_tags(archive: Archive, part: str) -> Iterator[bytes]:
    """The part in pieces that end before a tag, so that none is cut in two."""
    rest = b""
    for chunk in archive.chunks(part):
        head, begin, tail = (rest + chunk).rpartition(b"<")
        yield head
        rest = begin + tail
        if begin and len(rest) > LONGEST_TAG:
            raise refused(archive.name, f"{shown(part)} holds endless text", archive.fix)
    yield rest


def _refuse_formulas(name: str, xml: bytes, inside: bool) -> bool:
    """Raise at a formula among the cells; whether the next piece still belongs to them.

    `inside` says whether this one does from its beginning. Elsewhere, f means other things.
    """
    if b"<f" not in xml and b":f" not in xml and b"sheetData" not in xml:
        return inside
    begin = None if inside else _BEGIN.search(xml)
    if not inside and begin is None:
        return False
    start = begin.end() if begin else 0
    end = _END.search(xml, start)
    formula = _FORMULA.search(xml, start, end.start() if end else len(xml))
    if formula:
        raise _formula(name, xml[: formula.start()])
    return end is None


def _formula(name: str, before: bytes) -> DatasetProblems:
    cells = [letters + digits for letters, digits in _REFERENCE.findall(before[-4096:]) if letters]
    return refused(
        name,
        f"{f'cell {cells[-1].decode()}' if cells else 'a cell'} holds a formula",
        "Copy the table and paste it as values: formulas are not calculated here.",
    )


def _furthest(xml: bytes) -> tuple[int, int]:
    """The furthest column and row in a piece; cells that do not say where they stand follow on."""
    found = _references(xml)
    right = max(map(_number, {letters.upper() for letters, _ in found}), default=0)
    bottom = max((int(digits) for _, digits in found), default=0)
    if _count(xml, b"c") > len(found):
        right = max(right, *(_count(row, b"c") for row in _ROW.split(xml)))
    return right, bottom


def _references(xml: bytes) -> list[tuple[bytes, bytes]]:
    """Letters and digits of all cells; digits alone of all rows."""
    usual = _USUAL.findall(xml)
    if len(usual) == xml.count(b"r=") and not _SPACED.search(xml):
        return usual
    return _REFERENCE.findall(xml)


def _count(xml: bytes, name: bytes) -> int:
    """At most so many tags begin with `name`, whatever their prefix."""
    return xml.count(b"<" + name) + xml.count(b":" + name)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _too_far(name: str, right: int, bottom: int) -> DatasetProblems:
    return refused(
        name,
        f"a sheet reaches to column {right:,} and row {bottom:,}, which is too much",
        "Clear the cells beyond your table, or save it as CSV or Parquet: a workbook may have "
        f"{MOST_CELLS:,} cells.",
    )
