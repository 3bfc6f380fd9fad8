"""The same file broken in every way that happens: each gets the right sentence, quickly."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from equity_core.inputs.problems import MOST_PROBLEMS
from equity_core.inputs.upload import DatasetProblems, UploadAnswers
from equity_core.inputs.upload.pipeline import read_here as read_upload
from equity_core.inputs.upload.template import template_csv, template_tables, template_xlsx

LINES = template_csv().decode().splitlines()
HEADER = LINES[0].split(",")
Edit = Callable[[list[str]], list[str]]


def column(name: str) -> int:
    return HEADER.index(name)


def put(row: int, name: str, value: str) -> Edit:
    """Write `value` into one cell, rows counted as a spreadsheet does."""

    def change(lines: list[str]) -> list[str]:
        cells = lines[row - 1].split(",")
        cells[column(name)] = value
        lines[row - 1] = ",".join(cells)
        return lines

    return change


def everywhere(name: str, value: str) -> Edit:
    return lambda lines: [lines[0], *(_with(line, name, value) for line in lines[1:])]


def _with(line: str, name: str, value: str) -> str:
    cells = line.split(",")
    cells[column(name)] = value
    return ",".join(cells)


def header(old: str, new: str) -> Edit:
    return lambda lines: [lines[0].replace(old, new), *lines[1:]]


def refusal(files: dict[str, bytes], **answers) -> DatasetProblems:
    with pytest.raises(DatasetProblems) as caught:
        read_upload(files, UploadAnswers(**answers))
    for problem in caught.value.problems:
        assert str(problem).endswith("."), problem
        assert "nan" not in str(problem).split()
        assert len(str(problem)) < 700
    return caught.value


def broken(change: Edit) -> DatasetProblems:
    return refusal({"mine.csv": "\n".join(change(list(LINES))).encode()})


FIFTEEN: dict[str, tuple[Edit, tuple[str, ...]]] = {
    "text in a number": (
        put(9, "price_usd_per_mwh", "cheap"),
        ("mine.csv, row 9: price_usd_per_mwh is cheap", "-5,000 to 50,000 USD/MWh", "plain number"),
    ),
    "not a number": (
        put(9, "price_usd_per_mwh", "NaN"),
        ("mine.csv, row 9: price_usd_per_mwh is NaN",),
    ),
    "empty cell": (
        put(9, "water_m3_per_mwh", ""),
        ("row 9: water_m3_per_mwh is empty, but must be a number from 0 to 500 m3/MWh",),
    ),
    "a decimal comma": (
        lambda lines: [
            line.replace(",", ";").replace("0_4", "0,4")
            for line in put(9, "carbon_t_per_mwh", "0_4")(lines)
        ],
        ("row 9: carbon_t_per_mwh is 0,4", "with a decimal point"),
    ),
    "missing hour": (
        lambda lines: lines[:4] + lines[5:],
        ("no row for site germany for 2024-06-03 03:00 UTC (1 h)", "filled"),
    ),
    "duplicate": (
        lambda lines: [*lines, lines[6]],
        ("mine.csv, row 506: this hour and site stand already in row 7", "Remove one"),
    ),
    "unknown country": (
        everywhere("country", "GER"),
        ("mine.csv, row 2: country is GER, but must be ISO 3166 code of three letters",),
    ),
    "wrong unit": (
        lambda lines: [lines[0], *(_with(x, "carbon_t_per_mwh", "412.0") for x in lines[1:])],
        ("carbon_t_per_mwh is 412.0, but must be a number from 0 to 5 t/MWh", "g/kWh", "503 more"),
    ),
    "no unit": (
        header("price_usd_per_mwh", "price"),
        ("the column price names no unit; accepted are USD/MWh, USD/kWh, US cent/kWh", "Name the"),
    ),
    "another currency": (
        header("price_usd_per_mwh", "price_eur_per_mwh"),
        ("the column price_eur_per_mwh is in EUR, not in USD", "what one EUR is worth in USD"),
    ),
    "no time zone": (
        lambda lines: [line.replace(":00Z,", ":00,") for line in lines],
        ("the hours name no time zone (the first is 2024-06-03T00:00)", "hour_utc"),
    ),
    "another way to write dates": (
        put(9, "hour", "03/06/2024 07:00"),
        ("row 9: hour is '03/06/2024 07:00', but must be the start of a whole hour in UTC",),
    ),
    "half an hour": (
        put(9, "hour", "2024-06-03T07:30Z"),
        ("row 9: hour is 2024-06-03T07:30Z, but must be the start of a whole hour",),
    ),
    "a place off the globe": (
        everywhere("latitude", "98.2"),
        ("latitude is 98.2, but must be a number from -90 to 90 degrees north",),
    ),
    "no capacity": (
        header("capacity_mw", "capacity_tons"),
        ("the column capacity_tons has a unit not known; accepted are MW, kW, GW",),
    ),
    "too little capacity": (
        everywhere("capacity_mw", "30"),
        ("MW, but all sites together have a capacity of 90 MW", "Raise the"),
    ),
    "negative demand": (
        put(9, "demand_mw", "-3"),
        ("row 9: demand_mw is -3, but must be a number from 0 to 1,000,000 MW",),
    ),
    "capacity that changes": (
        put(9, "capacity_mw", "61"),
        ("row 9: capacity_mw is 61, but 60.0 in row 2 of the same site",),
    ),
    "a column nobody reads": (
        header("carbon_t_per_mwh", "carbno_t"),
        ("nothing reads the column carbno_t", "NAME_UNIT_per_mwh"),
    ),
    "a formula": (
        put(9, "demand_mw", "=B2*2"),
        ("row 9: demand_mw is =B2*2", "formulas are not calculated"),
    ),
    "a name that is a formula": (
        everywhere("name", "=cmd()"),
        ("row 2: name is =cmd(), but must be",),
    ),
    "a row too long": (
        lambda lines: [*lines[:8], lines[8] + ",9", *lines[9:]],
        ("mine.csv, row 9: 13 cells stand where the header has 12",),
    ),
    "a site name that links cannot write": (
        lambda lines: [line.replace("texas", "Te.xas") for line in lines],
        ("site is Te.xas, but must be lower-case letters",),
    ),
}


@pytest.mark.parametrize("name", FIFTEEN)
def test_broken_in_one_way(name: str) -> None:
    change, parts = FIFTEEN[name]
    listed = [str(problem) for problem in broken(change).problems]
    for part in parts:
        assert any(part in sentence for sentence in listed), listed


def test_all_problems_come_at_once() -> None:
    def change(lines: list[str]) -> list[str]:
        for name in ("text in a number", "empty cell", "duplicate"):
            lines = FIFTEEN[name][0](lines)
        return put(12, "demand_mw", "-1")(put(14, "hour", "noon")(lines))

    listed = " ".join(str(problem) for problem in broken(change).problems)
    for part in ("row 9: water", "row 9: price", "row 14: hour", "stand already", "row 12: demand"):
        assert part in listed


def test_many_problems_are_counted_and_few_listed() -> None:
    error = broken(everywhere("price_usd_per_mwh", "x"))
    assert error.count == 504
    assert len(error.problems) == 1
    assert "(and 503 more like it)" in str(error.problems[-1])
    assert "503 more problems" in str(error)
    columns = [f"odd{at}" for at in range(300)]
    wide = pd.DataFrame([["a", *columns]], columns=["site", *columns]).to_csv(index=False)
    assert len(refusal({"wide.csv": wide.encode()}).problems) == MOST_PROBLEMS


def test_an_unknown_site_is_named_with_the_nearest_known() -> None:
    tables = template_tables()
    hourly = tables["hourly"].replace({"texas": "texsa"})
    files = {
        "sites.csv": tables["sites"].to_csv(index=False).encode(),
        "hourly.csv": hourly.to_csv(index=False).encode(),
    }
    listed = [str(problem) for problem in refusal(files).problems]
    assert "texsa is not in the table of sites (did you mean texas?) (and 167 more" in listed[0]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("prices.csv", b"", "the file is empty"),
        ("prices.csv", b"  \n\n", "the file is empty"),
        ("prices.csv", b"MZ\x90\x00\x03" + b"\0" * 500, "not a table, whatever its name"),
        ("prices.xlsx", b"MZ\x90\x00\x03" + b"\0" * 500, "no XLSX file, whatever its name"),
        ("prices.parquet", b"hour,site\n", "no PARQUET file"),
        ("prices.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 500, "no XLSX file"),
        ("prices.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 500, "old or encrypted Excel"),
        ("prices.csv", "höur,site\n".encode("latin-1"), "the text of row 1 is not in UTF-8"),
        ("prices.csv", b"hour,site\n\xff,1\n", "the text of row 2 is not in UTF-8"),
        ("prices.csv", "hour,site\n".encode("utf-16"), "not a table"),
        ("prices.csv", b"x" * 200_000, "names the columns, is 200,000 characters long; 100,000"),
        ("prices.csv", b"hour,hour\n1,2\n", "two columns are called hour"),
        ("prices.csv", b"hour,\n1,2\n", "a column has no heading"),
        ("prices.csv", b"just words\n", "neither a column hour nor a column site"),
        ("prices.xlsx", b"PK\x03\x04" + b"x" * 100, "this is damaged or cut short"),
        ("prices.parquet", b"PAR1" + b"x" * 100 + b"PAR1", "cannot be read as Parquet"),
        ("../../etc/passwd", b"a,b\n1,2\n", "passwd: "),
        ("prices.csv", b"," * 10_000 + b"\n", "10,001 columns are too many"),
        ("prices.csv", b"hour,site\n" + b"1,2\n" * 2_000_001, "2,000,001 rows are too many"),
        ("prices.csv", b"x" * (300 << 20), "300 MB are too much; 50 MB may be brought in"),
    ],
)
def test_what_is_no_table_gets_one_sentence(name: str, content: bytes, words: str) -> None:
    assert words in str(refusal({name: content}))


def test_no_file_at_all() -> None:
    assert "There is no file" in str(refusal({}))


def rezipped(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", 8) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet2.xml"


def test_a_zip_bomb() -> None:
    bomb = stored_as("xl/worksheets/sheet1.xml", spaces(600), 600 << 20)
    assert len(bomb) < 1 << 20
    assert "unpacked this would take more than 512 MB" in str(refusal({"b.xlsx": bomb}))


def test_a_zip_bomb_that_lies_about_its_size() -> None:
    bomb = stored_as("xl/worksheets/sheet1.xml", spaces(600), 1000)
    assert "sheet1.xml is longer than the archive says" in str(refusal({"b.xlsx": bomb}))


def spaces(megabytes: int) -> bytes:
    """Deflated spaces: one megabyte after the other, each the same few bytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b" " * (1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * megabytes + packer.flush()


def stored_as(name: str, deflated: bytes, declared: int) -> bytes:
    """A zip archive with one part that declares its size."""
    sizes = struct.pack("<HHHIIII", 20, 0, 8, 0x21_0000, 0, len(deflated), declared)
    sizes += struct.pack("<HH", len(name), 0)
    local = b"PK\x03\x04" + sizes + name.encode() + deflated
    central = b"PK\x01\x02\x14\0" + sizes + bytes(14) + name.encode()
    end = struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + b"PK\x05\x06" + end


def test_a_cell_at_the_far_end_of_the_sheet() -> None:
    far = rezipped(
        template_xlsx(),
        SHEET,
        lambda xml: xml.replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        ),
    )
    assert "column 16,384 and row 1,048,576" in str(refusal({"far.xlsx": far}))


def test_too_many_columns_in_a_workbook() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        book.add_worksheet("hourly").write_row(0, 0, range(10_000))
    assert "10,000 columns are too many" in str(refusal({"wide.xlsx": buffer.getvalue()}))


def test_a_formula_in_a_workbook_is_named() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet("hourly")
        sheet.write_row(0, 0, ["hour", "site"])
        sheet.write_formula("C7", "=SUM(A1:A2)")
    error = refusal({"sums.xlsx": buffer.getvalue()})
    assert str(error).startswith("sums.xlsx: cell C7 holds a formula. Copy the table and paste")


def test_a_parquet_file_that_stands_for_terabytes() -> None:
    buffer = io.BytesIO()
    long = pa.DictionaryArray.from_arrays(np.zeros(1_000_000, dtype=np.int32), ["y" * 1_000_000])
    pq.write_table(pa.table({"hour": long}), buffer, compression="zstd")
    assert len(buffer.getvalue()) < 100_000
    assert "has a text of 1,000,000 characters" in str(refusal({"b.parquet": buffer.getvalue()}))


def test_a_parquet_file_of_lists() -> None:
    buffer = io.BytesIO()
    pq.write_table(pa.table({"hour": [[1, 2]]}), buffer)
    assert "int64>, which cannot be used" in str(refusal({"b.parquet": buffer.getvalue()}))


def test_a_slip_in_the_year_is_a_jump() -> None:
    error = broken(put(9, "hour", "2094-06-03T07:00Z"))
    assert "row 9: the hour 2094-06-03 07:00 UTC is far from the others, which are 2024" in str(
        error
    )
    assert "row 9: hour is 2224-06-03T07:00Z, outside 1980 to 2100" in str(
        broken(put(9, "hour", "2224-06-03T07:00Z"))
    )


def test_a_table_of_sources_is_checked() -> None:
    tables = template_tables()
    tables["sources"].loc[0, ["column", "quality"]] = "prices", "good"
    files = {f"{name}.csv": frame.to_csv(index=False).encode() for name, frame in tables.items()}
    listed = " ".join(str(problem) for problem in refusal(files).problems)
    assert "sources.csv, row 2: there is no column prices" in listed
    assert "quality is good, but must be one of measured, modelled" in listed


@pytest.mark.slow
def test_two_million_rows() -> None:
    """As much as may be brought in."""
    hours = pd.date_range("2020-01-01", periods=9_999, freq="h", tz="UTC")
    sites = [f"s{at}" for at in range(200)]
    frame = pd.DataFrame({"hour": np.tile(hours, 200), "site": np.repeat(sites, 9_999)}).assign(
        price_usd_per_mwh=30.5, water_m3_per_mwh=2.0, carbon_t_per_mwh=0.4, demand_mw=1.0
    )
    places = pd.DataFrame(
        {"site": sites, "country": "DEU", "latitude": 50, "longitude": 8, "capacity_mw": 2}
    )
    buffer = io.BytesIO()
    frame.to_parquet(buffer, index=False)
    files = {"h.parquet": buffer.getvalue(), "s.csv": places.to_csv(index=False).encode()}
    assert read_upload(files).price.shape == (200, 9_999)
