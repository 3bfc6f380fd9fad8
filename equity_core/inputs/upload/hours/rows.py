"""Figures from rows in any order: the hour and site of each, faults noted on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity_core.arrays import Flags, Floats, Integers, Positions
from equity_core.inputs.problems import Findings, Problem
from equity_core.inputs.tables import shown, suggestion
from equity_core.inputs.upload.columns.headings import Figures, Table
from equity_core.inputs.upload.columns.misnamed import capacity_by_hour
from equity_core.inputs.upload.columns.schema import CAPACITY, Field
from equity_core.inputs.upload.formats.sheets import blank, numbers
from equity_core.inputs.upload.hours.timestamps import read_hours
from equity_core.inputs.upload.options import UploadAnswers

HOUR = 3600


@dataclass(frozen=True, eq=False)
class Block:
    """One column of figures: for each row the site's position, the hour (hours since 1970) and
    the amount in the unit that is kept. Positions and hours are -1 where they are not known.

    amounts  NaN where the cell is blank or at fault; `faulty` marks the latter
    """

    table: Table
    figures: Figures
    site: Integers
    hour: Integers
    amounts: Floats
    faulty: Flags


@dataclass(frozen=True, eq=False)
class Rows:
    """A table of hours: the hour of each row (hours since 1970, -1 where not known), and its
    columns of figures."""

    table: Table
    hour: Integers
    blocks: tuple[Block, ...]


def rows_of(table: Table, sites: Sequence[str], answers: UploadAnswers, findings: Findings) -> Rows:
    """The hours and figures of a table of hours."""
    times = read_hours(table, answers, findings)
    hour = np.where(times.isna(), -1, times.asi8 // HOUR)
    if table.spread is not None:
        return Rows(table, hour, _spread_blocks(table, table.spread, sites, hour, findings))
    capacities = [item for item in table.figures if item.field == CAPACITY]
    if "site" not in table.words:
        for item in capacities:
            findings.add(capacity_by_hour(table.sheet, item.heading))
    figures = [item for item in table.figures if item not in capacities]
    site = _site_positions(table, sites, findings) if figures else np.full(len(hour), -1)
    blocks = (_block(table, item, site, hour, findings) for item in figures)
    return Rows(table, hour, tuple(blocks))


def _spread_blocks(
    table: Table, spread: Figures, sites: Sequence[str], hour: Integers, findings: Findings
) -> tuple[Block, ...]:
    """A table with a column for each site."""
    if spread.field == CAPACITY:
        findings.add(capacity_by_hour(table.sheet, table.sheet.stem))
        return ()
    blocks = []
    for heading in table.sheet.cells.columns.drop(table.words[str(table.hour)]):
        if heading not in sites:
            findings.add(_unknown_site(table, heading, sites, None))
            continue
        site = np.full(len(hour), sites.index(heading))
        figures = Figures(heading, spread.field, spread.unit)
        blocks.append(_block(table, figures, site, hour, findings))
    return tuple(blocks)


def _site_positions(table: Table, sites: Sequence[str], findings: Findings) -> Integers:
    """The site of each row; a table that names none is of the only site."""
    if "site" not in table.words:
        if len(sites) > 1:
            findings.add(_site_missing(table, sites))
        return np.full(len(table.sheet.cells), 0 if len(sites) == 1 else -1)
    codes, labels = pd.factorize(table.sheet.cells[table.words["site"]], use_na_sentinel=False)
    names = [str(label).strip() for label in labels]
    position = pd.Index(sites).get_indexer(pd.Index(names, dtype=object)).astype(np.int64)
    for code in np.flatnonzero(position < 0):
        rows = np.flatnonzero(codes == code)
        findings.add(_unknown_site(table, names[code], sites, rows))
    return position[codes]


def _site_missing(table: Table, sites: Sequence[str]) -> Problem:
    return Problem(
        table.sheet.file,
        "Add a column site that says of which site each row is.",
        column="site",
        fault=f"there is no column site, and {len(sites)} sites are described",
    )


def _unknown_site(table: Table, name: str, sites: Sequence[str], rows: Positions | None) -> Problem:
    return Problem(
        table.sheet.file,
        "Correct the name, or describe the site in the table of sites.",
        row=None if rows is None else int(table.sheet.rows[rows[0]]),
        column="site",
        value=shown(name),
        fault=f"{shown(name)} is not in the table of sites{suggestion(name, list(sites))}",
        allowed=", ".join(sites),
        more=0 if rows is None else len(rows) - 1,
    )


def _block(
    table: Table, figures: Figures, site: Integers, hour: Integers, findings: Findings
) -> Block:
    values, faulty = read_figures(table, figures, findings)
    return Block(table, figures, site, hour, values, faulty)


def read_figures(table: Table, figures: Figures, findings: Findings) -> tuple[Floats, Flags]:
    """A column in the unit that is kept, NaN where blank or at fault; and where at fault."""
    cells, unit, field = table.sheet.cells[figures.heading], figures.unit, figures.field
    with np.errstate(over="ignore"):  # what overflows is beyond every range, and refused below
        values = numbers(cells) * unit.factor
    slack = 1e-12 * max(abs(field.low), abs(field.high))
    within = (values >= field.low - slack) & (values <= field.high + slack)
    # Looking for blanks in two million cells takes a while, and mostly there is nothing amiss.
    faulty = ~within if within.all() else ~within & ~blank(cells)
    findings.each(
        np.flatnonzero(faulty),
        lambda row: Problem(
            table.sheet.file,
            _number_fix(str(cells.iloc[row]), field),
            row=int(table.sheet.rows[row]),
            column=shown(figures.heading),
            value=shown(cells.iloc[row]),
            allowed=field.range_in(unit),
        ),
    )
    return np.where(within, values, np.nan), faulty


def _number_fix(text: str, field: Field) -> str:
    if text.strip().startswith("="):
        return "Replace the formula by its value: formulas are not calculated here."
    if numbers(pd.Series([text.replace(",", ".")]))[0] == numbers(pd.Series([text]))[0] or (
        len(field.units) > 1 and not np.isnan(numbers(pd.Series([text]))[0])
    ):
        return (
            f"Correct the figure, or the unit in the column's name (known are "
            f"{', '.join(unit.text for unit in field.units)})."
        )
    return "Write a plain number with a decimal point, without a unit or thousands separator."
