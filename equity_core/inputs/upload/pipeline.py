"""Files in, data set out, all faults at once.

Sheets -> exports recognised -> headings -> sites -> figures -> Dataset.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

import numpy as np
import pandas as pd

from equity_core.inputs.checks import CAPACITY_TOLERANCE, spoken
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.problems import Findings, Problem
from equity_core.inputs.tables import shown
from equity_core.inputs.upload.assembly import assemble
from equity_core.inputs.upload.bounds import refuse_long, refuse_wide
from equity_core.inputs.upload.columns.currencies import with_plain_dollars
from equity_core.inputs.upload.columns.headings import Table, read_tables
from equity_core.inputs.upload.columns.schema import DEMAND, FIELDS, HOURLY, Field, column_key
from equity_core.inputs.upload.formats.by_kind import read_sheets
from equity_core.inputs.upload.hours.grid import Grid, hour_range, read_grid
from equity_core.inputs.upload.hours.rows import Block, rows_of
from equity_core.inputs.upload.options import UploadAnswers
from equity_core.inputs.upload.recognised import recognise
from equity_core.inputs.upload.sites import Sites, read_sites


@dataclass(frozen=True, eq=False)
class Content:
    """All that the files say: sites, hours [T], a grid [N, T] for each quantity."""

    tables: list[Table]
    sites: Sites
    hours: pd.DatetimeIndex
    grids: Mapping[Field, Grid]


@dataclass(frozen=True, eq=False)
class Upload:
    """What came of somebody's files.

    notes    sentences on how they were read, where the files leave it open
    changes  sentences on what was done with exports of publishers: to be confirmed before use
    """

    dataset: Dataset
    notes: tuple[str, ...]
    changes: tuple[str, ...] = ()


def read_here(files: Mapping[str, bytes], answers: UploadAnswers | None = None) -> Dataset:
    """What `read_upload` does, in this process: for files of one's own making."""
    return noted_here(files, answers).dataset


def noted_here(files: Mapping[str, bytes], answers: UploadAnswers | None = None) -> Upload:
    """What `read_noted` does, in this process."""
    answers, findings = answers or UploadAnswers(), Findings()
    content = _read(files, answers, findings)
    _check_shortfall(content, findings)
    dataset = assemble(
        content.tables,
        content.sites,
        content.hours,
        content.grids,
        _titled(answers, files),
        findings,
    )
    findings.refuse()
    return Upload(dataset, tuple(findings.notes), tuple(findings.changes))


def _titled(answers: UploadAnswers, files: Mapping[str, bytes]) -> UploadAnswers:
    stem = PurePath(next(iter(files))).stem
    title = answers.title.strip() or "".join(mark for mark in stem if mark.isprintable())[:80]
    return replace(answers, title=title, source=answers.source.strip())


def _read(files: Mapping[str, bytes], answers: UploadAnswers, findings: Findings) -> Content:
    sheets = recognise(read_sheets(files, findings), answers, findings)
    tables = read_tables(sheets, with_plain_dollars(answers, sheets), findings)
    if any(table.sheet.cells.empty and "column" not in table.words for table in tables):
        findings.refuse()
    refuse_long(tables)
    sites = read_sites(tables, findings)
    hourly = [table for table in tables if table.hour]
    if not hourly:
        findings.add(
            Problem(
                "",
                "Add a table with the columns hour, site and the figures by hour.",
                fault="no table has a column hour",
            )
        )
        findings.refuse()
    rows = [rows_of(table, sites.ids, answers, findings) for table in hourly]
    blocks = [block for item in rows for block in item.blocks]
    _require_fields(tables, blocks, sites, findings)
    hours = hour_range(rows, findings)
    refuse_wide(len(sites.ids), hours, len({block.figures.field for block in blocks}))
    grids = _grids(blocks, sites, hours, answers, findings)
    return Content(tables, sites, hours, grids)


def _require_fields(
    tables: Sequence[Table], blocks: Sequence[Block], sites: Sites, findings: Findings
) -> None:
    """Price, water, carbon and demand must be there; each footprint has one unit."""
    present = dict.fromkeys((*(block.figures.field for block in blocks), *sites.constants))
    further = _further(tables)
    nameless = any(table.nameless for table in tables)
    for field in HOURLY:
        if field not in present and not nameless and not _asked(field, findings):
            findings.add(_field_missing(tables, field, further))
    for name, headings in further.items():
        if sum(field.name == name for field in present) > 1:
            fault = f"{name} stands in several units: {' and '.join(map(shown, headings))}"
            findings.add(Problem("", "Convert it to one unit.", column=name, fault=fault))


def _further(tables: Sequence[Table]) -> dict[str, list[str]]:
    """Headings of further footprints by the footprint's name."""
    further: dict[str, list[str]] = {}
    for table in tables:
        for item in (*table.figures, *((table.spread,) if table.spread else ())):
            if item.field not in FIELDS.values():
                further.setdefault(item.field.name, []).append(item.heading)
    return further


def _field_missing(
    tables: Sequence[Table], field: Field, further: Mapping[str, Sequence[str]]
) -> Problem:
    taken = dict.fromkeys(shown(heading) for found in further.values() for heading in found)
    add = f"the column {field.column}: {field.range_in(field.units[0])}."
    if taken:
        clause = f"; taken as a further footprint: {', '.join(taken)}"
        if len(taken) == 1:
            clause = f"; {next(iter(taken))} was taken as a further footprint"
        fix = f"Rename what is {field.name}, or add {add}"
    else:
        clause, fix = "", f"Add {add}"
    hourly = next((table for table in tables if table.hour), tables[0])
    return Problem(
        hourly.sheet.file,
        fix,
        column=field.column,
        fault=f"there is no column for {field.name}{clause}",
    )


def _asked(field: Field, findings: Findings) -> bool:
    """Whether a column for it is there, but cannot be used as it is."""
    return any(column_key(problem.column).split("_")[0] == field.name for problem in findings)


def _grids(
    blocks: Sequence[Block],
    sites: Sites,
    hours: pd.DatetimeIndex,
    answers: UploadAnswers,
    findings: Findings,
) -> dict[Field, Grid]:
    """Every quantity in the order of the schema, further footprints behind."""
    by_field: dict[Field, list[Block]] = {}
    for block in blocks:
        by_field.setdefault(block.figures.field, []).append(block)
    grids = {}
    for field in dict.fromkeys((*HOURLY, *by_field, *sites.constants)):
        if field in by_field and field in sites.constants:
            findings.add(
                Problem(
                    "",
                    "Remove it from the table of sites.",
                    column=field.column,
                    fault=f"{field.name} stands in the table of sites and by the hour",
                )
            )
        if field in by_field:
            grids[field] = read_grid(by_field[field], sites.ids, hours, answers, findings)
        elif field in sites.constants:
            shape = (len(sites.ids), len(hours))
            grids[field] = Grid(np.broadcast_to(sites.constants[field][:, None], shape))
    return grids


def _check_shortfall(content: Content, findings: Findings) -> None:
    """Every hour's demand must fit into all capacity together."""
    if findings:
        return
    needed = content.grids[DEMAND].amounts.sum(axis=0)
    available = float(content.sites.table["capacity_mw"].sum())
    short = np.flatnonzero(needed > available * (1 + CAPACITY_TOLERANCE))
    if not needed.any():
        findings.add(
            Problem("", "Give at least one site a demand.", column="demand", fault="no load arises")
        )
    elif short.size:
        worst = int(short[np.argmax(needed[short])])
        findings.add(
            Problem(
                "",
                "Raise the capacity of a site or lower demand.",
                column="demand",
                value=f"{needed[worst]:.4g} MW",
                fault=f"in the hour {spoken(content.hours[worst])} demand is {needed[worst]:.4g} MW"
                f", but all sites together have a capacity of {available:.4g} MW",
                allowed=f"at most {available:.4g} MW",
                more=int(short.size) - 1,
            )
        )
