"""Files in, data set out: sheets -> headings -> sites -> figures -> Dataset, all faults at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import numpy as np
import pandas as pd

from equity_core.inputs.checks import CAPACITY_TOLERANCE, spoken
from equity_core.inputs.dataset import Dataset
from equity_core.inputs.problems import Findings, Problem
from equity_core.inputs.upload.answers import UploadAnswers
from equity_core.inputs.upload.assembly import assemble
from equity_core.inputs.upload.bounds import refuse_long, refuse_wide
from equity_core.inputs.upload.figures import Block, Grid, blocks_of, hour_range, read_grid
from equity_core.inputs.upload.headings import Table, read_headings
from equity_core.inputs.upload.schema import CARBON, DEMAND, HOURLY, PRICE, WATER, Field
from equity_core.inputs.upload.sheets import read_sheets
from equity_core.inputs.upload.sites import Sites, read_sites


@dataclass(frozen=True, eq=False)
class Content:
    """All that the files say: sites, hours [T], a grid [N, T] for each quantity."""

    tables: list[Table]
    sites: Sites
    hours: pd.DatetimeIndex
    grids: Mapping[Field, Grid]


def read_here(files: Mapping[str, bytes], answers: UploadAnswers | None = None) -> Dataset:
    """What `read_upload` does, in this process: for files of one's own making."""
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
    return dataset


def _titled(answers: UploadAnswers, files: Mapping[str, bytes]) -> UploadAnswers:
    stem = PurePath(next(iter(files))).stem
    title = answers.title.strip() or "".join(mark for mark in stem if mark.isprintable())[:80]
    return UploadAnswers(
        title, answers.source.strip(), answers.timezone, answers.units, answers.fill_gaps
    )


def _read(files: Mapping[str, bytes], answers: UploadAnswers, findings: Findings) -> Content:
    tables = [read_headings(sheet, answers, findings) for sheet in read_sheets(files, findings)]
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
    blocks = [block for table in hourly for block in blocks_of(table, sites.ids, answers, findings)]
    _require_fields(blocks, sites, findings)
    hours = hour_range(blocks, findings)
    refuse_wide(len(sites.ids), hours, len({block.figures.field for block in blocks}))
    grids = _grids(blocks, sites, hours, answers, findings)
    return Content(tables, sites, hours, grids)


def _require_fields(blocks: Sequence[Block], sites: Sites, findings: Findings) -> None:
    """Price, water, carbon and demand must be there, at least one of them by the hour."""
    present = {block.figures.field for block in blocks} | set(sites.constants)
    for field in (PRICE, WATER, CARBON, DEMAND):
        if field not in present and not _asked(field, findings):
            findings.add(
                Problem(
                    blocks[0].table.sheet.file if blocks else "",
                    f"Add the column {field.column}: {field.range_in(field.units[0])}.",
                    column=field.column,
                    fault=f"there is no column for {field.name}",
                )
            )
    if not blocks:
        findings.refuse()


def _asked(field: Field, findings: Findings) -> bool:
    """Whether a column for it is there, but with a unit that is still to be named."""
    return any(problem.column.lower().startswith(field.name) for problem in findings)


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
