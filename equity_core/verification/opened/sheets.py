"""What a file holds as tables of text, so that differences can be named by row and column."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import pyarrow as pa

Sheets = dict[str, pa.Table]
"""Sheet name ("" where a file has only one table) -> its cells, all text, "" where empty.

Sheets whose name begins with "#" tell how a file is built, not what it shows.
"""

LINE, PATH = "line", "path"
MOST_CELLS = 20_000_000


def sheet(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> pa.Table:
    """Rows as wide as the columns, cells as text; raises ValueError for far too many."""
    kept = list(rows)
    if len(kept) * len(columns) > MOST_CELLS:
        raise ValueError(f"it has more than {MOST_CELLS:,} cells")
    cells = [pa.array([_text(row[at]) for row in kept], pa.string()) for at in range(len(columns))]
    return pa.table(cells, names=distinct(columns))


def distinct(names: Iterable[str]) -> list[str]:
    """The names, the second of equal ones as "name (again)", the third as "name (again 2)"."""
    seen: Counter[str] = Counter()
    told = []
    for name in names:
        again = seen[name]
        seen[name] += 1
        told.append(name if not again else f"{name} (again{f' {again}' if again > 1 else ''})")
    return told


def _text(cell: object) -> str:
    if cell is None:
        return ""
    # Half of a character pair, which JSON can say, is no text that Arrow would take.
    return str(cell).encode("utf-8", "backslashreplace").decode("utf-8")
