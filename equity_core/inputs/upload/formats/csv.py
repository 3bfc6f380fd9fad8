"""CSV: every cell as text, below lines that a program or a person wrote above the header."""

from __future__ import annotations

import codecs
import csv
import io
import re
from pathlib import PurePath

import numpy as np
import pyarrow as pa
import pyarrow.csv as pv

from equity_core.inputs.problems import DatasetProblems, Findings, Problem, refused
from equity_core.inputs.tables import shown
from equity_core.inputs.upload.formats.sheets import (
    MOST_REMARKS,
    SAVE_AS,
    Sheet,
    headed,
    refuse_cells,
    refuse_columns,
    refuse_rows,
)

LONGEST_HEADER = 100_000  # characters
MOST_ODD = 10_000  # rows with more or fewer cells than the header
DELIMITERS = ",;\t"
_ABOVE_HEADER = re.compile(rb"([ \t]*|[ \t]*\"?#[^\r\n]*|\"?sep=.\"?[ \t]*)\r?\n", re.IGNORECASE)


def read_csv(file: str, content: bytes, findings: Findings) -> Sheet:
    """The table; raises DatasetProblems where the file is none, notes rows that do not fit."""
    refuse_rows(file, content.count(b"\n") - 1)
    above, content = _opening(file, content, findings)
    if b"\n" not in content:
        content += b"\n"  # without which a lone header is no table to its reader
    header = _first_line(file, content)
    _refuse_title(file, header, content, above + 1)
    delimiter = max(DELIMITERS, key=header.count)
    odd: list[pv.InvalidRow] = []
    try:
        width = len(next(csv.reader([header], delimiter=delimiter)))
        refuse_columns(file, width)
        table = _parse_csv(content, delimiter, width, odd)
    except (pa.ArrowException, csv.Error) as error:
        fault = f"this cannot be read as a table: {shown(error)}"
        if len(odd) >= MOST_ODD:
            fault = f"{MOST_ODD:,} rows and more have not as many cells as the header, {width}"
        raise refused(file, fault, SAVE_AS) from error
    refuse_rows(file, len(table) - 1)
    refuse_cells(file, len(table), width)
    if odd and len(table) == 1:
        raise _no_header(file, above + 1, header, f"it has {width} cells, and no line below has")
    findings.each(
        np.arange(len(odd)),
        lambda at: Problem(
            file,
            f"Give every row as many cells as the header has, separated by {delimiter!r}.",
            row=odd[at].number + above,
            fault=f"{odd[at].actual_columns} cells stand where the header has {width}",
        ),
    )
    skipped = [row.number - 1 for row in odd]
    lines = np.delete(np.arange(1, len(table) + len(odd) + 1), skipped) + above
    return headed(file, PurePath(file).stem, table.to_pandas(), lines)


def _opening(file: str, content: bytes, findings: Findings) -> tuple[int, bytes]:
    """Number of lines above the header that are blank, begin with # or say sep=, and the rest."""
    above, start = 0, len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0
    while above < MOST_REMARKS and (match := _ABOVE_HEADER.match(content, start)):
        above, start = above + 1, match.end()
        if text := match[1].decode("utf-8", "replace").strip():
            findings.note(f"{file}: line {above} was left out: {shown(text)}.")
    return above, content[start:] if above else content


def _refuse_title(file: str, header: str, content: bytes, line: int) -> None:
    """A line of one cell above a line of several names no columns."""
    below = content.partition(b"\n")[2].lstrip(b"\r\n").partition(b"\n")[0]
    if not any(mark in header for mark in DELIMITERS) and any(
        below.count(mark.encode()) > 1 for mark in DELIMITERS
    ):
        why = "it names one column, and the next line has several cells"
        raise _no_header(file, line, header, why)


def _no_header(file: str, line: int, header: str, why: str) -> DatasetProblems:
    return refused(
        file,
        f"line {line} ({shown(header.strip())}) is no header: {why}",
        "Remove the lines above the one that names the columns, or begin them with #.",
    )


def _parse_csv(content: bytes, delimiter: str, width: int, odd: list[pv.InvalidRow]) -> pa.Table:
    """All rows with `width` cells, the header among them; the others are added to `odd`."""

    def set_aside(row: pv.InvalidRow) -> str:
        odd.append(row)
        return "skip" if len(odd) < MOST_ODD else "error"

    return pv.read_csv(
        io.BytesIO(content),
        # One thread: only then do rows that do not fit know their number.
        read_options=pv.ReadOptions(use_threads=False, autogenerate_column_names=True),
        parse_options=pv.ParseOptions(
            delimiter=delimiter, ignore_empty_lines=False, invalid_row_handler=set_aside
        ),
        convert_options=pv.ConvertOptions(
            column_types={f"f{at}": pa.string() for at in range(width)},
            strings_can_be_null=False,
        ),
    )


def _first_line(file: str, content: bytes) -> str:
    """The header, without a byte order mark; all of the file must be UTF-8."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        raise refused(file, f"the text of row {row:,} is not in UTF-8", SAVE_AS) from error
    header = text.partition("\n")[0].rstrip("\r")
    if len(header) > LONGEST_HEADER:
        fault = f"the first line, which names the columns, is {len(header):,} characters long"
        raise refused(file, f"{fault}; {LONGEST_HEADER:,} are allowed", SAVE_AS)
    return header
