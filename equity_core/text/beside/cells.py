"""A cell of the table of scenarios in words, as page and briefing show it."""

from __future__ import annotations

from dataclasses import dataclass

from equity_core.text.beside.rows import Cell, Row
from equity_core.text.numbers import NO_CHANGE, amount, number, percent_change, unit_text

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
    text = percent_change(percent)
    return f"as {first}" if text == NO_CHANGE else f"{text} against {first}"


def _value(row: Row, value: float) -> str:
    if row.unit == "%":
        return percent_change(value) if row.against else amount(value, "%")
    return number(value) if row.unit in UNITS else amount(value, row.unit)


def unit_words(row: Row) -> str:
    """The unit and what a change is against: "%, against its own baseline"."""
    unit = UNITS.get(row.unit, unit_text(row.unit))
    return f"{unit}, against {row.against}" if row.against else unit
