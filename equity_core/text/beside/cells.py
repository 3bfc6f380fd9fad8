"""A cell of the table of scenarios in words, as page and briefing show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from equity_core.text.beside.columns import Column, first_letter
from equity_core.text.beside.rows import Cell, Row, rows_of
from equity_core.text.numbers import NO_CHANGE, amount, number, rounded_change, unit_text

NONE = "\N{EN DASH}"
"""Where a plan has no such figure."""

UNITS = {"ratio": "1 when equal", "regions": "regions"}


@dataclass(frozen=True)
class Told:
    """`value` with its unit, `who` bears it, and how far it is `moved` from the first scenario."""

    value: str
    who: str = ""
    moved: str = ""


def told(row: Row, cell: Cell, first: str) -> Told:
    """A cell in words; `first` is the letter that differences are against."""
    if cell.value is None:
        return Told(NONE, cell.words)
    moved = "" if cell.moved is None else _moved(cell.moved, first)
    return Told(_value(row, cell.value), cell.words, moved)


def _moved(percent: float, first: str) -> str:
    text = rounded_change(percent)
    return f"as {first}" if text == NO_CHANGE else f"{text} against {first}"


def _value(row: Row, value: float) -> str:
    if row.unit == "%":
        return rounded_change(value) if row.against else amount(value, "%")
    return number(value) if row.unit in UNITS else amount(value, row.unit)


def unit_words(row: Row) -> str:
    """The unit and what a change is against: "%, against its own baseline"."""
    unit = UNITS.get(row.unit, unit_text(row.unit))
    return f"{unit}, against {row.against}" if row.against else unit


@dataclass(frozen=True)
class Line:
    """A row of the table: `about` heads a group, and is "" where the row before says it."""

    about: str
    measure: str
    unit: str
    cells: tuple[Told, ...]


def table_of(columns: Sequence[Column]) -> tuple[Line, ...]:
    """The rows in words."""
    first, lines, last = first_letter(columns), list[Line](), ""
    for row in rows_of(columns):
        cells = tuple(told(row, cell, first) for cell in row.cells)
        lines.append(
            Line("" if row.about == last else row.about, row.measure, unit_words(row), cells)
        )
        last = row.about
    return tuple(lines)


def note_of(columns: Sequence[Column]) -> str:
    """What the small figures are."""
    first = first_letter(columns)
    return (
        f"Small below a figure: who bears it, and the difference from {first}, where both are "
        "about the same regions and hours. A region carries more where any footprint rises."
    )
