"""What each column of a table is: its quantity and unit, from the heading or a row of units."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from equity_core.inputs.problems import Findings
from equity_core.inputs.tables import shown
from equity_core.inputs.upload.columns import misnamed
from equity_core.inputs.upload.columns.currencies import currency_of, priced, rate_missing
from equity_core.inputs.upload.columns.schema import (
    FIELDS,
    HOUR_COLUMNS,
    PRICE,
    SITE_FIELDS,
    SOURCE_COLUMNS,
    Field,
    Unit,
    column_key,
    further_field,
    unit_key,
)
from equity_core.inputs.upload.formats.sheets import LONGEST_PROSE, VALUE, Sheet, holds_values
from equity_core.inputs.upload.options import UploadAnswers

UNITS_OF = {field: {unit.name for unit in field.units} for field in FIELDS.values()}
UNITS = set().union(*UNITS_OF.values())
_TIME = r"(hour|hours|time|datetime|date_time|timestamp|date)"
_UTC_HOUR = re.compile(rf"{_TIME}_?(utc|gmt)|(utc|gmt)(_{_TIME})?")
_HOUR = re.compile(_TIME)
MOST_TITLES = 20  # rows above a header that are looked at


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

    @property
    def nameless(self) -> bool:
        """Whether it has figures by the hour, but of which quantity and site nobody knows."""
        lone = len(self.sheet.cells.columns) == 1
        read = self.figures or self.spread is not None or "site" in self.words
        return self.hour is not None and not read and not lone


def read_tables(sheets: Sequence[Sheet], answers: UploadAnswers, findings: Findings) -> list[Table]:
    """All tables; sheets of prose beside them are left out with a note."""
    prose = [sheet for sheet in sheets if _is_prose(sheet)]
    kept = [sheet for sheet in sheets if sheet not in prose] or sheets
    for sheet in prose if kept is not sheets else ():
        findings.note(f"{sheet.file} was left out: it holds text, and no figures.")
    return [read_headings(sheet, answers, findings) for sheet in kept]


def _is_prose(sheet: Sheet) -> bool:
    """No heading is known, and no cell is a number or a time."""
    headings = [str(heading) for heading in sheet.cells.columns]
    vocabulary = _vocabulary(headings)
    known = any(_word(name, vocabulary) or _begins_as_quantity(name) for name in headings)
    return not known and len(sheet.cells) <= LONGEST_PROSE and not holds_values(sheet.cells)


def _begins_as_quantity(heading: str) -> bool:
    key = column_key(heading)
    return key.split("_")[0] in FIELDS or further_field(key) is not None


def read_headings(sheet: Sheet, answers: UploadAnswers, findings: Findings) -> Table:
    """Find out what the columns are; what is unknown, lacks its unit or comes twice is noted."""
    units = _unit_row(sheet)
    if units:
        sheet = sheet.without_first_row()
    words, others = _words(sheet, units, findings)
    hour = any(name in words for name in HOUR_COLUMNS)
    if not hour and "site" not in words and "column" not in words:
        below = _header_below(sheet)
        findings.add(misnamed.no_table(sheet) if below is None else misnamed.title(sheet, below))
        return Table(sheet, words, ())
    if sheet.cells.empty and "column" not in words:
        findings.add(misnamed.no_rows(sheet))
    if hour and "site" not in words and not _one_site(sheet, others, units):
        return Table(sheet, words, (), _spread(sheet, others, units, answers, findings))
    read = (
        _figures(sheet, heading, units.get(heading, ""), answers, findings) for heading in others
    )
    return Table(sheet, words, _once(sheet, [item for item in read if item], findings))


def _header_below(sheet: Sheet) -> int | None:
    """The line further down that names columns, where one of the first does."""
    for at in range(min(MOST_TITLES, len(sheet.cells))):
        row = [str(cell) for cell in sheet.cells.iloc[at]]
        if sum(bool(_word(cell, _vocabulary(row))) for cell in row) > 1:
            return int(sheet.rows[at])
    return None


def _words(
    sheet: Sheet, units: Mapping[str, str], findings: Findings
) -> tuple[dict[str, str], list[str]]:
    """The headings that are no quantity by the schema's name, and all others."""
    words: dict[str, str] = {}
    others = []
    headings = [str(heading) for heading in sheet.cells.columns]
    vocabulary = _vocabulary(headings)
    for heading in headings:
        word = _word(heading, vocabulary)
        if word == "hour" and column_key(units.get(heading, "")) == "utc":
            word = "hour_utc"
        if not word:
            others.append(heading)
            continue
        alike = HOUR_COLUMNS if word in HOUR_COLUMNS else (word,)
        former = [words[name] for name in alike if name in words]
        if former:
            what = "time" if word in HOUR_COLUMNS else word
            findings.add(misnamed.two_columns(sheet, what, former[0], heading))
        elif word in HOUR_COLUMNS and column_key(heading) not in HOUR_COLUMNS:
            findings.note(f"{sheet.file}: the column {shown(heading)} was read as {word}.")
        words.setdefault(word, heading)
    return words, others


def _vocabulary(headings: Sequence[str]) -> tuple[str, ...]:
    """The words that headings of this table may be: those of sources, or of sites and hours."""
    sources = "column" in map(column_key, headings)
    return SOURCE_COLUMNS if sources else (*HOUR_COLUMNS, *SITE_FIELDS)


def _word(heading: str, vocabulary: Sequence[str]) -> str:
    """The schema's name of a column that is no quantity, or empty."""
    key = column_key(heading)
    if key in vocabulary:
        return key
    if "hour" not in vocabulary:
        return ""
    return "hour_utc" if _UTC_HOUR.fullmatch(key) else "hour" if _HOUR.fullmatch(key) else ""


def _unit_row(sheet: Sheet) -> dict[str, str]:
    """The cells of the first row by heading, where that row holds units.

    Units stand below headings of figures. A row in which a number or a time stands holds none,
    whatever a site of it is called.
    """
    if sheet.cells.empty:
        return {}
    row = {str(name): str(cells.iloc[0]).strip() for name, cells in sheet.cells.items()}
    vocabulary = _vocabulary(list(row))
    words = {heading: _word(heading, vocabulary) for heading in row}
    below = {heading: cell for heading, cell in row.items() if words[heading] not in SITE_FIELDS}
    if "column" in words.values() or any(VALUE.fullmatch(cell) for cell in below.values()):
        return {}
    known = any(
        column_key(cell) == "utc" if words[heading] else _is_unit(cell)
        for heading, cell in below.items()
    )
    return row if known else {}


def _is_unit(cell: str) -> bool:
    key = unit_key(cell)
    return key in UNITS or currency_of(key) != ""


def _one_site(sheet: Sheet, others: Sequence[str], units: Mapping[str, str]) -> bool:
    """Whether the columns of a table of hours without a column site are quantities, not sites."""
    read = [_field(f"{heading} {units.get(heading, '')}") is not None for heading in others]
    wide = _is_quantity(sheet.stem) and not all(read)
    return not wide and (not others or any(map(_begins_as_quantity, others)))


def _is_quantity(name: str) -> bool:
    return column_key(name) in FIELDS or _field(name) is not None


def _spread(
    sheet: Sheet,
    others: Sequence[str],
    units: Mapping[str, str],
    answers: UploadAnswers,
    findings: Findings,
) -> Figures | None:
    """The quantity of a table with a column for each site, which its name says."""
    if _is_quantity(sheet.stem):
        below = {units.get(heading, "") for heading in others}
        return _figures(
            sheet, sheet.stem, below.pop() if len(below) == 1 else "", answers, findings
        )
    findings.add(misnamed.nameless(sheet, others))
    return None


def _field(written: str) -> Field | None:
    """The quantity that a heading with its unit means, whatever the currency."""
    key = column_key(written)
    field = FIELDS.get(key.split("_")[0])
    if field is not None:
        unit = unit_key(key.removeprefix(field.name))
        if unit in UNITS_OF[field] or (field == PRICE and currency_of(unit)):
            return field
    return further_field(key)


def _figures(
    sheet: Sheet, heading: str, unit: str, answers: UploadAnswers, findings: Findings
) -> Figures | None:
    key = column_key(heading)
    for whole in (key, f"{key} {unit}", f"{key}_{answers.units.get(key, '')}"):
        field = _field(whole)
        if field is None:
            continue
        name = unit_key(column_key(whole).removeprefix(field.name))
        if whole == key and _is_unit(unit) and unit_key(unit) != name:
            findings.add(misnamed.two_units(sheet, heading, unit))
        return _written(sheet, heading, name, field, answers, findings)
    named = FIELDS.get(key.split("_")[0])
    findings.add(
        misnamed.unit_missing(sheet, heading, named) if named else misnamed.unknown(sheet, heading)
    )
    return None


def _written(
    sheet: Sheet,
    heading: str,
    name: str,
    field: Field,
    answers: UploadAnswers,
    findings: Findings,
) -> Figures | None:
    """The figures in the unit called `name`; None, and a question, where it needs a rate."""
    currency = currency_of(name) if field == PRICE else ""
    rate = answers.rates.get(currency)
    if currency == "$" and rate == 1.0:
        name = name.replace("dollar", "usd")
    unit = next((unit for unit in field.units if unit.name == name), None)
    if field not in FIELDS.values():
        unit = field.units[0]
    if unit is None and rate is not None:
        unit = priced(name, rate)
    if unit is None:
        findings.add(rate_missing(sheet, heading, currency))
        return None
    return Figures(heading, field, unit)


def _once(sheet: Sheet, read: Sequence[Figures], findings: Findings) -> tuple[Figures, ...]:
    """The first column of each quantity; a second one is noted."""
    first: dict[str, Figures] = {}
    for item in read:
        former = first.setdefault(item.field.name, item)
        if former is not item:
            name = item.field.name
            findings.add(misnamed.two_columns(sheet, name, former.heading, item.heading))
    return tuple(first.values())
