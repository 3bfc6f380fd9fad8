"""The sites: from a table of their own, or from columns that repeat in the table of hours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from equity_core.arrays import Floats
from equity_core.inputs.bundled.reading import NEEDED_SITE_FIGURES, SITE_FIGURES, SITE_ID
from equity_core.inputs.places.codes import country_codes
from equity_core.inputs.problems import Findings, Problem
from equity_core.inputs.tables import shown, suggestion
from equity_core.inputs.upload.columns.headings import Figures, Table
from equity_core.inputs.upload.columns.schema import CAPACITY, SITE_COLUMNS, SITE_FIELDS, Field
from equity_core.inputs.upload.formats.sheets import blank, numbers
from equity_core.inputs.upload.hours.rows import read_figures

MOST_SITES = 200
LONGEST_NAME, LONGEST_ID = 80, 40
FORMULA_STARTS = ("=", "+", "-", "@")
SUBDIVISION = re.compile(r"[A-Z]{2}-[A-Z0-9]{1,3}")


@dataclass(frozen=True, eq=False)
class Source:
    """A table that describes sites: the row that speaks for each."""

    table: Table
    rows: dict[str, int]


@dataclass(frozen=True, eq=False)
class Sites:
    """table      index site, as in a data set
    constants  figures [N] that are the same in every hour, by field
    """

    table: pd.DataFrame
    constants: dict[Field, Floats]

    @property
    def ids(self) -> list[str]:
        """The sites in the order of every array."""
        return [str(site) for site in self.table.index]


def read_sites(tables: Sequence[Table], findings: Findings) -> Sites:
    """Find, check and join what describes the sites; raises DatasetProblems where none does."""
    sources = [source for table in tables if (source := _source(table, findings)) is not None]
    ids = list(dict.fromkeys(name for source in sources for name in source.rows))
    _check_ids(sources, ids, findings)
    frame = pd.DataFrame(index=pd.Index(ids, name="site", dtype="str"))
    for column in SITE_COLUMNS[1:]:
        holder = _holder(sources, column.name, column.required, findings)
        if holder is not None:
            frame[column.name] = _column(holder, column.name, ids, findings)
    frame["name"] = frame.get("name", pd.Series(ids, index=frame.index))
    frame["subdivision"] = frame.get("subdivision", "")
    constants = _constants(sources, ids, findings)
    frame["capacity_mw"] = constants.pop(CAPACITY, np.zeros(len(ids)))
    if "latitude" not in frame or "longitude" not in frame or "country" not in frame:
        findings.refuse()
    wanted = ["name", "country", "subdivision", "latitude", "longitude", "capacity_mw"]
    further = [name for name in SITE_FIGURES if name in frame and name not in wanted]
    return Sites(frame[[*wanted, *further]], constants)


def _source(table: Table, findings: Findings) -> Source | None:
    if "site" not in table.words:
        return None
    capacity = any(figures.field == CAPACITY for figures in table.figures)
    described = [name for name in SITE_FIELDS if name in table.words and name != "site"]
    if table.hour and not described and not capacity:
        return None
    ids = table.sheet.cells[table.words["site"]].astype("str").str.strip()
    codes, names = pd.factorize(ids)
    _, first = np.unique(codes, return_index=True)
    if table.hour:
        headings = [table.words[name] for name in described]
        headings += [item.heading for item in table.figures if item.field == CAPACITY]
        for heading in headings:
            _check_constant(table, heading, first[codes], findings)
    else:
        _check_once(table, first[codes], findings)
    return Source(table, {str(name): int(row) for name, row in zip(names, first, strict=True)})


def _check_constant(table: Table, heading: str, first: np.ndarray, findings: Findings) -> None:
    cells = table.sheet.cells[heading]
    codes, _ = pd.factorize(cells, use_na_sentinel=False)

    def problem(row: int) -> Problem:
        value, former = shown(cells.iloc[row]), shown(cells.iloc[first[row]])
        return Problem(
            table.sheet.file,
            "Write the same in every hour of a site, or use a table of sites.",
            row=int(table.sheet.rows[row]),
            column=shown(heading),
            value=value,
            fault=f"{shown(heading)} is {value}, but {former} in row "
            f"{table.sheet.rows[first[row]]} of the same site",
        )

    findings.each(np.flatnonzero(codes != codes[first]), problem)


def _check_once(table: Table, first: np.ndarray, findings: Findings) -> None:
    findings.each(
        np.flatnonzero(first != np.arange(len(first))),
        lambda row: Problem(
            table.sheet.file,
            "Remove one of the two; a site has one row.",
            row=int(table.sheet.rows[row]),
            column="site",
            fault=f"this site stands already in row {table.sheet.rows[first[row]]}",
        ),
    )


def _check_ids(sources: Sequence[Source], ids: Sequence[str], findings: Findings) -> None:
    if not ids:
        findings.refuse()  # a table that nobody could read may be the one
        findings.add(
            Problem(
                "",
                "Add a table with a row for each site and the columns site, country, latitude, "
                "longitude and capacity_mw.",
                fault="no table describes the sites",
            )
        )
        findings.refuse()
    if len(ids) > MOST_SITES:
        findings.add(
            Problem(
                sources[0].table.sheet.file,
                "Leave some out, or join those that have the same figures.",
                fault=f"{len(ids):,} sites are too many; a data set may have {MOST_SITES}",
            )
        )
        findings.refuse()
    for source in sources:
        for name, row in source.rows.items():
            if rule := _id_rule(name):
                findings.add(_problem(source, "site", row, name, rule))


def _holder(
    sources: Sequence[Source], name: str, required: bool, findings: Findings
) -> Source | None:
    """The source that has the column; none or two are noted."""
    holders = [source for source in sources if name in source.table.words]
    if not holders and required:
        findings.add(_missing(sources[0], name, SITE_FIELDS[name].allowed))
    if len(holders) > 1:
        findings.add(_twice([source.table for source in holders], name))
    return holders[0] if holders else None


def _missing(source: Source, name: str, allowed: str) -> Problem:
    present = [str(heading) for heading in source.table.sheet.cells]
    return Problem(
        source.table.sheet.file,
        f"Add the column {name}: {allowed}.",
        column=name,
        fault=f"there is no column {name}{suggestion(name, present)}",
        allowed=allowed,
    )


def _twice(tables: Sequence[Table], name: str) -> Problem:
    return Problem(
        "",
        "Remove it from one of them.",
        column=name,
        fault=f"the column {name} stands in {' and '.join(item.sheet.file for item in tables)}",
    )


def _column(source: Source, name: str, ids: Sequence[str], findings: Findings) -> pd.Series:
    """The column's cells in the order of `ids`, numbers as numbers; faults are noted."""
    cells = source.table.sheet.cells[source.table.words[name]]
    _check_rows(source, ids, name, findings)
    rows = [source.rows.get(site, 0) for site in ids]
    chosen = cells.iloc[rows].set_axis(pd.Index(ids, name="site"))
    values: pd.Series
    if name in SITE_FIGURES:
        unit, low, high = SITE_FIGURES[name]
        values = pd.Series(numbers(chosen), index=chosen.index)
        allowed = f"a number from {low:,.10g} to {high:,.10g} {unit}"
        # A lens whose figure a site lacks says so; everything else works without it.
        unknown = blank(chosen) & (name not in NEEDED_SITE_FIGURES)
        rules = (values.between(low, high) | unknown).map({True: "", False: allowed})
    else:
        # No-break and other odd blanks count as blanks.
        values = (
            chosen.astype("str").where(~blank(chosen), "").str.split().str.join(" ").astype("str")
        )
        rules = values.map(_RULES[name])
    for site, rule in rules[rules != ""].items():
        row = source.rows.get(str(site), 0)
        findings.add(_problem(source, name, row, str(cells.iloc[row]), rule))
    return values


def _name_rule(text: str) -> str:
    """The rule that a name breaks, or empty; a spreadsheet would run some as formulas."""
    if len(text) > LONGEST_NAME:
        return f"at most {LONGEST_NAME} characters; it has {len(text):,}"
    if text.startswith(FORMULA_STARTS):
        return f"text that does not begin with {' '.join(FORMULA_STARTS)}"
    odd = next((mark for mark in text if not mark.isprintable()), "")
    if odd:
        return f"text without marks that cannot be seen; it has U+{ord(odd):04X}"
    return "" if text else "text"


def _id_rule(text: str) -> str:
    if len(text) > LONGEST_ID:
        return f"at most {LONGEST_ID} characters; it has {len(text):,}"
    return "" if SITE_ID.fullmatch(text) else SITE_FIELDS["site"].allowed


def _country_rule(text: str) -> str:
    if text in country_codes():
        return ""
    hint = suggestion(text, country_codes()) if len(text) == 3 else ""
    return SITE_FIELDS["country"].allowed + hint


def _subdivision_rule(text: str) -> str:
    good = not text or SUBDIVISION.fullmatch(text)
    return "" if good else SITE_FIELDS["subdivision"].allowed


_RULES = {"name": _name_rule, "country": _country_rule, "subdivision": _subdivision_rule}


def _check_rows(source: Source, ids: Sequence[str], name: str, findings: Findings) -> None:
    for site in ids:
        if site not in source.rows:
            findings.add(
                Problem(
                    source.table.sheet.file,
                    "Add the row.",
                    column=name,
                    fault=f"there is no row for site {shown(site)}",
                )
            )


def _problem(source: Source, name: str, row: int, value: str, allowed: str) -> Problem:
    return Problem(
        source.table.sheet.file,
        "Correct it.",
        row=int(source.table.sheet.rows[row]),
        column=shown(name),
        value=shown(value) if value.strip() else "",
        allowed=allowed,
    )


def _constants(
    sources: Sequence[Source], ids: Sequence[str], findings: Findings
) -> dict[Field, Floats]:
    """Figures of tables of sites, and capacity wherever it stands: [N] each."""
    holders: dict[Field, list[tuple[Source, Figures]]] = {}
    for source in sources:
        for figures in source.table.figures:
            if figures.field == CAPACITY or not source.table.hour:
                holders.setdefault(figures.field, []).append((source, figures))
    if CAPACITY not in holders:
        findings.add(_missing(sources[0], CAPACITY.column, CAPACITY.range_in(CAPACITY.units[0])))
    for field, found in holders.items():
        if len(found) > 1:
            findings.add(_twice([source.table for source, _ in found], field.name))
    return {field: _constant(*found[0], ids, findings) for field, found in holders.items()}


def _constant(source: Source, figures: Figures, ids: Sequence[str], findings: Findings) -> Floats:
    values, faulty = read_figures(source.table, figures, findings)
    _check_rows(source, ids, figures.heading, findings)
    chosen = values[[source.rows.get(site, 0) for site in ids]]
    for site in np.flatnonzero(np.isnan(chosen)).tolist():
        row = source.rows.get(ids[site], 0)
        if not faulty[row]:
            allowed = figures.field.range_in(figures.unit)
            findings.add(_problem(source, figures.heading, row, "", allowed))
    return chosen
