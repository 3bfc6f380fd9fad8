"""Headings of tables as readers see them, a unit in each, and their rows as records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from equity_core.inputs.dataset import Footprint
from equity_core.text.numbers import unit_text
from equity_core.text.plan_names import BASELINE, THIS_PLAN
from equity_core.text.quantities import Quantity

REGION = "Region"
WORSE_OFF = "Worse off"
NEW = "New site"


def heading(quantity: Quantity, part: str) -> str:
    """The column heading of a quantity's part: "Water, baseline (m³)", "Water, change (%)"."""
    words = {"before": BASELINE, "after": THIS_PLAN, "change": "change", "change_pct": "change"}
    unit = "%" if part == "change_pct" else unit_text(quantity.unit)
    return f"{quantity.label}, {words[part]} ({unit})"


Records = tuple[dict[str, Any], ...]
"""The rows of a table as dictionaries, which are much lighter where cells are read one by one."""


def records(frame: pd.DataFrame) -> Records:
    """The rows of `frame`; pandas' own way takes a millisecond for thirty."""
    names = [str(name) for name in frame]
    columns = [frame[name].tolist() for name in names]
    return tuple(dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True))


def frontier_labels(footprints: Sequence[Footprint]) -> dict[str, str]:
    """Reader's heading, with unit, for each column of a frontier."""
    labels = {"scale": "Fairness scale (×)"}
    for footprint in footprints:
        unit = unit_text(footprint.unit)
        labels[f"{footprint.name}_weight"] = f"{footprint.label} weight (USD/{unit})"
    labels["cost_usd"] = "Electricity cost (USD)"
    for kind, words in (("worst", "worst region"), ("total", "all regions")):
        for footprint in footprints:
            label = f"{footprint.label}, {words} ({unit_text(footprint.unit)})"
            labels[f"{kind}_{footprint.column}"] = label
    for footprint in footprints:
        labels[f"par_{footprint.name}"] = f"{footprint.label}, peak to average (ratio)"
    return labels | {
        "objective": "Objective (USD)",
        "gap": "Certificate gap (relative)",
        "knee": "Knee",
    }
