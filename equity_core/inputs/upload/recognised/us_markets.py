"""Prices of the markets of the United States: CAISO, PJM, NYISO, ERCOT; and PJM's metered load."""

from __future__ import annotations

import numpy as np
import pandas as pd

from equity_core.inputs.problems import Findings, Problem
from equity_core.inputs.upload.options import UploadAnswers
from equity_core.inputs.upload.recognised.clocks import clock_times, in_utc, lengths
from equity_core.inputs.upload.recognised.export import Columns, Export, Format

PRICE = "price_usd_per_mwh"
US_TIMES = ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M")


def _caiso(columns: Columns, answers: UploadAnswers, findings: Findings) -> Export:
    notes = [("", "Times in GMT")]
    if kind := columns.first("lmp_type"):
        columns = columns.rows((columns.text(kind) == "LMP").to_numpy())
        notes.append((PRICE, "Only the whole price (LMP) of its components"))
    start = clock_times(columns, columns.heading("intervalstarttime_gmt"), (), findings)
    zone = columns.zone("node", "node_id", "node_id_xml")
    value = columns.heading("lmp_prc", "mw", "value", "prc")
    figures = {PRICE: columns.numbers(value, findings)}
    return Export(
        columns.sheet, start.tz_localize("UTC"), lengths(start, zone), zone, figures, notes=notes
    )


def _pjm(columns: Columns, answers: UploadAnswers, findings: Findings) -> Export:
    value = columns.first("total_lmp_da", "total_lmp_rt")
    name, heading = (PRICE, value) if value else ("demand_mw", columns.heading("mw"))
    time = columns.heading("datetime_beginning_utc")
    start = clock_times(columns, time, US_TIMES, findings).tz_localize("UTC")
    zone = columns.zone("pnode_name" if value else "load_area", "pnode_id")
    figures = {name: columns.numbers(heading, findings)}
    return Export(columns.sheet, start, lengths(start, zone), zone, figures)


def _nyiso(columns: Columns, answers: UploadAnswers, findings: Findings) -> Export:
    time, zone = columns.heading("time stamp"), columns.zone("name")
    clock = clock_times(columns, time, US_TIMES, findings, "America/New_York")
    minutes = lengths(clock, zone)
    if minutes.min() < 60:
        findings.add(
            Problem(
                columns.sheet.file,
                "Export the day-ahead or the hourly prices.",
                fault="its times are shorter than an hour, and NYISO stamps those now at their "
                "start and now at their end",
            )
        )
        findings.refuse()
    start = in_utc(columns, clock, "America/New_York", zone, findings)
    figures = {PRICE: columns.numbers(columns.heading(r"lbmp \(\$/mwhr\)"), findings)}
    notes = [("", "Times in New York's clock led to UTC")]
    return Export(columns.sheet, start, minutes, zone, figures, notes=notes)


def _ercot(columns: Columns, answers: UploadAnswers, findings: Findings) -> Export:
    day = clock_times(columns, columns.heading("deliverydate"), ("%m/%d/%Y",), findings)
    hour = columns.first("hourending", "deliveryhour")
    assert hour is not None
    ending = columns.cells(hour).astype("str").str.extract(r"^0?(\d+)")[0].astype("float64")
    quarter = columns.first("deliveryinterval")
    part = columns.numbers(quarter, findings) - 1 if quarter else np.zeros(len(day))
    clock = day + pd.to_timedelta(ending.to_numpy() * 60 - 60 + 15 * part, unit="min")
    zone = columns.zone("settlementpoint", "settlementpointname")
    flag = columns.first("dstflag")
    again = (columns.text(flag) == "Y").to_numpy() if flag else None
    return Export(
        columns.sheet,
        in_utc(columns, clock, "America/Chicago", zone, findings, again),
        np.full(len(day), 15 if quarter else 60),
        zone,
        {PRICE: columns.numbers(columns.heading("settlementpointprice"), findings)},
        notes=[("", "Hours that end, in Texas's clock, led to their start in UTC")],
    )


FORMATS = (
    Format(
        "CAISO OASIS, prices",
        ("intervalstarttime_gmt", "node(_id)?(_xml)?", "lmp_prc|mw|value|prc"),
        "INTERVALSTARTTIME_GMT, NODE, LMP_TYPE, MW",
        "price",
        _caiso,
    ),
    Format(
        "PJM Data Miner, prices",
        ("datetime_beginning_utc", "total_lmp_(da|rt)"),
        "datetime_beginning_utc, pnode_name, total_lmp_da or total_lmp_rt",
        "price",
        _pjm,
    ),
    Format(
        "PJM Data Miner, metered load",
        ("datetime_beginning_utc", "load_area", "mw"),
        "datetime_beginning_utc, load_area, mw",
        "demand of the grid",
        _pjm,
    ),
    Format(
        "NYISO, prices",
        ("time stamp", "name", r"lbmp \(\$/mwhr\)"),
        "Time Stamp, Name, LBMP ($/MWHr)",
        "price",
        _nyiso,
    ),
    Format(
        "ERCOT, settlement point prices",
        ("deliverydate", "hourending|deliveryhour", "settlementpointprice"),
        "DeliveryDate, HourEnding or DeliveryHour, SettlementPointPrice",
        "price",
        _ercot,
    ),
)
