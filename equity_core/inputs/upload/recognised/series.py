"""What becomes of an export: a table of hours and sites for each column, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from equity_core.arrays import Floats
from equity_core.inputs.checks import few
from equity_core.inputs.tables import shown
from equity_core.inputs.upload.formats.sheets import Sheet
from equity_core.inputs.upload.recognised.export import Export, Format
from equity_core.inputs.upload.recognised.fuels import NOTES
from equity_core.inputs.upload.recognised.hourly import HOUR, Hours
from equity_core.inputs.upload.recognised.zones import repeated

GRID_LOAD = "The load of the whole grid area, not of data centres"


@dataclass(frozen=True, eq=False)
class ExportSheet(Sheet):
    """A table that was made of an export: whose it was, and what was done."""

    source: str
    notes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Recognised:
    """An export with its hours and the names of its zones (None where it names none)."""

    format: Format
    export: Export
    hours: Hours
    labels: list[str] | None


@dataclass(frozen=True, eq=False)
class Series:
    """A column of an export, in the sites of each of its zones."""

    item: Recognised
    column: str
    values: Floats
    places: list[list[str]]

    @property
    def quantity(self) -> str:
        """The quantity of the schema."""
        return quantity(self.column)

    @property
    def sites(self) -> set[str]:
        """The sites that it has figures for."""
        return {site for sites in self.places for site in sites}

    @property
    def table(self) -> ExportSheet:
        """An ordinary table of hours; its rows are those of the export that begin an hour."""
        rows, sites = repeated(self.places, self.item.hours.zone)
        hours = pd.to_datetime(self.item.hours.hour[rows] * HOUR, utc=True)
        cells = {"hour_utc": hours, "site": sites, self.column: self.values[rows]}
        sheet = self.item.export.sheet
        begun = sheet.rows[self.item.hours.row[rows]]
        return ExportSheet(
            sheet.file,
            sheet.stem,
            pd.DataFrame(cells),
            begun,
            self.item.format.name,
            tuple(self.notes),
        )

    @property
    def notes(self) -> list[str]:
        """What a reader of the figures should know: sentences without a full stop."""
        own = [note for column, note in self.item.export.notes if column in ("", self.column)]
        computed = self.column not in self.item.export.figures
        extra = [NOTES[self.column]] if computed else []
        return [*own, *averaged(self.item), *extra, *([GRID_LOAD] if self.is_load else [])]

    @property
    def is_load(self) -> bool:
        """Whether it is the demand of a grid."""
        return self.quantity == "demand"


def quantity(column: str) -> str:
    """The quantity that a column's name begins with."""
    return column.partition("_")[0]


def averaged(item: Recognised) -> list[str]:
    """How intervals became hours, where they are shorter."""
    if item.hours.shortest == 60:
        return []
    return [f"Values of {item.hours.shortest} minutes averaged to hours"]


def told(item: Recognised, used: Sequence[Series], places: Sequence[Sequence[str]]) -> str:
    """One sentence on what was done with a file, for whoever is to confirm it."""
    unused = [column for column in item.hours.columns if column not in [s.column for s in used]]
    notes = dict.fromkeys(note for series in used for note in series.notes)
    parts = [f"{', '.join(columns)} for {sites}" for sites, columns in _by_sites(used).items()]
    parts += [note[0].lower() + note[1:] if note[1:2].islower() else note for note in notes]
    if unused:
        parts.append(f"{', '.join(unused)} not used, being given elsewhere")
    if item.hours.cut:
        parts.append(f"hours cut short at the ends, left out: {item.hours.cut:,}")
    empty = [name for name, inside in zip(item.labels or [], places, strict=False) if not inside]
    if empty:
        parts.append(f"zones without a site left out ({_listed(empty)})")
    return f"{item.export.sheet.file} was read as {item.format.name}: {'; '.join(parts)}."


def _by_sites(used: Sequence[Series]) -> dict[str, list[str]]:
    columns: dict[str, list[str]] = {}
    for series in used:
        columns.setdefault(_listed(sorted(series.sites)), []).append(series.column)
    return columns


def _listed(names: Sequence[str]) -> str:
    return few([shown(name) for name in names])


def told_of(exports: Sequence[ExportSheet]) -> list[str]:
    """What the source card of a column says of the exports that it was made of."""
    notes = dict.fromkeys(note for sheet in exports for note in sheet.notes)
    return [f"{note}." for note in notes]
