"""Electricity Maps, carbon intensity of a year as CSV, in its headings of before and after 2025."""

from __future__ import annotations

from equity_core.inputs.problems import Findings
from equity_core.inputs.upload.options import UploadAnswers
from equity_core.inputs.upload.recognised.clocks import clock_times, lengths
from equity_core.inputs.upload.recognised.export import Columns, Export, Format

CARBON = r"carbon intensity gco2eq/kwh \((?P<kind>direct|life cycle|lca)\)"
LIFE_CYCLE = r"carbon intensity gco2eq/kwh \((life cycle|lca)\)"
TIME = r"datetime \(utc\)"


def _read(columns: Columns, answers: UploadAnswers, findings: Findings) -> Export:
    time, carbon = columns.heading(TIME), columns.heading(LIFE_CYCLE, CARBON)
    start = clock_times(columns, time, (), findings).tz_localize("UTC")
    zone = columns.zone("zone id", "zone name")
    note = f"Read from {carbon}"
    if len(columns.matching(CARBON)) > 1:
        note += "; the direct intensity beside it is left out"
    return Export(
        columns.sheet,
        start,
        lengths(start, zone),
        zone,
        {"carbon_g_per_kwh": columns.numbers(carbon, findings)},
        notes=[("carbon_g_per_kwh", note)],
    )


FORMATS = (
    Format(
        "Electricity Maps, carbon intensity",
        (TIME, CARBON),
        "Datetime (UTC), Carbon intensity gCO₂eq/kWh (direct), (Life cycle) or (LCA)",
        "carbon, life cycle where both stand",
        _read,
    ),
)
