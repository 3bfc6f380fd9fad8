"""AEMO, aggregated price and demand of the Australian market: 5 or 30 minutes, hour-ending."""

from __future__ import annotations

import pandas as pd

from equity_core.inputs.problems import Findings
from equity_core.inputs.upload.options import UploadAnswers
from equity_core.inputs.upload.recognised.clocks import clock_times, in_utc, lengths
from equity_core.inputs.upload.recognised.export import Columns, Export, Format

AEST = "+10:00"
WRITTEN = ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M")


def _read(columns: Columns, answers: UploadAnswers, findings: Findings) -> Export:
    clock = clock_times(columns, columns.heading("settlementdate"), WRITTEN, findings, AEST)
    zone = columns.zone("region")
    minutes = lengths(clock, zone, ending=True)
    end = in_utc(columns, clock, AEST, zone, findings)
    return Export(
        columns.sheet,
        end - pd.to_timedelta(minutes, unit="min"),
        minutes,
        zone,
        {
            "price_aud_per_mwh": columns.numbers(columns.heading("rrp"), findings),
            "demand_mw": columns.numbers(columns.heading("totaldemand"), findings),
        },
        notes=[("", "Times at the end of their interval, in AEST (UTC+10), led to its start")],
    )


FORMATS = (
    Format(
        "AEMO, price and demand",
        ("region", "settlementdate", "totaldemand", "rrp"),
        "REGION, SETTLEMENTDATE, TOTALDEMAND, RRP",
        "price (AUD), demand of the grid",
        _read,
    ),
)
