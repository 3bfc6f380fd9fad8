"""Tables as CSV: UTF-8, every digit, in blocks, and no cell that a spreadsheet would run."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from equity_core.export.tables import Table

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
ROWS_A_BLOCK = 20_000


def csv_blocks(table: Table) -> Iterator[bytes]:
    """The table as CSV, `ROWS_A_BLOCK` rows at a time: a year of many sites never stands whole
    in memory as text."""
    for first in range(0, max(1, len(table.frame)), ROWS_A_BLOCK):
        block = table.frame.iloc[first : first + ROWS_A_BLOCK].assign(**table.origin)
        yield _csv(block, header=first == 0)


def _csv(frame: pd.DataFrame, header: bool) -> bytes:
    safe = pd.DataFrame({str(name): _safe(cells) for name, cells in frame.items()})
    text: str = safe.to_csv(index=False, header=header, lineterminator="\n")
    return text.encode("utf-8")


def _safe(cells: pd.Series) -> pd.Series:
    """The cells neutralised; each different text once, because most columns repeat a few."""
    if pd.api.types.is_numeric_dtype(cells):
        return cells
    return cells.map({text: neutralised(text) for text in cells.unique()})


def neutralised(cell: object) -> object:
    """Text that a spreadsheet would run as a formula gets a leading apostrophe.

    Line breaks in text become spaces, so that a region stays one line. Numbers are left alone.
    """
    if not isinstance(cell, str):
        return cell
    risky = cell.startswith(FORMULA_STARTS) or cell.lstrip().startswith(FORMULA_STARTS)
    text = " ".join(cell.splitlines())
    return f"'{text}" if risky else text
