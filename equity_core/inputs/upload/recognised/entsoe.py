"""ENTSO-E Transparency Platform: day-ahead prices, load, generation by production type.

Headings and cells of the platform before and since 2024; intervals are written "start - end".
"""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pandas as pd

from equity_core.arrays import Integers
from equity_core.inputs.problems import Findings, Problem
from equity_core.inputs.tables import shown
from equity_core.inputs.upload.options import UploadAnswers
from equity_core.inputs.upload.recognised.clocks import MINUTE, clock_times, in_utc
from equity_core.inputs.upload.recognised.export import Columns, Export, Format, categories
from equity_core.inputs.upload.recognised.fuels import by_fuel

TIME = r"(mtu|time)( \((?P<zone>[a-z/]+)\))?"
PRICE = r"day-ahead (price )?\((?P<currency>[a-z]{3})/mwh\)"
LOAD = r"actual total load \(mw\)( - (?P<area>.+))?"
MADE = r"(?P<kind>.+?) - actual aggregated \(mw\)( - (?P<area>.+))?"
AREA = r"(bzn|cty|cta|mba|sca)\|.+"
WRITTEN = ("%d.%m.%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d.%m.%Y %H:%M:%S")
ZONES = {
    "utc": "UTC",
    "cet": "Europe/Brussels",
    "cet/cest": "Europe/Brussels",
    "wet/west": "Europe/Lisbon",
    "eet/eest": "Europe/Athens",
    "gmt/bst": "Europe/London",
    "bst": "Europe/London",
}
MIXED = "carbon and water from generation by fuel"
SUMMER = ("CEST", "WEST", "EEST", "BST")
_INTERVAL = re.compile(
    r"^(?P<start>.+?)( \((?P<begun>[A-Z]+)\))? - (?P<end>.+?)( \((?P<zone>[A-Z/]+)\))?$"
)
# Beginnings of production types; storage gives back what others made.
STORAGE = ("hydro pumped storage", "energy storage")
FUELS = {
    "fossil brown coal": "coal",
    "fossil hard coal": "coal",
    "fossil coal-derived gas": "gas",
    "fossil gas": "gas",
    "fossil oil": "oil",
    "nuclear": "nuclear",
    "hydro": "hydro",
    "solar": "solar",
    "wind": "wind",
}


def _prices(columns: Columns, answers: UploadAnswers, findings: Findings) -> Export:
    columns, note = _first_auction(columns)
    heading, match = next(iter(columns.matching(PRICE).items()))
    currency = match["currency"]
    if stated := columns.first("currency"):
        _check_currency(columns, stated, currency, findings)
    name = f"price_{currency}_per_mwh"
    export = _timed(columns, answers, findings)
    notes = [*export.notes, *([(name, note)] if note else ())]
    return replace(export, figures={name: columns.numbers(heading, findings)}, notes=notes)


def _first_auction(columns: Columns) -> tuple[Columns, str]:
    """Without the rows of further auctions (sequence 2 and up), and a note on them."""
    heading = columns.first("sequence")
    if heading is None:
        return columns, ""
    others = columns.text(heading).str.fullmatch(r"(Sequence )?([2-9]|\d\d+)").to_numpy(dtype=bool)
    note = f"{int(others.sum()):,} rows of a second auction are left out" if others.any() else ""
    return columns.rows(~others), note


def _check_currency(columns: Columns, heading: str, currency: str, findings: Findings) -> None:
    written = columns.text(heading)
    other = np.flatnonzero(~written.str.lower().isin([currency, ""]).to_numpy())
    findings.each(
        other[:1],
        lambda row: Problem(
            columns.sheet.file,
            "Leave out the rows in the other currency, or write the right one into the heading.",
            row=int(columns.sheet.rows[row]),
            column=heading,
            fault=f"the currency is {shown(written.iloc[row])}, but the heading says "
            f"{currency.upper()}",
        ),
    )


def _load(columns: Columns, answers: UploadAnswers, findings: Findings) -> Export:
    heading, match = next(iter(columns.matching(LOAD).items()))
    export = _timed(columns, answers, findings, match["area"])
    return replace(export, figures={"demand_mw": columns.numbers(heading, findings)})


def _generation(columns: Columns, answers: UploadAnswers, findings: Findings) -> Export:
    made = columns.matching(MADE)
    area = next(iter(made.values()))["area"]
    kinds = {name: match["kind"] for name, match in made.items()}
    return _mixed(columns, kinds, _timed(columns, answers, findings, area), findings)


def _by_type(columns: Columns, answers: UploadAnswers, findings: Findings) -> Export:
    time, area = columns.first(TIME), columns.first("area", "zone")
    assert time is not None
    keys = [time, area] if area else [time]
    made = columns.heading(r"generation \(mw\)")
    wide = columns.spread(keys, columns.heading("production type"), made, findings)
    kinds = {name: name.lower() for name in wide.sheet.cells.columns if name not in keys}
    return _mixed(wide, kinds, _timed(wide, answers, findings), findings)


def _mixed(columns: Columns, kinds: dict[str, str], export: Export, findings: Findings) -> Export:
    made = [
        (_fuel(kind), columns.numbers(heading, findings))
        for heading, kind in kinds.items()
        if not kind.startswith(STORAGE)
    ]
    return replace(export, fuels=by_fuel(made, export.zone))


def _fuel(kind: str) -> str:
    return next((fuel for begin, fuel in FUELS.items() if kind.startswith(begin)), "other")


def _timed(
    columns: Columns, answers: UploadAnswers, findings: Findings, area: str | None = None
) -> Export:
    """The intervals and zones of a table, without figures."""
    time, match = next(iter(columns.matching(TIME).items()))
    parts = _interval_parts(columns, time)
    label, local = _clock_of(columns, time, match["zone"], parts["zone"], answers, findings)
    clocks = columns.of(parts)
    start = clock_times(clocks, "start", WRITTEN, findings, local)
    end = clock_times(clocks, "end", WRITTEN, findings, local)
    zone = _areas(columns, area)
    begun = parts["begun"]
    again = (~begun.isin(SUMMER)).to_numpy() if begun.notna().any() else None
    return Export(
        columns.sheet,
        in_utc(columns, start, local, zone, findings, again),
        _minutes(start, end),
        zone,
        {},
        notes=[("", f"Intervals written as start - end in {label} led to UTC")],
    )


def _interval_parts(columns: Columns, heading: str) -> pd.DataFrame:
    """[R] start, begun (the clock behind it), end and zone (behind that) of each row."""
    codes, written = pd.factorize(columns.sheet.cells[heading], use_na_sentinel=False)
    text = pd.Series([str(cell).strip() for cell in written], dtype="str")
    return text.str.extract(_INTERVAL).iloc[codes].reset_index(drop=True)


def _clock_of(
    columns: Columns,
    heading: str,
    named: str | None,
    suffixes: pd.Series,
    answers: UploadAnswers,
    findings: Findings,
) -> tuple[str, str]:
    """The clock of the times, as written and as a time zone; without one it is asked for."""
    written = suffixes.dropna()
    name = named or (str(written.iloc[0]).lower() if len(written) else "")
    local = ZONES.get(name, answers.timezone)
    if not local:
        findings.add(_zone_missing(columns, heading))
        findings.refuse()
    return name.upper() or local, local


def _minutes(start: pd.DatetimeIndex, end: pd.DatetimeIndex) -> Integers:
    """Lengths by the clock, which may have been changed by an hour in between."""
    minutes = (end - start).as_unit("ns").asi8 // MINUTE
    changed = minutes % 60
    return np.where(np.abs(minutes) > 120, minutes, np.where(changed == 0, 60, changed))


def _areas(columns: Columns, area: str | None) -> pd.Series | None:
    """The area of each row: from its column, or from the heading that names it."""
    named = area or columns.first(AREA)
    return _constant(named, len(columns.sheet.cells)) if named else columns.zone("area")


def _constant(label: str, rows: int) -> pd.Series:
    return pd.Series(categories(np.zeros(rows, dtype=np.intp), [label]))


def _zone_missing(columns: Columns, heading: str) -> Problem:
    return Problem(
        columns.sheet.file,
        "State the time zone (Europe/Brussels for CET with summer time), or export in UTC.",
        column=heading,
        fault=f"the column {shown(heading)} names no time zone",
        asks="time zone",
    )


FORMATS = (
    Format(
        "ENTSO-E, day-ahead prices",
        (TIME, PRICE),
        "MTU (CET/CEST) or (UTC), Day-ahead Price [EUR/MWh] or (EUR/MWh)",
        "price, in the currency of the heading",
        _prices,
    ),
    Format(
        "ENTSO-E, total load",
        (TIME, LOAD),
        "Time or MTU, Actual Total Load [MW] or (MW)",
        "demand of the grid",
        _load,
    ),
    Format(
        "ENTSO-E, generation by type",
        (TIME, MADE),
        "MTU, Biomass - Actual Aggregated [MW] and so on",
        MIXED,
        _generation,
    ),
    Format(
        "ENTSO-E, generation by type",
        (TIME, "production type", r"generation \(mw\)"),
        "MTU, Production Type, Generation (MW)",
        MIXED,
        _by_type,
    ),
)
