"""Ways to change an export so that readers are misled or verifying is fooled."""

from __future__ import annotations

import json
import re
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from PIL import Image
from PIL.PngImagePlugin import PngInfo

Change = Callable[[bytes], bytes]


@dataclass(frozen=True)
class Forgery:
    """A change of one export, and what is to be said of it: a light, and words of its line."""

    name: str
    export: str
    change: Change
    light: str
    words: str


def swapped(old: str, new: str) -> Change:
    """The first `old` replaced; there must be one."""

    def change(content: bytes) -> bytes:
        assert old.encode() in content, old
        return content.replace(old.encode(), new.encode(), 1)

    return change


def appended(tail: bytes) -> Change:
    return lambda content: content + tail


def shifted(content: bytes) -> bytes:
    """Every row but the heading moved by one cell."""
    heading, *rows = content.decode().splitlines()
    return "\n".join([heading, *(f",{row}" for row in rows)]).encode()


def reordered(content: bytes) -> bytes:
    heading, first, *rows = content.decode().splitlines()
    return ("\n".join([heading, *rows, first]) + "\n").encode()


def figure(column: int, text: str) -> Change:
    """Another text in a column of the third row of a CSV."""

    def change(content: bytes) -> bytes:
        lines = content.decode().split("\n")
        cells = lines[3].split(",")
        cells[column] = text
        lines[3] = ",".join(cells)
        return "\n".join(lines).encode()

    return change


def with_member(**members: object) -> Change:
    """A JSON object with further members."""
    return lambda content: json.dumps(json.loads(content) | members).encode()


def sql(*statements: str) -> Change:
    """A database after these statements."""

    def change(content: bytes) -> bytes:
        with closing(sqlite3.connect(":memory:")) as database:
            database.deserialize(content)
            for statement in statements:
                database.execute(statement)
            database.commit()
            return database.serialize()

    return change


def part(name: str, change: Callable[[str], str]) -> Change:
    """A zip with one of its parts changed."""

    def changed(content: bytes) -> bytes:
        buffer = BytesIO()
        with ZipFile(BytesIO(content)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
            for entry in old.infolist():
                data = old.read(entry)
                if entry.filename == name:
                    edited = change(data.decode()).encode()
                    assert edited != data
                    data = edited
                new.writestr(entry, data)
        return buffer.getvalue()

    return changed


def cell(text: str) -> Callable[[str], str]:
    """The cell D3 of a sheet with another content."""
    pattern = r'(<c r="D3"[^>]*>)<v>([^<]+)</v>'
    return lambda sheet: re.sub(pattern, rf"\g<1>{text}", sheet, count=1)


def chunk(kind: bytes, data: bytes) -> Change:
    """A PNG with one more chunk after its header."""
    body = len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)
    return lambda content: content[:33] + body + content[33:]


def painted(paint: Callable[[Image.Image], Image.Image]) -> Change:
    """A picture painted anew, its texts kept."""

    def change(content: bytes) -> bytes:
        with Image.open(BytesIO(content)) as picture:
            texts, changed = PngInfo(), paint(picture.copy())
            for name, value in picture.info.items():
                if isinstance(value, str):
                    texts.add_text(name, value)
        buffer = BytesIO()
        changed.save(buffer, "png", pnginfo=texts)
        return buffer.getvalue()

    return change


def overpainted(picture: Image.Image) -> Image.Image:
    picture.paste("white", (0, 0, 1000, 100))
    return picture


def translucent(picture: Image.Image) -> Image.Image:
    picture.putalpha(200)
    return picture


MAP, SHEET = "map-water_m3-change", "xl/worksheets/sheet2.xml"
FORGERIES = (
    Forgery("nan.csv", "regions.csv", figure(5, "nan"), "red", "row 4 .georgia.*nan stands there"),
    Forgery("underscore.csv", "regions.csv", figure(5, "283_883.79"), "red", "row 4 .georgia"),
    Forgery("infinite.csv", "regions.csv", figure(5, "1e999"), "red", "row 4 .georgia"),
    Forgery("one cell on.csv", "regions.csv", shifted, "red", "belongs to"),
    Forgery("sorted.csv", "regions.csv", reordered, "amber", "not the bytes of regions.csv"),
    Forgery("marked.csv", "regions.csv", lambda one: b"\xef\xbb\xbf" + one, "amber", "not the byt"),
    Forgery("windows.csv", "hours.csv", lambda one: one.replace(b"\n", b"\r\n"), "amber", "agrees"),
    Forgery("unseen.csv", "regions.csv", swapped("Texas", "Te\u200bxas"), "red", r"Te\\u200bxas"),
    Forgery("lines.csv", "regions.csv", swapped("Texas", '"Texas\nis fine"'), "red", r"\\nis fine"),
    Forgery("twice.csv", "comparison.csv", swapped("before,after", "after,after"), "red", "again"),
    Forgery(
        "value.json", "result.json", swapped('"objective": 6', '"objective": 5'), "red", "obje"
    ),
    Forgery("spaces.json", "result.json", swapped('"gap": ', '"gap":  '), "amber", "every cell"),
    Forgery("key.json", "result.json", swapped('"gap"', '"gap": 0.5, "gap"'), "red", "gap"),
    Forgery("crs.json", "regions.geojson", with_member(crs="EPSG:3857"), "red", "crs"),
    Forgery("layer.json", "regions.geojson", with_member(name="true"), "red", "row name"),
    Forgery(
        "same.json", "regions.geojson", swapped('"worse"', '"worse": 1, "worse"'), "red", "agai"
    ),
    Forgery(
        "id.json", "regions.geojson", swapped('"id": "texas"', '"id": "japan"'), "red", "japan"
    ),
    Forgery(
        "layer.gpkg",
        "regions.gpkg",
        sql(
            "CREATE TABLE other (fid INTEGER PRIMARY KEY, geom BLOB, water REAL)",
            "INSERT INTO gpkg_contents (table_name, data_type) VALUES ('other', 'features')",
        ),
        "red",
        "sheet other",
    ),
    Forgery(
        "described.gpkg",
        "regions.gpkg",
        sql("UPDATE gpkg_contents SET description = 'No region carries more.'"),
        "red",
        "column description: No region",
    ),
    Forgery(
        "srs.gpkg", "regions.gpkg", sql("UPDATE gpkg_contents SET srs_id = 0"), "red", "srs_id"
    ),
    Forgery("tail.gpkg", "regions.gpkg", appended(b"\0" * 4096), "amber", "free space"),
    Forgery("cell.xlsx", "tables.xlsx", part(SHEET, cell("<v>1</v>")), "red", "row 3 .virginia"),
    Forgery(
        "formula.xlsx",
        "tables.xlsx",
        part(SHEET, cell(r"<f>1+1</f><v>\g<2></v>")),
        "amber",
        "cell D3 holds a formula",
    ),
    Forgery(
        "format.xlsx",
        "tables.xlsx",
        part("xl/styles.xml", lambda text: text.replace("0.0000", "&quot;1,220&quot;")),
        "amber",
        "number formats",
    ),
    Forgery(
        "hidden.xlsx",
        "tables.xlsx",
        part(SHEET, lambda text: text.replace('<row r="4"', '<row hidden="1" r="4"')),
        "amber",
        "hidden rows",
    ),
    Forgery("white.png", f"{MAP}.png", painted(overpainted), "red", "drawn otherwise"),
    Forgery("alpha.png", f"{MAP}.png", painted(translucent), "red", "drawn otherwise"),
    Forgery("gamma.png", f"{MAP}.png", chunk(b"gAMA", b"\0\0\1\0"), "red", "colours"),
    Forgery("moves.png", f"{MAP}.png", chunk(b"acTL", b"\0\0\0\2\0\0\0\0"), "red", "animation"),
    Forgery("xmp.png", f"{MAP}.png", chunk(b"tEXt", b"XMP\0forged"), "amber", "built otherwise"),
    Forgery("tail.png", f"{MAP}.png", appended(b"more"), "amber", "built otherwise"),
    Forgery("line.svg", f"{MAP}.svg", swapped("fill: #", "fill: #f"), "red", "stands there"),
    Forgery("minister.html", "briefing.html", swapped("1,820", "1,220"), "red", "1,220 m³"),
    Forgery(
        "hides.html",
        "briefing.html",
        swapped("</style>", "td { display: none }</style>"),
        "red",
        "display: none",
    ),
    Forgery("remark.html", "briefing.html", swapped("<body>", "<body><!-- -->"), "red", "<!--"),
    Forgery("update.pdf", "briefing.pdf", appended(b"1 0 obj<<>>endobj"), "amber", "is not read"),
    Forgery("read me.txt", "README.txt", swapped("5 of 10", "1 of 10"), "red", "1 of 10"),
    Forgery("list.json", "datapackage.json", swapped('"MW"', '"GW"'), "red", "GW"),
)
