"""Bytes become tables: one a CSV or Parquet file, one a sheet of a workbook. Nothing is run.

What a file is follows from its first bytes, not from its name. Limits come first, so that nothing
large or hostile is unpacked.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pv
import pyarrow.parquet as pq

from equity_core.inputs.problems import Findings, Problem, refused
from equity_core.inputs.tables import shown

LARGEST_UPLOAD = 50 * 2**20
MOST_FILES = 100
MOST_ROWS = 2_000_000
MOST_COLUMNS = 400
LONGEST_HEADER = 100_000  # characters
LARGEST_UNPACKED = 512 * 2**20
MOST_CELLS = 40_000_000
LONGEST_CELL = 200
LONGEST_NAME = 80
MOST_ODD = 10_000  # rows with more or fewer cells than the header
MOST_TEXT = 256 * 2**20  # bytes in a column, once every row is written out
SAVE_AS = "Save the table as CSV (comma-separated text, UTF-8), Parquet or XLSX and try again."
DELIMITERS = ",;\t"


@dataclass(frozen=True, eq=False)
class Sheet:
    """One table. `stem` is the file's or sheet's own name; `rows` numbers its rows as a
    spreadsheet does."""

    file: str
    stem: str
    cells: pd.DataFrame
    rows: npt.NDArray[np.intp]

    def without_first_row(self) -> Sheet:
        """The table below a row of units."""
        return Sheet(
            self.file, self.stem, self.cells.iloc[1:].reset_index(drop=True), self.rows[1:]
        )


def read_sheets(files: Mapping[str, bytes], findings: Findings) -> list[Sheet]:
    """All tables of all files; raises DatasetProblems where one cannot be read as a table."""
    # Not at the top: the module for workbooks builds on this one.
    from equity_core.inputs.upload.workbook import read_workbook  # noqa: PLC0415

    if not files:
        raise refused("", "There is no file", "Choose at least one CSV, Parquet or XLSX file.")
    refuse_size({name: len(content) for name, content in files.items()})
    sheets: list[Sheet] = []
    for name, content in files.items():
        file = _spoken(name)
        kind = _kind(file, content)
        if kind == "xlsx":
            sheets += read_workbook(file, content)
        else:
            read = _read_parquet if kind == "parquet" else _read_csv
            sheets.append(read(file, content, findings))
        refuse_rows(file, sum(len(sheet.cells) for sheet in sheets))
    return sheets


def _spoken(name: str) -> str:
    """The file's own name without its folders, as sentences may hold it."""
    plain = "".join(mark for mark in PurePath(name.replace("\\", "/")).name if mark.isprintable())
    if len(plain) > LONGEST_NAME:
        ending = PurePath(plain).suffix[:10]
        plain = f"{plain[: LONGEST_NAME - len(ending) - 3]}...{ending}"
    return plain or "file"


def refuse_size(sizes: Mapping[str, int]) -> None:
    """At most MOST_FILES files of LARGEST_UPLOAD bytes together; `sizes` by name."""
    if len(sizes) > MOST_FILES:
        fault = f"these are too many; {MOST_FILES} files may be brought in together"
        raise refused(f"{len(sizes):,} files", fault, "Join tables of the same columns.")
    size = sum(sizes.values())
    if size > LARGEST_UPLOAD:
        raise refused(
            ", ".join(sizes) if len(sizes) < 4 else f"{len(sizes)} files",
            f"{size / 2**20:,.0f} MB are too much; {LARGEST_UPLOAD >> 20} MB may be brought in",
            "Leave out hours or columns, or save the table as Parquet, which is smaller.",
        )


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


def _read_csv(file: str, content: bytes, findings: Findings) -> Sheet:
    """Every cell as text."""
    refuse_rows(file, content.count(b"\n") - 1)
    header = _first_line(file, content)
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
    findings.each(
        np.arange(len(odd)),
        lambda at: Problem(
            file,
            f"Give every row as many cells as the header has, separated by {delimiter!r}.",
            row=odd[at].number,
            fault=f"{odd[at].actual_columns} cells stand where the header has {width}",
        ),
    )
    skipped = np.array([row.number for row in odd], dtype=np.intp)
    lines = np.setdiff1d(np.arange(1, len(table) + len(odd) + 1), skipped)
    return headed(file, PurePath(file).stem, table.to_pandas(), lines)


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


def _read_parquet(file: str, content: bytes, findings: Findings) -> Sheet:
    """Numbers and times as they are, text as text."""
    try:
        with pq.ParquetFile(io.BytesIO(content)) as parquet:
            facts = parquet.metadata
            refuse_columns(file, facts.num_columns)
            _require_distinct(file, parquet.schema_arrow.names)
            refuse_rows(file, facts.num_rows)
            refuse_cells(file, facts.num_rows, facts.num_columns)
            groups = (facts.row_group(at) for at in range(facts.num_row_groups))
            refuse_unpacked(file, sum(group.total_byte_size for group in groups))
            text = [field.name for field in parquet.schema_arrow if _is_text(file, field)]
        # As a dictionary: a long text that repeats a million times is kept once.
        with pq.ParquetFile(io.BytesIO(content), read_dictionary=text) as parquet:
            cells = _compact(file, parquet.read().replace_schema_metadata(), text)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise refused(file, f"this cannot be read as Parquet: {shown(error)}", SAVE_AS) from error
    return Sheet(file, PurePath(file).stem, cells, np.arange(2, len(cells) + 2))


def _is_text(file: str, field: pa.Field) -> bool:
    """Whether a column holds text; raises DatasetProblems where it holds nothing usable."""
    kind = field.type
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return True
    whole = pa.types.is_integer(kind) or pa.types.is_null(kind)
    if whole or pa.types.is_floating(kind) or pa.types.is_timestamp(kind):
        return False
    raise refused(
        file,
        f"the column {shown(field.name)} is of type {kind}, which cannot be used",
        "Store numbers as integers or floats, names as text, and hours as text or as times.",
    )


def _compact(file: str, table: pa.Table, text: list[str]) -> pd.DataFrame:
    """Text as categories; raises DatasetProblems where a cell holds more than a cell may."""
    for name in text:
        size = 0
        for chunk in table[name].chunks:
            lengths = pc.binary_length(chunk.dictionary)
            longest = pc.max(pc.utf8_length(chunk.dictionary)).as_py() or 0
            size += pc.sum(pc.cast(pc.take(lengths, chunk.indices), pa.int64())).as_py() or 0
            if longest > LONGEST_CELL:
                raise refused(
                    file,
                    f"the column {shown(name)} has a text of {longest:,} characters",
                    f"Shorten it; a cell may have {LONGEST_CELL}.",
                )
        if size > MOST_TEXT:
            raise refused(
                file,
                f"the column {shown(name)} holds {size >> 20:,} MB of text, written out",
                f"Shorten its texts; a column may hold {MOST_TEXT >> 20} MB.",
            )
    return table.to_pandas(ignore_metadata=True, split_blocks=True)


def headed(file: str, stem: str, frame: pd.DataFrame, lines: npt.NDArray[np.intp]) -> Sheet:
    """A table whose first row is its header; rows and columns without anything are left out.

    `lines` numbers the rows of `frame` as a spreadsheet does.
    """
    filled = np.logical_or.reduce([~blank(frame[column]) for column in frame.columns])
    frame, lines = frame[filled], lines[filled]
    if frame.empty:
        raise refused(file, "the table is empty", SAVE_AS)
    headings = [str(cell).strip() for cell in frame.iloc[0]]
    cells = frame.iloc[1:].reset_index(drop=True).infer_objects()
    kept = [at for at, name in enumerate(headings) if name or not blank(cells.iloc[:, at]).all()]
    names = [headings[at] for at in kept]
    _require_distinct(file, names)
    return Sheet(file, stem, cells.iloc[:, kept].set_axis(names, axis=1), lines[1:])


def blank(cells: pd.Series) -> npt.NDArray[np.bool_]:
    """Which cells hold nothing."""
    cells = as_text(cells)
    empty = cells.isna()
    if cells.dtype == object:  # of a workbook: numbers, times and text without blanks around
        empty = empty | (cells == "")
    elif not pd.api.types.is_numeric_dtype(cells) and not isinstance(
        cells.dtype, pd.DatetimeTZDtype
    ):
        empty = empty | (cells.astype("str").str.strip() == "")
    return empty.to_numpy(dtype=np.bool_)


def numbers(cells: pd.Series) -> npt.NDArray[np.float64]:
    """The cells as numbers, NaN for whatever is none."""
    plain = pd.to_numeric(as_text(cells), errors="coerce")
    return plain.to_numpy(dtype=np.float64, na_value=np.nan)


def as_text(cells: pd.Series) -> pd.Series:
    """Categories written out; anything else as it is."""
    return cells.astype("str") if isinstance(cells.dtype, pd.CategoricalDtype) else cells


def _require_distinct(file: str, headings: list[str]) -> None:
    for name in headings:
        if not name:
            raise refused(
                file,
                "a column has no heading",
                f"Name it as docs/DATA.md does, or remove it; the others are {_listed(headings)}.",
            )
        if headings.count(name) > 1:
            raise refused(
                file, f"two columns are called {shown(name)}", "Rename or remove one of them."
            )


def _listed(headings: list[str]) -> str:
    return ", ".join(shown(name) for name in headings[:12] if name)


def refuse_columns(file: str, columns: int) -> None:
    """At most MOST_COLUMNS columns a table."""
    if columns > MOST_COLUMNS:
        raise refused(
            file,
            f"{columns:,} columns are too many; a table may have {MOST_COLUMNS}",
            "Write one row for each hour and site instead of one column for each site.",
        )


def refuse_rows(file: str, rows: int) -> None:
    """At most MOST_ROWS rows in all files together."""
    if rows > MOST_ROWS:
        raise refused(
            file,
            f"{rows:,} rows are too many; all tables together may have {MOST_ROWS:,}",
            "Leave out hours or sites that you do not need.",
        )


def refuse_cells(file: str, rows: int, columns: int) -> None:
    """At most MOST_CELLS cells a table: an almost empty file may stand for billions."""
    if rows * columns > MOST_CELLS:
        raise refused(
            file,
            f"{rows:,} rows by {columns} columns are too many",
            "Leave out columns that you do not need.",
        )


def refuse_unpacked(file: str, size: int) -> None:
    """At most LARGEST_UNPACKED bytes once unpacked."""
    if size > LARGEST_UNPACKED:
        raise refused(
            file,
            f"unpacked this would take more than {LARGEST_UNPACKED >> 20:,} MB",
            "Leave out hours or columns; if the file should be small, it is broken or hostile.",
        )
