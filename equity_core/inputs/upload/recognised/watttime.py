"""WattTime, marginal operating emissions rate in lbs/MWh, as interface and client give it."""

from __future__ import annotations

import numpy as np

from equity_core.inputs.problems import Findings, Problem
from equity_core.inputs.tables import shown
from equity_core.inputs.upload.options import UploadAnswers
from equity_core.inputs.upload.recognised.clocks import clock_times, lengths
from equity_core.inputs.upload.recognised.export import Columns, Export, Format

CARBON = "carbon_lb_per_mwh"
SIGNALS = ("moer", "co2_moer", "co2_aoer", "")
NOTE = "Emissions of the power station that would run more (marginal), not of the average MWh"


def _read(columns: Columns, answers: UploadAnswers, findings: Findings) -> Export:
    time, value = columns.heading("point_time", "timestamp"), columns.heading("value", "moer")
    start = clock_times(columns, time, (), findings).tz_localize("UTC")
    zone = columns.zone("region", "ba")
    signal = columns.first("signal_type", "datatype")
    if signal is not None:
        _check_signal(columns, signal, findings)
    return Export(
        columns.sheet,
        start,
        lengths(start, zone),
        zone,
        {CARBON: columns.numbers(value, findings)},
        notes=[(CARBON, NOTE)],
    )


def _check_signal(columns: Columns, heading: str, findings: Findings) -> None:
    signal = columns.text(heading)
    wrong = np.flatnonzero(~signal.str.lower().isin(SIGNALS).to_numpy())
    findings.each(
        wrong[:1],
        lambda row: Problem(
            columns.sheet.file,
            "Export co2_moer, in lbs/MWh.",
            row=int(columns.sheet.rows[row]),
            column=heading,
            fault=f"the signal {shown(signal.iloc[row])} is no emissions rate",
        ),
    )


FORMATS = (
    Format(
        "WattTime, marginal emissions rate",
        ("point_time", "value"),
        "point_time, value",
        "carbon, marginal",
        _read,
    ),
    Format(
        "WattTime, marginal emissions rate",
        ("timestamp", "moer"),
        "timestamp, MOER",
        "carbon, marginal",
        _read,
    ),
)
