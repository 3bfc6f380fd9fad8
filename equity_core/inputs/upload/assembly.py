"""Checked figures become a Dataset, with cards that say what was stated and what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from equity_core.arrays import Floats
from equity_core.inputs.bundled.reading import NEEDED_SITE_FIGURES, SITE_FIGURES
from equity_core.inputs.checks import counted
from equity_core.inputs.dataset import Dataset, Footprint, SourceCard, frozen
from equity_core.inputs.identity import VERSION_DIGITS, content_digest, own_id
from equity_core.inputs.latency import OWN_SITE_MS, estimated_round_trip_ms
from equity_core.inputs.places.distance import kilometres
from equity_core.inputs.problems import Findings, refused
from equity_core.inputs.upload.columns.headings import Table
from equity_core.inputs.upload.columns.schema import CAPACITY, DEMAND, PRICE, Field, footprint_of
from equity_core.inputs.upload.hours.grid import Grid
from equity_core.inputs.upload.options import UploadAnswers
from equity_core.inputs.upload.recognised.series import ExportSheet, told_of
from equity_core.inputs.upload.sites import Sites
from equity_core.inputs.upload.source_cards import MADE_HERE, NOT_STATED, card, with_statements

PARTIAL_REACH_MS = 100.0
WEAKNESSES = (
    "These figures were brought by a user. Units, ranges and completeness were checked; whether "
    "they are true was not.",
    "Latency and partial reach are estimated from the distance between sites, not measured.",
)


def assemble(
    tables: Sequence[Table],
    sites: Sites,
    hours: pd.DatetimeIndex,
    grids: Mapping[Field, Grid],
    answers: UploadAnswers,
    findings: Findings,
) -> Dataset:
    """The data set; raises DatasetProblems when anything was or is noted."""
    figures = {field.column: grid.amounts for field, grid in grids.items()}
    figures |= {
        name: sites.table[name].to_numpy(float) for name in SITE_FIGURES if name in sites.table
    }
    bare = _cards(tables, sites, hours, grids, answers)
    cards = with_statements(bare, tables, figures, findings)
    findings.refuse()
    demand = grids[DEMAND].amounts
    home = np.flatnonzero(demand.any(axis=1))
    latency = _latency(sites.table)[:, home]
    burdens = {field: grid for field, grid in grids.items() if field not in (PRICE, DEMAND)}
    dataset = Dataset(
        id="",
        title=answers.title,
        description=_description(sites, hours),
        version="",
        licence=_stated_licences(cards),
        attribution=_stated_sources(cards),
        credits=(),
        weaknesses=_weaknesses(grids),
        sites=sites.table,
        gateways=tuple(np.array(sites.ids)[home].tolist()),
        home=frozen(home),
        hours=hours,
        price=frozen(grids[PRICE].amounts),
        footprints=tuple(_footprints(burdens)),
        intensity=frozen(np.stack([grid.amounts for grid in burdens.values()])),
        demand=frozen(demand[home]),
        partial_reach=frozen(latency <= PARTIAL_REACH_MS),
        latency_ms=frozen(latency),
        latency_basis=frozen(np.where(latency == OWN_SITE_MS, "assumed", "estimated")),
        cards=cards,
    )
    refuse_unsound(dataset)
    digest = content_digest(dataset)
    return replace(dataset, id=own_id(digest), version=digest[:VERSION_DIGITS])


def refuse_unsound(dataset: Dataset) -> None:
    """Whatever was read, no data set leaves with a figure that is none, or with one too few.

    Raises DatasetProblems.
    """
    sites, hours, gateways = len(dataset.sites), len(dataset.hours), len(dataset.gateways)
    shapes = {
        "price": (sites, hours),
        "intensity": (len(dataset.footprints), sites, hours),
        "demand": (gateways, hours),
        "latency_ms": (sites, gateways),
        "partial_reach": (sites, gateways),
        "home": (gateways,),
    }
    arrays = {name: getattr(dataset, name) for name in shapes}
    wrong = [name for name, shape in shapes.items() if arrays[name].shape != shape]
    arrays["sites"] = dataset.sites[list(NEEDED_SITE_FIGURES)].to_numpy(dtype=np.float64)
    wrong += [name for name, array in arrays.items() if not np.isfinite(array).all()]
    if wrong:
        raise refused(
            "",
            f"the figures of {' and '.join(wrong)} are incomplete, which should have been found "
            "before",
            "Please report the file; nothing was taken over.",
        )


def _footprints(burdens: Mapping[Field, Grid]) -> list[Footprint]:
    return [footprint_of(field) for field in burdens]


def _description(sites: Sites, hours: pd.DatetimeIndex) -> str:
    return (
        f"Brought by a user: {counted(len(sites.ids), 'site')}, {counted(len(hours), 'hour')} from "
        f"{hours[0]:%Y-%m-%d %H:%M} to {hours[-1]:%Y-%m-%d %H:%M} UTC."
    )


def _weaknesses(grids: Mapping[Field, Grid]) -> tuple[str, ...]:
    filled = {field.name: grid.filled for field, grid in grids.items() if grid.filled}
    if not filled:
        return WEAKNESSES
    counts = ", ".join(f"{name} {counted(count, 'hour')}" for name, count in filled.items())
    return (
        *WEAKNESSES,
        f"Gaps of up to three hours were filled by straight lines: {counts}.",
    )


def _stated_licences(cards: Sequence[SourceCard]) -> str:
    stated = dict.fromkeys(item.licence for item in cards if item.licence not in _UNSAID)
    return "; ".join(stated) or NOT_STATED


def _stated_sources(cards: Sequence[SourceCard]) -> str:
    brought = cards[: -len(MADE_HERE)]
    stated = dict.fromkeys(item.source for item in brought if item.source != NOT_STATED)
    return "; ".join(stated) or NOT_STATED


_UNSAID = (NOT_STATED, "none needed")


def _cards(
    tables: Sequence[Table],
    sites: Sites,
    hours: pd.DatetimeIndex,
    grids: Mapping[Field, Grid],
    answers: UploadAnswers,
) -> tuple[SourceCard, ...]:
    period = f"{hours[0]:%Y-%m-%d} to {hours[-1]:%Y-%m-%d}"
    cards = [
        card(
            field.column,
            field.units[0].text,
            answers.source or "; ".join(dict.fromkeys(sheet.source for sheet in exports)),
            period,
            [*told_of(exports), *_notes(field, tables, grid)],
        )
        for field, grid in grids.items()
        for exports in (_exports(field, tables),)
    ]
    capacity = _conversions(CAPACITY, tables)
    cards.append(card("capacity_mw", "MW", answers.source, NOT_STATED, capacity))
    for name in SITE_FIGURES:
        if name in sites.table and name != "capacity_mw":
            unit = SITE_FIGURES[name][0]
            cards.append(card(name, unit, answers.source, NOT_STATED, ()))
    return (*cards, *MADE_HERE)


def _exports(field: Field, tables: Sequence[Table]) -> list[ExportSheet]:
    """The tables of a quantity that were made of exports of publishers."""
    return [
        table.sheet
        for table in tables
        if isinstance(table.sheet, ExportSheet) and field in [item.field for item in table.figures]
    ]


def _notes(field: Field, tables: Sequence[Table], grid: Grid) -> list[str]:
    notes = _conversions(field, tables)
    if grid.filled:
        notes.append(
            f"{grid.filled:,} of {grid.amounts.size:,} values were missing and are filled by "
            "straight lines between the hours before and after."
        )
    if grid.amounts.shape[1] > 1 and not np.ptp(grid.amounts, axis=1).any():
        notes.append("The same in every hour.")
    return notes


def _conversions(field: Field, tables: Sequence[Table]) -> list[str]:
    written = [
        figures.unit
        for table in tables
        for figures in (*table.figures, *((table.spread,) if table.spread else ()))
        if figures.field == field and figures.unit != field.units[0]
    ]
    return [f"Converted from {unit.text}{unit.remark}." for unit in dict.fromkeys(written)]


def _latency(sites: pd.DataFrame) -> Floats:
    """[N, N] ms, site by gateway, from the great circle between them."""
    latitude, longitude = (sites[name].to_numpy(np.float64) for name in ("latitude", "longitude"))
    away = kilometres(latitude[:, None], longitude[:, None], latitude, longitude)
    latency = estimated_round_trip_ms(away)
    np.fill_diagonal(latency, OWN_SITE_MS)
    return latency
