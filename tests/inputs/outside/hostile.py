"""Hostile uploads, each made small here; one of each kind that was seen to do harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from tests.inputs.outside.spoiling import CSV, parquet, table, xlsx

SITES = b"site,country,latitude,longitude,capacity_mw\n"
CELL = b'<c r="A1"><v>1</v></c>'


def workbook(sheet: bytes, **parts: bytes) -> bytes:
    """A workbook whose first sheet is this XML; further parts by name."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx())) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                mine = name == "xl/worksheets/sheet1.xml"
                new.writestr(name, sheet if mine else old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return packed.getvalue()


def sheet_of(cells: bytes, before: bytes = b"") -> bytes:
    """The XML of a sheet with these cells in one row."""
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rows = b'<row r="1">' + cells + b"</row>"
    return before + b"<worksheet " + space + b"><sheetData>" + rows + b"</sheetData></worksheet>"


def shared_text() -> bytes:
    """A text of 30,000 characters that 300,000 cells share: 9 GB once it is written out."""
    space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    cells = b"".join(
        b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (at, at) for at in range(1, 300_000)
    )
    sheet = b"<worksheet " + space + b"><sheetData>" + cells + b"</sheetData></worksheet>"
    text = b"<sst " + space + b"><si><t>" + b"y" * 30_000 + b"</t></si></sst>"
    return workbook(sheet, **{"xl/sharedStrings.xml": text})


def padded_far_cell() -> bytes:
    """The cell's place stands behind an attribute so long that a search gives up."""
    far = b'<c x="' + b"y" * 120 + b'" r="XFD1048576"><v>1</v></c>'
    return workbook(sheet_of(CELL + far))


def sheet_under_another_name() -> bytes:
    """The relationships name another part than the one that is called a sheet."""
    far = sheet_of(CELL + b'<c r="XFD1048576"><v>1</v></c>')
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx())) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name).replace(b"worksheets/sheet1.xml", b"media/image1.png")
            if name == "xl/worksheets/sheet1.xml":
                new.writestr("xl/media/image1.png", far)
            else:
                new.writestr(name, content)
    return packed.getvalue()


def encrypted_zip() -> bytes:
    content = bytearray(workbook(sheet_of(CELL)))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(mark)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(mark, at + 1)
    return bytes(content)


def as_parquet(columns: Mapping[str, object]) -> bytes:
    packed = io.BytesIO()
    pq.write_table(pa.table(dict(columns)), packed)
    return packed.getvalue()


def two_columns_of_a_name() -> bytes:
    known = pa.Table.from_pandas(table())
    packed = io.BytesIO()
    pq.write_table(known.append_column("site", known["site"]), packed)
    return packed.getvalue()


def with_hours(*hours: str) -> bytes:
    header, *rows = CSV.decode().splitlines()
    return "\n".join(
        [
            header,
            *(",".join([hour, *row.split(",")[1:]]) for hour, row in zip(hours, rows, strict=True)),
        ]
    ).encode()


def far_future() -> bytes:
    frame = table().assign(hour_utc=np.array([2**62] * 3, dtype="datetime64[us]"))
    packed = io.BytesIO()
    frame.to_parquet(packed)
    return packed.getvalue()


def repeated(rows: int, **columns: str) -> bytes:
    return as_parquet(
        {
            name: pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int32)), [text])
            for name, text in columns.items()
        }
    )


def wide_grid() -> dict[str, bytes]:
    """A few kB of rows that stand for billions of pairs of site and hour."""
    sites = [f"s{at}" for at in range(200)]
    hours = pd.date_range("2000-01-01", periods=100_000, freq="h", tz="UTC")
    rows = {"hour_utc": pa.array(hours), "site": pa.array(["s0"] * len(hours))}
    rows |= {name: pa.array(np.ones(len(hours))) for name in table().columns[6:]}
    described = SITES + "".join(f"{site},DEU,48,11,10\n" for site in sites).encode()
    return {"hours.parquet": as_parquet(rows), "sites.csv": described}


def many_names() -> dict[str, bytes]:
    names = [f"n{at}" for at in range(20_000)]
    rows = {"hour_utc": pa.array(["2024-01-01T00:00Z"] * len(names)), "site": pa.array(names)}
    rows |= {name: pa.array(np.ones(len(names))) for name in table().columns[6:]}
    return {"hours.parquet": as_parquet(rows), "sites.csv": SITES + b"a,DEU,48,11,10\n"}


HOSTILE: dict[str, tuple[Callable[[], dict[str, bytes]], str]] = {
    "a far cell behind a long attribute": (
        lambda: {"a.xlsx": padded_far_cell()},
        "reaches to column 16,384 and row 1,048,576",
    ),
    "a sheet under another name": (
        lambda: {"a.xlsx": sheet_under_another_name()},
        "reaches to column 16,384 and row 1,048,576",
    ),
    "a far cell written oddly": (
        lambda: {"a.xlsx": workbook(sheet_of(CELL + b"<c\nr = 'xfd1048576' ><v>1</v></c>"))},
        "reaches to column 16,384 and row 1,048,576",
    ),
    "a formula behind a blank": (
        lambda: {"a.xlsx": workbook(sheet_of(b'<c r="B7"> <f>1+1</f><v>2</v></c>'))},
        "cell B7 holds a formula",
    ),
    "entities": (
        lambda: {"a.xlsx": workbook(sheet_of(CELL, b'<!DOCTYPE a [<!ENTITY b "c">]>'))},
        "declares entities",
    ),
    "an encrypted zip": (lambda: {"a.xlsx": encrypted_zip()}, "it is encrypted"),
    "two parts of a name": (
        lambda: {"a.xlsx": workbook(sheet_of(CELL), **{"XL/Worksheets/sheet1.xml": b""})},
        "holds xl/worksheets/sheet1.xml twice",
    ),
    "a part full of nothing": (
        lambda: {"a.xlsx": workbook(sheet_of(CELL), **{"xl/sharedStrings2.xml": bytes(64 << 20)})},
        "holds next to nothing in 64 MB",
    ),
    "two columns of a name": (
        lambda: {"a.parquet": two_columns_of_a_name()},
        "two columns are called site",
    ),
    "times past all calendars": (lambda: {"a.parquet": far_future()}, "outside 1980 to 2100"),
    "the year 0": (
        lambda: {"a.csv": with_hours(*(f"0000-01-01T0{at}:00Z" for at in range(3)))},
        "row 2: hour",
    ),
    "hours on both sides of 1970": (
        lambda: {
            "a.csv": with_hours("1969-12-31T22:00Z", "1969-12-31T23:00Z", "1970-01-01T00:00Z")
        },
        "outside 1980 to 2100 (and 2 more like it)",
    ),
    "long text a million times": (
        lambda: {"a.parquet": repeated(1_990_000, site="x" * 190)},
        "the column site holds 360 MB of text",
    ),
    "a table of sites with a million rows": (
        lambda: {"a.parquet": repeated(1_990_000, site="a")},
        "1,990,000 rows are too many for a table of sites",
    ),
    "a million sources": (
        lambda: {"a.csv": CSV, "s.parquet": repeated(1_900_000, column="price", note="n")},
        "1,900,000 rows are too many for a table of sources",
    ),
    "sites by hours": (wide_grid, "200 sites by 100,000 hours"),
    "many unknown sites": (many_names, "20,000 different names"),
    "a parquet cut short": (lambda: {"a.parquet": parquet()[:-200]}, "cannot be read as Parquet"),
    "a line of 9 MB": (lambda: {"a.csv": b"hour" * (9 << 18)}, "characters long"),
    "endless lines": (lambda: {"a.csv": CSV + b"\n1" * (3 << 20)}, "rows are too many"),
    "many odd lines": (
        lambda: {"a.csv": CSV + b"\n1" * 50_000},
        "10,000 rows and more have not as many cells as the header, 10",
    ),
    "many files": (lambda: {f"{at}.csv": CSV for at in range(101)}, "101 files: these are too"),
    "a long name": (lambda: {"n" * 300_000 + ".csv": CSV[:-4]}, "nnn....csv, row 4"),
    "names like paths": (lambda: {"../../etc/x\0\u202e.csv": b"a\n1\n"}, "neither a column hour"),
}
