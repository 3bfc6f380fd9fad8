"""Which format a file has, by its content: its name may say anything."""

from __future__ import annotations

import csv

PNG = b"\x89PNG\r\n\x1a\n"
SQLITE, SQLITE_APPLICATION, GEOPACKAGE = b"SQLite format 3\x00", slice(68, 72), b"GPKG"
ZIP = b"PK\x03\x04"
HEAD = 4_000
"""Characters at the beginning of a text that tell what it is."""

TEXTS = ("csv", "json", "svg", "html", "txt")


def format_of(content: bytes) -> str:
    """png, pdf, gpkg, zip (which workbooks are), json, svg, html, csv or txt; "" for others."""
    if content.startswith(PNG):
        return "png"
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith(SQLITE):
        return "gpkg" if content[SQLITE_APPLICATION] == GEOPACKAGE else ""
    if content.startswith(ZIP):
        return "zip"
    return _text_format(content)


def _text_format(content: bytes) -> str:
    head = content[:HEAD].decode("utf-8-sig", "ignore").lstrip()
    start = head[:100].lower()
    if start.startswith("{"):
        return "json"
    if start.startswith(("<!doctype html", "<html")):
        return "html"
    if start.startswith(("<?xml", "<svg")):
        return "svg" if "<svg" in head else ""
    if start.startswith("equity explorer"):
        return "txt"
    return "csv" if "fingerprint" in _heading(head) else ""


def _heading(head: str) -> list[str]:
    try:
        return next(csv.reader(head.splitlines()), [])
    except csv.Error:
        return []
