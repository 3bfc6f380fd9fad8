"""EIA-930, the hourly grid monitor: balance files, its download, and CSV of the interface."""

from __future__ import annotations

import numpy as np
import pandas as pd

from equity_core.arrays import Floats
from equity_core.inputs.problems import Findings
from equity_core.inputs.upload.options import UploadAnswers
from equity_core.inputs.upload.recognised.clocks import clock_times
from equity_core.inputs.upload.recognised.export import Columns, Export, Format
from equity_core.inputs.upload.recognised.fuels import by_fuel

HOUR = pd.Timedelta(hours=1)
ENDING = ("", "Times at the end of their hour led to its start")
DEMAND = "demand_mw"
US_TIMES = ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S")
PUBLISHED = r"net generation \(mw\) from (?P<fuel>[a-z ]+?)(?P<kind> \((adjusted|imputed)\))?"
MONITORED = r"(?P<fuel>[a-z ]+?) generation \(mwh\)"
# Beginnings of names, the first that fits; storage gives back what others made.
STORAGE = ("pumped storage", "battery", "other energy storage", "unknown energy storage")
FUELS = {
    "coal": "coal",
    "natural gas": "gas",
    "nuclear": "nuclear",
    "all petroleum": "oil",
    "petroleum": "oil",
    "hydro": "hydro",
    "solar": "solar",
    "wind": "wind",
    "other": "other",
    "unknown": "other",
    "geothermal": "other",
}
CODES = {
    "COL": "coal",
    "NG": "gas",
    "NUC": "nuclear",
    "OIL": "oil",
    "WAT": "hydro",
    "SUN": "solar",
    "SNB": "solar",
    "WND": "wind",
    "WNB": "wind",
    "OTH": "other",
    "UNK": "other",
    "GEO": "other",
}
_OFFSETS = {"E": -5, "C": -6, "M": -7, "P": -8}


def _balance(columns: Columns, answers: UploadAnswers, findings: Findings) -> Export:
    time = columns.heading("utc time at end of hour")
    start = clock_times(columns, time, US_TIMES, findings).tz_localize("UTC") - HOUR
    demand = columns.first(r"demand \(mw\) \(adjusted\)", r"demand \(mw\)")
    notes = [ENDING]
    if demand is not None and "djusted" in demand:
        notes.append(("", "The publisher's adjusted figures are read where both stand"))
    return _export(
        columns, start, "balancing authority", demand, _published(columns), notes, findings
    )


def _published(columns: Columns) -> dict[str, str]:
    """The heading of each kind of generation, the adjusted one where it stands."""
    chosen: dict[str, str] = {}
    for heading, match in columns.matching(PUBLISHED).items():
        kind = match["kind"] or ""
        name = match["fuel"].replace(" witho ", " with ")  # as EIA writes it
        if kind == " (adjusted)" or (not kind and name not in chosen):
            chosen[name] = heading
    return chosen


def _monitor(columns: Columns, answers: UploadAnswers, findings: Findings) -> Export:
    start = _monitor_times(columns, columns.heading(r"timestamp \(hour ending\)"), findings)
    kinds = {match["fuel"]: name for name, match in columns.matching(MONITORED).items()}
    kinds = {fuel: name for fuel, name in kinds.items() if fuel not in ("net", "total net")}
    return _export(
        columns, start, "ba code", columns.first(r"demand \(mwh\)"), kinds, [ENDING], findings
    )


def _monitor_times(columns: Columns, heading: str, findings: Findings) -> pd.DatetimeIndex:
    """Times such as "1/31/2023 1 p.m. EST" in UTC, an hour earlier."""
    text = columns.text(heading).str.replace(".", "", regex=False)
    zone = text.str.extract(r" (?P<zone>[ECMP])(?P<summer>[SD])T$")
    offset = zone["zone"].map(_OFFSETS).astype("float64") + (zone["summer"] == "D")
    plain_text = text.str.replace(r" [ECMP][SD]T$", "", regex=True)
    told = plain_text.where(offset.notna(), text.astype("str") + " without a time zone")
    cells = columns.sheet.cells.assign(**{heading: told.to_numpy()})
    plain = columns.of(cells)
    clock = clock_times(plain, heading, ("%m/%d/%Y %I %p",), findings)
    shift = pd.to_timedelta(offset.to_numpy() + 1, unit="h")
    return (clock - shift).tz_localize("UTC")


def _export(
    columns: Columns,
    start: pd.DatetimeIndex,
    zone_heading: str,
    demand: str | None,
    kinds: dict[str, str],
    notes: list[tuple[str, str]],
    findings: Findings,
) -> Export:
    zone = columns.zone(zone_heading)
    named = ((_fuel(kind), heading) for kind, heading in kinds.items())
    made = [(fuel, columns.numbers(heading, findings)) for fuel, heading in named if fuel]
    figures = {} if demand is None else {DEMAND: columns.numbers(demand, findings)}
    minutes = np.full(len(start), 60)
    return Export(columns.sheet, start, minutes, zone, figures, by_fuel(made, zone), notes)


def _fuel(kind: str) -> str:
    if kind.startswith(STORAGE):
        return ""
    return next((fuel for begin, fuel in FUELS.items() if kind.startswith(begin)), "other")


def _interface(columns: Columns, answers: UploadAnswers, findings: Findings) -> Export:
    keys = [columns.heading("period"), columns.heading("respondent")]
    kind = columns.heading("type", "fueltype")
    wide = columns.spread(keys, kind, columns.heading("value"), findings)
    start = clock_times(wide, keys[0], ("%Y-%m-%dT%H",), findings).tz_localize("UTC") - HOUR
    zone = wide.zone("respondent")
    figures: dict[str, Floats] = {}
    if columns.first("type") and wide.first("d"):
        figures[DEMAND] = wide.numbers(wide.heading("d"), findings)
    made = [
        (fuel, wide.numbers(wide.heading(code.lower()), findings))
        for code, fuel in CODES.items()
        if columns.first("fueltype") and wide.first(code.lower())
    ]
    minutes = np.full(len(start), 60)
    return Export(wide.sheet, start, minutes, zone, figures, by_fuel(made, zone), [ENDING])


FORMATS = (
    Format(
        "EIA-930, balance",
        ("balancing authority", "utc time at end of hour", r"(demand|net generation) \(mw\).*"),
        "Balancing Authority, UTC Time at End of Hour, Demand (MW) or Net Generation (MW) from ...",
        "demand of the grid; carbon and water from generation by fuel",
        _balance,
    ),
    Format(
        "EIA-930, grid monitor",
        (r"timestamp \(hour ending\)", r".*(demand|generation) \(mwh\)"),
        "Timestamp (Hour Ending), Demand (MWh) or ... Generation (MWh)",
        "demand of the grid; carbon and water from generation by fuel",
        _monitor,
    ),
    Format(
        "EIA-930, interface",
        ("period", "respondent", "type|fueltype", "value"),
        "period, respondent, type or fueltype, value",
        "demand of the grid, or carbon and water from generation by fuel",
        _interface,
    ),
)
