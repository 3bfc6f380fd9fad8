"""Files spoiled in every way, and the readers they are tried on; others may add theirs to READERS.

A case is drawn from a number, so that it can be made again.
"""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pandas as pd
import xlsxwriter
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.inputs import exports

HEADER = (
    "hour_utc,site,country,latitude,longitude,capacity_mw,price_usd_per_mwh,water_m3_per_mwh,"
    "carbon_t_per_mwh,demand_mw"
)
CSV = "\n".join(
    [HEADER, *(f"2024-01-01T{hour:02}:00Z,a,DEU,48,11,10,50,2,0.4,5" for hour in range(3))]
).encode()
SOURCES = b"column,source,date,licence,quality,note\nprice_usd_per_mwh,A,2024,CC0,measured,None.\n"
ODD = (
    *(
        b"",
        b"\0",
        b"\xff\xfe",
        b"\r",
        b"\n",
        b'"',
        b"'",
        b",",
        b";",
        b"=1+1",
        b"\\",
        b"-",
        b"/",
        b" ",
    ),
    *(b"-1", b"1e999", b"NaN", b"inf", b"9" * 40, b"0x1f", b"1_000", b"1.797693134862315e+308"),
    *(
        "²".encode(),
        "٣".encode(),
        "½".encode(),
        "\u202e".encode(),
        "👩‍👩‍👧".encode(),
        "e\u0301".encode(),
    ),
    *(b"0000-01-01T00:00Z", b"9999-12-31T23:00Z", b"2024-02-30T00:00Z", b"1969-12-31T23:00Z"),
    *(b"2024-01-01T00:00+99:00", b"2024-01-01T24:00Z", b"2024-01-01T00:30Z", b"x" * 5000),
    *(b"</row>", b"<c/>", b'<c r="XFD1048576"><v>1</v></c>', b"<f>1</f>", b"<!DOCTYPE a>", b"&#0;"),
    *(b"[" * 500, b'{"a":' * 50, b"PK\x03\x04", b"PAR1", b"\x80\x00\x00\x00", b"\x7f" * 8),
)


@dataclass(frozen=True)
class Reader:
    """Something that reads what comes from outside: a task of the room and files it can read."""

    name: str
    task: str
    originals: Mapping[str, bytes]
    options: Mapping[str, Any] = field(default_factory=dict)

    def case(self, random: Random) -> dict[str, bytes]:
        """The originals with one of them spoiled."""
        spoiled = random.choice([*self.originals])
        ways: list[Callable[[Random, bytes], bytes]] = [spoiled_bytes, spoiled_part]
        return {
            name: random.choice(ways)(random, content) if name == spoiled else content
            for name, content in self.originals.items()
        }


def spoiled_bytes(random: Random, content: bytes) -> bytes:
    """A few places overwritten, cut out, put in or moved."""
    for _ in range(random.randint(1, 4)):
        start = random.randint(0, len(content))
        end = min(len(content), start + random.choice((0, 1, 1, 2, 4, 8, 40, 400)))
        middle = random.choice(
            (
                random.choice(ODD),
                random.randbytes(end - start),
                content[start:end] * random.randint(0, 3),
                content[random.randint(0, len(content)) :][:40],
            )
        )
        content = content[:start] + middle + content[end:]
    return content


def spoiled_part(random: Random, content: bytes) -> bytes:
    """A part of a zip, or a cell of a table, spoiled; what is around it stays whole."""
    if content.startswith(b"PK"):
        return _spoiled_zip(random, content)
    rows = [row.split(b",") for row in content.split(b"\n")]
    for _ in range(random.randint(1, 3)):
        row = random.choice(rows)
        row[random.randrange(len(row))] = random.choice(ODD)
    return b"\n".join(b",".join(row) for row in rows)


def _spoiled_zip(random: Random, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        spoiled = random.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, spoiled_bytes(random, part) if name == spoiled else part)
    return packed.getvalue()


def table() -> pd.DataFrame:
    """The same as CSV."""
    return pd.read_csv(io.BytesIO(CSV))


def xlsx() -> bytes:
    """The same as a workbook."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed) as book:
        sheet = book.add_worksheet()
        for row, cells in enumerate([[*table()], *table().to_numpy().tolist()]):
            sheet.write_row(row, 0, cells)
    return packed.getvalue()


def parquet() -> bytes:
    """The same as Parquet."""
    packed = io.BytesIO()
    table().to_parquet(packed)
    return packed.getvalue()


def export_parquet() -> bytes:
    """An export of Electricity Maps whose times are no text."""
    return exports.parquet(exports.MAPS, "Datetime (UTC)")


def picture() -> bytes:
    """A small PNG with a text in it."""
    packed = io.BytesIO()
    texts = PngInfo()
    texts.add_text("fingerprint", "48d172e47bda")
    Image.new("RGB", (90, 70), "red").save(packed, "png", pnginfo=texts)
    return packed.getvalue()


def geopackage() -> bytes:
    """A database that says it is a GeoPackage, with a layer."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("PRAGMA application_id = 0x47504B47")
        database.execute("CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT)")
        database.execute("INSERT INTO gpkg_contents VALUES ('regions', 'features')")
        database.execute("CREATE TABLE regions (site TEXT, shape BLOB, water REAL)")
        database.executemany("INSERT INTO regions VALUES (?, x'00', ?)", [("a", 1.5), ("b", 2.0)])
        database.commit()
        return database.serialize()


ORIGIN = b"fingerprint,dataset,data_version,product_version,scenario"
EXPORTS = {
    "csv": b"site,name," + ORIGIN + b"\na,A,48d1,paper-2022,64df,0.1.0,v=1\nb,B,4,p,6,0,v=1\n",
    "json": b'{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "a", '
    b'"properties": {"site": "a", "water": 1.5}, "geometry": {"type": "Point"}}]}',
    "svg": b"<?xml version='1.0'?><svg><title>Water</title>fingerprint 48d1, dataset a</svg>",
    "html": b'<!DOCTYPE html><a href="http://a/?v=1">fingerprint 48d172e47bda</a>\n<p>1,820 m3',
    "pdf": b"%PDF-1.4 /Title (a \\(b\\)) /Keywords (fingerprint 48d1, dataset paper-2022)",
    "txt": b"Equity Explorer: x\n  Data: paper-2022, version 64df\n  Fingerprint: 48d1\n",
    "xlsx": xlsx(),
    "png": picture(),
    "gpkg": geopackage(),
}
OPENED = "equity_core.verification.opened.tasks:"
WITHOUT_CARBON = "price water demand"
UPLOAD = "equity_core.inputs.upload.safely:taken_in"
READERS = (
    Reader("csv", UPLOAD, {"a.csv": CSV}),
    Reader("xlsx", UPLOAD, {"a.xlsx": xlsx()}),
    Reader("parquet", UPLOAD, {"a.parquet": parquet()}),
    Reader(
        "parquet of Electricity Maps",
        UPLOAD,
        {"e.parquet": export_parquet(), "s.csv": exports.sites(WITHOUT_CARBON, one="DE").encode()},
    ),
    Reader("csv and sources", UPLOAD, {"a.csv": CSV, "s.csv": SOURCES}, {"fill_gaps": True}),
    *(
        Reader(
            f"export of {publisher}",
            UPLOAD,
            {"e.csv": export.encode(), "s.csv": exports.sites(lacking, one=zone).encode()},
        )
        for publisher, export, lacking, zone in (
            ("Electricity Maps", exports.MAPS, WITHOUT_CARBON, "DE"),
            ("ENTSO-E", exports.ENTSOE_GENERATION, "price demand", "DE"),
            ("the EIA", exports.EIA, "price", "PJM"),
            ("ERCOT", exports.ERCOT_QUARTERS, "water carbon demand", "LZ_WEST"),
        )
    ),
    Reader(
        "scenario",
        "tests.inputs.outside.tasks:read_scenario",
        {"scenario.json": b'{"v": 1, "policy": "cost", "factors": {"a": {"price": 1.5}}}'},
    ),
    Reader("exports", f"{OPENED}recognise", EXPORTS),
    *(
        Reader(f"{kind} to verify", f"{OPENED}cells", {"x": one}, {"member": "", "format": kind})
        for kind, one in EXPORTS.items()
    ),
)
