"""A table of fields for numbers (ui/assets/grid.js): a row a region, a column a factor.

Not Streamlit's editor, which draws its cells on a canvas and drops what it does not know; and not
a widget a cell, which would cost a page of sixteen regions a hundred of them. The browser keeps
what is typed until the server has said that it has seen it, so that nothing is lost while the page
is computed anew.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from ui.assets import asset
from ui.session.keys import GRID_SEEN, widget_value
from ui.sidebar import boxes, typed_numbers
from ui.sidebar.typed_numbers import Allowed

KEY = "grid"
_grid = st.components.v2.component(
    "grid",
    css=asset("grid.css"),
    js=asset("grid.js"),
)


@dataclass(frozen=True)
class Column:
    """A factor: its field, a short label, what it means, and what its cells take."""

    name: str
    label: str
    help: str
    allowed: Allowed


@dataclass(frozen=True)
class Row:
    """A region and its values, one a column."""

    site: str
    name: str
    values: tuple[float, ...]


def grid(
    columns: Sequence[Column],
    rows: Sequence[Row],
    take: Callable[[Mapping[tuple[str, str], float | None]], None],
) -> None:
    """The table; `take` gets what was typed by site and column, None for an emptied cell."""
    _grid(
        key=KEY,
        data={
            "columns": [
                {"name": column.name, "label": column.label, "help": column.help}
                for column in columns
            ],
            "rows": [_row(row, columns) for row in rows],
            "seen": GRID_SEEN.get(),
        },
        on_entries_change=partial(_read, columns, rows, take),
    )


def _row(row: Row, columns: Sequence[Column]) -> dict[str, object]:
    cells = list(zip(columns, row.values, strict=True))
    refusals = {column.name: _refused(row, column, value) for column, value in cells}
    return {
        "site": row.site,
        "name": row.name,
        "texts": [typed_numbers.written(value) for value in row.values],
        "refusals": {name: sentence for name, sentence in refusals.items() if sentence},
    }


def _refused(row: Row, column: Column, value: float) -> str:
    return boxes.refused(_cell(row.site, column.name), value)


def _cell(site: str, column: str) -> str:
    return f"grid_{site}_{column}"


def _read(
    columns: Sequence[Column],
    rows: Sequence[Row],
    take: Callable[[Mapping[tuple[str, str], float | None]], None],
) -> None:
    """The browser sends all entries again that it does not know to be read."""
    seen = GRID_SEEN.get()
    allowed = {column.name: replace(column.allowed, optional=True) for column in columns}
    names = [column.name for column in columns]
    former = {
        (row.site, name): value
        for row in rows
        for name, value in zip(names, row.values, strict=True)
    }
    read: dict[tuple[str, str], float | None] = {}
    for number, site, column, text in widget_value(KEY)["entries"] or ():
        cell = site, column
        if number > seen and cell in former:
            boxes.accepted(
                _cell(*cell), text, read.get(cell, former[cell]), allowed[column],
                partial(read.__setitem__, cell),
            )  # fmt: skip
            GRID_SEEN.keep(max(number, GRID_SEEN.get()))
    if read:
        take(read)
