"""What is read of an export, and of files that only look like one."""

import json
import math
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from equity_core.errors import EquityError, clipped
from equity_core.export.csv import csv_blocks
from equity_core.export.geo import regions_geojson, regions_geopackage
from equity_core.export.tables import regions_export
from equity_core.verification.opened.kinds import PNG, format_of
from equity_core.verification.opened.numbers import apart, skeleton
from equity_core.verification.opened.tasks import read, recognise


@pytest.fixture(scope="module")
def files(comparison, dataset):
    return {
        "csv": b"".join(csv_blocks(regions_export(comparison))),
        "json": regions_geojson(comparison, dataset),
        "gpkg": regions_geopackage(comparison, dataset),
        "png": picture(),
        "svg": b"<?xml version='1.0'?><svg><title>x</title>fingerprint 1f2e</svg>",
        "html": b"<!DOCTYPE html><p>fingerprint 1f2e, dataset paper-2022</p>",
        "pdf": b"%PDF-1.4 /Title (a \\(b\\)) /Keywords (fingerprint 1f2e)",
        "txt": b"Equity Explorer: x\n  Data: paper-2022, version 64df\n  Fingerprint: 1\n",
    }


def picture():
    buffer = BytesIO()
    Image.new("RGB", (100, 70), "red").save(buffer, "png")
    return buffer.getvalue()


def test_a_file_is_known_by_its_content(files):
    assert {name: format_of(content) for name, content in files.items()} == {
        name: name for name in files
    }
    virtual = b"<OGRVRTDataSource><OGRVRTLayer name='x'/></OGRVRTDataSource>"
    for other in (
        b"",
        b"\0",
        virtual,
        b"SQLite format 3\0" + bytes(200),
        b"a,b\n1,2\n",
        b"\xff\xfe",
    ):
        assert format_of(other) == ""


@pytest.mark.parametrize("kind", ["csv", "json", "gpkg"])
def test_regions_state_their_origin_and_hold_their_figures(files, comparison, kind):
    (item,) = recognise({"any name": files[kind]}, {})[0]["items"]
    assert item["export"] == {"csv": "regions.csv", "json": "regions.geojson"}.get(
        kind, "regions.gpkg"
    )
    assert item["facts"]["fingerprint"] == comparison.after.fingerprint
    sheets = read(kind, files[kind])[1]
    table = sheets["regions"] if kind == "gpkg" else sheets[""]
    assert table["site"].to_pylist() == list(comparison.sites)
    assert [float(x) for x in table["water_m3_after"].to_pylist()] == list(
        comparison.table["water_m3_after"]
    )


@settings(max_examples=150)
@given(data=st.data())
def test_whatever_is_done_to_a_file_it_is_read_or_refused(files, data):
    kind = data.draw(st.sampled_from(sorted(files)))
    content = files[kind]
    first = data.draw(st.integers(0, len(content)))
    last = data.draw(st.integers(first, min(len(content), first + 40)))
    changed = content[:first] + data.draw(st.binary(max_size=40)) + content[last:]
    (item,) = recognise({"x": changed}, {})[0]["items"]
    json.dumps(item)
    if item["format"] not in ("", "zip"):
        with suppress(EquityError):
            read(item["format"], changed)


@settings(max_examples=100)
@given(
    start=st.sampled_from([PNG, b"%PDF-", b"{", b"<svg", b"<html>", b"fingerprint\n", b"PK\3\4"]),
    rest=st.binary(max_size=300),
)
@example(start=b"{", rest=b'"features":' + b"[" * 5000)
@example(start=b'{"features":[{"properties":', rest=b"5}]}")
@example(start=b'{"resources":5,"type":', rest=b'"FeatureCollection","features":{"a":1}}')
@example(start=b'{"a":', rest=b"9" * 5000 + b"}")
@example(start=b'{"a":', rest=b'"\\ud800"}')
@example(start=PNG, rest=b"\0\0\0\1")
def test_bytes_that_begin_like_an_export_are_read_or_refused(start, rest):
    (item,) = recognise({"x": start + rest}, {})[0]["items"]
    json.dumps(item)
    if item["format"] not in ("", "zip"):
        with suppress(EquityError):
            read(item["format"], start + rest)


def chunk(kind, data):
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def test_packed_text_is_unpacked_only_so_far():
    bomb = chunk(b"zTXt", b"fingerprint\0\0" + zlib.compress(bytes(50_000_000)))
    whole = picture()
    content = whole[:33] + bomb + whole[33:]
    (item,) = recognise({"x": content}, {})[0]["items"]
    assert item["problem"] == ""
    assert len(read("png", content)[1]["pixels"]) == 4


def test_a_picture_of_far_too_many_pixels_is_refused():
    header = chunk(b"IHDR", (100_000).to_bytes(4) * 2 + b"\x08\2\0\0\0")
    with pytest.raises(EquityError, match="100,000 x 100,000 pixels"):
        read("png", PNG + header + chunk(b"IEND", b""))


def test_json_that_lies_deep_is_refused_and_keys_that_stand_twice_are_both_there():
    with pytest.raises(EquityError, match="nested deeper"):
        read("json", b'{"a":' + b"[" * 100 + b"]" * 100 + b"}".replace(b"]", b"]1"))
    rows = read("json", b'{"a": 1, "a": 2}')[1][""]
    assert rows["path"].to_pylist() == ["a", "a (again)"]


@pytest.mark.parametrize(
    ("found", "wanted", "distance"),
    [
        ("1.0", "1", 0.0),
        ("1820 m³", "1220 m³", 600 / 1220),
        ("nan", "5.0", math.inf),
        ("1_000", "1000", math.inf),
        ("48d172e47bda", "48d172e48bda", math.inf),
        ("1e999", "5", math.inf),
        ("", "0", math.inf),
    ],
)
def test_numbers_are_compared_by_value_and_words_by_letter(found, wanted, distance):
    assert apart(found, wanted) == pytest.approx(distance)


def test_a_skeleton_is_all_but_the_numbers():
    assert skeleton(b"texas,1.5,2\n") == skeleton(b"texas,1.6,20\n")
    assert skeleton(b"texas,1.5,2\n") != skeleton(b"texas, 1.5,2\n")


def test_what_is_echoed_is_short_and_can_be_seen():
    assert clipped("a\x1b[31m\u202eb") == "a\\x1b[31m\\u202eb"
    assert len(clipped("\u200b" * 500_000)) <= 80
