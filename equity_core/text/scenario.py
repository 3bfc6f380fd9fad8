"""What was asked and of which figures: labels and plain text, for briefings, sheets and readmes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from equity_core.inputs.checks import counted
from equity_core.inputs.dataset import Dataset, citations
from equity_core.outcome.outcome import Comparison, Outcome
from equity_core.outcome.provenance import provenance
from equity_core.scenario.parameters import BY_NAME, FACTORS_BY_NAME, Parameter
from equity_core.scenario.scenario import Scenario
from equity_core.text.nouns import noun
from equity_core.text.numbers import joined, number, percent, unit_text
from equity_core.text.plan_names import BASELINE, named_baseline

Lines = list[tuple[str, str]]
"""Label and text of each line."""

BOUNDARIES = "Natural Earth and US Census Bureau, for the boundaries (public domain)"
ALWAYS = ("policy", "reach")
WEIGHTS = ("water_weight", "carbon_weight")
UNSAID = ("1", "x", "name")
TOLD_APART = ("dataset", "start", "end", "factors", "baseline", "baseline_world")


def asked(scenario: Scenario, outcome: Outcome) -> Lines:
    """Policy, weights, reach and baseline, then every further field that is not at its default."""
    told = (*ALWAYS, *(WEIGHTS if scenario.policy == "equity" else ()))
    changed = scenario.non_defaults()
    names = [name for name in BY_NAME if name in told or name in changed]
    lines = [
        (
            BY_NAME[name].label,
            value_text(BY_NAME[name], getattr(scenario, name), outcome.site_names),
        )
        for name in names
        if name not in TOLD_APART
    ]
    return [*lines, (BASELINE.capitalize(), named_baseline(scenario)), *_factors(scenario, outcome)]


def value_text(row: Parameter, value: Any, regions: Mapping[str, str]) -> str:
    """A value as the page calls it, with its unit; a region by its name."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float) and is_share(row):
        return percent(100 * value, 6)
    if isinstance(value, int | float):
        unit = "" if row.unit in UNSAID else row.unit.replace("m3", "m³")
        return f"{number(float(value), 6)} {unit}".strip()
    return row.choice_labels.get(value) or regions.get(value, str(value))


def is_share(row: Parameter) -> bool:
    """Whether a field is a share of 1, which readers see in percent.

    What a measure takes is a share under one of them, an exponent under another.
    """
    return row.unit == "1" and row.name != "measure_parameter"


def _factors(scenario: Scenario, outcome: Outcome) -> Lines:
    """One line a region whose figures are multiplied."""
    lines = []
    for site, factors in scenario.factors.items():
        changed = factors.non_defaults().items()
        words = [
            f"{FACTORS_BY_NAME[name].label.lower()} {_figure(value)}" for name, value in changed
        ]
        lines.append((outcome.site_names.get(site, site), joined(words)))
    return lines


def _figure(value: Any) -> str:
    return f"× {number(value, 6)}" if isinstance(value, int | float) else str(value)


def period(outcome: Outcome) -> str:
    """ "457 hours from 2022-09-22 to 2022-10-11 (UTC)"."""
    hours = outcome.hours
    return f"{counted(len(hours), 'hour')} from {hours[0]:%Y-%m-%d} to {hours[-1]:%Y-%m-%d} (UTC)"


def sources(dataset: Dataset) -> tuple[str, ...]:
    """Every source once, with date and licence, then that of the map."""
    return (*citations(dataset.cards), BOUNDARIES)


def origin_lines(comparison: Comparison) -> Lines:
    """Fingerprints and versions, line by line."""
    origin = provenance(comparison.after)
    return [
        ("Fingerprint", origin["fingerprint"]),
        ("Baseline", comparison.before.fingerprint),
        ("Data", f"{origin['dataset']}, version {origin['data_version']}"),
        ("Product", f"Equity Explorer {origin['product_version']}"),
        ("Scenario's link", f"?{origin['scenario']}"),
    ]


def units_line(outcome: Outcome) -> str:
    """The units of all figures in one line."""
    footprints = [f"{noun(item)} in {unit_text(item.unit)}" for item in outcome.footprints]
    return joined(["energy in MWh", "cost in USD", *footprints])
