"""Equity in people: burdens per household, and shares of burden beside those of load and people.

Only for data sets that know the households of their regions; all regions together are the base.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from equity_core.arrays import Floats
from equity_core.export.tables import Column, Table
from equity_core.inputs.dataset import Dataset
from equity_core.outcome.digits import settled
from equity_core.outcome.outcome import Comparison
from equity_core.outcome.provenance import baseline_origin, provenance
from equity_core.text.headings import REGION
from equity_core.text.nouns import noun, region_noun, verb
from equity_core.text.numbers import amount, joined, rounded, unit_text
from equity_core.text.opening.setting import setting
from equity_core.text.plan_names import baseline_name, plan_name

HOUSEHOLDS, AI_USE = "households", "ai_usage_share_pct"
LOAD = "energy_mwh"
WHEN = {"before": "baseline", "after": "this plan"}
WORDS = (
    "One row a region: shares of load and burden beside its share of the households, and the "
    "burden per household, under the baseline, {baseline}, and under this plan. A share is one of "
    "all regions together; that of AI use is one of the regions for which it is known."
)


def knows_people(dataset: Dataset) -> bool:
    """Whether the households of any region are known."""
    return HOUSEHOLDS in dataset.sites and bool((dataset.sites[HOUSEHOLDS] > 0).any())


def people_columns(comparison: Comparison, dataset: Dataset) -> tuple[Column, ...]:
    """The columns of `people_table` with unit and reader's heading."""
    columns = [
        Column(HOUSEHOLDS, "number", "households", "Households"),
        Column("households_share_pct", "number", "%", "Households, share (%)"),
    ]
    if AI_USE in dataset.sites:
        columns.append(Column("ai_use_share_pct", "number", "%", "AI use, share (%)"))
    shared = [(LOAD, "Load"), *((item.column, item.label) for item in comparison.after.footprints)]
    columns += [
        Column(f"{column}_share_{part}_pct", "number", "%", f"{label}, share, {when} (%)")
        for column, label in shared
        for part, when in WHEN.items()
    ]
    for item in comparison.after.footprints:
        unit = f"{unit_text(item.unit)} a household"
        columns += [
            Column(_per_household(item.column, part), "number", f"{item.unit} per household",
                   f"{item.label}, {when} ({unit})")
            for part, when in WHEN.items()
        ]  # fmt: skip
    return tuple(columns)


def people_table(comparison: Comparison, dataset: Dataset) -> pd.DataFrame:
    """Index site, the columns of `people_columns`; NaN where households or AI use are not known.

    A hypothetical site has load and burden, but no households.
    """
    figures = comparison.by_column
    households = _known(HOUSEHOLDS, comparison, dataset)
    columns = {HOUSEHOLDS: households, "households_share_pct": _share(households)}
    if AI_USE in dataset.sites:
        columns["ai_use_share_pct"] = _share(_known(AI_USE, comparison, dataset))
    burdens = [item.column for item in comparison.after.footprints]
    for column in (LOAD, *burdens):
        for part in WHEN:
            columns[f"{column}_share_{part}_pct"] = _share(figures[f"{column}_{part}"])
    for column in burdens:
        for part in WHEN:
            each = figures[f"{column}_{part}"] / households
            columns[_per_household(column, part)] = settled(each)
    return pd.DataFrame(columns, index=comparison.after.burdens.index)


def _per_household(column: str, part: str) -> str:
    return f"{column}_per_household_{part}"


def _known(column: str, comparison: Comparison, dataset: Dataset) -> Floats:
    """[N] the figure of every region; NaN where it is not known, and for the hypothetical site."""
    found = dataset.sites[column].reindex(list(comparison.sites)).to_numpy(dtype=np.float64)
    unknown = comparison.is_new | ~(found > 0)
    return np.where(unknown, np.nan, found)


def _share(figures: Floats) -> Floats:
    """Each figure in % of all that are known together."""
    whole = float(np.nansum(figures))
    return settled(100 * figures / (whole if whole else np.nan))


def people_sentences(comparison: Comparison, dataset: Dataset) -> tuple[str, ...]:
    """What the region with most load carries beside its share of the households, and where a
    household stands for most; nothing where households are not known."""
    if not knows_people(dataset):
        return ()
    table = people_table(comparison, dataset)
    known = table[table[HOUSEHOLDS].notna()]
    most = str(known[f"{LOAD}_share_before_pct"].idxmax())
    row = known.loc[[most]].iloc[0]
    before, after = (_shares(comparison, row, part) for part in WHEN)
    name, many = comparison.after.site_names[most], region_noun(dataset.id)[1]
    hosts = f"{name} hosts {before[0]} of the load of all {len(known)} {many}, {joined(before[1:])}"
    opening = f"Simulated for {setting(comparison.after)}: under {baseline_name(comparison)}"
    first = f"{opening} {hosts}; it has {_people(row)}."
    plan = plan_name(comparison.after)
    moved = (
        "" if before == after else f" Under {plan} {name} hosts {after[0]}, {joined(after[1:])}."
    )
    return first + moved, _household_sentence(comparison, known)


def _people(row: pd.Series) -> str:
    """ "4.1% of their households and 5.2% of their AI use", as far as known."""
    people = f"{_percent(row, 'households_share_pct')} of their households"
    if row.get("ai_use_share_pct", np.nan) > 0:
        return f"{people} and {_percent(row, 'ai_use_share_pct')} of their AI use"
    return people


def _shares(comparison: Comparison, row: pd.Series, part: str) -> list[str]:
    """ "24%" of the load, then "uses 25% of the water" and so on."""
    told = [_percent(row, f"{LOAD}_share_{part}_pct")]
    for item in comparison.after.footprints:
        share = _percent(row, f"{item.column}_share_{part}_pct")
        told.append(f"{verb(item)} {share} of the {noun(item)}")
    return told


def _percent(row: pd.Series, column: str) -> str:
    return rounded(float(row[column]))


def _household_sentence(comparison: Comparison, known: pd.DataFrame) -> str:
    """Where a household stands for most of each footprint, beside the mean of all."""
    told = []
    for item in comparison.after.footprints:
        each = known[_per_household(item.column, "after")]
        burden = (each * known[HOUSEHOLDS]).sum()
        mean = amount(float(burden / known[HOUSEHOLDS].sum()), item.unit)
        most = str(each.idxmax())
        name, largest = comparison.after.site_names[most], amount(float(each[most]), item.unit)
        told.append(f"{largest} of {noun(item)} in {name} (mean of all: {mean})")
    when = f"simulated for {setting(comparison.after)}"
    return f"Most per household under {plan_name(comparison.after)}, {when}: {joined(told)}."


def people_export(comparison: Comparison, dataset: Dataset) -> Table:
    """`people_table` as a file: one row a region."""
    frame = people_table(comparison, dataset).rename_axis("site").reset_index()
    frame.insert(1, "name", [comparison.after.site_names[site] for site in frame["site"]])
    names = (Column("site", "string", "", "Site"), Column("name", "string", "", REGION))
    return Table(
        "people",
        "People",
        WORDS.format(baseline=baseline_name(comparison)),
        (*names, *people_columns(comparison, dataset)),
        ("site",),
        frame,
        baseline_origin(comparison) | provenance(comparison.after),
    )
