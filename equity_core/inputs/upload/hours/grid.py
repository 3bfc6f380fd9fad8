"""Figures by hour and site: from rows in any order to arrays, every fault noted on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity_core.arrays import Flags, Floats, Integers, Positions
from equity_core.inputs.checks import spoken
from equity_core.inputs.problems import Findings, Problem
from equity_core.inputs.tables import shown, suggestion
from equity_core.inputs.upload.columns.headings import Figures, Table
from equity_core.inputs.upload.columns.misnamed import capacity_by_hour
from equity_core.inputs.upload.columns.schema import CAPACITY, DEMAND, Field
from equity_core.inputs.upload.formats.sheets import blank, numbers
from equity_core.inputs.upload.hours.timestamps import read_hours
from equity_core.inputs.upload.options import UploadAnswers

LONGEST_GAP = 3  # hours that may be filled on request
LONGEST_PAUSE = 31 * 24  # hours without any row: no gap, but a slip or two periods
FEW = 4  # times as many hours on the other side of a jump make those on this one a slip
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
class Grid:
    """amounts [N, T], of which `filled` were interpolated."""

    amounts: Floats
    filled: int = 0


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


def hour_range(tables: Sequence[Rows], findings: Findings) -> pd.DatetimeIndex:
    """Every hour from the first to the last; hours far from the others are refused."""
    known = np.unique(np.concatenate([rows.hour for rows in tables]))
    known = known[known >= 0]
    if not known.size:
        findings.refuse()
    steps = np.diff(known)
    scattered = known[-1] - known[0] > 4 * known.size + 1000
    if scattered or (steps.size and steps.max() > max(LONGEST_PAUSE, known.size // 10)):
        _note_jump(tables, known, int(np.argmax(steps)), findings)
        findings.refuse()
    if not any(rows.blocks for rows in tables):
        _note_pauses(tables[0].table, known, findings)
    return pd.date_range(_time(known[0]), _time(known[-1]), freq="h", name=None, unit="us")


def _note_jump(tables: Sequence[Rows], known: Integers, at: int, findings: Findings) -> None:
    """The few hours on one side of a jump are at fault, where one side has few."""
    early, late = known[: at + 1], known[at + 1 :]
    few, many = sorted((early, late), key=len)
    if len(few) * FEW > len(many):
        fault = f"the hours jump from {spoken(_time(early[-1]))} to {spoken(_time(late[0]))}"
        fix = "Correct the hours, or bring the two periods in one by one."
        findings.add(Problem(tables[0].table.sheet.file, fix, fault=fault))
        return
    others = f"{spoken(_time(many[0]))} to {spoken(_time(many[-1]))}"
    for rows in tables:
        findings.each(
            np.flatnonzero(np.isin(rows.hour, few)),
            lambda row, rows=rows: Problem(  # type: ignore[misc]
                rows.table.sheet.file,
                "Correct it.",
                row=int(rows.table.sheet.rows[row]),
                fault=f"the hour {spoken(_time(rows.hour[row]))} is far from the others, which are "
                f"{others}",
            ),
        )


def _note_pauses(table: Table, known: Integers, findings: Findings) -> None:
    """Hours that no row names, where no column of figures would miss them."""
    breaks = np.flatnonzero(np.diff(known) > 1)
    findings.each(
        breaks,
        lambda at: Problem(
            table.sheet.file,
            "Add the hours between.",
            fault=f"the hours jump from {spoken(_time(known[at]))} to "
            f"{spoken(_time(known[at + 1]))}",
        ),
    )


def _time(hour: int) -> pd.Timestamp:
    return pd.Timestamp(int(hour) * HOUR, unit="s", tz="UTC")


def read_grid(
    blocks: Sequence[Block],
    sites: Sequence[str],
    hours: pd.DatetimeIndex,
    answers: UploadAnswers,
    findings: Findings,
) -> Grid:
    """One quantity's blocks (at least one) as values [N, T]; gaps are noted or filled."""
    shape, first = (len(sites), len(hours)), int(hours[0].timestamp()) // HOUR
    site = np.concatenate([block.site for block in blocks])
    hour = np.concatenate([block.hour for block in blocks])
    placed = np.flatnonzero((site >= 0) & (hour >= 0))
    cell = site[placed] * shape[1] + hour[placed] - first
    _note_duplicates(blocks, placed, cell, shape, findings)
    row_at = np.full(shape[0] * shape[1], -1)
    row_at[cell] = placed
    values = np.concatenate([block.amounts for block in blocks])[row_at]
    values[row_at < 0] = np.nan
    faulty = np.concatenate([block.faulty for block in blocks])[row_at] & (row_at >= 0)
    absent = (np.isnan(values) & ~faulty).reshape(shape)
    values = values.reshape(shape)
    if blocks[0].figures.field == DEMAND:
        nowhere = absent.all(axis=1)
        values[nowhere], absent[nowhere] = 0.0, False
    filled = _fill(values, absent) if answers.fill_gaps else 0
    _note_gaps(blocks, sites, hours, absent, row_at.reshape(shape), findings)
    return Grid(values, filled)


def _place(blocks: Sequence[Block], row: int) -> tuple[Block, int]:
    """The block that row `row` of all blocks together belongs to, and its row there."""
    for block in blocks:
        if row < len(block.amounts):
            return block, row
        row -= len(block.amounts)
    raise AssertionError("a row of no block")


def _note_duplicates(
    blocks: Sequence[Block],
    placed: Integers,
    cell: Integers,
    shape: tuple[int, int],
    findings: Findings,
) -> None:
    count = np.bincount(cell, minlength=shape[0] * shape[1])
    if count.max(initial=0) < 2:
        return
    order = np.argsort(cell, kind="stable")
    again = np.flatnonzero(np.diff(cell[order]) == 0) + 1
    first = {int(order[at]): int(order[at - 1]) for at in again}

    def problem(at: int) -> Problem:
        block, row = _place(blocks, int(placed[at]))
        other, former = _place(blocks, int(placed[first[at]]))
        place = f"row {other.table.sheet.rows[former]}"
        if other.table.sheet is not block.table.sheet:
            place += f" of {other.table.sheet.file}"
        return Problem(
            block.table.sheet.file,
            "Remove one of the two if it is the same row again; where a clock was put back, write "
            "the offset behind each hour.",
            row=int(block.table.sheet.rows[row]),
            fault=f"this hour and site stand already in {place}",
        )

    findings.each(np.sort(order[again]), problem)


def _runs(absent: Flags) -> Positions:
    """[R, 3] site, first hour and hour after the last of every run of True in [N, T]."""
    edges = np.diff(absent.astype(np.int8), axis=1, prepend=0, append=0)
    (site, start), (_, end) = np.nonzero(edges > 0), np.nonzero(edges < 0)
    return np.stack([site, start, end], axis=1)


def _fill(values: Floats, absent: Flags) -> int:
    """Fill short gaps between two known hours in place, by straight lines; how many values."""
    filled = 0
    for site, start, end in _runs(absent):
        inside = start > 0 and end < values.shape[1]
        if (
            inside
            and end - start <= LONGEST_GAP
            and not np.isnan(values[site, [start - 1, end]]).any()
        ):
            before, after = values[site, start - 1], values[site, end]
            values[site, start:end] = np.linspace(before, after, end - start + 2)[1:-1]
            absent[site, start:end] = False
            filled += int(end - start)
    return filled


def _note_gaps(
    blocks: Sequence[Block],
    sites: Sequence[str],
    hours: pd.DatetimeIndex,
    absent: Flags,
    row_at: Integers,
    findings: Findings,
) -> None:
    if not absent.any():
        return
    # A row whose hour or site cannot be read is no missing row: it has been noted already.
    unplaced = any((block.site < 0).any() or (block.hour < 0).any() for block in blocks)
    runs = _runs(absent & (row_at < 0) & (not unplaced))
    file = blocks[0].table.sheet.file

    def gap(at: int) -> Problem:
        site, start, end = runs[at]
        span = spoken(hours[start])
        span += f" to {spoken(hours[end - 1])}" if end - start > 1 else ""
        fillable = start > 0 and end < len(hours) and end - start <= LONGEST_GAP
        return Problem(
            file,
            "Add it." if not fillable else "Add it, or have short gaps filled by straight lines.",
            fault=f"there is no row for site {sites[site]} for {span} ({end - start:,} h)",
            asks="gaps" if fillable else "",
        )

    findings.each(np.arange(len(runs)), gap)
    _note_blanks(blocks, absent & (row_at >= 0), row_at, findings)


def _note_blanks(
    blocks: Sequence[Block], empty: Flags, row_at: Integers, findings: Findings
) -> None:
    def cell(at: int) -> Problem:
        block, row = _place(blocks, at)
        return Problem(
            block.table.sheet.file,
            "Fill it in, or have gaps of up to three hours filled by straight lines.",
            row=int(block.table.sheet.rows[row]),
            column=shown(block.figures.heading),
            allowed=block.figures.field.range_in(block.figures.unit),
            asks="gaps",
        )

    findings.each(np.sort(row_at[empty]), cell)
