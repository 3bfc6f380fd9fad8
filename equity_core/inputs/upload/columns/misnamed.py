"""What is said about headings that cannot be used: each a problem with its remedy."""

from __future__ import annotations

from collections.abc import Sequence

from equity_core.inputs.problems import Problem
from equity_core.inputs.tables import shown, suggestion
from equity_core.inputs.upload.columns.schema import (
    CAPACITY,
    FIELDS,
    HOUR_COLUMNS,
    SITE_FIELDS,
    SOURCE_COLUMNS,
    Field,
    column_key,
    unit_key,
)
from equity_core.inputs.upload.formats.sheets import Sheet

KNOWN = (
    *HOUR_COLUMNS,
    *SITE_FIELDS,
    *SOURCE_COLUMNS,
    *(column for field in FIELDS.values() for column in field.columns),
)


def unit_missing(sheet: Sheet, heading: str, field: Field) -> Problem:
    """A quantity without a unit, or with one that is not known."""
    accepted = ", ".join(unit.text for unit in field.units)
    bare = column_key(heading) == field.name
    written = unit_key(column_key(heading).removeprefix(field.name))
    near = "" if bare else suggestion(written, [unit.name for unit in field.units])
    return Problem(
        sheet.file,
        f"Name the column {field.column} if the figures are in {field.units[0].text}; the other "
        f"units are written likewise ({', '.join(field.columns[1:])}).",
        column=heading,
        fault=f"the column {shown(heading)} {'names no unit' if bare else 'has a unit not known'}"
        f"{near}; accepted are {accepted}",
        allowed=accepted,
        asks="unit" if bare else "",
    )


def two_units(sheet: Sheet, heading: str, unit: str) -> Problem:
    """A heading and a row of units that say different things."""
    return Problem(
        sheet.file,
        "Correct whichever is wrong.",
        column=heading,
        fault=f"the row of units says {shown(unit)} below the heading {shown(heading)}",
    )


def unknown(sheet: Sheet, heading: str) -> Problem:
    """A column that is no quantity and no word of the schema."""
    return Problem(
        sheet.file,
        "Rename or remove it. A further footprint is named NAME_UNIT_per_mwh, such as "
        "health_usd_per_mwh.",
        column=heading,
        fault=f"nothing reads the column {shown(heading)}{suggestion(column_key(heading), KNOWN)}",
    )


def two_columns(sheet: Sheet, what: str, first: str, second: str) -> Problem:
    """Two columns for one thing."""
    return Problem(
        sheet.file,
        "Keep one that holds date and hour, and remove the other."
        if what == "time"
        else "Keep the one that is right and remove the other.",
        column=second,
        fault=f"two columns hold the {what}: {shown(first)} and {shown(second)}",
    )


def no_rows(sheet: Sheet) -> Problem:
    """A header, and nothing below."""
    return Problem(
        sheet.file,
        "Add the rows, or leave the table out.",
        fault="the table has no rows, only a header",
    )


def nameless(sheet: Sheet, others: Sequence[str]) -> Problem:
    """A table with a column for each site whose name is no quantity."""
    return Problem(
        sheet.file,
        "If it has a column for each site, name the file or sheet like its column "
        "(price_usd_per_mwh); otherwise give it a column site.",
        fault=f"this table of hours has no column site, and its name {shown(sheet.stem)} is no "
        f"quantity{suggestion(column_key(sheet.stem), KNOWN)}; its columns are "
        f"{', '.join(shown(name) for name in others[:8])}",
    )


def no_table(sheet: Sheet) -> Problem:
    """A table of which nothing is known."""
    headings = [shown(name) for name in list(sheet.cells)[:8]]
    return Problem(
        sheet.file,
        "Leave it out if it holds no figures; otherwise give it a column hour and a column site, "
        "or, for the table of sites, a column site.",
        fault="this table has neither a column hour nor a column site"
        f" (its columns are {', '.join(headings)})",
    )


def title(sheet: Sheet, below: int) -> Problem:
    """Lines above the header."""
    return Problem(
        sheet.file,
        "Remove the lines above the one that names the columns, or begin them with #.",
        fault=f"the first line is no header: line {below} names the columns",
    )


def capacity_by_hour(sheet: Sheet, heading: str) -> Problem:
    """Capacity is a figure of the site."""
    return Problem(
        sheet.file,
        f"Leave it out and write one {CAPACITY.column} a site in the table of sites.",
        column=heading,
        fault=f"{shown(heading)} stands by the hour, but capacity is one figure a site",
    )
