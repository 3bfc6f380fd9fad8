"""The stage: exports among the sheets become tables of hours, sites and figures, with notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from equity_core.inputs.problems import Findings, Problem
from equity_core.inputs.upload.columns.misnamed import no_rows
from equity_core.inputs.upload.columns.schema import FIELDS, HOURLY, column_key
from equity_core.inputs.upload.formats.sheets import Sheet
from equity_core.inputs.upload.options import UploadAnswers
from equity_core.inputs.upload.recognised import (
    aemo,
    eia,
    electricity_maps,
    entsoe,
    us_markets,
    watttime,
)
from equity_core.inputs.upload.recognised.export import Columns, Format
from equity_core.inputs.upload.recognised.hourly import by_hour
from equity_core.inputs.upload.recognised.indices import with_index
from equity_core.inputs.upload.recognised.series import (
    Recognised,
    Series,
    quantity,
    told,
)
from equity_core.inputs.upload.recognised.zones import (
    SiteZones,
    note_unknown,
    placed,
    zones_of,
)

FORMATS: tuple[Format, ...] = (
    *electricity_maps.FORMATS,
    *eia.FORMATS,
    *entsoe.FORMATS,
    *aemo.FORMATS,
    *watttime.FORMATS,
    *us_markets.FORMATS,
)


def recognise(sheets: Sequence[Sheet], answers: UploadAnswers, findings: Findings) -> list[Sheet]:
    """The sheets, with exports as tables of hours.

    What was done is told by `findings.changes`; without an export the sheets come back as they
    are. Raises DatasetProblems where an export cannot be read or placed, or where a quantity that
    is needed is in no file.
    """
    sheets = [with_index(sheet, findings) for sheet in sheets]
    formats = [next((form for form in FORMATS if form.fits(sheet)), None) for sheet in sheets]
    pairs = [(form, sheet) for form, sheet in zip(formats, sheets, strict=True) if form]
    if not pairs:
        return sheets
    zones, plain = zones_of(
        [sheet for form, sheet in zip(formats, sheets, strict=True) if not form]
    )
    if not zones.names:
        findings.add(_sites_missing(pairs))
        findings.refuse()
    read = [_read(form, sheet, answers, findings) for form, sheet in pairs]
    findings.refuse()
    found = [item for item in read if item is not None]
    note_unknown(zones, [label for item in found for label in item.labels or ()], findings)
    _note_missing(found, plain, findings)
    findings.refuse()
    series = _series(found, zones, plain, findings)
    findings.refuse()
    return [*plain, *(item.table for item in series)]


def _read(
    form: Format, sheet: Sheet, answers: UploadAnswers, findings: Findings
) -> Recognised | None:
    if sheet.cells.empty:
        findings.add(no_rows(sheet))
        return None
    export = form.read(Columns(sheet), answers, findings)
    # Times or figures that cannot be read make no hours.
    hours = None if findings else by_hour(export, answers, findings)
    if hours is None:
        return None
    labels = None if export.zone is None else [str(name) for name in export.zone.cat.categories]
    return Recognised(form, export, hours, labels)


def _series(
    found: Sequence[Recognised], zones: SiteZones, plain: Sequence[Sheet], findings: Findings
) -> list[Series]:
    """Every column of every export that is used; what is computed gives way to what is stated."""
    series: list[Series] = []
    elsewhere = _quantities(plain)
    for item in sorted(found, key=lambda item: bool(item.export.fuels)):
        places = placed(item.export.sheet, item.labels, zones, findings)
        used = []
        for column, values in item.hours.columns.items():
            stated = {
                site
                for other in series
                if column not in item.export.figures and quantity(column) == other.quantity
                for site in other.sites
            }
            free = [[site for site in sites if site not in stated] for sites in places]
            if quantity(column) not in elsewhere and any(free):
                used.append(Series(item, column, values, free))
        series += used
        findings.changed(told(item, used, places))
    return series


def _quantities(sheets: Iterable[Sheet]) -> set[str]:
    keys = (column_key(str(heading)) for sheet in sheets for heading in sheet.cells.columns)
    return {name for key in keys if (name := quantity(key)) in FIELDS}


def _note_missing(found: Sequence[Recognised], plain: Sequence[Sheet], findings: Findings) -> None:
    held = {quantity(column) for item in found for column in item.hours.columns}
    missing = [field for field in HOURLY if field.name not in held | _quantities(plain)]
    if missing:
        names = ", ".join(field.name for field in missing)
        findings.add(
            Problem(
                "",
                "Write it into the table of sites where it is the same in every hour, or bring a "
                "table with the columns hour, site and "
                f"{', '.join(field.column for field in missing)}.",
                fault=f"no file holds {names}; the exports hold {', '.join(sorted(held))}",
            )
        )


def _sites_missing(pairs: Sequence[tuple[Format, Sheet]]) -> Problem:
    held = ", ".join(dict.fromkeys(f"{form.name} ({form.gives})" for form, _ in pairs))
    return Problem(
        ", ".join(dict.fromkeys(sheet.file for _, sheet in pairs[:4])),
        "Bring with it a table of sites: site, country, latitude, longitude, capacity_mw, zone (as "
        "the export names it), and whichever of price, water, carbon and demand is in no export.",
        fault=f"this was recognised as {held}; no table describes the sites",
    )
