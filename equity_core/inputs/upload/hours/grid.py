"""Figures by hour and site: from rows in any order to arrays, every fault noted on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity_core.arrays import Flags, Floats, Integers, Positions
from equity_core.inputs.checks import spoken
from equity_core.inputs.problems import Findings, Problem
from equity_core.inputs.tables import shown
from equity_core.inputs.upload.columns.headings import Table
from equity_core.inputs.upload.columns.schema import DEMAND
from equity_core.inputs.upload.hours.rows import HOUR, Block, Rows
from equity_core.inputs.upload.options import UploadAnswers

LONGEST_GAP = 3  # hours that may be filled on request
LONGEST_PAUSE = 31 * 24  # hours without any row: no gap, but a slip or two periods
FEW = 4  # times as many hours on the other side of a jump make those on this one a slip


@dataclass(frozen=True, eq=False)
class Grid:
    """amounts [N, T], of which `filled` were interpolated."""

    amounts: Floats
    filled: int = 0


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
