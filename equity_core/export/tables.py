"""The tables that leave the house: each with its rows, and for every column type, unit and words.

CSV, spreadsheet, map files and the package's description are all made from these.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from equity_core.inputs.dataset import Footprint
from equity_core.outcome.digits import gap_bound, settled, settled_change
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.outcome.percent import in_percent
from equity_core.outcome.provenance import baseline_origin, provenance
from equity_core.text.headings import NEW, REGION, WORSE_OFF, frontier_labels, heading
from equity_core.text.numbers import unit_text
from equity_core.text.plan_names import baseline_name
from equity_core.text.quantities import quantities

PARTS = ("before", "after", "change", "change_pct")
ANY = "any"
"""The type of a column that holds figures and words."""


@dataclass(frozen=True)
class Column:
    """`type` is a Table Schema type; `unit` is "" where there is none; `title` is for readers."""

    name: str
    type: str
    unit: str
    title: str


@dataclass(frozen=True, eq=False)
class Table:
    """`frame` has the columns in order; `key` names those that identify a row.

    `origin` stands at the end of every row of a CSV and on the first sheet of a spreadsheet.
    """

    name: str
    title: str
    words: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    frame: pd.DataFrame
    origin: dict[str, str]

    def whole(self) -> pd.DataFrame:
        """The frame with the origin on every row."""
        return self.frame.assign(**self.origin)


def regions_export(comparison: Comparison) -> Table:
    """One row a region: every figure under the baseline and under the plan, and the change."""
    titles = {
        f"{quantity.column}_{part}": heading(quantity, part)
        for quantity in quantities(comparison.after.footprints)
        for part in PARTS
    }
    titles |= {"site": "Site", "name": REGION, "worse": WORSE_OFF, "new": NEW}
    frame = comparison.table.rename_axis("site").reset_index()
    frame.insert(1, "name", [comparison.after.site_names[site] for site in frame["site"]])
    return _table(
        "regions",
        "Regions",
        "One row a region: energy, cost and footprints under the baseline, "
        f"{baseline_name(comparison)}, and under this plan.",
        frame,
        ("site",),
        titles,
        comparison.after,
        baseline_origin(comparison),
    )


def comparison_export(comparison: Comparison) -> Table:
    """One row a measure: totals, worst regions, peak-to-average ratios, regions worse off."""
    titles = {"measure": "Measure", "unit": "Unit", "before": "Baseline", "after": "This plan"}
    titles |= {"change": "Change", "change_pct": "Change (%)"}
    titles |= {"region_before": "Region, baseline", "region_after": "Region, this plan"}
    return _table(
        "comparison",
        "Comparison",
        "One row a measure of the whole plan, beside the baseline, "
        f"{baseline_name(comparison)}; its unit stands in `unit`.",
        pd.DataFrame(_measures(comparison), columns=list(titles)),
        ("measure",),
        titles,
        comparison.after,
        baseline_origin(comparison),
    )


def _measures(comparison: Comparison) -> list[tuple[object, ...]]:
    """The rows of `comparison_export`."""
    before, after = comparison.before, comparison.after
    rows: list[tuple[object, ...]] = []
    for quantity in reversed(quantities(after.footprints)):
        name, unit = quantity.label, unit_text(quantity.unit)
        rows.append((f"{name}, all regions", unit, *_pair(comparison, quantity.column, "total")))
    for footprint in after.footprints:
        column, name = footprint.column, footprint.label
        unit, worst = unit_text(footprint.unit), _pair(comparison, column, "worst")[:4]
        places = [plan.site_names[plan.worst_site(column)] for plan in (before, after)]
        rows.append((f"{name}, worst region", unit, *worst, *places))
        rows.append((f"{name}, peak to average", "ratio", *_pair(comparison, column, "par")))
    worse = float(comparison.regions_worse)
    rows.append(("Regions worse off", "regions", 0.0, worse, worse, float("nan"), "", ""))
    for footprint in after.footprints:
        for measure in ("gini", "jain"):
            name = f"{footprint.label}, {measure.title()}"
            rows.append((name, "ratio", *_pair(comparison, footprint.column, measure)))
    return rows


def _pair(comparison: Comparison, column: str, of: str) -> tuple[object, ...]:
    """Baseline, plan, change, change in percent, and no regions."""
    plans = (comparison.before, comparison.after)
    old, new = (float(settled(getattr(plan, of)(column))) for plan in plans)
    change = float(settled_change(old, new))
    percent = float(settled(in_percent(change, old)))
    return old, new, change, percent, "", ""


def hours_export(comparison: Comparison) -> Table:
    """One row a site and hour: the load served there under plan and baseline, MW.

    Hour by hour within each site; empty where the baseline lacks the site.
    """
    frame, before = _by_site_and_hour(comparison.after), _by_site_and_hour(comparison.before)
    if not before[["site", "hour"]].equals(frame[["site", "hour"]]):
        before = frame[["site", "hour"]].merge(before, on=["site", "hour"], how="left")
    frame["load_mw_before"] = before["load_mw"]
    titles = {"site": "Site", "hour": "Hour (UTC)", "load_mw": "Load served (MW)"}
    titles |= {"load_mw_before": "Load served, baseline (MW)"}
    words = (
        "One row a site and hour: the load served there under this plan, and under the baseline, "
        f"{baseline_name(comparison)}. Hours are named by their start."
    )
    origin = baseline_origin(comparison)
    key, after = ("site", "hour"), comparison.after
    return _table("hours", "Hours", words, frame, key, titles, after, origin)


def _by_site_and_hour(outcome: Outcome) -> pd.DataFrame:
    """site, hour, load_mw: a row each."""
    wide = _dispatch(outcome)
    wide["hour"] = wide["hour"].dt.strftime("%Y-%m-%dT%H:%M:%SZ")
    long = wide.melt(id_vars="hour", var_name="site", value_name="load_mw")
    return long[["site", "hour", "load_mw"]]


def hours_by_site_export(outcome: Outcome) -> Table:
    """One row an hour, a column a site: the load served there, MW. For spreadsheets."""
    frame = _dispatch(outcome).assign(hour=lambda rows: rows["hour"].dt.tz_localize(None))
    titles = {site: f"{name} (MW)" for site, name in outcome.site_names.items()}
    titles |= {"hour": "Hour (UTC)"}
    words = "One row an hour, one column a site: the load served there in MW."
    return _table("hours", "Hours", words, frame, ("hour",), titles, outcome, {})


def _dispatch(outcome: Outcome) -> pd.DataFrame:
    """hour [T], then one column a site: MW."""
    loads = pd.DataFrame(outcome.dispatch.T, columns=list(outcome.burdens.index))
    loads.insert(0, "hour", outcome.hours)
    return loads


def frontier_export(frame: pd.DataFrame, outcome: Outcome) -> Table:
    """One row a point of the frontier that starts from the outcome's scenario."""
    words = (
        "One row a plan: both fairness weights multiplied by `scale`, from the cheapest on. No "
        "plan is better than one of these by more than its `gap`."
    )
    titles = frontier_labels(outcome.footprints)
    title = "Cost against fairness"
    rows = frame.assign(gap=frame["gap"].map(gap_bound)).reset_index(drop=True)
    points = {"points": str(len(rows))}
    return _table("frontier", title, words, rows, ("scale",), titles, outcome, points)


def _table(
    name: str,
    title: str,
    words: str,
    frame: pd.DataFrame,
    key: tuple[str, ...],
    titles: dict[str, str],
    outcome: Outcome,
    further_origin: dict[str, str],
) -> Table:
    unit_of = _units(outcome.footprints, tuple(outcome.site_names))
    columns = tuple(
        Column(str(name), _type(frame[name]), unit_of(str(name)), titles.get(str(name), str(name)))
        for name in frame
    )
    return Table(name, title, words, columns, key, frame, further_origin | provenance(outcome))


def _type(cells: pd.Series) -> str:
    if cells.name == "hour":
        return "datetime"
    if pd.api.types.is_bool_dtype(cells):
        return "boolean"
    if pd.api.types.is_integer_dtype(cells):
        return "integer"
    return "number" if pd.api.types.is_numeric_dtype(cells) else "string"


def _units(footprints: Sequence[Footprint], sites: tuple[str, ...]) -> Callable[[str], str]:
    """Which unit a column of that name has: the units are part of the names."""
    parts = {"cost_usd": "USD", "energy_mwh": "MWh", "objective": "USD", "load_mw": "MW"}
    parts |= {item.column: item.unit for item in footprints}
    weights = {f"{item.name}_weight": f"USD/{item.unit}" for item in footprints}
    plain = weights | {"gap": "ratio", "scale": "ratio"} | dict.fromkeys(sites, "MW")

    def unit_of(name: str) -> str:
        if name.endswith("_pct"):
            return "%"
        if name in plain or name.startswith("par_"):
            return plain.get(name, "ratio")
        return next((unit for part, unit in parts.items() if part in name), "")

    return unit_of
