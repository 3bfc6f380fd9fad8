"""GeoPackages, read as the SQLite files that they are: in memory, tables only, nothing run."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from equity_core.verification.opened.sheets import Sheets, sheet

MOST_TABLES, MOST_ROWS, MOST_STEPS = 100, 200_000, 100_000
STEP = 1_000
"""Instructions between two looks at how many were run."""

ALLOWED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
LONGEST_VALUE = 50_000_000


def origins(content: bytes) -> list[dict[str, Any]]:
    """The rows of the first layer, without its shapes."""
    with closing(_opened(content)) as database:
        layers = "SELECT table_name FROM gpkg_contents WHERE data_type = 'features' LIMIT 1"
        return [row for (name,) in database.execute(layers) for row in _rows(database, name, 1_000)]


def geopackage_sheets(content: bytes) -> Sheets:
    """Every table by its name, and "schema": what the file declares."""
    with closing(_opened(content)) as database:
        declared = database.execute(
            "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
        ).fetchmany(MOST_TABLES * 10)
        tables = [
            name
            for kind, name, _, sql in declared
            if kind == "table" and not str(sql).upper().startswith("CREATE VIRTUAL")
        ]
        if len(tables) > MOST_TABLES:
            raise ValueError(f"it has more than {MOST_TABLES} tables")
        schema = sheet(("path", "table", "sql"), [(f"{k} {n}", t, s) for k, n, t, s in declared])
        return {"schema": schema} | {name: _table(database, name) for name in tables}


def _opened(content: bytes) -> sqlite3.Connection:
    """The file in memory; whatever it declares, this connection only reads tables."""
    database = sqlite3.connect(":memory:")
    database.text_factory = lambda text: text.decode("utf-8", "backslashreplace")
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
    database.deserialize(content)
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA cell_size_check = ON")
    database.set_authorizer(_only_reading)
    steps = iter(range(MOST_STEPS))
    database.set_progress_handler(lambda: next(steps, None) is None, STEP)
    return database


def _only_reading(action: int, *_: str | None) -> int:
    return sqlite3.SQLITE_OK if action in ALLOWED else sqlite3.SQLITE_DENY


def _rows(database: sqlite3.Connection, table: str, most: int) -> Iterator[dict[str, Any]]:
    cursor = database.execute(f"SELECT * FROM {_quoted(table)}")
    names = [column[0] for column in cursor.description]
    return (dict(zip(names, row, strict=True)) for row in cursor.fetchmany(most))


def _table(database: sqlite3.Connection, name: str) -> Any:
    cursor = database.execute(f"SELECT * FROM {_quoted(name)}")
    rows = cursor.fetchmany(MOST_ROWS + 1)
    if len(rows) > MOST_ROWS:
        raise ValueError(f"it has more than {MOST_ROWS:,} rows")
    columns = [column[0] for column in cursor.description]
    return sheet(columns, [[_plain(cell) for cell in row] for row in rows])


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _plain(cell: Any) -> Any:
    """A shape or other binary cell by its digest."""
    if isinstance(cell, bytes):
        return f"{len(cell)} bytes {hashlib.sha256(cell).hexdigest()[:16]}"
    return cell
