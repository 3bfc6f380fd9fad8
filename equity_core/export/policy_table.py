"""Many plans in one table: cost, and each footprint in all regions and in the worst one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from equity_core.export.csv import neutralised
from equity_core.inputs.dataset import Footprint
from equity_core.outcome.outcome import Comparison
from equity_core.outcome.provenance import baseline_origin
from equity_core.text.numbers import unit_text
from equity_core.text.plan_names import baseline_name

POLICY, REACH, WORSE = "Policy", "Reach", "Regions worse off"
COST = "Electricity cost (USD)"


@dataclass(frozen=True)
class Row:
    """One plan against the baseline, and what its policy and reach are called."""

    policy: str
    reach: str
    comparison: Comparison


def policy_table(rows: Sequence[Row]) -> pd.DataFrame:
    """A row a plan, full precision, in the order given; headings with units.

    The plans may differ in policy and reach, not in data, regions or baseline.
    """
    return pd.DataFrame([_cells(row) for row in rows])


def _cells(row: Row) -> dict[str, object]:
    plan = row.comparison.after
    cells: dict[str, object] = {POLICY: row.policy, REACH: row.reach, COST: plan.cost_usd}
    for footprint in plan.footprints:
        total, worst, ratio = headings(footprint)
        column = footprint.column
        figures = plan.total(column), plan.worst(column), plan.par(column)
        cells |= dict(zip((total, worst, ratio), figures, strict=True))
    cells[WORSE] = row.comparison.regions_worse
    for footprint in plan.footprints:
        even = plan.gini(footprint.column), plan.jain(footprint.column)
        cells |= dict(zip(spreads(footprint), even, strict=True))
    return cells


def headings(footprint: Footprint) -> tuple[str, str, str]:
    """The headings of a footprint's total, worst region and peak-to-average ratio."""
    unit = unit_text(footprint.unit)
    return (
        f"{footprint.label}, all regions ({unit})",
        f"{footprint.label}, worst region ({unit})",
        f"{footprint.label}, peak to average",
    )


def spreads(footprint: Footprint) -> tuple[str, str]:
    """The headings of a footprint's Gini coefficient and Jain's index over the regions."""
    return f"{footprint.label}, Gini", f"{footprint.label}, Jain"


def policy_csv(rows: Sequence[Row]) -> bytes:
    """The table as CSV (UTF-8), with the baseline and the fingerprints of plans and baseline.

    Columns keep the order that they were added in: Gini and Jain stand last.
    """
    plans = [row.comparison for row in rows]
    table = policy_table(rows)
    spread = [name for item in rows[0].comparison.after.footprints for name in spreads(item)]
    frame = table.drop(columns=spread).assign(
        fingerprint=[plan.after.fingerprint for plan in plans],
        baseline=baseline_name(plans[0]),
        **baseline_origin(plans[0]),
        dataset=[plan.after.dataset_id for plan in plans],
        data_version=[plan.after.data_version for plan in plans],
    )
    safe = frame.join(table[spread]).map(neutralised)
    text: str = safe.to_csv(index=False, lineterminator="\n")
    return text.encode("utf-8")
