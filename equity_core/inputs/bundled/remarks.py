"""What a data set says of single figures: site_notes.csv and conflicts.csv, where it has them."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import get_args

from equity_core.errors import DatasetError
from equity_core.inputs import checks
from equity_core.inputs.dataset import Conflict, Quality, SiteNote
from equity_core.inputs.tables import Table, read_table, refuse_further_columns, table_path

FILES = ("site_notes", "conflicts")
NOTE_KEYS, NOTE_WORDS = ("site", "column"), ("quality", "note")
CONFLICT_KEYS = ("site", "quantity")
CONFLICT_WORDS = ("unit", "used_source", "other_source", "note")
LIMIT = 1e12


def read_notes(
    folder: Path, sites: Collection[str], columns: Collection[str]
) -> tuple[SiteNote, ...]:
    """The rows of site_notes.csv; none where there is no such file. Raises DatasetError."""
    path = table_path(folder, "site_notes")
    if not path.exists():
        return ()
    table = read_table(path, NOTE_KEYS, NOTE_WORDS)
    refuse_further_columns(table, (*NOTE_KEYS, *NOTE_WORDS))
    _check(table, sites)
    checks.match_labels(table, "column", list(columns), "dataset.json")
    qualities = checks.words(table, "quality", get_args(Quality))
    cells = table.cells
    rows = zip(cells["site"], cells["column"], qualities.tolist(), cells["note"], strict=True)
    return tuple(SiteNote(*row) for row in rows)


def read_conflicts(folder: Path, sites: Collection[str]) -> tuple[Conflict, ...]:
    """The rows of conflicts.csv; none where there is no such file. Raises DatasetError."""
    path = table_path(folder, "conflicts")
    if not path.exists():
        return ()
    names = (*CONFLICT_WORDS, "used", "other")
    table = read_table(path, CONFLICT_KEYS, names)
    refuse_further_columns(table, (*CONFLICT_KEYS, *names))
    _check(table, sites)
    words = {name: table.cells[name].tolist() for name in (*CONFLICT_KEYS, *CONFLICT_WORDS)}
    figures = {
        name: checks.numbers(table, name, "", -LIMIT, LIMIT).tolist() for name in ("used", "other")
    }
    columns = words | figures
    rows = zip(*columns.values(), strict=True)
    return tuple(Conflict(**dict(zip(columns, row, strict=True))) for row in rows)


def _check(table: Table, sites: Collection[str]) -> None:
    """Known sites, and one row for each pair of keys."""
    checks.match_labels(table, "site", list(sites), "sites.csv")
    repeated = table.cells[list(table.keys)].duplicated().to_numpy()
    if repeated.any():
        raise DatasetError(
            f"{table.place(int(repeated.argmax()))}: an earlier row is about the same. "
            "Remove one of the two rows."
        )
