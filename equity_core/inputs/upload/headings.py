"""What each column of a table is: its quantity and unit, from the heading or a row of units."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from equity_core.inputs.problems import Findings, Problem
from equity_core.inputs.tables import shown, suggestion
from equity_core.inputs.upload.answers import UploadAnswers
from equity_core.inputs.upload.schema import (
    FIELDS,
    HOUR_COLUMNS,
    SITE_FIELDS,
    SOURCE_COLUMNS,
    Field,
    Unit,
    column_key,
    further_field,
)
from equity_core.inputs.upload.sheets import Sheet

WORDS = (*HOUR_COLUMNS, *SITE_FIELDS, *SOURCE_COLUMNS)
UNITS = {unit.name for field in FIELDS.values() for unit in field.units}


@dataclass(frozen=True)
class Figures:
    """A column of figures: its heading as written, its quantity, and the unit it is written in."""

    heading: str
    field: Field
    unit: Unit


@dataclass(frozen=True, eq=False)
class Table:
    """A sheet whose columns are known.

    words    heading by the schema's name, for columns that are no quantity (site, hour, name ...)
    figures  the columns that are a quantity by hour and site, or by site
    spread   the quantity of a table that has a column for each site, or None
    """

    sheet: Sheet
    words: Mapping[str, str]
    figures: tuple[Figures, ...]
    spread: Figures | None = None

    @property
    def hour(self) -> str | None:
        """The schema's name of the column of hours, if there is one."""
        return next((name for name in HOUR_COLUMNS if name in self.words), None)


def read_headings(sheet: Sheet, answers: UploadAnswers, findings: Findings) -> Table:
    """Find out what the columns are; what is unknown or lacks its unit is noted."""
    units = _unit_row(sheet)
    if units:
        sheet = sheet.without_first_row()
    words, others = {}, []
    for heading in sheet.cells.columns:
        key = column_key(heading)
        if key == "hour" and column_key(units.get(heading, "")) == "utc":
            key = "hour_utc"
        if key in WORDS:
            words[key] = heading
        else:
            others.append(heading)
    hour = any(name in words for name in HOUR_COLUMNS)
    if hour and "site" not in words:
        spread = _figures(sheet, sheet.stem, "", answers, findings)
        return Table(sheet, words, (), spread)
    if "site" not in words and "column" not in words:
        findings.add(_no_table(sheet))
        return Table(sheet, words, ())
    read = (
        _figures(sheet, heading, units.get(heading, ""), answers, findings) for heading in others
    )
    return Table(sheet, words, tuple(figures for figures in read if figures is not None))


def _unit_row(sheet: Sheet) -> dict[str, str]:
    """The cells of the first row by heading, where that row holds units."""
    if sheet.cells.empty:
        return {}
    row = {str(name): str(cells.iloc[0]).strip() for name, cells in sheet.cells.items()}
    known = any(column_key(cell) in UNITS | {"utc"} for cell in row.values())
    return row if known else {}


def _figures(
    sheet: Sheet, heading: str, unit: str, answers: UploadAnswers, findings: Findings
) -> Figures | None:
    key = column_key(heading)
    name = key.split("_")[0]
    for whole in (key, column_key(f"{heading} {unit}"), f"{key}_{answers.units.get(key, '')}"):
        for field in FIELDS.values():
            if whole in field.columns:
                return Figures(heading, field, field.units[field.columns.index(whole)])
        further = further_field(whole)
        if further is not None:
            return Figures(heading, further, further.units[0])
    findings.add(
        _unit_missing(sheet, heading, FIELDS[name]) if name in FIELDS else _unknown(sheet, heading)
    )
    return None


def _unit_missing(sheet: Sheet, heading: str, field: Field) -> Problem:
    accepted = ", ".join(unit.text for unit in field.units)
    bare = column_key(heading) == field.name
    return Problem(
        sheet.file,
        f"Name the column {field.column} if the figures are in {field.units[0].text}; the other "
        f"units are written likewise ({', '.join(field.columns[1:3])} ...).",
        column=heading,
        fault=f"the column {shown(heading)} {'names no unit' if bare else 'has a unit not known'}"
        f"; accepted are {accepted}",
        allowed=accepted,
        asks="unit" if bare else "",
    )


def _unknown(sheet: Sheet, heading: str) -> Problem:
    known = [*WORDS, *(column for field in FIELDS.values() for column in field.columns)]
    return Problem(
        sheet.file,
        "Rename or remove it. A further footprint is named NAME_UNIT_per_mwh, such as "
        "health_usd_per_mwh.",
        column=heading,
        fault=f"nothing reads the column {shown(heading)}{suggestion(column_key(heading), known)}",
    )


def _no_table(sheet: Sheet) -> Problem:
    return Problem(
        sheet.file,
        "Give it a column hour and a column site, or, for the table of sites, a column site.",
        fault="this table has neither a column hour nor a column site"
        f" (its columns are {', '.join(shown(name) for name in list(sheet.cells)[:8])})",
    )
